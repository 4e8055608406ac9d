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
        yield `${JSON.stringify({ topic: source.topic, subject: key, sequence, facts } satisfies SnapshotLine)}\n`;
      }
      subjects += rows.length;
      after = rows.at(-1)!.key;
    }
    await client.query('COMMIT');
    complete = true;
    yield `${JSON.stringify({ topic: source.topic, subjects } satisfies SnapshotEnd)}\n`;
  } finally {
    // A reader that leaves early leaves the transaction open: the connection goes with it.
    client.release(!complete);
  }
}
