import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import type { Queryable } from '#platform';

export const GROUPINGS = ['list', 'department', 'region', 'stage'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** How cases stood on a day, one row a group. Days are calendar days, medians over the cases that got so far. */
export interface StatisticsRow {
  key: string;
  cases: number;
  proposed: number;
  noticed: number;
  decided: number;
  inForce: number;
  ended: number;
  closed: number;
  notListed: number;
  daysToDecision: number | null;
  daysOnList: number | null;
  daysToClosure: number | null;
  /** Of all cases, those in which a duty of the authority was ever late, also about an objection. */
  overdueShare: number;
}

const KEYS: Readonly<Record<Grouping, string>> = {
  list: 'list_type',
  department: 'department',
  region: 'region',
  stage: 'stage',
};

/** Unit after which lines are drawn up: late duties that are open now. */
export interface OverdueRow {
  department: string;
  what: 'case' | 'objection' | 'record-repair';
  clock: string;
  /** How many of them, whatever they are. */
  cases: number;
  oldestDueOn: LocalDate;
  daysLate: number;
}

/** Requests about records, of one kind. */
export interface RequestsRow {
  what: 'entry-objection' | 'objection' | 'record-repair';
  requests: number;
  /** Of them, those in which a duty was ever late, the mark of an objection included. */
  overdueShare: number;
}

/** How cases stood on a day: one pass over their dates, read from the index that holds them (migration 0083). */
export function statisticsStatement(
  day: LocalDate,
  by: Grouping,
  filter: { from?: LocalDate | undefined; listType?: string | undefined } = {},
): { sql: string; values: unknown[] } {
  const sql = `WITH dated AS (
         SELECT list_type, department, region, opened_on,
           CASE WHEN decided_on <= $1 THEN decided_on END AS decided_on,
           CASE WHEN in_force_on <= $1 THEN in_force_on END AS in_force_on,
           CASE WHEN ended_on <= $1 THEN ended_on END AS ended_on,
           CASE WHEN closed_on <= $1 THEN closed_on END AS closed_on,
           coalesce(late_since <= $1, false) OR id IN (
             SELECT case_id FROM objection WHERE late_since <= $1 AND case_id IS NOT NULL) AS late,
           CASE WHEN closed_on <= $1 THEN 'closed' WHEN ended_on <= $1 THEN 'ended' WHEN withdrawn_on <= $1 THEN 'not-listed'
             WHEN in_force_on <= $1 THEN 'in-force' WHEN decided_on <= $1 THEN 'decided' WHEN noticed_on <= $1 THEN 'noticed'
             ELSE 'proposed' END AS stage
         FROM listing_case
         WHERE opened_on <= $1 AND ($2::date IS NULL OR opened_on >= $2) AND ($3::text IS NULL OR list_type = $3)
       )
       SELECT ${KEYS[by]} AS key, count(*) AS cases,
         count(*) FILTER (WHERE stage = 'proposed') AS proposed, count(*) FILTER (WHERE stage = 'noticed') AS noticed,
         count(*) FILTER (WHERE stage = 'decided') AS decided, count(*) FILTER (WHERE stage = 'in-force') AS "inForce",
         count(*) FILTER (WHERE stage = 'ended') AS ended, count(*) FILTER (WHERE stage = 'closed') AS closed,
         count(*) FILTER (WHERE stage = 'not-listed') AS "notListed",
         percentile_disc(0.5) WITHIN GROUP (ORDER BY decided_on - opened_on) AS "daysToDecision",
         percentile_disc(0.5) WITHIN GROUP (ORDER BY ended_on - in_force_on) AS "daysOnList",
         percentile_disc(0.5) WITHIN GROUP (ORDER BY closed_on - ended_on) AS "daysToClosure",
         round(avg(CASE WHEN late THEN 1 ELSE 0 END), 4)::float8 AS "overdueShare"
       FROM dated GROUP BY 1 ORDER BY 1`;
  return { sql, values: [day, filter.from ?? null, filter.listType ?? null] };
}

/** Counts and durations from the dates of the cases: of any day, since each step has its date. */
@Injectable()
export class Statistics {
  async on(
    db: Queryable,
    day: LocalDate,
    by: Grouping,
    filter: { from?: LocalDate | undefined; listType?: string | undefined } = {},
  ): Promise<StatisticsRow[]> {
    const { sql, values } = statisticsStatement(day, by, filter);
    const { rows } = await db.query<StatisticsRow>(sql, values);
    return rows;
  }

  /** Of what came by a day and is no case: objections to entries, to records, and requests for the repair of these. */
  async requestsOn(db: Queryable, day: LocalDate, from?: LocalDate): Promise<RequestsRow[]> {
    const { rows } = await db.query<RequestsRow>(
      `SELECT what, count(*) AS requests, coalesce(round(avg(CASE WHEN late_since <= $1 THEN 1 ELSE 0 END), 4), 0)::float8 AS "overdueShare"
       FROM (
         SELECT CASE WHEN record_id IS NULL THEN 'entry-objection' ELSE 'objection' END AS what,
           state ->> 'receivedOn' AS came_on, late_since FROM objection
         UNION ALL SELECT 'record-repair', state ->> 'requestedOn', late_since FROM record_repair
       ) request
       WHERE came_on::date <= $1 AND ($2::date IS NULL OR came_on::date >= $2) GROUP BY what ORDER BY what`,
      [day, from ?? null],
    );
    return rows;
  }

  /** Late duties that are open now, the oldest first; help that is late is a line of the unit that was asked. */
  async overdue(db: Queryable, today: LocalDate, departments?: readonly string[]): Promise<OverdueRow[]> {
    const { rows } = await db.query<OverdueRow>(
      `SELECT department, what, clock, count(*) AS cases, min(due_on) AS "oldestDueOn", $1::date - min(due_on) AS "daysLate"
       FROM (
         SELECT department, 'case' AS what, clock, due_on FROM listing_case, unnest(overdue) AS clock WHERE overdue <> '{}'
         UNION ALL
         SELECT department, 'objection', clock, due_on FROM objection, unnest(overdue) AS clock
         WHERE status IN ('filed', 'open') AND overdue <> '{}' AND clock <> 'help'
         UNION ALL
         SELECT help ->> 'unit', 'objection', 'help', (help ->> 'due')::date
         FROM objection, jsonb_array_elements(state -> 'help') AS help
         WHERE status IN ('filed', 'open') AND help ->> 'answer' IS NULL AND (help ->> 'due')::date < $1
         UNION ALL
         SELECT department, 'record-repair', clock, due_on FROM record_repair, unnest(overdue) AS clock
         WHERE due_on IS NOT NULL AND overdue <> '{}'
         UNION ALL
         SELECT department, 'clue', clock, due_on FROM clue, unnest(overdue) AS clock WHERE overdue <> '{}'
       ) late
       WHERE $2::text[] IS NULL OR department = ANY($2)
       GROUP BY department, what, clock ORDER BY "daysLate" DESC, department, what, clock`,
      [today, departments ?? null],
    );
    return rows;
  }
}
