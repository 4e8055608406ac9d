import type { LocalDate } from '#kernel';
import type { Tx } from '#platform';

/** Tables that show whether they are objected to: `objections` by id since when, `objection_since` the first of them. */
export type Marked = { table: 'credit_record'; key: 'id' } | { table: 'file_listing'; key: 'case_id' };

/**
 * The mark of open objections: it goes with the last of them.
 *
 * @param since null: this objection is settled, whether or not its mark has been heard of
 */
export async function markObjection(
  tx: Tx,
  { table, key }: Marked,
  id: string,
  objectionId: string,
  since: LocalDate | null,
): Promise<void> {
  await tx.query(
    `UPDATE ${table} SET objections = marks.all,
       objection_since = (SELECT min(day::date) FROM jsonb_each_text(marks.all) AS mark (id, day))
     FROM (SELECT ${key}, CASE WHEN $3::text IS NULL THEN objections || jsonb_build_object($2::text, NULL)
             ELSE jsonb_build_object($2::text, $3::text) || objections END AS all
           FROM ${table} WHERE ${key} = $1) AS marks
     WHERE ${table}.${key} = marks.${key}`,
    [id, objectionId, since],
  );
}
