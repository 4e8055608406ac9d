import { type LocalDate, periodEnd } from '#kernel';
import type { InForce, Term } from '../case/case.js';
import type { ListRules } from '../rules/rules.js';
import { penaltyDay, termOf } from './term.js';

/** The last day on which an entry is shown, where that is not as long as it stands. */
export function shownUntil({ publication }: ListRules, publishedOn: LocalDate): { until?: LocalDate } {
  return publication?.shownFor ? { until: periodEnd(publishedOn, publication.shownFor) } : {};
}

/** The term of an entry that is published that day: some begin only then. */
export function termFromPublication(state: InForce, today: LocalDate): Term {
  if (state.term.endsOn !== null || state.decision.term.startsAt !== 'publication') return state.term;
  return termOf(state.decision.term, {
    decidedOn: state.decision.decidedOn,
    servedOn: state.service?.servedOn ?? null,
    inForceOn: state.inForceOn,
    publishedOn: today,
    penaltyOn: penaltyDay(state),
  });
}
