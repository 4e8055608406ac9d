import type { Queryable, Tx } from '#platform';

export type AuditedAction =
  'create' | 'start' | 'pause' | 'resume' | 'cancel' | 'finish' | 'redrive' | 'discard';

/** Who did what to a letter or a job. */
export interface AuditEntry {
  action: AuditedAction;
  /** one line, as `actorLine` writes it */
  actor: string;
  job: string | null;
  letter?: string;
  reason: string | null;
  outcome: string;
}

/** In the transaction of the act: neither is there without the other. */
export async function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.query(
    `INSERT INTO messaging.redrive_audit (job_id, dead_letter_id, action, actor, reason, outcome)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [entry.job, entry.letter ?? null, entry.action, entry.actor, entry.reason, entry.outcome],
  );
}

export interface ShownAudit extends AuditEntry {
  id: number;
  letter: string;
  at: Date;
}

/** Newest first; `before` is the id of the last one seen. */
export async function listAudit(
  database: Queryable,
  filter: { job?: string; letter?: string; before?: number; limit: number },
): Promise<ShownAudit[]> {
  const { rows } = await database.query<ShownAudit>(
    `SELECT id, action, actor, job_id AS job, dead_letter_id AS letter, reason, outcome, at
     FROM messaging.redrive_audit
     WHERE ($1::uuid IS NULL OR job_id = $1) AND ($2::uuid IS NULL OR dead_letter_id = $2)
       AND ($3::bigint IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [filter.job ?? null, filter.letter ?? null, filter.before ?? null, filter.limit],
  );
  return rows;
}
