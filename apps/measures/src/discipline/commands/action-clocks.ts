import { Injectable } from '@nestjs/common';
import { cancelAll, type NewDeadline, scheduleAll, scheduleSame } from '#deadlines';
import { deadline, endOfDay, type LocalDate } from '#kernel';
import type { Tx } from '#platform';
import type { AnswerRules, Fact } from '../domain/action.js';
import { owedClock } from '../domain/owed-clock.js';
import type { ChangedAction, DisciplineAction } from '../store/action.store.js';

/** Every kind of clock that the loop starts. */
export const DISCIPLINE_CLOCKS = [
  'discipline.answer',
  'discipline.reminder',
  'discipline.lift',
  'discipline.escalation',
  'discipline.own-term',
] as const;
type Kind = (typeof DISCIPLINE_CLOCKS)[number];

/** The legal clocks of actions, set from what has happened to them, in two statements for any number. */
@Injectable()
export class ActionClocks {
  /** Of actions that were just ordered: all on one day, so most of their clocks are the same. */
  async begin(tx: Tx, actions: readonly DisciplineAction[], rules: AnswerRules): Promise<void> {
    const byDay = new Map<LocalDate, string[]>();
    for (const { id, state } of actions) {
      if (!('answerDue' in state)) continue;
      const ids = byDay.get(state.answerDue);
      if (ids) ids.push(id);
      else byDay.set(state.answerDue, [id]);
    }
    for (const [answerDue, ids] of byDay)
      await scheduleSame(tx, [owedClock('discipline', 'answer', answerDue, rules)], ids);
    await scheduleAll(tx, actions.flatMap(ownTermClock));
  }

  async follow(tx: Tx, changes: readonly ChangedAction[], rules: AnswerRules): Promise<void> {
    const started: NewDeadline[] = [];
    const stopped: { kind: Kind; ref: string }[] = [];
    for (const { action, facts } of changes) {
      for (const fact of facts) {
        stopped.push(...stops(fact).map((kind) => ({ kind, ref: action.id })));
        started.push(...starts(action, fact, rules));
      }
    }
    await cancelAll(tx, stopped);
    await scheduleAll(tx, started);
  }
}

function stops(fact: Fact): Kind[] {
  switch (fact.type) {
    case 'answered':
      return ['discipline.answer', 'discipline.reminder', 'discipline.escalation'];
    case 'lift-ordered':
    case 'lifted':
      return [...DISCIPLINE_CLOCKS];
    case 'term-corrected':
      return ['discipline.own-term'];
    case 'reordered':
      return ['discipline.lift', 'discipline.reminder', 'discipline.escalation'];
    default:
      return [];
  }
}

function starts(action: DisciplineAction, fact: Fact, rules: AnswerRules): NewDeadline[] {
  switch (fact.type) {
    case 'overdue':
      return [
        {
          kind: 'discipline.escalation',
          ref: action.id,
          dueAt: endOfDay(deadline(rules.calendar, fact.due, rules.escalateAfter)),
        },
      ];
    case 'lift-ordered':
      return [{ ref: action.id, ...owedClock('discipline', 'lift', fact.liftDue, rules) }];
    case 'reminded':
      return [{ kind: `discipline.${fact.of}`, ref: action.id, dueAt: endOfDay(fact.due) }];
    case 'term-corrected':
      return ownTermClock(action);
    case 'reordered':
      return [
        { ref: action.id, ...owedClock('discipline', 'answer', fact.answerDue, rules) },
        ...ownTermClock(action),
      ];
    default:
      return [];
  }
}

/** The end of the measure's own term, where that comes before the listing's. */
function ownTermClock({ id, until, listingUntil }: DisciplineAction): NewDeadline[] {
  const before = until !== null && (listingUntil === null || until < listingUntil);
  return before ? [{ kind: 'discipline.own-term', ref: id, dueAt: endOfDay(until) }] : [];
}
