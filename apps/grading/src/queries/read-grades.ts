import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { type Actor, Clock, Database, type Role } from '#platform';
import { explain, type Explanation } from '../domain/explain.js';
import type { GradeClass, GradeModel } from '../domain/model.js';
import { gradeRefusals } from '../domain/refusals.js';
import { type Cause, GradeStore, type KeptGrade, type SubjectKey } from '../store/grade.store.js';
import { ModelStore } from '../store/model.store.js';

export interface GradeView {
  subject: SubjectRef;
  grade: string;
  gradeClass: string;
  previous: string | null;
  score: number;
  veto: (Explanation['veto'] & { text: string }) | null;
  model: string;
  modelVersion: number;
  cause: Cause;
  computedOn: LocalDate;
  /** counts the grades of the subject; absent for a grade of the past */
  version?: number;
}

export interface ExplainedGrade extends GradeView {
  explanation: Explanation;
  class: GradeClass;
  modelName: { zh: string; en: string };
}

/**
 * Whose work needs the grade of anybody, as with credit files (ordinance art. 22). Operators keep the machine and
 * lead units report on measures; neither needs to know who is graded how.
 */
export const GRADE_READERS: Role[] = [
  'department-system',
  'handler',
  'reviewer',
  'approver',
  'secrecy-reviewer',
  'discipline-officer',
  'evaluator',
  'auditor',
];

@Injectable()
export class ReadGrades {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly grades: GradeStore,
    private readonly models: ModelStore,
  ) {}

  /**
   * @param asOf the grade that stood at the end of that day; the present one when absent
   * @throws Refusal `grade.not-found`, `grade.other-party`
   */
  async grade(actor: Actor, subject: string, asOf?: LocalDate): Promise<GradeView> {
    const { kept, model } = await this.#read(actor, subject, asOf);
    return viewOf(kept, model);
  }

  /** The grade with each indicator, the score, and the veto that decided, in Chinese and English. */
  async explanation(actor: Actor, subject: string, asOf?: LocalDate): Promise<ExplainedGrade> {
    const { kept, model } = await this.#read(actor, subject, asOf);
    return {
      ...viewOf(kept, model),
      explanation: explain(model, kept.result),
      class: model.classes.find((each) => each.code === kept.result.gradeClass)!,
      modelName: { zh: model.name, en: model.nameEn },
    };
  }

  async #read(
    actor: Actor,
    subject: string,
    asOf?: LocalDate,
  ): Promise<{ kept: KeptGrade; model: GradeModel }> {
    const key = keyOf(subject);
    const kept =
      key &&
      (asOf ? await this.grades.on(this.database, key, asOf) : await this.grades.current(this.database, key));
    // Whoever has no role to read all asks for itself; whether another subject has a grade is not its to know.
    const readsAll = actor.party === undefined && actor.roles.some((role) => GRADE_READERS.includes(role));
    if (!readsAll && (!kept || actor.party !== kept.subject.code))
      throw gradeRefusals.refusal('grade.other-party');
    const model = kept && (await this.models.version(kept.modelId, kept.modelVersion));
    if (!kept || !model) {
      throw gradeRefusals.refusal('grade.not-found', {
        subject: subject.slice(0, 40),
        asOf: asOf ?? this.clock.today(),
      });
    }
    return { kept, model };
  }
}

function keyOf(subject: string): SubjectKey | undefined {
  if (/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(subject)) return { code: subject };
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subject) ? { id: subject } : undefined;
}

function viewOf(kept: KeptGrade, model: GradeModel): GradeView {
  const { result, subject, previous, cause, computedOn, version } = kept;
  const { veto } = explain(model, result);
  return {
    subject,
    grade: result.grade,
    gradeClass: model.classes.find((each) => each.code === result.gradeClass)!.zh,
    previous,
    score: result.score,
    veto: veto && { ...veto, text: veto.zh },
    model: model.id,
    modelVersion: model.version,
    cause,
    computedOn,
    ...(version === null ? {} : { version }),
  };
}
