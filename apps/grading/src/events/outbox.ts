import {
  type DataOf,
  gradeComputed,
  gradeCorrectionApplied,
  type listingCorrected,
  NO_GRADE_MODEL,
  type SubjectRef,
} from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import { explain, reasonsOf } from '../domain/explain.js';
import type { GradeModel } from '../domain/model.js';
import type { Cause, ComputedGrade } from '../store/grade.store.js';

/** Kinds of subject without a model are not graded; a listing of theirs is answered with this "grade". */
export const NOT_GRADED = 'not-graded';

export function toldGrade(
  subject: SubjectRef,
  model: GradeModel,
  { result, cause, computedOn }: ComputedGrade,
  previous: string | null,
): Publication<typeof gradeComputed> {
  const { veto } = explain(model, result);
  return {
    contract: gradeComputed,
    subject: subject.id,
    data: {
      subject,
      model: model.id,
      modelVersion: model.version,
      grade: result.grade,
      gradeClass: model.classes.find((each) => each.code === result.gradeClass)!.zh,
      previous,
      changed: previous !== result.grade,
      score: result.score,
      veto: veto && { code: veto.code, caseId: veto.caseId, text: veto.zh },
      reasons: reasonsOf(model, result),
      cause,
      computedOn,
    },
  };
}

/** The receipt that a listing expects also where nothing is graded: heard, and no grade depends on it. */
export function toldNotGraded(
  subject: SubjectRef,
  cause: Cause,
  computedOn: LocalDate,
): Publication<typeof gradeComputed> {
  return {
    contract: gradeComputed,
    subject: subject.id,
    data: {
      subject,
      model: NO_GRADE_MODEL,
      modelVersion: 1,
      grade: NOT_GRADED,
      gradeClass: NOT_GRADED,
      previous: null,
      changed: false,
      score: 0,
      veto: null,
      reasons: [],
      cause,
      computedOn,
    },
  };
}

export function toldCorrected(
  { case: about, subject, correction }: DataOf<typeof listingCorrected>,
  appliedOn: LocalDate,
): Publication<typeof gradeCorrectionApplied> {
  return {
    contract: gradeCorrectionApplied,
    subject: subject.id,
    data: { case: about, subject, correction, appliedOn },
  };
}
