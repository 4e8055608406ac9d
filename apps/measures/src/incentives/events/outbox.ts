import {
  incentiveApplied,
  incentiveEnded,
  incentiveEscalated,
  incentiveGranted,
  incentiveNotApplied,
  incentiveOverdue,
  incentiveReceived,
  incentiveReminded,
  incentiveWithdrawn,
  type SubjectRef,
} from '#contracts';
import { deadline, type LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { TaskAnswer, TaskFact, TaskRules } from '../domain/task.js';
import type { StoredIncentive } from '../store/incentives.store.js';
import type { ChangedTask, IncentiveTask } from '../store/tasks.js';

/** An entry as the other services hear of it: granted, or withdrawn and why, with the day for each department's answer. */
export function toldIncentive(
  entry: StoredIncentive,
  subject: SubjectRef,
  { calendar, today, answerWithin, endWithin }: TaskRules,
): Publication {
  return standingIncentive(entry, subject, {
    answerDue: deadline(calendar, today, answerWithin),
    endDue: deadline(calendar, today, endWithin),
  });
}

/** An entry as it stands, with the days that are open still. */
export function standingIncentive(
  entry: StoredIncentive,
  subject: SubjectRef,
  { answerDue, endDue }: { answerDue?: LocalDate; endDue?: LocalDate },
): Publication {
  const { subjectId: _, until: __, answers: ___, withdrawnOn, why, caseId, ...incentive } = entry;
  if (withdrawnOn === null || why === null)
    return {
      contract: incentiveGranted,
      subject: subject.id,
      data: { incentive, subject, ...(answerDue ? { answerDue } : {}) },
    };
  return {
    contract: incentiveWithdrawn,
    subject: subject.id,
    data: { incentive, subject, why, caseId, withdrawnOn, ...(endDue ? { endDue } : {}) },
  };
}

/** What became of a task. That its end is ordered is told once for all departments, with the withdrawal. */
export function toldTask({ task, facts }: ChangedTask): Publication[] {
  return facts.flatMap((fact) => {
    const told = toldFact(task, fact);
    return told ? [{ subject: task.subject.id, ...told }] : [];
  });
}

type Told = Pick<Publication, 'contract' | 'data'>;

function toldFact(task: IncentiveTask, fact: TaskFact): Told | undefined {
  const about = aboutOf(task);
  switch (fact.type) {
    case 'received':
      return { contract: incentiveReceived, data: { ...about, receivedOn: fact.on } };
    case 'answered':
      return toldAnswer(about, fact.answer);
    case 'answer-corrected': {
      const told = toldAnswer(about, fact.answer);
      return {
        ...told,
        data: { ...told.data, corrected: { instead: fact.instead.result, why: fact.why } },
      };
    }
    case 'reminded':
      return { contract: incentiveReminded, data: { ...about, of: fact.of, due: fact.due } };
    case 'overdue':
      return { contract: incentiveOverdue, data: { ...about, missed: fact.missed, due: fact.due } };
    case 'escalated': {
      const { missed, due, to, on } = fact;
      return { contract: incentiveEscalated, data: { ...about, missed, due, to, escalatedOn: on } };
    }
    case 'end-ordered':
      return undefined;
    case 'ended':
      return {
        contract: incentiveEnded,
        data: { ...about, how: fact.how, endedOn: fact.on, note: fact.note },
      };
    default:
      return fact satisfies never;
  }
}

type About = Pick<IncentiveTask, 'incentive' | 'subject'> & { task: string; unit: string };

function aboutOf({ id, executor, incentive, subject }: IncentiveTask): About {
  return { task: id, incentive, subject, unit: executor };
}

function toldAnswer(about: About, answer: TaskAnswer): Told {
  const { on, note } = answer;
  return answer.result === 'applied'
    ? { contract: incentiveApplied, data: { ...about, appliedOn: on, note } }
    : { contract: incentiveNotApplied, data: { ...about, answeredOn: on, reason: answer.reason, note } };
}
