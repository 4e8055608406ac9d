import { prepared, type Queryable, type Tx } from '#platform';

/** A legal clock to start: at `dueAt` the handler of `kind` runs for `ref`. */
export interface NewDeadline {
  /** `<service>.<what falls due>`, for example `listing.defence`. */
  kind: string;
  /** Id of the thing the clock runs for; together with the kind at most one clock is live. */
  ref: string;
  /** Instant of legal time from which it is due; for a last day use `endOfDay` of the kernel. */
  dueAt: Date;
  /** What the handler needs beside the ref. No personal data: ended rows are kept. */
  data?: object;
}

/** A clock that has run down, as its handler gets it. */
export interface Deadline<Data extends object = Record<string, unknown>> {
  kind: string;
  ref: string;
  dueAt: Date;
  data: Data;
}

/** A deadline that was due and has not been brought about, for operators. */
export interface OverdueDeadline {
  kind: string;
  ref: string;
  dueAt: Date;
  attempts: number;
  lastError: string | null;
  nextTryAt: Date | null;
}

/**
 * Starts a clock in the transaction that decides. A live clock of the same kind and ref is replaced: its date,
 * its data and its failures.
 */
export async function schedule(tx: Tx, deadline: NewDeadline): Promise<void> {
  await scheduleAll(tx, [deadline]);
}

/**
 * Starts many clocks with one statement. Of several for the same kind and ref the last one counts. Written in
 * the order of kind and ref, so that two transactions with overlapping lists wait for each other instead of
 * meeting crosswise.
 */
export async function scheduleAll(tx: Tx, deadlines: readonly NewDeadline[]): Promise<void> {
  const latest = new Map(deadlines.map((deadline) => [`${deadline.kind}\0${deadline.ref}`, deadline]));
  const rows = [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, deadline]) => deadline);
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO deadlines.deadline (kind, ref, due_at, data)
     SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::jsonb[])
     ON CONFLICT (kind, ref) WHERE outcome IS NULL DO UPDATE
     SET due_at = excluded.due_at, data = excluded.data, created_at = now(),
         attempts = 0, last_error = NULL, next_try_at = NULL`,
    [
      rows.map((row) => row.kind),
      rows.map((row) => row.ref),
      rows.map((row) => row.dueAt.toISOString()),
      rows.map((row) => JSON.stringify(row.data ?? {})),
    ],
  );
}

/** The same clocks for many things. */
const SCHEDULE_SAME = prepared(
  `INSERT INTO deadlines.deadline (kind, ref, due_at)
   SELECT c.kind, r.ref, c.due_at
   FROM unnest($1::text[], $2::timestamptz[]) AS c (kind, due_at) CROSS JOIN unnest($3::text[]) AS r (ref)
   ORDER BY c.kind COLLATE "C", r.ref COLLATE "C"
   ON CONFLICT (kind, ref) WHERE outcome IS NULL DO UPDATE
   SET due_at = excluded.due_at, data = excluded.data, created_at = now(),
       attempts = 0, last_error = NULL, next_try_at = NULL`,
);

/**
 * As `scheduleAll`, where each of many things has the same clocks, without data: kinds and instants are sent once, and
 * not with each of them.
 *
 * @param clocks each kind once
 * @param refs each once
 */
export async function scheduleSame(
  tx: Tx,
  clocks: readonly Pick<NewDeadline, 'kind' | 'dueAt'>[],
  refs: readonly string[],
): Promise<void> {
  if (clocks.length === 0 || refs.length === 0) return;
  await tx.query(SCHEDULE_SAME, [
    clocks.map(({ kind }) => kind),
    clocks.map(({ dueAt }) => dueAt.toISOString()),
    refs,
  ]);
}

/**
 * Stops a live clock: whatever it was for has happened, or must not happen any more.
 *
 * @returns false when none was live, which is no fault: it may have run down a moment ago
 */
export async function cancel(tx: Tx, kind: string, ref: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE deadlines.deadline SET outcome = 'cancelled', ended_at = now()
     WHERE kind = $1 AND ref = $2 AND outcome IS NULL`,
    [kind, ref],
  );
  return rowCount > 0;
}

/**
 * Stops many clocks with one statement, in the order of kind and ref; those that are not live are passed over. Each is
 * looked up by itself: a join read all that are live, however few were to be stopped.
 */
export async function cancelAll(tx: Tx, clocks: readonly Pick<NewDeadline, 'kind' | 'ref'>[]): Promise<void> {
  if (clocks.length === 0) return;
  await tx.query(
    `UPDATE deadlines.deadline d SET outcome = 'cancelled', ended_at = now()
     FROM (
       SELECT l.id
       FROM (SELECT * FROM unnest($1::text[], $2::text[]) AS s (kind, ref) ORDER BY kind, ref) stopped
       CROSS JOIN LATERAL (
         SELECT id FROM deadlines.deadline WHERE kind = stopped.kind AND ref = stopped.ref AND outcome IS NULL
         LIMIT 1 FOR UPDATE
       ) l
     ) live
     WHERE d.id = live.id`,
    [clocks.map(({ kind }) => kind), clocks.map(({ ref }) => ref)],
  );
}

/** Live clocks that were due at `now` (legal time), the oldest first. */
export async function overdueDeadlines(db: Queryable, now: Date, limit = 100): Promise<OverdueDeadline[]> {
  const { rows } = await db.query<OverdueDeadline>(
    `SELECT kind, ref, due_at AS "dueAt", attempts, last_error AS "lastError", next_try_at AS "nextTryAt"
     FROM deadlines.deadline WHERE outcome IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2`,
    [now, limit],
  );
  return rows;
}
