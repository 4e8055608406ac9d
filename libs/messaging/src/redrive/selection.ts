import type { Queryable, Tx } from '#platform';

/** Which open letters are meant; what is absent narrows nothing. */
export interface Selection {
  ids?: string[];
  topic?: string;
  type?: string;
  cause?: string;
  errorClass?: string;
  /** contained in the text of the error */
  error?: string;
  subject?: string;
  /** set aside at or after */
  from?: Date;
  /** set aside at or before; what comes later is not swept in */
  cutOff?: Date;
  /** only so many, the oldest */
  first?: number;
}

/** As many as one job takes: its items are written in the one transaction that makes it (measured: 100,000 in 3 s). */
export const MOST_ITEMS = 100_000;

/** How a selection reads as SQL; the parameters are {@link parametersOf}. */
const CHOSEN = `
  SELECT d.id, d.topic, d.key, d.sequence, d.type, d.cause, d.error_class, d.set_aside_at
  FROM messaging.dead_letter d
  WHERE d.consumer = $1 AND d.state = 'open'
    AND ($2::uuid[] IS NULL OR d.id = ANY ($2))
    AND ($3::text IS NULL OR d.topic = $3)
    AND ($4::text IS NULL OR d.type = $4)
    AND ($5::text IS NULL OR d.cause = $5)
    AND ($6::text IS NULL OR d.error_class = $6)
    AND ($7::text IS NULL OR strpos(d.error, $7) > 0)
    AND ($8::text IS NULL OR d.key = $8)
    AND ($9::timestamptz IS NULL OR d.set_aside_at >= $9)
    AND d.set_aside_at <= $10
  ORDER BY d.id
  LIMIT $11`;

function parametersOf(consumer: string, selection: Selection, cutOff: Date): unknown[] {
  const { ids, topic, type, cause, errorClass, error, subject, from, first } = selection;
  const most = first ?? MOST_ITEMS + 1;
  const texts = [topic, type, cause, errorClass, error, subject].map((text) => text ?? null);
  return [consumer, ids ?? null, ...texts, from ?? null, cutOff, most];
}

/** What a job over the selection would take up. */
export interface Counts {
  letters: number;
  subjects: number;
  /** letters of foreign messages without a key: they belong to no subject */
  withoutSubject: number;
  /** events that wait behind them and are handled when they are settled */
  parkedBehind: number;
  oldest: Date | null;
  newest: Date | null;
  byTopic: Record<string, number>;
  byType: Record<string, number>;
  byCause: Record<string, number>;
  byErrorClass: Record<string, number>;
}

/** Types and error classes come with foreign messages and may be many: the most frequent are shown. */
const MOST_GROUPS = 50;

/** Counts what would be taken up; changes nothing. */
export async function countChosen(
  database: Queryable,
  consumer: string,
  selection: Selection,
  cutOff: Date,
): Promise<Counts> {
  const { rows } = await database.query<{
    what: 'all' | 'topic' | 'type' | 'cause' | 'errorClass';
    value: string | null;
    letters: number;
    subjects: number;
    keyless: number;
    parked: number;
    oldest: Date | null;
    newest: Date | null;
  }>(
    `WITH chosen AS MATERIALIZED (${CHOSEN})
     SELECT CASE WHEN grouping(topic) = 0 THEN 'topic' WHEN grouping(type) = 0 THEN 'type'
                 WHEN grouping(cause) = 0 THEN 'cause' WHEN grouping(error_class) = 0 THEN 'errorClass' ELSE 'all' END AS what,
            coalesce(topic, type, cause, error_class) AS value, count(*) AS letters,
            count(DISTINCT (c.topic, c.key)) FILTER (WHERE c.key IS NOT NULL) AS subjects,
            count(*) FILTER (WHERE c.key IS NULL) AS keyless, min(set_aside_at) AS oldest, max(set_aside_at) AS newest,
            CASE WHEN grouping(topic, type, cause, error_class) = 15 THEN
              (SELECT count(*) FROM messaging.parked p
               WHERE p.consumer = $1 AND (p.topic, p.key) IN (SELECT x.topic, x.key FROM chosen x)) END AS parked
     FROM chosen c
     GROUP BY GROUPING SETS ((), (topic), (type), (cause), (error_class))
     ORDER BY letters DESC, value`,
    parametersOf(consumer, selection, cutOff),
  );
  const all = rows.find(({ what }) => what === 'all')!;
  const by = (wanted: string): Record<string, number> =>
    Object.fromEntries(
      rows
        .filter(({ what }) => what === wanted)
        .slice(0, MOST_GROUPS)
        .map(({ value, letters }) => [value ?? 'unknown', letters]),
    );
  return {
    letters: all.letters,
    subjects: all.subjects,
    withoutSubject: all.keyless,
    parkedBehind: all.parked,
    oldest: all.oldest,
    newest: all.newest,
    byTopic: by('topic'),
    byType: by('type'),
    byCause: by('cause'),
    byErrorClass: by('errorClass'),
  };
}

/**
 * Writes the items of a job, numbered in the order in which they will be done: subjects by their oldest
 * letter, within a subject by sequence; what has no readable place comes last.
 *
 * @returns how many
 */
export async function writeItems(
  tx: Tx,
  job: string,
  consumer: string,
  selection: Selection,
  cutOff: Date,
): Promise<number> {
  const { rowCount } = await tx.query(
    `WITH chosen AS (${CHOSEN}), grouped AS (
       SELECT id, topic, key, sequence,
              first_value(id) OVER (PARTITION BY topic, coalesce(key, id::text), key IS NULL ORDER BY id) AS subject_since
       FROM chosen
     )
     INSERT INTO messaging.redrive_item (job_id, number, dead_letter_id, topic, key)
     SELECT $12, row_number() OVER (ORDER BY subject_since, sequence NULLS LAST, id), id, topic, key FROM grouped`,
    [...parametersOf(consumer, selection, cutOff), job],
  );
  return rowCount;
}

/** Those of the named letters that are not open, or came after the cut-off. */
export async function notOpen(
  database: Queryable,
  consumer: string,
  ids: readonly string[],
  cutOff: Date,
): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT named.id FROM unnest($2::uuid[]) AS named (id)
     WHERE NOT EXISTS (SELECT FROM messaging.dead_letter d
                       WHERE d.consumer = $1 AND d.id = named.id AND d.state = 'open' AND d.set_aside_at <= $3)`,
    [consumer, ids, cutOff],
  );
  return rows.map(({ id }) => id);
}
