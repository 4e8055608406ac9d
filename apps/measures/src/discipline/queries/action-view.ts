import type { CaseRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Actor } from '#platform';
import { answerIn, isOverdue, ownGroundIn } from '../domain/action.js';
import type { AppliedAnswer, Handling, LiftOrder, NotAppliedAnswer, OwnGround } from '../domain/action.js';
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
  /** as it was called, and where it was, when its listing last ordered; null where that is as it is now */
  orderedAs: SubjectRef | null;
  /** 1, and one more each time that the listing was restored */
  round: number;
  /** the entry behind it is objected to since this day */
  objectionSince: LocalDate | null;
  status: Status;
  orderedOn: LocalDate;
  /** how far the department has come with it */
  handling: Handling;
  answerDue: LocalDate | null;
  answer: AppliedAnswer | NotAppliedAnswer | null;
  lift: LiftOrder | null;
  liftDue: LocalDate | null;
  lifted: { how: 'confirmed' | 'never-applied'; on: LocalDate; note: string } | null;
  overdue: boolean;
  /** the ban that stands by a decision of its own, also after the listing */
  ownGround: OwnGround | null;
  /** what this caller may do now, from the lifecycle table */
  mayDo: Act[];
}

/** @param duties the bodies for which the caller acts */
export function viewOf(action: DisciplineAction, actor: Actor, duties: readonly string[]): ActionView {
  const { state, case: caseRef, listingUntil: _, ...same } = action;
  const acts = actor.roles.includes('discipline-officer') && duties.includes(action.executor);
  const { assignee } = state.handling;
  const others = assignee !== null && assignee.id !== actor.id;
  return {
    ...same,
    caseId: caseRef.id,
    case: caseRef,
    status: state.status,
    handling: state.handling,
    answerDue: 'answerDue' in state ? state.answerDue : null,
    answer: answerIn(state),
    lift: 'lift' in state ? state.lift : null,
    liftDue: state.status === 'lift-ordered' ? state.liftDue : null,
    lifted: state.status === 'lifted' ? state.lifted : null,
    overdue: isOverdue(state),
    ownGround: ownGroundIn(state),
    mayDo: acts
      ? executorActs(state.status).filter(
          (act) => (!others || act === 'assign') && (act !== 'end-own-ground' || ownGroundIn(state) !== null),
        )
      : [],
  };
}
