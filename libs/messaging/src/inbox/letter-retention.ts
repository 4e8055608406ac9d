import type { Tx } from '#platform';
import { SETTLED_RETENTION_MS } from '../retention.js';

/** Rows that one round of upkeep removes at most; rounds are seconds apart. */
const LETTERS_A_ROUND = 1_000;
const JOBS_A_ROUND = 5;

/**
 * Removes what was settled long enough ago. A letter whose subject has not been released yet stays: the release
 * is found by it.
 */
export async function dropSettled(tx: Tx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - SETTLED_RETENTION_MS);
  await tx.query(
    `DELETE FROM messaging.dead_letter WHERE id IN (
       SELECT d.id FROM messaging.dead_letter d
       WHERE d.state <> 'open' AND d.settled_at < $1
         AND NOT EXISTS (SELECT FROM messaging.position p WHERE p.consumer = d.consumer AND p.blocked_by = d.id)
       ORDER BY d.settled_at LIMIT $2)`,
    [before, LETTERS_A_ROUND],
  );
  await tx.query(
    `DELETE FROM messaging.redrive_job WHERE id IN (
       SELECT id FROM messaging.redrive_job WHERE ended_at < $1 ORDER BY ended_at LIMIT $2)`,
    [before, JOBS_A_ROUND],
  );
}
