import { AsyncLocalStorage } from 'node:async_hooks';
import { Socket } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { v7 as uuidv7 } from 'uuid';
import {
  allContracts,
  type CloudEvent,
  type Contract,
  heardBy,
  platformContracts,
  schemaUri,
} from '#contracts';
import { Database, type Tx } from '#platform';
import { Handlers } from '../../libs/messaging/src/inbox/handlers.js';
import { type Hearing, KAFKA_INBOX } from '../../libs/messaging/src/inbox/hears.js';
import { type Variant, variantsOf } from './variants.js';

/* Each event is handed to the real handler of each service that hears it, which has nothing but its own database. */

/** What became of the events that a service hears. */
export interface HeardAlone {
  events: number;
  variants: number;
  /** `type, variant: error` of what a handler could not settle, as the first it hears of the subject and after others */
  unsettled: string[];
  /** addresses that a handler called while it settled an event, but for those of its own store */
  called: string[];
  /** types that changed no row in its database, neither first nor after the others */
  withoutEffect: string[];
}

export interface Hearer {
  /** short name, as in HEARERS */
  service: string;
  /** initialised; without a consumer of its own, or beside it */
  app: INestApplication;
  /**
   * URLs of its own database and of the queues that are its own. Only ports are told apart: that no other database on
   * the same server is opened stands in own-data.spec.ts.
   */
  own: readonly string[];
  /** what stands in its database under other names than in the samples: id of a sample → id there */
  known?: Readonly<Record<string, string>>;
  /** what else of an event to tell, beside its variants: where a word that the contract leaves open decides */
  also?: readonly { contract: Contract; data: object }[];
}

/** Collects the handlers of a service as its consumer does, and consumes nothing. */
class Collecting extends Server implements CustomTransportStrategy {
  override readonly transportId = KAFKA_INBOX as never;
  override readonly propagatesEventHandlerErrors = true;

  listen(callback: () => void): void {
    callback();
  }
  close(): void {}
  on(): never {
    throw new Error('consumes nothing');
  }
  unwrap<T>(): T {
    return undefined as T;
  }

  get collected(): ReadonlyMap<string, MessageHandler> {
    return this.messageHandlers;
  }
}

/**
 * Every event that the service hears, in the variants that its contract allows ({@link variantsOf}), through the
 * handler of its inbox, in a transaction that is rolled back: each as the first event of all, and the sample, without
 * and with what is optional, after the samples of all others, in the order of the contracts.
 */
export async function heardAlone({ service, app, own, known = {}, also = [] }: Hearer): Promise<HeardAlone> {
  const strategy = new Collecting();
  await app.connectMicroservice({ strategy }, { inheritAppConfig: false } as never).listen();
  const handlers = handlersOf(strategy, service);
  // A case goes before the discipline that follows from it, as the list of all contracts has them.
  const contracts = allContracts.filter((contract) => heardBy(service)!.includes(contract));
  const written = contracts.map((contract) => {
    const more = also.filter((one) => one.contract === contract);
    return {
      contract,
      variants: [...variantsOf(contract), ...more.map(({ data }) => ({ what: 'told besides', data }))],
    };
  });
  const result: HeardAlone = {
    events: contracts.length,
    variants: 0,
    unsettled: [],
    called: [],
    withoutEffect: [],
  };
  const ports = own.map((url) => Number(new URL(url).port));
  const effects = new Set<string>();
  let sequence = 0;

  const settle = async (tx: Tx, contract: Contract, { what, data }: Variant, when: string): Promise<void> => {
    const called = await callsOf(ports, async () => {
      try {
        await handlers.run(tx, [eventOf(contract, renamed(data, known), ++sequence)]);
        await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
      } catch (error) {
        result.unsettled.push(`${contract.type}, ${what}, ${when}: ${(error as Error).message}`);
      }
    });
    result.called.push(...called.map((address) => `${contract.type}, ${what}: ${address}`));
  };
  /** @param how many of its variants, in their order */
  const settleAll = async (tx: Tx, when: string, how = Infinity): Promise<void> => {
    for (const { contract, variants } of written) {
      const before = await rowsChanged(tx);
      for (const variant of variants.slice(0, how)) {
        await tx.query('SAVEPOINT variant');
        await settle(tx, contract, variant, when);
        await tx.query('ROLLBACK TO SAVEPOINT variant');
        result.variants += 1;
      }
      if ((await rowsChanged(tx)) > before) effects.add(contract.type);
    }
  };

  await rolledBack(app.get(Database), async (tx) => {
    await settleAll(tx, 'first');
    for (const { contract } of written)
      await settle(tx, contract, { what: 'the sample', data: contract.sample }, 'in the order of the story');
    // The sample, and without and with what is optional.
    await settleAll(tx, 'after the others', 3);
  });
  result.withoutEffect = contracts.map(({ type }) => type).filter((type) => !effects.has(type));
  return result;
}

function handlersOf(strategy: Collecting, service: string): Handlers {
  const discovered = strategy.collected;
  const extras = [...discovered.values()].map((handler) => handler.extras as unknown as Hearing);
  const heard = heardBy(service)!;
  const topics = [...new Set(heard.map(({ topic }) => topic))];
  const models = [...new Set(extras.flatMap(({ feeds }) => feeds ?? []))];
  return new Handlers(discovered, topics, platformContracts, models, heard);
}

function eventOf(contract: Contract, data: { subject?: { id: string } }, sequence: number): CloudEvent {
  return {
    specversion: '1.0',
    id: uuidv7(),
    type: contract.type,
    source: contract.source,
    subject: data.subject?.id ?? '0192f0c4-6c00-7000-8000-000000000001',
    sequence: String(sequence).padStart(10, '0'),
    time: '2025-11-20T01:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: schemaUri(contract),
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    audience: contract.audience,
    actor: 'person:approver@hlj.market-regulation',
    data,
  };
}

function renamed(data: unknown, known: Readonly<Record<string, string>>): object {
  const text = Object.entries(known).reduce(
    (said, [from, to]) => said.replaceAll(from, to),
    JSON.stringify(data),
  );
  return JSON.parse(text) as object;
}

/** Rows that this transaction wrote so far, also those of a savepoint that was given up. */
async function rowsChanged(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ changed: number }>(
    'SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::int AS changed FROM pg_stat_xact_user_tables',
  );
  return rows[0]!.changed;
}

class RolledBack extends Error {}

async function rolledBack(db: Database, work: (tx: Tx) => Promise<void>): Promise<void> {
  await db
    .transaction(async (tx) => {
      await work(tx);
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
}

const calling = new AsyncLocalStorage<string[]>();
const connect = Socket.prototype.connect;

/**
 * Runs `work` and notes which addresses it connects to, whatever client it uses: `fetch`, undici, `node:http`, pg and
 * ioredis all end in this one method.
 *
 * @param own ports that do not count
 * @returns `host:port` or the path of a socket
 */
export async function callsOf(own: readonly number[], work: () => Promise<unknown>): Promise<string[]> {
  const called: string[] = [];
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const { host = 'localhost', port, path } = whereTo(args);
    if (!own.includes(Number(port))) calling.getStore()?.push(path ?? `${host}:${port}`);
    return connect.apply(this, args as never);
  } as typeof connect;
  try {
    await calling.run(called, work);
  } finally {
    Socket.prototype.connect = connect;
  }
  return called;
}

/** `connect(options)`, `connect(port, host)`, `connect(path)`, or those as the one list that `net.connect` makes of them. */
function whereTo(args: readonly unknown[]): { host?: string; port?: number; path?: string } {
  const [first, second] = (Array.isArray(args[0]) ? args[0] : args) as [unknown, unknown];
  if (typeof first === 'object') return first as { host?: string; port?: number; path?: string };
  return typeof first === 'number'
    ? { port: first, ...(typeof second === 'string' ? { host: second } : {}) }
    : { path: String(first) };
}
