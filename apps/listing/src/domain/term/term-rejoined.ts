import type { LocalDate } from '#kernel';
import type { ListingCase, Term, TermPlan } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import { correctionOf } from '../objection/effects.js';
import { ordinanceClock } from '../repair/site-law.js';
import type { Rules } from '../rules/rules.js';
import { penaltyDay, termOf } from './term.js';
import { type TermAfter, termAfter, withAfter } from './term-after.js';
import { removalDueFrom } from './time-limits.js';

/**
 * A term that follows another was worked out from where that one ended (联合惩戒办法 art. 10). When the earlier finding
 * was wrong and falls (art. 15), or its term is another one, the later is no longer “within a term”, or within another
 * part of it: it begins and ends where it would have, had the earlier always stood as it stands now. A correction of
 * its own that made it shorter stays.
 *
 * @param earlier the terms of the cases that were decided before this one, as they stand; none of one that was undone
 * @returns nothing where nothing is different
 */
export function rejoinTerm(
  state: ListingCase,
  { earlier, because }: CommandOf<'rejoin-term'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const { cumulative } = rules.list.term;
  if (!('entry' in state) || !cumulative) return [];
  const { decidedOn, term: plan } = state.decision;
  const after = termAfter(cumulative, earlier, decidedOn);
  if (same(after, plan.after ?? null)) return [];
  const next = termUnder(state, withAfter(plan, after));
  const rejoined: Fact = { type: 'term-rejoined', after, startsOn: next.startsOn };
  const was = 'term' in state ? state.term.endsOn : null;
  if (was === null || next.endsOn === null) return [rejoined];
  const own = was !== termUnder(state, plan).endsOn && was < next.endsOn;
  const endsOn = own ? was : next.endsOn;
  if (endsOn === was) return [rejoined];
  const reasons = `${because}已被撤销或者变更，惩戒期限重新计算`;
  // What shortens a term must not wait for a calendar; the day of the confirmations is then not known.
  const confirmBy = removalDueFrom(rules, today, ordinanceClock(rules.ordinance, 'propagation'));
  const changes = [{ field: 'termEndsOn' as const, from: was, to: endsOn }];
  const correction = correctionOf(state, { changes, reasons, confirmBy }, { today, actor });
  return [rejoined, { type: 'corrected', correction, termEndsOn: endsOn }];
}

function termUnder(state: Extract<ListingCase, { entry: unknown }>, plan: TermPlan): Term {
  const inForceOn = 'inForceOn' in state ? state.inForceOn : null;
  if (inForceOn === null) return { startsOn: null, endsOn: null };
  const { publication } = state;
  return termOf(plan, {
    decidedOn: state.decision.decidedOn,
    servedOn: 'service' in state ? (state.service?.servedOn ?? null) : null,
    inForceOn,
    publishedOn: 'publishedOn' in publication ? publication.publishedOn : null,
    penaltyOn: penaltyDay(state),
  });
}

function same(one: TermAfter | null, other: TermAfter | null): boolean {
  const days = (after: TermAfter | null): (LocalDate | null)[] => [
    after?.endsOn ?? null,
    after?.noLaterThan ?? null,
  ];
  return days(one).join() === days(other).join();
}
