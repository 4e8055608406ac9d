import type { LocalDate } from '#kernel';
import type { Exported } from '../../exports/exports.js';

/** The log of checks, one line for each subject that was asked about, with what became of its hits. */
export function exportOfChecks(
  from: LocalDate,
  to: LocalDate,
  /** null: of all */
  departments: readonly string[] | null,
): Exported {
  return {
    what: 'checks',
    asked: { from, to, departments },
    columns: [
      ['查询编号', 'id'],
      ['查询时间', 'at'],
      ['单位', 'department'],
      ['查询人', 'actor'],
      ['领域', 'field'],
      ['事项', 'item'],
      ['用途', 'purpose'],
      ['文号', 'reference'],
      ['主体', 'subject'],
      ['命中', 'hits'],
      ['已反馈', 'answered'],
      ['已采取', 'applied'],
      ['逾期', 'overdue'],
    ],
    select: `
      SELECT k.id, to_char(k.asked_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') AS at,
             k.department, k.actor, k.field, k.item, k.purpose, k.reference, k.subject, k.hits, h.answered, h.applied,
             h.overdue
      FROM discipline_check k
      LEFT JOIN LATERAL (
        SELECT count(answer) AS answered, count(*) FILTER (WHERE answer ->> 'result' = 'applied') AS applied,
               count(*) FILTER (WHERE overdue AND answer IS NULL) AS overdue
        FROM discipline_hit WHERE check_id = k.id AND nth = k.nth) h ON k.hits > 0
      WHERE k.asked_on BETWEEN $1 AND $2 AND ($3::text[] IS NULL OR k.department = ANY($3))
      ORDER BY k.id, k.nth`,
    values: [from, to, departments],
  };
}
