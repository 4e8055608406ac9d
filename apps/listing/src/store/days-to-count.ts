import { scheduleAll } from '#deadlines';
import type { Tx } from '#platform';

/** Kinds of deadline rows, due at once, that have the days of one thing counted anew; their data is {@link NewYear}. */
export const COUNTING_DEADLINES = ['listing.days', 'objection.days', 'record-repair.days'] as const;

/** The year of the working calendar that came in; of several that came in before the counting, the first. */
export interface NewYear {
  year: number;
}

/**
 * A year of the working calendar came in: whatever waits for a day that could not be counted without it is counted, each
 * in a transaction of its own. What has all its days is looked at in vain, and stays as it is.
 *
 * @param at when: now
 */
export async function countDaysWith(tx: Tx, year: number, at: Date): Promise<void> {
  const { rows } = await tx.query<{ kind: (typeof COUNTING_DEADLINES)[number]; ref: string; year: number }>(
    `SELECT waiting.kind, waiting.ref, least($1::integer, (d.data ->> 'year')::integer) AS year FROM (
     SELECT 'objection.days' AS kind, id::text AS ref FROM objection
     WHERE status IN ('filed', 'open')
       AND (due_on IS NULL OR due_clock IN ('material', 'help') OR state ->> 'markDue' IS NULL)
     UNION ALL
     SELECT 'record-repair.days', id::text FROM record_repair
     WHERE status IN ('requested', 'accepted', 'verified')
       AND (state ->> 'acceptanceDue' IS NULL OR state ->> 'decisionDue' IS NULL)
     UNION ALL
     SELECT DISTINCT 'listing.days', case_id::text FROM repair
     WHERE status IN ('requested', 'accepted', 'verified') AND (request ->> 'acceptanceDue' IS NULL OR decision_due IS NULL)
     ) waiting LEFT JOIN deadlines.deadline d ON d.kind = waiting.kind AND d.ref = waiting.ref AND d.outcome IS NULL`,
    [year],
  );
  await scheduleAll(
    tx,
    rows.map(({ kind, ref, year: first }) => ({
      kind,
      ref,
      dueAt: at,
      data: { year: first } satisfies NewYear,
    })),
  );
}
