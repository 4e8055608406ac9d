import type { LocalDate } from '#kernel';
import type { ListingCase } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import { stopPublication, undone } from '../ending/ending.js';
import type { Fact } from '../case/facts.js';
import { openOnSite } from '../repair/entry.js';
import { siteAtEnd } from '../repair/site-clock.js';
import { ordinanceClock } from '../repair/site-law.js';
import type { Rules } from '../rules/rules.js';
import { type BasisClocks, basisClocks, meaningOf } from './art-38.js';

/*
 * The basis of a case fell away, or was changed (ordinance art. 38; 行政处罚法 art. 48; order 45 art. 16). Nothing
 * stands without a basis: when nothing is left, the case falls by itself, which is another end than removal. What
 * still stands on something comes before a person.
 */

export function loseBasis(
  state: ListingCase,
  command: CommandOf<'lose-basis'>,
  rules: Rules,
  { today }: Circumstances,
): Fact[] {
  const { recordId, cause, reason } = command;
  const changedOn = command.changedOn ?? null;
  const record = state.records.find((one) => one.id === recordId);
  if (!record || record.withdrawn) return [];
  const clocks = clocksOf(rules, changedOn, today);
  const { tellDue, toldLate } = clocks;
  const lost: Fact = { type: 'record-withdrawn', recordId, cause, reason, changedOn, tellDue, toldLate };
  if (nothingShown(state)) return [lost];
  // A finding that is no record of the platform still carries the case, as far as a person finds.
  const left =
    state.documents.length > 0 || meaningOf(state.records, recordId, 'withdrawn') === 'for-a-person';
  if (left) return [lost, questioned(record, 'withdrawn', clocks, today)];
  return [lost, ...falls(state, `列入依据${record.documentNo}已被撤回: ${reason}`, rules, today)];
}

export function correctBasis(
  state: ListingCase,
  { record }: CommandOf<'correct-basis'>,
  rules: Rules,
  { today }: Circumstances,
): Fact[] {
  const corrected: Fact = { type: 'record-corrected', record };
  if (nothingShown(state)) return [corrected];
  return [corrected, questioned(record, 'corrected', clocksOf(rules, null, today), today)];
}

/** A person looked at what is left of the basis: the case stands on it, or falls. */
export function reviewBasis(
  state: ListingCase,
  { outcome, reasons }: CommandOf<'basis-review'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const reviewed: Fact = { type: 'basis-reviewed', outcome, on: today, reasons, by: actor };
  if (outcome === 'stands') return [reviewed];
  return [reviewed, ...falls(state, reasons, rules, today)];
}

/**
 * An undecided case is withdrawn; a listing is revoked, and undone within the day that art. 38 gives. Of one that
 * has ended 信用中国 may still show the entry: it goes from there, and the end stays what it was.
 */
function falls(state: ListingCase, because: string, rules: Rules, today: LocalDate): Fact[] {
  if ('end' in state) return siteAtEnd(state, 'revoked', today);
  if (!('decision' in state))
    return [{ type: 'withdrawn', withdrawal: { ground: 'basis-lost', reason: because, on: today } }];
  return [...stopPublication(state, today), undone(rules, 'revoked', today, because, 'basis-lost')];
}

function questioned(
  { id: recordId, documentNo }: { id: string; documentNo: string },
  change: 'corrected' | 'withdrawn',
  { toldLate, withdrawDue: due }: BasisClocks,
  since: LocalDate,
): Fact {
  return { type: 'basis-questioned', question: { recordId, change, documentNo, toldLate, since, due } };
}

function clocksOf(rules: Rules, changedOn: LocalDate | null, toldOn: LocalDate): BasisClocks {
  const article38 = {
    tell: ordinanceClock(rules.ordinance, 'basis-lost-tell'),
    withdraw: ordinanceClock(rules.ordinance, 'basis-lost-withdraw'),
    calendar: rules.calendar,
  };
  return basisClocks(article38, { changedOn, toldOn });
}

/** The listing has ended, and 信用中国 shows nothing of it any more: only the record is kept as it now stands. */
function nothingShown(state: ListingCase): boolean {
  return 'end' in state && !openOnSite(state.entry.site);
}
