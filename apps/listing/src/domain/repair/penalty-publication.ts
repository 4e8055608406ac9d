import type { LocalDate } from '#kernel';
import type { EndKind, ListingCase } from '../case/case.js';
import type { Fact } from '../case/facts.js';
import type { Rules } from '../rules/rules.js';

/*
 * The publication of the penalty behind an entry, where the rule of the list lets it go with the entry: in market
 * regulation whoever is moved off the list is shown with the penalty no longer, either (order 107 art. 13). By the
 * version of the day on which the entry ends, as with all of repair.
 */

/** Revoked, or undone: that says nothing of the penalty, whose own basis stands or falls by itself. */
const MOVED_OFF: ReadonlySet<EndKind> = new Set(['early-removal', 'expired']);

export function penaltyAtEnd(state: ListingCase, kind: EndKind, on: LocalDate, rules: Rules): Fact[] {
  if (!rules.today.penaltyPublication?.endsWithEntry || !MOVED_OFF.has(kind)) return [];
  const recordIds = state.records.filter(({ withdrawn }) => !withdrawn).map(({ id }) => id);
  return recordIds.length > 0 ? [{ type: 'penalty-publication-ended', recordIds, on }] : [];
}

/** The entry stands again, since its removal was false: what went with it comes back with it. */
export function penaltyAtRestoration({ records }: ListingCase, on: LocalDate): Fact[] {
  const gone = records.filter((record) => record.publicationEndedOn !== undefined && !record.withdrawn);
  const recordIds = gone.map(({ id }) => id);
  return recordIds.length > 0 ? [{ type: 'penalty-publication-resumed', recordIds, on }] : [];
}
