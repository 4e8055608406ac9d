import type { LocalDate } from '#kernel';
import type { Exported } from '../../exports/exports.js';

/** Incentives granted in the time, one line for each department that gives one, with what it answered. */
export function exportOfIncentives(
  from: LocalDate,
  to: LocalDate,
  /** null: of all */
  executors: readonly string[] | null,
): Exported {
  return {
    what: 'incentives',
    asked: { from, to, executors },
    columns: [
      ['激励编号', 'id'],
      ['措施', 'incentive'],
      ['名称', 'title'],
      ['主体编号', 'subject'],
      ['统一社会信用代码', 'code'],
      ['依据', 'ground'],
      ['授予日期', 'granted'],
      ['截止日期', 'until'],
      ['终止日期', 'withdrawn'],
      ['终止原因', 'why'],
      ['执行单位', 'executor'],
      ['状态', 'status'],
      ['反馈', 'answer'],
      ['反馈日期', 'answered'],
      ['未给予原因', 'reason'],
      ['确认终止日期', 'ended'],
    ],
    select: `
      SELECT e.id, e.incentive, e.content ->> 'title' AS title, e.subject_id AS subject, e.subject_code AS code,
             e.content -> 'ground' ->> 'text' AS ground, e.granted_on::text AS granted, e.until::text AS until,
             e.withdrawn_on::text AS withdrawn, e.why, t.executor, t.status, t.state -> 'answer' ->> 'result' AS answer,
             t.answered_on::text AS answered, t.state -> 'answer' ->> 'reason' AS reason, t.ended_on::text AS ended
      FROM incentive_entry e LEFT JOIN incentive_task t ON t.entry_id = e.id
      WHERE e.granted_on BETWEEN $1 AND $2 AND ($3::text[] IS NULL OR t.executor = ANY($3))
      ORDER BY e.id, t.executor`,
    values: [from, to, executors],
  };
}
