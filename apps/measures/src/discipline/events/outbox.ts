import {
  type ActionRef,
  type CaseRef,
  disciplineApplied,
  disciplineCompleted,
  disciplineLifted,
  disciplineLiftOrdered,
  disciplineNotApplied,
  disciplineOrdered,
  disciplineOverdue,
  type SubjectRef,
} from '#contracts';
import type { Publication } from '#messaging';
import type { Fact } from '../domain/action.js';
import type { ChangedAction, DisciplineAction } from '../store/action.store.js';

/* Facts of the loop as the other services hear them. The key is the subject, so a subject's story stays in order. */

export function toldOrdered(action: DisciplineAction): Publication {
  if (action.state.status !== 'ordered')
    throw new Error(`action ${action.id} is ${action.state.status}, not ordered`);
  return {
    contract: disciplineOrdered,
    subject: action.subject.id,
    data: { ...about(action), answerDue: action.state.answerDue },
  };
}

export function toldCompleted(
  caseRef: CaseRef,
  subject: SubjectRef,
  stage: 'ordered' | 'lifted',
  actions: number,
): Publication {
  return {
    contract: disciplineCompleted,
    subject: subject.id,
    data: { case: caseRef, subject, stage, actions },
  };
}

export function toldChanged({ action, facts }: ChangedAction): Publication[] {
  return facts.map((fact) => ({ subject: action.subject.id, ...toldFact(action, fact) }));
}

function toldFact(action: DisciplineAction, fact: Fact): Pick<Publication, 'contract' | 'data'> {
  switch (fact.type) {
    case 'answered': {
      const { answer } = fact;
      if (answer.result === 'applied') {
        return {
          contract: disciplineApplied,
          data: { ...about(action), appliedOn: answer.on, note: answer.note },
        };
      }
      return {
        contract: disciplineNotApplied,
        data: { ...about(action), answeredOn: answer.on, reason: answer.reason, note: answer.note },
      };
    }
    case 'overdue':
      return { contract: disciplineOverdue, data: { ...about(action), missed: fact.missed, due: fact.due } };
    case 'lift-ordered':
      return {
        contract: disciplineLiftOrdered,
        data: { ...about(action), end: fact.lift.end, orderedOn: fact.lift.orderedOn, liftDue: fact.liftDue },
      };
    case 'lifted':
      return {
        contract: disciplineLifted,
        data: { ...about(action), how: fact.how, liftedOn: fact.on, note: fact.note },
      };
    default:
      return fact satisfies never;
  }
}

function about(action: DisciplineAction): { action: ActionRef; case: CaseRef; subject: SubjectRef } {
  const { id, rule, measure, title, mode, executor, from, until } = action;
  return {
    action: {
      id,
      caseId: action.case.id,
      rule,
      measure,
      title,
      class: action.class,
      mode,
      executor,
      basis: action.basis.map((basis) => ({ ...basis })),
      from,
      until,
    },
    case: action.case,
    subject: action.subject,
  };
}
