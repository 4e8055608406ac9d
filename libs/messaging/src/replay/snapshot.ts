import { createHash } from 'node:crypto';
import type { Contract, Topic } from '#contracts';
import type { Database, Queryable } from '#platform';

/** Subjects of one page: few enough to be read at once. */
const PAGE = 500;

/** What stands of a subject, as the fewest events that lead to it. */
export interface StandingFact {
  contract: Contract;
  data: unknown;
  /** when it became so, RFC 3339 */
  time: string;
}

/** How the service that tells a topic writes down what stands, for a subscriber that has not heard how it came about. */
export interface SnapshotSource {
  topic: Topic;
  /** by subject, in their order; a subject of which nothing stands may be left out */
  standing(db: Queryable, subjects: readonly string[]): Promise<ReadonlyMap<string, StandingFact[]>>;
}

/** A line of a snapshot: everything that stands of a subject after its event of this sequence. */
export interface SnapshotLine {
  topic: string;
  subject: string;
  sequence: number;
  facts: { type: string; time: string; data: unknown }[];
}

/** The last line of a topic: without it a download that broke off would pass for the whole. */
export interface SnapshotEnd {
  topic: string;
  subjects: number;
  /** over the lines before it, each with its line feed; hex */
  sha256: string;
}

/** Digests lines as they are written, and as they are read. */
export class LinesDigest {
  readonly #hash = createHash('sha256');

  add(line: string): void {
    this.#hash.update(line).update('\n');
  }

  /** Of what has been added so far. */
  hex(): string {
    return this.#hash.copy().digest('hex');
  }
}

/**
 * Lines of JSON, a subject each. All are read in one snapshot of the database: an event and what it changed are
 * one transaction, so what a line tells is exactly what its sequence says, however many write meanwhile. It is
 * held as long as the reader takes, and keeps dead rows alive that long.
 */
export async function* snapshotOf(database: Database, source: SnapshotSource): AsyncGenerator<string> {
  const client = await database.pool.connect();
  let complete = false;
  const db: Queryable = {
    async query<R extends object>(sql: string, params: readonly unknown[] = []) {
      const { rows, rowCount } = await client.query<R>(sql, [...params]);
      return { rows, rowCount: rowCount ?? 0 };
    },
  };
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    let subjects = 0;
    const digest = new LinesDigest();
    for (let after = ''; ;) {
      const { rows } = await db.query<{ key: string; last_sequence: number }>(
        'SELECT key, last_sequence FROM messaging.stream WHERE topic = $1 AND key > $2 ORDER BY key LIMIT $3',
        [source.topic, after, PAGE],
      );
      if (rows.length === 0) break;
      const standing = await source.standing(
        db,
        rows.map(({ key }) => key),
      );
      for (const { key, last_sequence: sequence } of rows) {
        const facts = (standing.get(key) ?? []).map(({ contract: { type }, time, data }) => ({
          type,
          time,
          data,
        }));
        const line: SnapshotLine = { topic: source.topic, subject: key, sequence, facts };
        const text = JSON.stringify(line);
        digest.add(text);
        yield `${text}\n`;
      }
      subjects += rows.length;
      after = rows.at(-1)!.key;
    }
    await client.query('COMMIT');
    complete = true;
    const end: SnapshotEnd = { topic: source.topic, subjects, sha256: digest.hex() };
    yield `${JSON.stringify(end)}\n`;
  } finally {
    // A reader that leaves early leaves the transaction open: the connection goes with it.
    client.release(!complete);
  }
}
