import type { Queryable, Tx } from '#platform';
import type { JobAction, JobState } from './job-states.js';
import type { Selection } from './selection.js';

export type ItemOutcome = 'redriven' | 'discarded' | 'failed' | 'skipped';

/** A row of messaging.redrive_job. */
export interface Job {
  id: string;
  action: 'redrive' | 'discard';
  reason: string | null;
  selection: Selection;
  cutOff: Date;
  perSecond: number;
  state: JobState;
  items: number;
  redriven: number;
  discarded: number;
  failed: number;
  skipped: number;
  createdAt: Date;
  createdBy: string;
  startedAt: Date | null;
  startedBy: string | null;
  endedAt: Date | null;
}

/** How many of its items are done, with whatever result. */
export function doneOf({ redriven, discarded, failed, skipped }: Job): number {
  return redriven + discarded + failed + skipped;
}

/** One letter of a job, and what came of it. */
export interface Item {
  number: number;
  deadLetterId: string;
  topic: string;
  subject: string | null;
  outcome: ItemOutcome | null;
  /** code of the refusal for what was skipped, class of the error for what failed */
  code: string | null;
  error: string | null;
  doneAt: Date | null;
}

const JOB = `id, action, reason, selection, cut_off AS "cutOff", per_second AS "perSecond", state, items, redriven,
  discarded, failed, skipped, created_at AS "createdAt", created_by AS "createdBy", started_at AS "startedAt",
  started_by AS "startedBy", ended_at AS "endedAt"`;
const ITEM = `number, dead_letter_id AS "deadLetterId", topic, key AS subject, outcome, code, error, done_at AS "doneAt"`;

export async function insertJob(
  tx: Tx,
  consumer: string,
  job: Pick<Job, 'id' | 'action' | 'reason' | 'selection' | 'cutOff' | 'perSecond' | 'createdBy'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO messaging.redrive_job (id, consumer, action, reason, selection, cut_off, per_second, items, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)`,
    [job.id, consumer, job.action, job.reason, job.selection, job.cutOff, job.perSecond, job.createdBy],
  );
}

export async function setItems(tx: Tx, id: string, items: number): Promise<Job> {
  const { rows } = await tx.query<Job>(
    `UPDATE messaging.redrive_job SET items = $2 WHERE id = $1 RETURNING ${JOB}`,
    [id, items],
  );
  return rows[0]!;
}

export async function readJob(database: Queryable, consumer: string, id: string): Promise<Job | undefined> {
  const { rows } = await database.query<Job>(
    `SELECT ${JOB} FROM messaging.redrive_job WHERE consumer = $1 AND id = $2`,
    [consumer, id],
  );
  return rows[0];
}

/** Locked until the transaction ends: no item of it is under way. */
export async function lockJob(tx: Tx, consumer: string, id: string): Promise<Job | undefined> {
  const { rows } = await tx.query<Job>(
    `SELECT ${JOB} FROM messaging.redrive_job WHERE consumer = $1 AND id = $2 FOR UPDATE`,
    [consumer, id],
  );
  return rows[0];
}

/** Newest first; `before` is the id of the last one seen. */
export async function listJobs(
  database: Queryable,
  consumer: string,
  filter: { states: readonly JobState[]; before?: string; limit: number },
): Promise<Job[]> {
  const { rows } = await database.query<Job>(
    `SELECT ${JOB} FROM messaging.redrive_job
     WHERE consumer = $1 AND state = ANY ($2) AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
    [consumer, filter.states, filter.before ?? null, filter.limit],
  );
  return rows;
}

export async function moveJob(
  tx: Tx,
  id: string,
  action: JobAction,
  state: JobState,
  actor: string,
): Promise<Job> {
  const { rows } = await tx.query<Job>(
    `UPDATE messaging.redrive_job SET state = $2,
       started_at = CASE WHEN $3 = 'start' THEN clock_timestamp() ELSE started_at END,
       started_by = CASE WHEN $3 = 'start' THEN $4 ELSE started_by END,
       ended_at = CASE WHEN $3 IN ('cancel', 'finish') THEN clock_timestamp() END
     WHERE id = $1 RETURNING ${JOB}`,
    [id, state, action, actor],
  );
  return rows[0]!;
}

/** In the order in which they are done; `after` is the number of the last one seen. */
export async function listItems(
  database: Queryable,
  job: string,
  filter: { outcome?: ItemOutcome | 'waiting'; after?: number; limit: number },
): Promise<Item[]> {
  const { rows } = await database.query<Item>(
    `SELECT ${ITEM} FROM messaging.redrive_item
     WHERE job_id = $1 AND number > $2
       AND ($3::text IS NULL OR outcome = $3 OR ($3 = 'waiting' AND outcome IS NULL))
     ORDER BY number LIMIT $4`,
    [job, filter.after ?? 0, filter.outcome ?? null, filter.limit],
  );
  return rows;
}

/**
 * Takes a running job whose next item may be done now, locked, and books the time of the one after it. Jobs
 * take turns: the one that has waited longest comes first. One that another replica has in hand is passed by.
 */
export async function takeDueJob(tx: Tx, consumer: string): Promise<Job | undefined> {
  const { rows } = await tx.query<Job>(
    `UPDATE messaging.redrive_job
     SET next_at = greatest(next_at, clock_timestamp()) + interval '1 second' / per_second
     WHERE id = (
       SELECT id FROM messaging.redrive_job
       WHERE consumer = $1 AND ended_at IS NULL AND state = 'running' AND next_at <= clock_timestamp()
       ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
     )
     RETURNING ${JOB}`,
    [consumer],
  );
  return rows[0];
}

/** Milliseconds until a running job is due, negative when one is overdue; undefined when none is running. */
export async function untilDue(database: Queryable, consumer: string): Promise<number | undefined> {
  const { rows } = await database.query<{ ms: number | null }>(
    `SELECT (1000 * extract(epoch FROM min(next_at) - clock_timestamp()))::float8 AS ms
     FROM messaging.redrive_job WHERE consumer = $1 AND ended_at IS NULL AND state = 'running'`,
    [consumer],
  );
  return rows[0]?.ms ?? undefined;
}

export async function readItem(tx: Tx, job: string, number: number): Promise<Item | undefined> {
  const { rows } = await tx.query<Item>(
    `SELECT ${ITEM} FROM messaging.redrive_item WHERE job_id = $1 AND number = $2`,
    [job, number],
  );
  return rows[0];
}

/** Writes what came of an item and counts it, in one statement. */
export async function writeOutcome(
  tx: Tx,
  job: string,
  number: number,
  result: { outcome: ItemOutcome; code: string | null; error: string | null },
): Promise<void> {
  await tx.query(
    `WITH done AS (
       UPDATE messaging.redrive_item SET outcome = $3, code = $4, error = left($5, 4000), done_at = clock_timestamp()
       WHERE job_id = $1 AND number = $2
     )
     UPDATE messaging.redrive_job
     SET redriven = redriven + ($3 = 'redriven')::int, discarded = discarded + ($3 = 'discarded')::int,
         failed = failed + ($3 = 'failed')::int, skipped = skipped + ($3 = 'skipped')::int
     WHERE id = $1`,
    [job, number, result.outcome, result.code, result.error],
  );
}
