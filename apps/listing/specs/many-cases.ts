import { Database } from '#platform';

/*
 * Many cases at once, in one statement a table: copies of a case that went its lawful way, each of a subject of
 * its own. A million take about a minute, one by one through the API they would take days.
 */

/** Words of names, so that some parts are rare, some common, some in every name. */
const PLACES = ['松江', '黑水', '嫩江', '呼兰', '牡丹', '绥芬', '兴安', '完达', '镜泊', '扎龙'];
const TRADES = ['商贸', '建筑', '食品', '物流', '机械', '农业', '科技', '能源', '服饰', '旅游'];

export interface Copies {
  /** The case that is copied. */
  of: string;
  count: number;
  /** First number of the names, so that two fillings do not meet. */
  from?: number;
}

/** @returns ids of the copies, in the order of their numbers */
export async function copyCases(db: Database, { of, count, from = 0 }: Copies): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `WITH number AS (
       SELECT n, gen_random_uuid() AS case_id, gen_random_uuid() AS subject_id FROM generate_series($2::int + 1, $2::int + $3::int) AS n
     ), subjects AS (
       INSERT INTO subject (id, kind, code, name, region, told_at)
       SELECT subject_id, 'enterprise', '9123' || lpad(n::text, 14, '0'),
         ($4::text[])[n % 10 + 1] || ($5::text[])[n / 10 % 10 + 1] || '示例' || n || '号有限公司（虚构）', '230100', now()
       FROM number RETURNING id
     )
     INSERT INTO listing_case (id, file_id, no, version, status, list_type, rules_version, subject_id, department, region,
       conduct_kind, opened_on, noticed_on, decided_on, in_force_on, term_ends_on, due_on, due_clock, state)
     SELECT n.case_id, n.case_id, t.list_type || '-1999-' || n.n, t.version, t.status, t.list_type, t.rules_version,
       n.subject_id, t.department, t.region, t.conduct_kind, t.opened_on, t.noticed_on, t.decided_on, t.in_force_on,
       t.term_ends_on, t.due_on, t.due_clock, t.state || jsonb_build_object('id', n.case_id, 'no', t.list_type || '-1999-' || n.n)
     FROM number n CROSS JOIN listing_case t, (SELECT count(*) FROM subjects) AS written
     WHERE t.id = $1 ORDER BY n.n RETURNING id`,
    [of, from, count, PLACES, TRADES],
  );
  return rows.map(({ id }) => id);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
