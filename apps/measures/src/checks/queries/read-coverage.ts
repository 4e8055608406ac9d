import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Clock, Database } from '#platform';
import { DUTY_FIELDS } from '../domain/check.js';
import { DECLARED_FIELDS, type Month } from '../domain/declaration.js';

/**
 * Of permits and honours: those that the department granted in the time and put on record (`recorded`), those before
 * which (or on whose day) it had asked about the subject in that field, and their share, 0 to 1.
 */
export interface CountedFromEvents {
  source: 'events';
  recorded: number;
  asked: number;
  share: number;
}

/**
 * Of procurement and fiscal money: what the department declared for whole months of the time (`recorded`), and about how
 * many subjects it asked in these months, once for each of its own files. Which question was asked for which decision is
 * not known, so `share`, 0 to 1, is the most that can have been asked before: of each month no more than was declared.
 */
export interface Declared {
  source: 'declared';
  recorded: number;
  asked: number;
  /** null where no decision was declared */
  share: number | null;
  /** in some month more was asked than was declared: several bidders for an award, or a number that is too low */
  exceeds: boolean;
  months: Month[];
}

/** How a department meets the duty of art. 44 in one field. */
export interface Coverage {
  department: string;
  field: string;
  checks: number;
  subjects: number;
  hits: number;
  answered: number;
  overdue: number;
  lastAskedOn: LocalDate | null;
  /** what the checks are held against, with its source; null where nothing was put on record, or declared */
  decided: CountedFromEvents | Declared | null;
  /** of procurement and fiscal money: whole months of the time, over by now, of which nothing was declared */
  undeclared: Month[];
}

/** Who asks as art. 44 of the ordinance demands. */
@Injectable()
export class ReadCoverage {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** By department and field of art. 44; a registered department that has not asked shows with zeros. */
  async run(from: LocalDate, to: LocalDate = this.clock.today()): Promise<Coverage[]> {
    const { rows } = await this.database.query<Coverage>(
      `WITH fields AS (SELECT unnest($3::text[]) AS field),
       asked AS (
         SELECT department, field, count(DISTINCT id) AS checks, count(*) AS subjects, max(asked_on) AS last
         FROM discipline_check WHERE asked_on BETWEEN $1 AND $2 AND field = ANY($3) GROUP BY department, field
       ), hit AS (
         SELECT h.department, h.field, count(*) AS hits, count(h.answer) AS answered,
                count(*) FILTER (WHERE h.overdue) AS overdue
         FROM discipline_hit h JOIN discipline_check k ON k.id = h.check_id AND k.nth = h.nth
         WHERE k.asked_on BETWEEN $1 AND $2 GROUP BY h.department, h.field
       ), recorded AS (
         SELECT p.department, p.field, count(*) AS recorded,
                count(*) FILTER (WHERE EXISTS (
                  SELECT FROM discipline_check k
                  WHERE k.subject = ANY (ARRAY[p.subject_code, p.subject_id::text]) AND k.asked_on <= p.decided_on
                    AND k.department = p.department AND k.field = p.field)) AS asked
         FROM permit p WHERE p.stands AND p.decided_on BETWEEN $1 AND $2 GROUP BY p.department, p.field
       ), whole AS (
         SELECT m::date AS month, (m + interval '1 month' - interval '1 day')::date AS last
         FROM generate_series(date_trunc('month', ($1::date - 1)::timestamp) + interval '1 month', $2::date::timestamp,
                              interval '1 month') AS m
         WHERE (m + interval '1 month' - interval '1 day')::date <= $2 AND m + interval '1 month' <= $5::date
       ), said AS (
         SELECT DISTINCT ON (v.department, v.field, v.month) v.department, v.field, v.month, w.last, v.decisions
         FROM decision_declaration v JOIN whole w USING (month)
         ORDER BY v.department, v.field, v.month, v.version DESC
       ), declared AS (
         SELECT s.department, s.field, sum(s.decisions)::int AS recorded, sum(k.asked)::int AS asked,
                sum(least(k.asked, s.decisions))::int AS covered, bool_or(k.asked > s.decisions) AS exceeds,
                array_agg(s.month) AS said, jsonb_agg(to_char(s.month, 'YYYY-MM') ORDER BY s.month) AS months
         FROM said s CROSS JOIN LATERAL (
           SELECT count(DISTINCT (c.subject, coalesce(c.reference, c.id::text))) AS asked FROM discipline_check c
           WHERE c.department = s.department AND c.field = s.field AND c.asked_on BETWEEN s.month AND s.last) k
         GROUP BY s.department, s.field
       )
       SELECT u.id AS department, f.field, coalesce(a.checks, 0) AS checks, coalesce(a.subjects, 0) AS subjects,
              coalesce(h.hits, 0) AS hits, coalesce(h.answered, 0) AS answered, coalesce(h.overdue, 0) AS overdue,
              a.last AS "lastAskedOn",
              CASE
                WHEN d.department IS NOT NULL THEN jsonb_build_object(
                  'source', 'declared', 'recorded', d.recorded, 'asked', d.asked,
                  'share', d.covered::float8 / nullif(d.recorded, 0), 'exceeds', d.exceeds, 'months', d.months)
                WHEN r.recorded > 0 THEN jsonb_build_object(
                  'source', 'events', 'recorded', r.recorded, 'asked', r.asked, 'share', r.asked::float8 / r.recorded)
              END AS decided,
              CASE WHEN f.field = ANY($4) THEN (
                SELECT coalesce(jsonb_agg(to_char(w.month, 'YYYY-MM') ORDER BY w.month), '[]')
                FROM whole w WHERE w.month <> ALL (coalesce(d.said, '{}')))
              ELSE '[]' END AS undeclared
       FROM unit u CROSS JOIN fields f
       LEFT JOIN asked a ON a.department = u.id AND a.field = f.field
       LEFT JOIN hit h ON h.department = u.id AND h.field = f.field
       LEFT JOIN recorded r ON r.department = u.id AND r.field = f.field
       LEFT JOIN declared d ON d.department = u.id AND d.field = f.field
       WHERE u.kind IN ('department', 'central-branch', 'city-government', 'prefecture-office')
         AND coalesce(u.valid_to, $2) >= $2 OR a.checks > 0 OR r.recorded > 0 OR d.department IS NOT NULL
       ORDER BY u.id, f.field`,
      [from, to, DUTY_FIELDS, DECLARED_FIELDS, this.clock.today()],
    );
    return rows;
  }
}
