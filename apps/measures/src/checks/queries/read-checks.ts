import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, Clock, Database, type Page, pageOf, type PageRequest } from '#platform';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { demandDuty } from '../../units/demand-duty.js';
import { DUTY_FIELDS } from '../domain/check.js';
import { checkRefusals } from '../domain/refusals.js';
import { Hits, type StoredHit } from '../store/hits.js';

export interface LoggedCheck {
  id: string;
  department: string;
  actor: string;
  field: string;
  item: string;
  purpose: string;
  reference: string | null;
  askedOn: LocalDate;
  askedAt: Date;
  subjects: number;
  hits: StoredHit[];
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
  /**
   * Of permits and honours: those that the department granted in the time and put on record, those before which (or on
   * whose day) it had asked about the subject in that field, and their share, 0 to 1; null where it granted none.
   * Procurement and fiscal money leave no record from which the share could be taken: there it is always null.
   */
  decided: { recorded: number; asked: number; share: number } | null;
}

@Injectable()
export class ReadChecks {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly hits: Hits,
    private readonly law: DisciplineLaw,
  ) {}

  /** @throws Refusal `check.not-found`, `request.other-department` */
  async one(actor: Actor, id: string): Promise<LoggedCheck> {
    const { rows } = await this.database.query<Omit<LoggedCheck, 'hits'>>(
      `SELECT id, department, actor, field, item, purpose, reference, asked_on AS "askedOn", asked_at AS "askedAt",
              (SELECT count(*) FROM discipline_check s WHERE s.id = k.id) AS subjects
       FROM discipline_check k WHERE id = $1 AND nth = 0`,
      [id],
    );
    const found = rows[0];
    if (!found) throw checkRefusals.refusal('check.not-found', { id });
    const duties = this.law.dutiesOf(actor);
    const hits = await this.hits.ofCheck(this.database, id);
    const told = hits.some(({ escalated }) => escalated !== null && duties.includes(escalated.to));
    if (!actor.roles.includes('auditor') && !told) demandDuty(duties, found.department);
    return { ...found, hits };
  }

  /** The worklist of hits: of the caller's department, and escalated to it; of all for auditors. */
  async hitsFor(
    actor: Actor,
    filter: { open?: boolean; overdue?: boolean; escalated?: boolean },
    page: PageRequest,
  ): Promise<Page<StoredHit>> {
    const departments = actor.roles.includes('auditor') ? null : this.law.dutiesOf(actor);
    const found = await this.hits.list(
      this.database,
      {
        departments,
        open: filter.open ?? null,
        overdue: filter.overdue ?? null,
        escalated: filter.escalated ?? null,
      },
      page.after,
      page.limit + 1,
    );
    return pageOf(found, page, (hit) => [hit.dueOn, hit.checkId, String(hit.nth), hit.actionId]);
  }

  /** Who asked about a subject, newest first: for auditors, and for the subject itself (ordinance art. 35). */
  async aboutSubject(
    subject: string,
    page: PageRequest,
  ): Promise<Page<Omit<LoggedCheck, 'hits' | 'subjects' | 'actor'>>> {
    const { rows } = await this.database.query<Omit<LoggedCheck, 'hits' | 'subjects' | 'actor'>>(
      `SELECT id, department, field, item, purpose, reference, asked_on AS "askedOn", asked_at AS "askedAt"
       FROM discipline_check WHERE subject = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [subject, page.after?.[0] ?? null, page.limit + 1],
    );
    return pageOf(rows, page, ({ id }) => [id]);
  }

  /** By department and field of art. 44; a registered department that has not asked shows with zeros. */
  async coverage(from: LocalDate, to: LocalDate = this.clock.today()): Promise<Coverage[]> {
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
       ), decided AS (
         SELECT p.department, p.field, count(*) AS recorded,
                count(*) FILTER (WHERE EXISTS (
                  SELECT FROM discipline_check k
                  WHERE k.subject = ANY (ARRAY[p.subject_code, p.subject_id::text]) AND k.asked_on <= p.decided_on
                    AND k.department = p.department AND k.field = p.field)) AS asked
         FROM permit p WHERE p.stands AND p.decided_on BETWEEN $1 AND $2 GROUP BY p.department, p.field
       )
       SELECT u.id AS department, f.field, coalesce(a.checks, 0) AS checks, coalesce(a.subjects, 0) AS subjects,
              coalesce(h.hits, 0) AS hits, coalesce(h.answered, 0) AS answered, coalesce(h.overdue, 0) AS overdue,
              a.last AS "lastAskedOn",
              CASE WHEN d.recorded > 0 THEN jsonb_build_object(
                'recorded', d.recorded, 'asked', d.asked, 'share', d.asked::float8 / d.recorded) END AS decided
       FROM unit u CROSS JOIN fields f
       LEFT JOIN asked a ON a.department = u.id AND a.field = f.field
       LEFT JOIN hit h ON h.department = u.id AND h.field = f.field
       LEFT JOIN decided d ON d.department = u.id AND d.field = f.field
       WHERE u.kind IN ('department', 'central-branch', 'city-government', 'prefecture-office')
         AND coalesce(u.valid_to, $2) >= $2 OR a.checks > 0 OR d.recorded > 0
       ORDER BY u.id, f.field`,
      [from, to, DUTY_FIELDS],
    );
    return rows;
  }
}
