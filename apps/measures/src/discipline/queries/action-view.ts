import type { CaseRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Actor } from '#platform';
import { answerIn, isOverdue } from '../domain/action.js';
import type { AppliedAnswer, LiftOrder, NotAppliedAnswer } from '../domain/action.js';
import type { AllowedAction } from '../domain/allowed-actions.js';
import { type Act, executorActs, type Status } from '../domain/lifecycle.js';
import type { DisciplineAction } from '../store/action.store.js';

/** An action as the API shows it. */
export interface ActionView extends AllowedAction {
  id: string;
  version: number;
  caseId: string;
  case: CaseRef;
  subject: SubjectRef;
  status: Status;
  orderedOn: LocalDate;
  answerDue: LocalDate | null;
  answer: AppliedAnswer | NotAppliedAnswer | null;
  lift: LiftOrder | null;
  liftDue: LocalDate | null;
  lifted: { how: 'confirmed' | 'never-applied'; on: LocalDate; note: string } | null;
  overdue: boolean;
  /** what this caller may do now, from the lifecycle table */
  mayDo: Act[];
}

export function viewOf(action: DisciplineAction, actor: Actor): ActionView {
  const { state, case: caseRef, ...same } = action;
  const acts = actor.roles.includes('discipline-officer') && actor.department === action.executor;
  return {
    ...same,
    caseId: caseRef.id,
    case: caseRef,
    status: state.status,
    answerDue: state.status === 'ordered' ? state.answerDue : null,
    answer: answerIn(state),
    lift: 'lift' in state ? state.lift : null,
    liftDue: state.status === 'lift-ordered' ? state.liftDue : null,
    lifted: state.status === 'lifted' ? state.lifted : null,
    overdue: isOverdue(state),
    mayDo: acts ? executorActs(state.status) : [],
  };
}
