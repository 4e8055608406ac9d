import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Database } from '#platform';

/** One incentive: granted and withdrawn within the time, held on its last day. */
export interface IncentiveFigures {
  incentive: string;
  title: string;
  granted: number;
  withdrawn: number;
  held: number;
}

/** How far departments have come with incentives that were granted within the time; counted apart from discipline. */
export interface IncentiveTaskFigures {
  key: string;
  pushed: number;
  received: number;
  applied: number;
  notApplied: number;
  /** answered, in whatever way */
  fedBack: number;
  /** answered after their day; `overdue` are those that still owe it, or the confirmation of the end */
  late: number;
  overdue: number;
  escalated: number;
  endOrdered: number;
  ended: number;
  /** 0 to 1 */
  feedbackRate: number;
  /** of those whose end was ordered; null where none was */
  endRate: number | null;
}

export interface IncentiveAnswer {
  incentives: IncentiveFigures[];
  incentiveTasks: { items: IncentiveTaskFigures[]; total: IncentiveTaskFigures | null };
}

interface Filter {
  by: string;
  from: LocalDate;
  to: LocalDate;
  /** one executing department only */
  department?: string;
}

/** An incentive comes from no list and no catalogue of measures: there it is counted by itself. */
const KEYS: Readonly<Record<string, string>> = {
  department: 't.executor',
  city: `left(g.subject_ref ->> 'region', 4) || '00'`,
  month: `to_char(t.granted_on, 'YYYY-MM')`,
};

const figures = (key: string): string => `
  SELECT ${key} AS key, count(*) AS pushed, count(t.received_on) AS received,
         count(*) FILTER (WHERE t.state -> 'answer' ->> 'result' = 'applied') AS applied,
         count(*) FILTER (WHERE t.state -> 'answer' ->> 'result' = 'not-applied') AS "notApplied",
         count(t.answered_on) AS "fedBack",
         count(*) FILTER (WHERE t.answer_missed IS NOT NULL AND t.answered_on IS NOT NULL) AS late,
         count(*) FILTER (WHERE t.overdue) AS overdue, count(t.escalated_on) AS escalated,
         count(t.end_ordered_on) AS "endOrdered", count(t.ended_on) AS ended,
         (count(t.answered_on)::float8 / count(*)) AS "feedbackRate",
         (count(t.ended_on)::float8 / nullif(count(t.end_ordered_on), 0)) AS "endRate"
  FROM incentive_task t JOIN incentive_entry e ON e.id = t.entry_id
  JOIN incentive_ground g ON g.subject_id = t.subject_id
  WHERE t.granted_on BETWEEN $1 AND $2 AND ($3::text IS NULL OR t.executor = $3)`;

@Injectable()
export class IncentiveStatistics {
  constructor(private readonly database: Database) {}

  async run({ by, from, to, department }: Filter): Promise<IncentiveAnswer> {
    const values = [from, to, department ?? null];
    const entries = await this.database.query<IncentiveFigures>(
      `SELECT incentive, max(content ->> 'title') AS title,
              count(*) FILTER (WHERE granted_on BETWEEN $1 AND $2) AS granted,
              count(*) FILTER (WHERE withdrawn_on BETWEEN $1 AND $2) AS withdrawn,
              count(*) FILTER (WHERE granted_on <= $2 AND (withdrawn_on IS NULL OR withdrawn_on > $2)) AS held
       FROM incentive_entry
       WHERE granted_on <= $2 AND (withdrawn_on IS NULL OR withdrawn_on >= $1)
         AND ($3::text IS NULL OR content -> 'executors' ? $3)
       GROUP BY incentive ORDER BY incentive`,
      values,
    );
    const items = await this.database.query<IncentiveTaskFigures>(
      `${figures(KEYS[by] ?? 'e.incentive')} GROUP BY 1 ORDER BY 1`,
      values,
    );
    const total = await this.database.query<IncentiveTaskFigures>(
      `SELECT * FROM (${figures(`'all'`)}) g WHERE pushed > 0`,
      values,
    );
    return {
      incentives: entries.rows,
      incentiveTasks: { items: items.rows, total: total.rows[0] ?? null },
    };
  }
}
