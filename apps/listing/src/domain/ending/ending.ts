import { addDays, compareDates, type LocalDate, type Period } from '#kernel';
import type { EndKind, ListingCase } from '../case/case.js';
import type { Circumstances, CommandOf, RevocationGround } from '../case/commands.js';
import type { Fact, FactOf } from '../case/facts.js';
import { listingRefusals } from '../case/refusals.js';
import type { Rules } from '../rules/rules.js';
import { recallPublication } from '../term/publication-elsewhere.js';
import { removalDueFrom } from '../term/time-limits.js';
import { demandPast } from '../case/days.js';

/** The case ends before a decision: spared, defence accepted, opened by mistake (终止、不予列入). */
export function withdraw(
  state: ListingCase,
  command: CommandOf<'withdrawal'>,
  rules: Rules,
  { today }: Circumstances,
): Fact[] {
  if (command.ground === 'spared') checkSparing(state, command, rules, today);
  if (command.ground === 'no-intent' && rules.list.steps.noIntent !== true) {
    const facts = { listName: state.listName, listType: state.listType };
    throw listingRefusals.refusal('listing.no-intent-not-provided', facts, 'ground');
  }
  return [{ type: 'withdrawn', withdrawal: { ground: command.ground, reason: command.reason, on: today } }];
}

/** Order 45 art. 7: corrected and promised in writing before the decision, may be spared. */
function checkSparing(
  state: ListingCase,
  { correctedOn, commitment }: CommandOf<'withdrawal'>,
  { list }: Rules,
  today: LocalDate,
): void {
  if (!list.steps.sparing) {
    throw listingRefusals.refusal('listing.sparing-not-provided', {
      listName: state.listName,
      listType: state.listType,
    });
  }
  if (correctedOn === undefined || commitment !== true)
    throw listingRefusals.refusal('listing.sparing-incomplete');
  demandPast('correctedOn', correctedOn, today);
}

/**
 * The deciding unit takes its own decision back. By when it must be undone is the law's, whoever finds the ground:
 * ordinance art. 38 gives the platform one working day when the basis fell away, three when the unit erred; the
 * list's own days of removal hold only where they are sooner.
 */
export function revoke(
  state: ListingCase,
  command: CommandOf<'revocation'>,
  rules: Rules,
  { today }: Circumstances,
): Fact[] {
  return [
    ...stopPublication(state, today),
    undone(rules, 'revoked', today, command.reason, command.ground ?? 'own-error'),
  ];
}

/** The last day of the term has ended: off the list from the next day, whenever the clock comes round. */
export function expire(state: ListingCase, rules: Rules, { today }: Circumstances): Fact[] {
  if (state.status !== 'in-force' && state.status !== 'suspended') return [];
  if (state.term.endsOn === null || today <= state.term.endsOn) return [];
  if (state.decision.term.ends !== 'term') return [];
  const endedOn = addDays(state.term.endsOn, 1);
  return [
    ...stopPublication(state, endedOn),
    ended(rules, 'expired', endedOn, '列入期限届满', rules.list.removal),
  ];
}

/** The person was bound for the principal's conduct, and goes off the list with it, or is never listed. */
export function followPrincipal(
  state: ListingCase,
  { kind, reasons, removalDue }: CommandOf<'follow-principal'>,
  { today }: Circumstances,
): Fact[] {
  if (!('decision' in state)) {
    const ground = kind === 'revoked' ? 'basis-lost' : 'other';
    return [{ type: 'withdrawn', withdrawal: { ground, reason: reasons, on: today } }];
  }
  const end: Fact = { type: 'ended', end: { kind, endedOn: today, reasons, removalDue, repair: null } };
  return [...stopPublication(state, today), end];
}

/** 专项公示期满: shown no longer from the day after its last, while the record goes on to have its effect. */
export function endPublication(state: ListingCase, { today }: Circumstances): Fact[] {
  if (!('publication' in state) || state.publication.status !== 'published') return [];
  const { until } = state.publication;
  return until === undefined || today <= until ? [] : stopPublication(state, addDays(until, 1));
}

/** A listing that leaves the list is shown no longer, from the same instant. */
export function stopPublication(state: ListingCase, on: LocalDate): Fact[] {
  const published = 'publication' in state && state.publication.status === 'published';
  return published ? [{ type: 'publication-ended', on }] : recallPublication(state, on);
}

/** The end of a listing that should never have been, or has nothing to rest on: undone by the day of art. 38. */
export function undone(
  rules: Rules,
  kind: 'revoked' | 'corrected',
  endedOn: LocalDate,
  reasons: string,
  ground: RevocationGround,
): FactOf<'ended'> {
  const clock = ground === 'basis-lost' ? 'basis-lost-withdraw' : 'correction';
  // Before the ordinance (2022-07-01) there is the list's own day, or none.
  const own = rules.ordinance.find(({ code }) => code === clock)?.period ?? null;
  const days = [rules.list.removal, own]
    .map((period) => removalDueFrom(rules, endedOn, period))
    .filter((day) => day !== null);
  const removalDue = days.sort(compareDates)[0] ?? null;
  return { type: 'ended', end: { kind, endedOn, reasons, removalDue, repair: null } };
}

export function ended(
  rules: Rules,
  kind: EndKind,
  endedOn: LocalDate,
  reasons: string,
  removal: Period | null,
): FactOf<'ended'> {
  const removalDue = removalDueFrom(rules, endedOn, removal);
  return { type: 'ended', end: { kind, endedOn, reasons, removalDue, repair: null } };
}
