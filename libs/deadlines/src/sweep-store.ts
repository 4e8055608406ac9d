import type { Queryable, Tx } from '#platform';
import type { Deadline } from './deadline-store.js';

/** A due row that this transaction holds. */
export interface ClaimedDeadline extends Deadline {
  id: number;
}

/** Whether anything is due: the one statement of an idle sweep. */
export async function anyDue(db: Queryable, kinds: readonly string[], now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT 1 FROM deadlines.deadline
     WHERE outcome IS NULL AND due_at <= $1 AND kind = ANY($2) AND (next_try_at IS NULL OR next_try_at <= now())
     LIMIT 1`,
    [now, kinds],
  );
  return rowCount > 0;
}

/**
 * How a transaction of the sweep begins. Until `endClaims` a claim reads along the index of what is due and stops when
 * it has enough. Statistics cannot tell PostgreSQL that very much has just fallen due: expecting a few rows it read and
 * sorted all of them for each claim, so that a claim took the longer the more was left.
 */
export async function beginClaims(tx: Tx, lockTimeout: string): Promise<void> {
  await tx.query(`SELECT set_config('lock_timeout', $1, true), set_config('enable_sort', 'off', true)`, [
    lockTimeout,
  ]);
}

/** What follows in the transaction is planned as ever. */
export async function endClaims(tx: Tx): Promise<void> {
  await tx.query('SET LOCAL enable_sort TO DEFAULT');
}

/** Where a sweep stands in the order of its work: the row that it claimed last as the oldest. */
export interface SweepPlace {
  dueAt: Date;
  id: number;
}

/**
 * Takes the oldest due row that no other sweeper holds and marks it done, before its handler runs: a handler
 * that starts the same clock again then writes a new row instead of reviving this one. A rollback undoes both.
 *
 * @param from what lies before is done, put off, or another sweeper's. Without it each claim would pass again over
 *   the index entries of all rows that this sweep has done, until a vacuum (100,000 clocks at once)
 */
export async function claimDue(
  tx: Tx,
  kinds: readonly string[],
  now: Date,
  from?: SweepPlace,
): Promise<ClaimedDeadline | undefined> {
  const { rows } = await tx.query<ClaimedDeadline>(
    `UPDATE deadlines.deadline SET outcome = 'done', ended_at = now(), next_try_at = NULL
     WHERE id = (
       SELECT id FROM deadlines.deadline
       WHERE outcome IS NULL AND due_at <= $1 AND kind = ANY($2) AND (next_try_at IS NULL OR next_try_at <= now())
         AND (due_at, id) >= ($3, $4)
       ORDER BY due_at, id LIMIT 1
       FOR UPDATE SKIP LOCKED
     )
     RETURNING id, kind, ref, due_at AS "dueAt", data`,
    [now, kinds, from?.dueAt ?? '-infinity', from?.id ?? 0],
  );
  return rows[0];
}

/** More of the kind that a claim has found, for a handler that takes many. */
export async function claimMore(
  tx: Tx,
  first: ClaimedDeadline,
  now: Date,
  limit: number,
): Promise<ClaimedDeadline[]> {
  const { rows } = await tx.query<ClaimedDeadline>(
    `UPDATE deadlines.deadline SET outcome = 'done', ended_at = now(), next_try_at = NULL
     WHERE id = ANY (ARRAY(
       SELECT id FROM deadlines.deadline
       WHERE outcome IS NULL AND due_at <= $1 AND kind = $2 AND (next_try_at IS NULL OR next_try_at <= now())
         AND (due_at, id) >= ($4, $5)
       ORDER BY due_at, id LIMIT $3
       FOR UPDATE SKIP LOCKED
     ))
     RETURNING id, kind, ref, due_at AS "dueAt", data`,
    [now, first.kind, limit, first.dueAt, first.id],
  );
  return rows;
}

/**
 * Keeps the error of a failed run and puts the next try off: 2, 4, 8 … seconds, at most an hour, of the
 * database's time. (Legal time may stand still or leap, so a pause in it could last for ever or not at all.)
 */
export async function recordFailure(db: Queryable, id: number, error: string): Promise<number> {
  const { rows } = await db.query<{ attempts: number }>(
    `UPDATE deadlines.deadline
     SET attempts = attempts + 1, last_error = left($2, 2000),
         next_try_at = now() + least(interval '1 hour', interval '1 second' * power(2, least(attempts, 20) + 1))
     WHERE id = $1 AND outcome IS NULL
     RETURNING attempts`,
    [id, error],
  );
  return rows[0]?.attempts ?? 0;
}

/** Puts a run off that met another transaction on its way: no attempt is counted. */
export async function recordGivenWay(db: Queryable, id: number, error: string): Promise<void> {
  await db.query(
    `UPDATE deadlines.deadline SET last_error = left($2, 2000), next_try_at = now() + interval '500 milliseconds'
     WHERE id = $1 AND outcome IS NULL`,
    [id, error],
  );
}

export interface KindCount {
  kind: string;
  count: number;
}

/** Due and not brought about, by kind. */
export async function overdueByKind(db: Queryable, now: Date): Promise<KindCount[]> {
  const { rows } = await db.query<KindCount>(
    `SELECT kind, count(*) AS count FROM deadlines.deadline
     WHERE outcome IS NULL AND due_at <= $1 GROUP BY kind ORDER BY kind`,
    [now],
  );
  return rows;
}

/** Live rows of kinds that nothing here handles, due or not. */
export async function unhandledByKind(db: Queryable, kinds: readonly string[]): Promise<KindCount[]> {
  const { rows } = await db.query<KindCount>(
    `SELECT kind, count(*) AS count FROM deadlines.deadline
     WHERE outcome IS NULL AND NOT kind = ANY($1) GROUP BY kind ORDER BY kind`,
    [kinds],
  );
  return rows;
}
