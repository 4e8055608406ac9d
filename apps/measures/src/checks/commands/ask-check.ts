import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, actorLine, Clock, currentContext, Database, newId } from '#platform';
import type { Question, SubjectAnswer } from '../domain/check.js';
import type { SubjectEntitlements } from '../domain/entitlement.js';
import { checkRefusals } from '../domain/refusals.js';
import { Evidence } from '../evidence/evidence.js';
import { isSubjectId } from '../store/standings.js';
import { CheckDesk, type Checked } from './check-desk.js';

export const LARGEST_BATCH = 5_000;

const CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

export interface CheckRequest {
  subjects: readonly string[];
  field: string;
  item: string;
  purpose?: string;
  reference?: string;
}

/** The answer to a check. Subjects against whom nothing stands, and who are entitled to nothing here, are only counted. */
export interface CheckAnswer {
  id: string;
  department: string;
  field: string;
  item: string;
  purpose: string;
  reference: string | null;
  askedAt: string;
  askedOn: LocalDate;
  subjects: number;
  /** subjects with hits, or to whom the commitment procedure is closed */
  bound: Omit<SubjectAnswer, 'incentives'>[];
  /** subjects with incentives in this kind of business, apart from what binds them */
  entitled: SubjectEntitlements[];
  /** day by which each hit is to be answered */
  hitsDue: LocalDate | null;
}

/** One question of a department inside its approval, about one subject or up to 5,000. */
@Injectable()
export class AskCheck {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly desk: CheckDesk,
    private readonly evidence: Evidence,
  ) {}

  /**
   * With an Idempotency-Key it is asked once, whatever becomes of the answer on the way: a question that comes again
   * would leave hits to be answered a second time.
   *
   * @returns the answer, and `evidence`: the same answer signed
   * @throws Refusal `check.*`; nothing was asked then, and nothing is logged
   */
  async run(actor: Actor, request: CheckRequest): Promise<CheckAnswer & { evidence: string }> {
    const { department } = actor;
    if (!department) throw checkRefusals.refusal('check.department-missing');
    const purpose = request.purpose?.trim() ?? '';
    if (purpose === '') throw checkRefusals.refusal('check.purpose-missing', {}, 'purpose');
    checkSubjects(request.subjects);
    const question = {
      id: newId(),
      subjects: request.subjects,
      department,
      actor: actorLine(actor),
      field: request.field,
      item: request.item,
      purpose,
      reference: request.reference ?? null,
    };
    if (currentContext()?.idempotency)
      return this.database.command(async (tx) =>
        this.#told(question, await this.desk.askAlone(tx, question)),
      );
    return this.#told(question, await this.desk.ask(question));
  }

  #told(question: Question, { answers, askedOn, hitsDue }: Checked): CheckAnswer & { evidence: string } {
    const at = this.clock.now();
    const { actor: _, subjects, ...asked } = question;
    const answer: CheckAnswer = {
      ...asked,
      askedAt: at.toISOString(),
      askedOn,
      subjects: subjects.length,
      bound: answers
        .filter(({ hits, commitment }) => hits.length > 0 || !commitment.open)
        .map(({ incentives: _, ...bound }) => bound),
      entitled: answers
        .filter(({ incentives }) => incentives.length > 0)
        .map(({ subject, incentives }) => ({ subject, incentives })),
      hitsDue,
    };
    // A batch names in its evidence whom it was about; without them "nothing stands" would be about nobody.
    return { ...answer, evidence: this.evidence.sign({ ...answer, about: subjects }, at) };
  }
}

function checkSubjects(subjects: readonly string[]): void {
  if (subjects.length === 0)
    throw checkRefusals.refusal('check.subjects-missing', { limit: LARGEST_BATCH }, 'subjects');
  const seen = new Set<string>();
  for (const [index, subject] of subjects.entries()) {
    const facts = { place: index + 1 };
    if (!CODE.test(subject) && !isSubjectId(subject))
      throw checkRefusals.refusal('check.subject-malformed', facts, `subjects[${index}]`);
    if (seen.has(subject)) throw checkRefusals.refusal('check.subject-twice', facts, `subjects[${index}]`);
    seen.add(subject);
  }
}
