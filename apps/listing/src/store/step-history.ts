import type { Actor, Queryable, Tx } from '#platform';

/** The histories that are kept beside a row and only grow, and what they are of. */
const HISTORIES = {
  objection_history: 'objection_id',
  record_repair_history: 'repair_id',
} as const;
export type StepHistory = keyof typeof HISTORIES;

/** One thing that happened. */
export interface StepEntry {
  position: number;
  version: number;
  fact: string;
  data: Record<string, unknown>;
  actor: { kind: string; id: string; name: string; department?: string };
  at: Date;
}

/** Appends what a step brought about; the row that it is of is locked. */
export async function appendHistory(
  tx: Tx,
  history: StepHistory,
  of: { id: string; version: number },
  facts: readonly object[],
  by: { actor: Actor; at: Date },
): Promise<void> {
  const key = HISTORIES[history];
  const { kind, id, name, department } = by.actor;
  await tx.query(
    `INSERT INTO ${history} (${key}, position, version, fact, data, actor, happened_at)
     SELECT $1, (SELECT count(*) FROM ${history} WHERE ${key} = $1) + f.place, $2,
       f.fact ->> 'type', f.fact - 'type', $4, $5
     FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS f (fact, place)`,
    [of.id, of.version, JSON.stringify(facts), JSON.stringify({ kind, id, name, department }), by.at],
  );
}

export async function readHistory(db: Queryable, history: StepHistory, id: string): Promise<StepEntry[]> {
  const { rows } = await db.query<StepEntry>(
    `SELECT position, version, fact, data, actor, happened_at AS at FROM ${history}
     WHERE ${HISTORIES[history]} = $1 ORDER BY position`,
    [id],
  );
  return rows;
}
