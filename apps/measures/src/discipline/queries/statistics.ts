import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Database } from '#platform';
import { type IncentiveAnswer, IncentiveStatistics } from '../../incentives/queries/incentive-statistics.js';

/** What the loop is counted by: the executing department, the subject's city, the list, the measure, the month of the order. */
export const GROUPINGS = ['department', 'city', 'list', 'measure', 'class', 'month'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** How far the actions of one group have come; ready for a chart. */
export interface LoopFigures {
  key: string;
  /** of a measure: as the catalogue names it */
  name: { zh: string; en: string } | null;
  pushed: number;
  received: number;
  checked: number;
  hit: number;
  applied: number;
  notApplied: number;
  /** answered, in whatever way */
  fedBack: number;
  /** answered after their day; `overdue` are those that still owe it */
  late: number;
  /** confirmed by the department, or never applied */
  lifted: number;
  /** answers and confirmations that are still owed after their day */
  overdue: number;
  /** of these, confirmations of lifts */
  overdueLifts: number;
  escalated: number;
  /** how often they bound a subject in an approval, and what the asking departments made of it */
  approvals: { hits: number; answered: number; applied: number; overdue: number };
  /** 0 to 1 */
  feedbackRate: number;
  /** confirmed, of those that were to be confirmed; null where none was: what was never applied needs no confirmation */
  liftRate: number | null;
  /** calendar days from the order to the answer, in the middle and for nine of ten; null while nobody answered */
  feedbackDays: { p50: number; p90: number } | null;
  /** calendar days from the ordered lift to its confirmation */
  liftDays: { p50: number; p90: number } | null;
}

/** Approvals in which departments asked, by the day of asking; of hits `overdue` counts those that are still owed. */
export interface CheckFigures {
  asked: number;
  subjects: number;
  /** subjects against whom something stood */
  bound: number;
  hits: number;
  answered: number;
  applied: number;
  overdue: number;
}

export interface StatisticsAnswer extends IncentiveAnswer {
  items: LoopFigures[];
  total: LoopFigures | null;
  checks: CheckFigures;
}

export interface StatisticsFilter {
  by: Grouping;
  from: LocalDate;
  to: LocalDate;
  /** one executing department only */
  department?: string;
  list?: string;
  /** GB/T 2260 of a city: subjects there and in its counties */
  city?: string;
  measure?: string;
}

const KEYS: Record<Grouping, string> = {
  department: 'a.executor',
  // GB/T 2260: the first four digits are the city; the province itself and its counties end elsewhere.
  city: `left(c.subject_ref ->> 'region', 4) || '00'`,
  list: 'c.list_type',
  // An edition and a number; a rule words its measure in its own way.
  measure: 'a.measure',
  // Constraints are no discipline and are counted apart from it (ordinance art. 31).
  class: 'a.class',
  month: `to_char(a.ordered_on, 'YYYY-MM')`,
};

/** What was never applied is lifted in the moment of the order; it says nothing of how departments confirm. */
const CONFIRMED = `a.state #>> '{lifted,how}' IS DISTINCT FROM 'never-applied'`;

const days = (from: string, to: string): string => `
  CASE WHEN count(${to}) = 0 THEN NULL ELSE jsonb_build_object(
    'p50', percentile_cont(0.5) WITHIN GROUP (ORDER BY ${to} - ${from}),
    'p90', percentile_cont(0.9) WITHIN GROUP (ORDER BY ${to} - ${from})) END`;

const figures = (key: string): string => `
  SELECT ${key} AS key, count(*) AS pushed, count(a.received_on) AS received, count(a.checked_on) AS checked,
         count(*) FILTER (WHERE a.hit) AS hit,
         count(*) FILTER (WHERE a.state -> 'answer' ->> 'result' = 'applied') AS applied,
         count(*) FILTER (WHERE a.state -> 'answer' ->> 'result' = 'not-applied') AS "notApplied",
         count(a.answered_on) AS "fedBack",
         count(*) FILTER (WHERE a.answer_missed IS NOT NULL AND a.answered_on IS NOT NULL) AS late, count(a.lifted_on) AS lifted, count(*) FILTER (WHERE a.overdue) AS overdue,
         count(a.escalated_on) AS escalated,
         jsonb_build_object('hits', coalesce(sum(h.hits), 0), 'answered', coalesce(sum(h.answered), 0),
                            'applied', coalesce(sum(h.applied), 0), 'overdue', coalesce(sum(h.overdue), 0)) AS approvals,
         (count(a.answered_on)::float8 / count(*)) AS "feedbackRate",
         count(*) FILTER (WHERE a.overdue AND a.lift_ordered_on IS NOT NULL) AS "overdueLifts",
         (count(a.lifted_on) FILTER (WHERE ${CONFIRMED})::float8
           / nullif(count(a.lift_ordered_on) FILTER (WHERE ${CONFIRMED}), 0)) AS "liftRate",
         ${days('a.ordered_on', 'a.answered_on')} AS "feedbackDays",
         ${days('a.lift_ordered_on', `CASE WHEN ${CONFIRMED} THEN a.lifted_on END`)} AS "liftDays"
  FROM discipline_action a JOIN discipline_case c USING (case_id)
  LEFT JOIN LATERAL (
    SELECT count(*) AS hits, count(answer) AS answered, count(*) FILTER (WHERE answer ->> 'result' = 'applied') AS applied,
           count(*) FILTER (WHERE overdue AND answer IS NULL) AS overdue
    FROM discipline_hit WHERE action_id = a.id) h ON true
  WHERE a.ordered_on BETWEEN $1 AND $2 AND ($3::text IS NULL OR a.executor = $3)
    AND ($4::text IS NULL OR c.list_type = $4) AND ($5::text IS NULL OR ${KEYS.city} = $5)
    AND ($6::text IS NULL OR a.measure = $6)`;

/** How far what was ordered has come: pushed, received, checked, hit, applied, fed back, lifted. */
@Injectable()
export class Statistics {
  constructor(
    private readonly database: Database,
    private readonly incentives: IncentiveStatistics,
  ) {}

  async run(filter: StatisticsFilter): Promise<StatisticsAnswer> {
    const { from, to, department, list, city, measure } = filter;
    const values = [from, to, department ?? null, list ?? null, city ?? null, measure ?? null];
    const { rows } = await this.database.query<LoopFigures>(
      `SELECT g.*, CASE WHEN k.id IS NOT NULL
                        THEN jsonb_build_object('zh', k.content -> 'zh', 'en', k.content -> 'en') END AS name
       FROM (${figures(KEYS[filter.by])} GROUP BY 1) g
       LEFT JOIN discipline_catalogue k ON $7 = 'measure' AND k.id = g.key ORDER BY g.key`,
      [...values, filter.by],
    );
    const total = await this.database.query<LoopFigures>(
      `SELECT g.*, NULL AS name FROM (${figures(`'all'`)}) g WHERE pushed > 0`,
      values,
    );
    return {
      items: rows,
      total: total.rows[0] ?? null,
      checks: await this.#checks(filter),
      ...(await this.incentives.run(filter)),
    };
  }

  async #checks({ from, to, department }: StatisticsFilter): Promise<CheckFigures> {
    const { rows } = await this.database.query<CheckFigures>(
      `SELECT count(DISTINCT k.id) AS asked, count(*) AS subjects, count(*) FILTER (WHERE k.hits > 0) AS bound,
              coalesce(sum(k.hits), 0)::int AS hits, coalesce(sum(h.answered), 0)::int AS answered,
              coalesce(sum(h.applied), 0)::int AS applied, coalesce(sum(h.overdue), 0)::int AS overdue
       FROM discipline_check k
       LEFT JOIN LATERAL (
         SELECT count(answer) AS answered, count(*) FILTER (WHERE answer ->> 'result' = 'applied') AS applied,
                count(*) FILTER (WHERE overdue AND answer IS NULL) AS overdue
         FROM discipline_hit WHERE check_id = k.id AND nth = k.nth) h ON k.hits > 0
       WHERE k.asked_on BETWEEN $1 AND $2 AND ($3::text IS NULL OR k.department = $3)`,
      [from, to, department ?? null],
    );
    return rows[0]!;
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
  'late',
  'lifted',
  'overdue',
  'overdueLifts',
  'escalated',
  'feedbackRate',
  'liftRate',
] as const satisfies (keyof LoopFigures)[];

const APPROVALS = ['Hits', 'Answered', 'Applied', 'Overdue'] as const;

/** The figures as CSV (RFC 4180) with a byte order mark, as spreadsheets expect Chinese text. */
export function csvOf(rows: readonly LoopFigures[]): string {
  const line = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`;
  const head = line([
    ...COLUMNS,
    'name',
    ...APPROVALS.map((column) => `approval${column}`),
    'feedbackDaysP50',
    'feedbackDaysP90',
    'liftDaysP50',
    'liftDaysP90',
  ]);
  const body = rows.map(({ feedbackDays, liftDays, name, approvals, ...row }) =>
    line([
      ...COLUMNS.map((column) => row[column]),
      name?.zh,
      approvals?.hits,
      approvals?.answered,
      approvals?.applied,
      approvals?.overdue,
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
