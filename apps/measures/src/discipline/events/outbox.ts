import {
  type ActionRef,
  type CaseRef,
  type DataOf,
  disciplineCorrectionApplied,
  disciplineApplied,
  disciplineChecked,
  disciplineCompleted,
  disciplineEscalated,
  disciplineLifted,
  disciplineLiftOrdered,
  disciplineNotApplied,
  disciplineOrdered,
  disciplineOverdue,
  disciplineReceived,
  disciplineReferralEnded,
  disciplineReferred,
  disciplineReminded,
  disciplineTermCorrected,
  type listingCorrected,
  type ReferralRef,
  type SubjectRef,
} from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { AppliedAnswer, Fact, NotAppliedAnswer } from '../domain/action.js';
import type { ChangedAction, DisciplineAction } from '../store/action.store.js';
import type { StoredReferral } from '../store/referral.store.js';

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

export function toldCorrected(
  { case: caseRef, subject, correction }: DataOf<typeof listingCorrected>,
  appliedOn: LocalDate,
): Publication {
  return {
    contract: disciplineCorrectionApplied,
    subject: subject.id,
    data: { case: caseRef, subject, correction, appliedOn },
  };
}

export function toldReferred(referral: StoredReferral): Publication {
  return { contract: disciplineReferred, subject: referral.subject.id, data: referred(referral) };
}

export function toldReferralEnded(referral: StoredReferral): Publication {
  const { subject, ending, endedOn } = referral;
  return {
    contract: disciplineReferralEnded,
    subject: subject.id,
    data: { ...referred(referral), end: ending, endedOn },
  };
}

function referred(stored: StoredReferral): { referral: ReferralRef; case: CaseRef; subject: SubjectRef } {
  const { id, rule, measure, title, receivers, from, until, basis } = stored;
  return {
    referral: {
      id,
      caseId: stored.case.id,
      rule,
      measure,
      title,
      receivers: [...receivers],
      basis: basis.map((each) => ({ ...each })),
      from,
      until,
    },
    case: stored.case,
    subject: stored.subject,
  };
}

/** Who of the department has an action in hand is its own affair: an assignment is not told. */
export function toldChanged({ action, facts }: ChangedAction): Publication[] {
  return facts.flatMap((fact) => {
    const told = toldFact(action, fact);
    return told ? [{ subject: action.subject.id, ...told }] : [];
  });
}

type Told = Pick<Publication, 'contract' | 'data'>;

function toldFact(action: DisciplineAction, fact: Fact): Told | undefined {
  switch (fact.type) {
    case 'received':
      return { contract: disciplineReceived, data: { ...about(action), receivedOn: fact.on } };
    case 'checked': {
      const { on, hit, note } = fact;
      return { contract: disciplineChecked, data: { ...about(action), checkedOn: on, hit, note } };
    }
    case 'assigned':
    case 'own-ground-ended':
      return undefined;
    case 'term-corrected': {
      const { until, instead } = fact;
      return { contract: disciplineTermCorrected, data: { ...about(action), until, instead } };
    }
    case 'answered':
      return toldAnswer(action, fact.answer);
    case 'answer-corrected': {
      const told = toldAnswer(action, fact.answer);
      return {
        ...told,
        data: { ...told.data, corrected: { instead: fact.instead.result, why: fact.why } },
      };
    }
    case 'reminded':
      return { contract: disciplineReminded, data: { ...about(action), of: fact.of, due: fact.due } };
    case 'escalated': {
      const { missed, due, to, on } = fact;
      return { contract: disciplineEscalated, data: { ...about(action), missed, due, to, escalatedOn: on } };
    }
    case 'reordered':
      return { contract: disciplineOrdered, data: { ...about(action), answerDue: fact.answerDue } };
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

function toldAnswer(action: DisciplineAction, answer: AppliedAnswer | NotAppliedAnswer): Told {
  const { on, note } = answer;
  if (answer.result === 'applied') {
    const { evidence } = answer;
    return {
      contract: disciplineApplied,
      data: { ...about(action), appliedOn: on, note, evidence: [...evidence] },
    };
  }
  return {
    contract: disciplineNotApplied,
    data: { ...about(action), answeredOn: on, reason: answer.reason, note },
  };
}

function about(action: DisciplineAction): { action: ActionRef; case: CaseRef; subject: SubjectRef } {
  const { id, rule, measure, title, mode, executor, from, until, reaches } = action;
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
      // Only ever written out.
      basis: action.basis as ActionRef['basis'],
      from,
      until,
      ...(reaches.length > 0 && { reaches: [...reaches] }),
    },
    case: action.case,
    subject: action.subject,
  };
}
