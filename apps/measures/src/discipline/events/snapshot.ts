import type { CaseRef, SubjectRef } from '#contracts';
import { type LocalDate, startOfDay } from '#kernel';
import type { SnapshotSource, StandingFact } from '#messaging';
import { incentivesStanding } from '../../incentives/events/snapshot.js';
import type { Fact } from '../domain/action.js';
import { actionOf, type DisciplineAction, SELECT_ACTION } from '../store/action.store.js';
import { standingReferrals } from '../store/referral.store.js';
import { toldChanged, toldCompleted, toldReferred } from './outbox.js';

interface StandingCase {
  case_ref: CaseRef;
  subject_ref: SubjectRef;
  standing: string;
  since: LocalDate;
}

/**
 * What stands of the measures against a subject, for a subscriber that is filled instead of having heard how it came
 * about: of each action its last word, what is passed on for reference, then of each case how many actions it has, and
 * whether all are lifted; and the incentives of the subject, which are told on the same topic.
 */
export const disciplineSnapshot: SnapshotSource = {
  topic: 'discipline',
  async standing(db, subjects) {
    const { rows } = await db.query(
      `${SELECT_ACTION} WHERE a.subject_id = ANY ($1::uuid[]) ORDER BY a.ordered_on, a.id`,
      [subjects],
    );
    const { rows: cases } = await db.query<StandingCase>(
      `SELECT case_ref, subject_ref, standing, coalesce(ended_on, rules_on, in_force_on)::text AS since
       FROM discipline_case WHERE subject_id = ANY ($1::uuid[]) AND standing <> 'suspended-unseen'
       ORDER BY in_force_on, case_id`,
      [subjects],
    );
    const actions = rows.map(actionOf);
    const standing = new Map<string, StandingFact[]>(subjects.map((subject) => [subject, []]));
    for (const action of actions) standing.get(action.subject.id)!.push(...standingOf(action));
    for (const referral of await standingReferrals(db, subjects)) {
      const { contract, data } = toldReferred(referral);
      const time = startOfDay(referral.from).toISOString();
      standing.get(referral.subject.id)!.push({ contract, data, time });
    }
    for (const each of cases) {
      const own = actions.filter((action) => action.case.id === each.case_ref.id);
      standing.get(each.subject_ref.id)!.push(...completionOf(each, own));
    }
    for (const [subject, facts] of await incentivesStanding(db, subjects))
      standing.get(subject)!.push(...facts);
    return standing;
  },
};

/** The fewest events that lead to where an action stands. */
export function standingOf(action: DisciplineAction): StandingFact[] {
  return lastWordOf(action).flatMap(({ fact, on }) =>
    toldChanged({ action, facts: [fact] }).map(({ contract, data }) => ({
      contract,
      data,
      time: startOfDay(on).toISOString(),
    })),
  );
}

function lastWordOf({ state, orderedOn }: DisciplineAction): { fact: Fact; on: LocalDate }[] {
  const answer = 'answer' in state ? state.answer : null;
  const answered = answer && { fact: { type: 'answered', answer } as const, on: answer.on };
  switch (state.status) {
    case 'ordered':
    case 'received':
    case 'checked': {
      const { answerDue, handling } = state;
      const { receivedOn, check } = handling;
      return [
        { fact: { type: 'reordered', answerDue, on: orderedOn }, on: orderedOn },
        ...(receivedOn ? [{ fact: { type: 'received', on: receivedOn } as const, on: receivedOn }] : []),
        ...(check ? [{ fact: { type: 'checked', ...check } as const, on: check.on }] : []),
      ];
    }
    case 'applied':
    case 'not-applied':
      return [answered!];
    case 'lift-ordered': {
      const { lift, liftDue } = state;
      return [
        ...(answered ? [answered] : []),
        { fact: { type: 'lift-ordered', lift, liftDue }, on: lift.orderedOn },
      ];
    }
    case 'lifted': {
      const { lift, lifted } = state;
      return [...(answered ? [answered] : []), { fact: { type: 'lifted', lift, ...lifted }, on: lifted.on }];
    }
  }
}

function completionOf(
  { case_ref, subject_ref, standing, since }: StandingCase,
  actions: readonly DisciplineAction[],
): StandingFact[] {
  const stages =
    standing === 'ended-unseen'
      ? (['lifted'] as const)
      : standing === 'ended' && actions.every(({ state }) => state.status === 'lifted')
        ? (['ordered', 'lifted'] as const)
        : (['ordered'] as const);
  return stages.map((stage) => {
    const { contract, data } = toldCompleted(case_ref, subject_ref, stage, actions.length);
    return { contract, data, time: startOfDay(since).toISOString() };
  });
}
