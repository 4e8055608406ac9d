import type { Tx } from '#platform';
import type { Seeds } from '#seeds';

/** The incentives as they stand in the seeds, and nothing that stood there before. */
export async function storeIncentives(tx: Tx, seeds: Seeds): Promise<void> {
  await tx.query('DELETE FROM incentive_rule');
  await tx.query(
    `INSERT INTO incentive_rule (id, valid_from, valid_to, content)
     SELECT g.row ->> 'id', coalesce((g.row ->> 'validFrom')::date, '-infinity'), (g.row ->> 'validTo')::date, g.row
     FROM jsonb_array_elements($1) AS g (row)`,
    [JSON.stringify(seeds.incentives)],
  );
}
