import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { type Actor, Database, ownedBy } from '#platform';
import { type RuleReach, reachOf } from '../domain/reach.js';
import { disciplineRefusals } from '../domain/refusals.js';
import { RuleBookStore } from '../store/rule-book.store.js';

/** What the rules of its list made of a case. */
export interface CaseReach {
  caseId: string;
  /** the day whose rules ordered what stands: of effect, or of the last restoration */
  rulesOn: LocalDate;
  items: RuleReach[];
}

interface Row {
  case: CaseRef;
  subject: SubjectRef;
  rulesOn: LocalDate | null;
  termEndsOn: LocalDate | null;
}

@Injectable()
export class ReadReach {
  constructor(
    private readonly database: Database,
    private readonly book: RuleBookStore,
  ) {}

  /**
   * For the department that decided the listing, the subject, operators and auditors.
   *
   * @throws Refusal `discipline.case-not-found`, `request.other-department`
   */
  async run(actor: Actor, caseId: string): Promise<CaseReach> {
    const { rows } = await this.database.query<Row>(
      `SELECT case_ref AS "case", coalesce(told_as, subject_ref) AS subject, rules_on AS "rulesOn", term_ends_on AS "termEndsOn"
       FROM discipline_case WHERE case_id = $1`,
      [caseId],
    );
    const found = rows[0];
    // One whose end was heard first never ordered anything, by no rules.
    if (!found || found.rulesOn === null)
      throw disciplineRefusals.refusal('discipline.case-not-found', { id: caseId });
    const { subject, rulesOn, termEndsOn } = found;
    const about = actor.party !== undefined && [subject.code, subject.id].includes(actor.party);
    const all = actor.roles.includes('operator') || actor.roles.includes('auditor');
    if (!all && !about) ownedBy(actor, found.case.department);
    const { listType, conductKind } = found.case;
    const listing = {
      listType,
      conductKind,
      subjectKind: subject.kind,
      region: subject.region,
      inForceOn: rulesOn,
      termEndsOn,
    };
    return { caseId, rulesOn, items: reachOf(listing, await this.book.read(this.database, listType)) };
  }
}
