import pg from 'pg';
import type { Queryable, QueryResult } from '#platform';

/**
 * The relay's own connection. Everything that a relay may do only while it owns a shard goes through it:
 * the advisory locks, the reads, the position. When it ends, the locks end, and a relay that has lost it
 * has no way left to read or to move a position. (It must be a session of PostgreSQL, not of a
 * transaction pooler.)
 */
export class RelaySession implements Queryable {
  readonly #client: pg.Client;
  readonly #statements = new Map<string, string>();
  /** A connection answers one statement at a time; the shards stand in line for it. */
  #last: Promise<unknown> = Promise.resolve();
  /** Resolves when the session has ended, for whatever reason. */
  readonly ended: Promise<Error>;

  private constructor(client: pg.Client) {
    this.#client = client;
    this.ended = new Promise((resolve) => {
      client.on('error', resolve);
      client.on('end', () => resolve(new Error('the session was closed')));
    });
  }

  static async open(databaseUrl: string, name: string): Promise<RelaySession> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: name.slice(0, 63),
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const session = new RelaySession(client);
    await client.connect();
    // A lost position only repeats events, so its commit need not wait for the disk. A relay whose machine
    // has vanished is noticed by PostgreSQL within five seconds, and its locks are freed.
    await client.query(
      `SET synchronous_commit = off; SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3`,
    );
    return session;
  }

  /** Statements are prepared once each: the relay asks the same few for ever. */
  async query<R extends object = Record<string, unknown>>(
    sql: string,
    params: readonly unknown[] = [],
  ): Promise<QueryResult<R>> {
    let name = this.#statements.get(sql);
    if (name === undefined) {
      name = `relay_${this.#statements.size}`;
      this.#statements.set(sql, name);
    }
    const asked = this.#last.then(() => this.#client.query<R>({ name, text: sql, values: [...params] }));
    this.#last = asked.catch(() => undefined);
    const result = await asked;
    return { rows: result.rows, rowCount: result.rowCount ?? 0 };
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
