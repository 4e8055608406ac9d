import { type LocalDate, periodEnd } from '#kernel';
import type { ListingCase } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact, FactOf } from '../case/facts.js';
import { listingRefusals } from '../case/refusals.js';
import type { Rules } from '../rules/rules.js';
import { publicationDueFrom } from '../term/time-limits.js';

/*
 * 宽限期: the court may give one to three months, in which the decision stands and nothing is published. Who
 * performs meanwhile leaves the list without ever having been shown.
 */

/** @throws Refusal `listing.grace-not-provided`, `listing.grace-length` */
export function graceOf(
  state: ListingCase,
  { graceUntil: until }: Pick<CommandOf<'decision'>, 'graceUntil'>,
  { list }: Rules,
  { today, actor }: Circumstances,
): FactOf<'publication-held-back'>[] {
  if (until === undefined) return [];
  const grace = list.publication?.grace;
  if (!grace) {
    const facts = { listType: state.listType, listName: state.listName };
    throw listingRefusals.refusal('listing.grace-not-provided', facts, 'graceUntil');
  }
  const [earliest, latest] = [periodEnd(today, grace.min), periodEnd(today, grace.max)];
  if (until < earliest || until > latest) {
    throw listingRefusals.refusal('listing.grace-length', { earliest, latest }, 'graceUntil');
  }
  const term = { startsOn: null, endsOn: null };
  const reason = '宽限期内暂不公布';
  return [{ type: 'publication-held-back', ground: 'grace', on: today, until, term, reason, by: actor }];
}

/** The last day of the grace has ended without performance: the entry is to be published. */
export function endGrace(state: ListingCase, rules: Rules, { today }: Circumstances): Fact[] {
  if (state.status !== 'in-force') return [];
  const held = state.publication;
  if (held.status !== 'held-back' || held.until === null || today <= held.until) return [];
  const due: LocalDate | null = publicationDueFrom(rules, 'decision', held.until);
  return [{ type: 'grace-ended', on: today, publicationDue: due }];
}
