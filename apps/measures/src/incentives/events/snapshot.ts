import type { SubjectRef } from '#contracts';
import { type LocalDate, startOfDay } from '#kernel';
import type { Publication, StandingFact } from '#messaging';
import type { Queryable } from '#platform';
import type { TaskFact, TaskState } from '../domain/task.js';
import { SELECT_ENTRY, type StoredIncentive } from '../store/incentives.store.js';
import { type IncentiveTask, SELECT_TASK } from '../store/tasks.js';
import { standingIncentive, toldTask } from './outbox.js';

/**
 * What stands of the incentives of some subjects: each granted or withdrawn, then the last word of each department that
 * gives it. They are told on the topic of the measures against a subject, so they stand in its snapshot.
 *
 * @returns by subject; those that never had one are left out
 */
export async function incentivesStanding(
  db: Queryable,
  subjects: readonly string[],
): Promise<Map<string, StandingFact[]>> {
  const { rows: entries } = await db.query<StoredIncentive>(
    `${SELECT_ENTRY} WHERE e.subject_id = ANY ($1::uuid[]) ORDER BY e.granted_on, e.id`,
    [subjects],
  );
  if (entries.length === 0) return new Map();
  const { rows: named } = await db.query<{ subject: SubjectRef }>(
    'SELECT subject_ref AS subject FROM incentive_ground WHERE subject_id = ANY ($1::uuid[])',
    [subjects],
  );
  const subjectOf = new Map(named.map(({ subject }) => [subject.id, subject]));
  const { rows: tasks } = await db.query<IncentiveTask>(
    `${SELECT_TASK} WHERE t.subject_id = ANY ($1::uuid[]) ORDER BY t.id`,
    [subjects],
  );
  const ofEntry = new Map<string, IncentiveTask[]>();
  for (const task of tasks) ofEntry.set(task.incentive.id, [...(ofEntry.get(task.incentive.id) ?? []), task]);
  const standing = new Map<string, StandingFact[]>();
  for (const entry of entries) {
    const given = ofEntry.get(entry.id) ?? [];
    const subject = subjectOf.get(entry.subjectId)!;
    const facts = standing.get(subject.id) ?? [];
    standing.set(subject.id, facts);
    facts.push(dated(entry.withdrawnOn ?? entry.from, standingIncentive(entry, subject, openDays(given))));
    for (const task of given)
      for (const fact of lastWordOf(task.state))
        for (const event of toldTask({ task, facts: [fact] })) facts.push(dated(dayOf(fact), event));
  }
  return standing;
}

type Word = Extract<TaskFact, { type: 'received' | 'answered' | 'ended' }>;

/** The fewest facts that lead to where a task stands; that its end is ordered is told with the entry. */
function lastWordOf(state: TaskState): Word[] {
  const { receivedOn } = state.handling;
  const answer = 'answer' in state ? state.answer : null;
  const answered: Word[] = answer ? [{ type: 'answered', answer }] : [];
  switch (state.status) {
    case 'granted':
    case 'received':
      return receivedOn ? [{ type: 'received', on: receivedOn }] : [];
    case 'applied':
    case 'not-applied':
    case 'end-ordered':
      return answered;
    case 'ended':
      return [...answered, { type: 'ended', end: state.end, ...state.ended }];
    default:
      return state satisfies never;
  }
}

function dayOf(fact: Word): LocalDate {
  return fact.type === 'answered' ? fact.answer.on : fact.on;
}

/** All departments of an entry got the same days. */
function openDays(tasks: readonly IncentiveTask[]): { answerDue?: LocalDate; endDue?: LocalDate } {
  const [answerDue] = tasks.flatMap(({ state }) => ('answerDue' in state ? [state.answerDue] : []));
  const [endDue] = tasks.flatMap(({ state }) => ('endDue' in state ? [state.endDue] : []));
  return { ...(answerDue ? { answerDue } : {}), ...(endDue ? { endDue } : {}) };
}

function dated(on: LocalDate, { contract, data }: Publication): StandingFact {
  return { contract, data, time: startOfDay(on).toISOString() };
}
