import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, Database, type Page, pageOf, type PageRequest } from '#platform';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { demandDuty } from '../../units/demand-duty.js';
import { checkRefusals } from '../domain/refusals.js';
import { Hits, type StoredHit } from '../store/hits.js';
import { isSubjectId } from '../store/standings.js';

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

@Injectable()
export class ReadChecks {
  constructor(
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

  /**
   * Who asked about a subject, newest first, by its code or by its id: for auditors, and for the subject itself
   * (ordinance art. 35). That a code and an id are one subject is known here of whom was listed or had an incentive.
   */
  async aboutSubject(
    subject: string,
    page: PageRequest,
  ): Promise<Page<Omit<LoggedCheck, 'hits' | 'subjects' | 'actor'>>> {
    const { rows } = await this.database.query<Omit<LoggedCheck, 'hits' | 'subjects' | 'actor'>>(
      `SELECT id, department, field, item, purpose, reference, asked_on AS "askedOn", asked_at AS "askedAt"
       FROM discipline_check
       WHERE subject IN (
           SELECT $1 UNION ALL
           SELECT subject_code FROM discipline_case WHERE subject_id = $4 UNION ALL
           SELECT subject_id::text FROM discipline_case WHERE subject_code = $1 UNION ALL
           SELECT subject_code FROM incentive_entry WHERE subject_id = $4 UNION ALL
           SELECT subject_id::text FROM incentive_entry WHERE subject_code = $1)
         AND ($2::uuid IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [subject, page.after?.[0] ?? null, page.limit + 1, isSubjectId(subject) ? subject : null],
    );
    return pageOf(rows, page, ({ id }) => [id]);
  }
}
