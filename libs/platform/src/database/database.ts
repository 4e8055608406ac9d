import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { currentContext } from '../context.js';
import { claimIdempotency, storeIdempotentResult } from '../http/idempotency.js';
import { LOGGER, type Logger } from '../logger.js';
import { preparedName } from './prepared.js';
import type { Queryable, QueryResult, Tx } from './queryable.js';
import { BASE_SETTINGS, type BaseSettings } from '../settings.js';

// Dates stay civil dates: a DATE parsed into a JavaScript Date would move with the time zone of the process.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
// Counters and sequences stay below 2^53 in every table of ours.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

const COMMAND_ATTEMPTS = 4;
/** serialization_failure, deadlock_detected */
const ENDED_FOR_ANOTHER = new Set(['40001', '40P01']);

async function ask<R extends object>(
  connection: pg.Pool | pg.PoolClient,
  sql: string,
  params?: readonly unknown[],
): Promise<QueryResult<R>> {
  const name = preparedName(sql);
  const values = params as unknown[];
  const { rows, rowCount } = await (name === undefined
    ? connection.query<R>(sql, values)
    : connection.query<R>({ name, text: sql, values }));
  return { rows, rowCount: rowCount ?? 0 };
}

class OpenTransaction implements Tx {
  readonly #committed: (() => void)[] = [];

  constructor(readonly client: pg.PoolClient) {}

  async query<R extends object>(sql: string, params?: readonly unknown[]): Promise<QueryResult<R>> {
    return ask<R>(this.client, sql, params);
  }

  afterCommit(work: () => void): void {
    this.#committed.push(work);
  }

  runCommitted(): void {
    for (const work of this.#committed) work();
  }
}

/** One service's own database. No other process reads it. */
@Injectable()
export class Database implements Queryable, OnApplicationShutdown {
  readonly pool: pg.Pool;

  constructor(
    @Inject(BASE_SETTINGS) settings: Pick<BaseSettings, 'DATABASE_URL' | 'DATABASE_POOL'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.pool = new pg.Pool({
      connectionString: settings.DATABASE_URL,
      max: settings.DATABASE_POOL,
      // A request that waits longer for a connection is better refused with 503 than kept hanging.
      connectionTimeoutMillis: 5_000,
      // Opening one costs a process some 60 ms (SCRAM); with 30 s an idle service opened one again and again.
      idleTimeoutMillis: 300_000,
      keepAlive: true,
      // A process that is stopped in mid transaction (a frozen machine) would keep its subjects locked for all.
      idle_in_transaction_session_timeout: 60_000,
    });
    // An idle connection that PostgreSQL ends (restart, failover) must not take the process down with it.
    this.pool.on('error', (error) => logger.warn({ error: error.message }, 'idle database connection lost'));
    // Nor one that ends in the turn in which the pool hands it out, when neither pool nor user listens yet: its
    // next query fails anyway.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async query<R extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly unknown[],
  ): Promise<QueryResult<R>> {
    return ask<R>(this.pool, sql, params);
  }

  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const tx = new OpenTransaction(client);
    let broken: Error | undefined;
    // A backend that dies between two statements reports on the client, not on a query: without a
    // listener that event would end the process. The client is thrown away below.
    const lost = (error: Error): void => {
      broken = error;
    };
    client.on('error', lost);
    try {
      await client.query('BEGIN');
      const result = await work(tx);
      // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error: work that hid a failed
      // statement would otherwise look committed.
      const { command } = await client.query('COMMIT');
      if (command !== 'COMMIT')
        throw new Error('a statement failed inside the transaction and its error was hidden');
      tx.runCommitted();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  /**
   * A transaction of an HTTP command. When the request carries an Idempotency-Key, the key, the digest
   * of the body and the result are written in the same transaction as the effect: a repeated request
   * answers the stored result, however often the first answer was lost on the way.
   *
   * @throws Refusal `request.idempotency-key-reused` when the key came before with another request
   */
  async command<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const key = currentContext()?.idempotency;
    const once = (): Promise<T> =>
      this.transaction(async (tx) => {
        if (!key) return work(tx);
        const earlier = await claimIdempotency<T>(tx, key);
        if (earlier) return earlier.result;
        const result = await work(tx);
        await storeIdempotentResult(tx, key, result);
        return result;
      });
    // PostgreSQL ends one of two transactions that wait for each other; the one that was ended did nothing.
    for (let attempt = 1; ; attempt++) {
      try {
        return await once();
      } catch (error) {
        if (attempt === COMMAND_ATTEMPTS || !ENDED_FOR_ANOTHER.has((error as { code?: string }).code ?? ''))
          throw error;
      }
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
