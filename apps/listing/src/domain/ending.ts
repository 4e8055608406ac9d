import { addDays, type LocalDate, type Period } from '#kernel';
import type { EndKind, ListingCase } from './case.js';
import type { Circumstances, CommandOf } from './commands.js';
import type { Fact } from './facts.js';
import { listingRefusals } from './refusals.js';
import type { Rules } from './rules.js';
import { removalDueFrom } from './time-limits.js';

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
  if (correctedOn > today) {
    throw listingRefusals.refusal('listing.date-in-future', { field: 'correctedOn', today }, 'correctedOn');
  }
}

/** The deciding unit takes its own decision back. */
export function revoke(
  state: ListingCase,
  command: CommandOf<'revocation'>,
  rules: Rules,
  { today }: Circumstances,
): Fact[] {
  return [
    ...stopPublication(state, today),
    ended(rules, 'revoked', today, command.reason, rules.list.removal),
  ];
}

/** The last day of the term has ended: off the list from the next day, whenever the clock comes round. */
export function expire(state: ListingCase, rules: Rules, { today }: Circumstances): Fact[] {
  if (state.status !== 'in-force' || state.term.endsOn === null || today <= state.term.endsOn) return [];
  if (state.decision.term.ends !== 'term') return [];
  const endedOn = addDays(state.term.endsOn, 1);
  return [
    ...stopPublication(state, endedOn),
    ended(rules, 'expired', endedOn, '列入期限届满', rules.list.removal),
  ];
}

/**
 * A record on which the case rests fell away: revoked, found unlawful, void, changed, or sent by mistake.
 * Nothing stands without a basis: when no record is left, an undecided case is withdrawn and a listing is
 * revoked (ordinance art. 38; 行政处罚法 art. 48; order 45 art. 16), which is another end than removal.
 */
export function loseBasis(
  state: ListingCase,
  command: CommandOf<'lose-basis'>,
  rules: Rules,
  { today }: Circumstances,
): Fact[] {
  const { recordId, cause, reason } = command;
  const record = state.records.find((one) => one.id === recordId);
  if (!record || record.withdrawn) return [];
  const lost: Fact = { type: 'record-withdrawn', recordId, cause, reason };
  const others =
    state.documents.length > 0 || state.records.some((one) => one.id !== recordId && !one.withdrawn);
  const over = ['ended', 'closed', 'withdrawn', 'reminded'].includes(state.status);
  if (others || over) return [lost];
  const because = `列入依据${record.documentNo}已被撤回: ${reason}`;
  if (!('decision' in state)) {
    return [lost, { type: 'withdrawn', withdrawal: { ground: 'basis-lost', reason: because, on: today } }];
  }
  return [
    lost,
    ...stopPublication(state, today),
    ended(rules, 'revoked', today, because, rules.list.removal),
  ];
}

/** The person was bound for the principal's conduct, and goes off the list with it. */
export function followPrincipal(
  state: ListingCase,
  { kind, reasons, removalDue }: CommandOf<'follow-principal'>,
  { today }: Circumstances,
): Fact[] {
  const end: Fact = { type: 'ended', end: { kind, endedOn: today, reasons, removalDue } };
  return [...stopPublication(state, today), end];
}

/** A listing that leaves the list is shown no longer, from the same instant. */
export function stopPublication(state: ListingCase, on: LocalDate): Fact[] {
  const published = 'publication' in state && state.publication.status === 'published';
  return published ? [{ type: 'publication-ended', on }] : [];
}

export function ended(
  rules: Rules,
  kind: EndKind,
  endedOn: LocalDate,
  reasons: string,
  removal: Period | null,
): Fact {
  return {
    type: 'ended',
    end: { kind, endedOn, reasons, removalDue: removalDueFrom(rules, endedOn, removal) },
  };
}
