import type { WorkItem } from '../store/worklist.js';

/** Title and value of each column. */
export const EXPORT_COLUMNS: readonly [string, (item: WorkItem) => string | null][] = [
  ['案号', (item) => item.no],
  ['名单', (item) => item.listName],
  ['阶段', (item) => item.stage],
  ['当事人', (item) => item.subjectName],
  ['统一社会信用代码', (item) => item.subjectCode],
  ['认定单位', (item) => item.department],
  ['区划', (item) => item.region],
  ['立案日期', (item) => item.openedOn],
  ['决定日期', (item) => item.decidedOn],
  ['生效日期', (item) => item.inForceOn],
  ['期限届满', (item) => item.termEndsOn],
  ['移出日期', (item) => item.endedOn],
  ['办结日期', (item) => item.closedOn],
  ['下一期限', (item) => item.dueOn],
  ['期限事项', (item) => item.dueClock],
  ['逾期事项', (item) => item.overdue.join(' ')],
];
