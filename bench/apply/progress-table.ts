import type { EventOf, measureProgressReported } from '#contracts';
import type { Database } from '#platform';

/* The effect that every contestant leaves: one row an event. `place` tells in which order they were written. */
export const PROGRESS_TABLE = `
  CREATE TABLE progress (
    event_id    uuid    PRIMARY KEY,
    place       bigserial,
    subject     text    NOT NULL,
    sequence    bigint  NOT NULL,
    measure     integer NOT NULL,
    percent     integer NOT NULL,
    reported_on date    NOT NULL
  )`;

export const INSERT_ONE = `
  INSERT INTO progress (event_id, subject, sequence, measure, percent, reported_on) VALUES ($1, $2, $3, $4, $5, $6)`;

export const INSERT_MANY = `
  INSERT INTO progress (event_id, subject, sequence, measure, percent, reported_on)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::int[], $5::int[], $6::date[])`;

type Told = EventOf<typeof measureProgressReported>;

export function rowOf({ id, subject, sequence, data }: Told): unknown[] {
  return [id, subject, Number(sequence), data.measure, data.percent, data.reportedOn];
}

/** Parameters of {@link INSERT_MANY}. */
export function columnsOf(events: readonly Told[]): unknown[][] {
  const rows = events.map(rowOf);
  return Array.from({ length: 6 }, (_, column) => rows.map((row) => row[column]));
}

/** Every event once, each subject's in order. */
export async function faultsOfTable(db: Database, events: number): Promise<string[]> {
  const { rows } = await db.query<{ found: number; disordered: number }>(
    `SELECT count(*) AS found, count(*) FILTER (WHERE sequence <> coalesce(before, 0) + 1) AS disordered FROM (
       SELECT sequence, lag(sequence) OVER (PARTITION BY subject ORDER BY place) AS before FROM progress) AS p`,
  );
  const { found, disordered } = rows[0]!;
  return [
    ...(found === events ? [] : [`${found} effects of ${events} events`]),
    ...(disordered === 0 ? [] : [`${disordered} effects out of their subject's order`]),
  ];
}
