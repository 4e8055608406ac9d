import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Database } from '#platform';

/** What the loop is counted by: the executing department, the subject's city, the list, the measure, the month of the order. */
export const GROUPINGS = ['department', 'city', 'list', 'measure', 'month'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** How far the actions of one group have come; ready for a chart. */
export interface LoopFigures {
  key: string;
  pushed: number;
  received: number;
  checked: number;
  hit: number;
  applied: number;
  notApplied: number;
  /** answered, in whatever way */
  fedBack: number;
  lifted: number;
  overdue: number;
  escalated: number;
  /** 0 to 1 */
  feedbackRate: number;
  /** of those whose lift was ordered; null where none was */
  liftRate: number | null;
  /** calendar days from the order to the answer, in the middle and for nine of ten; null while nobody answered */
  feedbackDays: { p50: number; p90: number } | null;
  /** calendar days from the ordered lift to its confirmation */
  liftDays: { p50: number; p90: number } | null;
}

export interface StatisticsFilter {
  by: Grouping;
  from: LocalDate;
  to: LocalDate;
  /** one executing department only */
  department?: string;
  list?: string;
}

const KEYS: Record<Grouping, string> = {
  department: 'a.executor',
  // GB/T 2260: the first four digits are the city; the province itself and its counties end elsewhere.
  city: `left(c.subject_ref ->> 'region', 4) || '00'`,
  list: 'c.list_type',
  measure: `a.content ->> 'title'`,
  month: `to_char(a.ordered_on, 'YYYY-MM')`,
};

const days = (from: string, to: string): string => `
  CASE WHEN count(${to}) = 0 THEN NULL ELSE jsonb_build_object(
    'p50', percentile_cont(0.5) WITHIN GROUP (ORDER BY ${to} - ${from}),
    'p90', percentile_cont(0.9) WITHIN GROUP (ORDER BY ${to} - ${from})) END`;

const figures = (key: string): string => `
  SELECT ${key} AS key, count(*) AS pushed, count(a.received_on) AS received, count(a.checked_on) AS checked,
         count(*) FILTER (WHERE a.hit) AS hit,
         count(*) FILTER (WHERE a.state -> 'answer' ->> 'result' = 'applied') AS applied,
         count(*) FILTER (WHERE a.state -> 'answer' ->> 'result' = 'not-applied') AS "notApplied",
         count(a.answered_on) AS "fedBack", count(a.lifted_on) AS lifted, count(*) FILTER (WHERE a.overdue) AS overdue,
         count(a.escalated_on) AS escalated,
         (count(a.answered_on)::float8 / count(*)) AS "feedbackRate",
         (count(a.lifted_on)::float8 / nullif(count(a.lift_ordered_on), 0)) AS "liftRate",
         ${days('a.ordered_on', 'a.answered_on')} AS "feedbackDays",
         ${days('a.lift_ordered_on', 'a.lifted_on')} AS "liftDays"
  FROM discipline_action a JOIN discipline_case c USING (case_id)
  WHERE a.ordered_on BETWEEN $1 AND $2 AND ($3::text IS NULL OR a.executor = $3)
    AND ($4::text IS NULL OR c.list_type = $4)`;

/** How far what was ordered has come: pushed, received, checked, hit, applied, fed back, lifted. */
@Injectable()
export class Statistics {
  constructor(private readonly database: Database) {}

  async run(filter: StatisticsFilter): Promise<{ items: LoopFigures[]; total: LoopFigures | null }> {
    const values = [filter.from, filter.to, filter.department ?? null, filter.list ?? null];
    const { rows } = await this.database.query<LoopFigures>(
      `${figures(KEYS[filter.by])} GROUP BY 1 ORDER BY 1`,
      values,
    );
    const total = await this.database.query<LoopFigures>(`${figures(`'all'`)} HAVING count(*) > 0`, values);
    return { items: rows, total: total.rows[0] ?? null };
  }
}

const COLUMNS = [
  'key',
  'pushed',
  'received',
  'checked',
  'hit',
  'applied',
  'notApplied',
  'fedBack',
  'lifted',
  'overdue',
  'escalated',
  'feedbackRate',
  'liftRate',
] as const satisfies (keyof LoopFigures)[];

/** The figures as CSV (RFC 4180) with a byte order mark, as spreadsheets expect Chinese text. */
export function csvOf(rows: readonly LoopFigures[]): string {
  const line = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`;
  const head = line([...COLUMNS, 'feedbackDaysP50', 'feedbackDaysP90', 'liftDaysP50', 'liftDaysP90']);
  const body = rows.map(({ feedbackDays, liftDays, ...row }) =>
    line([
      ...COLUMNS.map((column) => row[column]),
      feedbackDays?.p50,
      feedbackDays?.p90,
      liftDays?.p50,
      liftDays?.p90,
    ]),
  );
  return `\uFEFF${head}${body.join('')}`;
}

/** A text that a spreadsheet would take for a formula is quoted with an apostrophe. */
function cell(value: unknown): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
