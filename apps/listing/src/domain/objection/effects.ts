import { deadline, type LocalDate, whereKnown } from '#kernel';
import type { Closed, Ended, ListingCase } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import { stopPublication, undone } from '../ending/ending.js';
import type { Fact } from '../case/facts.js';
import type { CaseField, GivenField } from '../procedure/case-field.js';
import { enteredFields, namedFields } from '../procedure/case-fields.js';
import {
  type Change,
  COPY_HOLDERS,
  type Correction,
  type Entry,
  isStay,
  laggards,
  openOnSite,
  type RepairRequest,
} from '../repair/entry.js';
import type { CorrectionValues } from '../repair/commands.js';
import { repairRefusals } from '../repair/refusals.js';
import { askableOnSite, siteAtEnd } from '../repair/site-clock.js';
import { ordinanceClock } from '../repair/site-law.js';
import type { Rules } from '../rules/rules.js';
import { latestEnd } from '../term/term.js';
import { removalDueFrom } from '../term/time-limits.js';
import { urgingsOf } from './lifting.js';

/*
 * What an objection, or a correction that the finder makes by itself, does to the entry: marked while it is open;
 * upheld, the entry is taken off as wrong, corrected, or the answer to a repair is set aside; also of an entry that
 * is over, as far as 信用中国 still shows it.
 */

export function settleObjection(
  state: ListingCase,
  command: CommandOf<'settle-objection'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { objectionId, about, outcome, reasons, reopened, remedies, answers, review, receivedOn } = command;
  const told = remedies !== undefined || outcome === 'terminated';
  const decision = told && {
    ...{ about, on: circumstances.today, reasons, remedies: remedies ?? '' },
    ...(receivedOn ? { receivedOn } : {}),
    ...(answers ? { answers } : {}),
    ...(review ? { review } : {}),
  };
  const settled: Fact = {
    type: 'objection-settled',
    objectionId,
    outcome,
    ...(decision ? { decision } : {}),
  };
  const upheld = outcome === 'upheld' || outcome === 'partly-upheld';
  if (!upheld) return [settled];
  const again: Fact[] =
    reopened && mayBeAsked(state, reopened)
      ? [{ type: 'removal-reopened', request: reopened, objectionId }]
      : [];
  if ('end' in state && about === 'lifting')
    return [
      settled,
      ...urgingsOf({ objectionId, unlifted: command.unlifted ?? [] }, rules, circumstances.today).map(
        (urging): Fact => ({ type: 'lifting-urged', urging, reasons }),
      ),
    ];
  if ('end' in state) return [settled, ...afterTheEnd(state, command, rules, circumstances, again)];
  switch (about) {
    case 'listing':
      return [
        settled,
        ...stopPublication(state, circumstances.today),
        undone(rules, 'corrected', circumstances.today, reasons, 'own-error'),
      ];
    case 'content':
    case 'period':
      return [settled, ...correctedAs(state, command, rules, circumstances)];
    case 'repair-result':
      return [settled, ...again];
    // Stands again meanwhile: nothing is to be lifted.
    case 'lifting':
      return [settled];
    default:
      return about satisfies never;
  }
}

/** An entry that is over is not undone twice: what is left of it is what 信用中国 shows. */
function afterTheEnd(
  state: Ended | Closed,
  command: CommandOf<'settle-objection'>,
  rules: Rules,
  circumstances: Circumstances,
  again: Fact[],
): Fact[] {
  if (!openOnSite(state.entry.site)) return [];
  const { about } = command;
  if (about === 'listing') return siteAtEnd(state, 'corrected', circumstances.today);
  if (about === 'repair-result') return again;
  // The term is over as it was; what is shown of the decision may still be wrong.
  const { termEndsOn: _, ...corrected } = command.corrected;
  return correctedAs(state, { ...command, corrected }, rules, circumstances);
}

/**
 * The objection is right also where the entry reads so already: the unit corrected it meanwhile, or an identity number
 * has the same mask. Then nothing is left to be corrected.
 */
function correctedAs(
  state: ListingCase,
  { corrected, reasons, objectionId }: CommandOf<'settle-objection'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  if ('entry' in state && changesOf(state, corrected, rules).length === 0) return [];
  return correctEntry(state, { corrected, reasons }, rules, circumstances, objectionId);
}

/** Off the list may be asked while listed, and to be gone from 信用中国 while it shows the entry. */
function mayBeAsked(state: ListingCase, { aim }: RepairRequest): boolean {
  if (!('removalRequest' in state) || state.removalRequest !== null) return false;
  if (aim === 'site') return askableOnSite(state) !== null;
  if (state.status !== 'suspended') return state.status === 'in-force';
  return aim === 'removal' || isStay(state.suspension);
}

/**
 * The entry reads otherwise from now on; what it said before stays with the correction. Every system that holds a
 * copy has three working days to follow (ordinance art. 39).
 *
 * @throws Refusal `listing.correction-empty`, `listing.correction-of-term`, `listing.correction-beyond-term`,
 *   `listing.correction-second-person`
 */
export function correctEntry(
  state: ListingCase,
  { corrected, reasons }: { corrected: CorrectionValues; reasons: string },
  rules: Rules,
  { today, actor }: Circumstances,
  objectionId: string | null = null,
): Fact[] {
  if (!('entry' in state)) throw new Error(`case ${state.id} is ${state.status}, it has no entry`);
  const byUnit = objectionId === null && corrected.termEndsOn !== undefined;
  if (byUnit && madeListing(state).includes(actor.id))
    throw repairRefusals.refusal('listing.correction-second-person', {}, 'termEndsOn');
  const changes = changesOf(state, corrected, rules);
  if (changes.length === 0) throw repairRefusals.refusal('listing.correction-empty', {}, 'corrected');
  // What is wrong is put right also where the calendar of the coming year is not loaded.
  const propagation = ordinanceClock(rules.ordinance, 'propagation');
  const confirmBy = whereKnown(() => deadline(rules.calendar, today, propagation));
  const correction = correctionOf(state, { changes, reasons, confirmBy, objectionId }, { today, actor });
  const term = changes.find(({ field }) => field === 'termEndsOn');
  const before = 'term' in state ? state.term.endsOn : null;
  const fields = changes.some(({ field }) => field === 'caseField') && {
    fields: withFields(state, namedFields(rules.list, state, corrected.fields ?? [])),
  };
  return [{ type: 'corrected', correction, termEndsOn: term ? term.to : before, ...fields }];
}

/** The values that were checked by the list, of which a wrong one corrects nothing. @throws Refusal of `enteredFields` */
export function checkedCorrection<T extends { fields?: readonly GivenField[] }>(
  corrected: T,
  { list }: Rules,
  state: ListingCase,
  today: LocalDate,
): T {
  const { fields } = corrected;
  return fields ? { ...corrected, fields: enteredFields(list, state, fields, today) } : corrected;
}

function withFields({ fields = [] }: ListingCase, corrected: readonly CaseField[]): CaseField[] {
  const is = (code: string) => corrected.find((one) => one.code === code);
  const added = corrected.filter(({ code }) => !fields.some((one) => one.code === code));
  return [...fields.map((field) => is(field.code) ?? field), ...added];
}

/** The next correction of an entry, which nobody has confirmed yet. */
export function correctionOf(
  { entry }: Listed,
  of: Pick<Correction, 'changes' | 'reasons' | 'confirmBy'> & { objectionId?: string | null },
  { today, actor }: Pick<Circumstances, 'today' | 'actor'>,
): Correction {
  const { changes, reasons, confirmBy, objectionId = null } = of;
  const number = entry.corrections.length + 1;
  return { number, on: today, reasons, changes, by: actor, objectionId, confirmBy, confirmations: [] };
}

/** Another than these looks at a term once more; an objection is decided by another by its own table. */
function madeListing({ handlers, review, approval, decision }: Listed): string[] {
  return [...handlers, review.by.id, approval.by.id, decision.by.id];
}

type Listed = Extract<ListingCase, { entry: Entry }>;

function changesOf(state: Listed, corrected: CorrectionValues, { list }: Rules): Change[] {
  const term = 'term' in state ? state.term : null;
  if (corrected.termEndsOn !== undefined) {
    const from = term?.startsOn ?? null;
    const fixed = term !== null && term.endsOn !== null;
    if (!fixed || (from !== null && corrected.termEndsOn < from)) {
      const facts = { startsOn: from };
      throw repairRefusals.refusal('listing.correction-of-term', facts, 'termEndsOn');
    }
    const latest = latestEnd(state.decision.term, term);
    if (latest !== null && corrected.termEndsOn > latest)
      throw repairRefusals.refusal('listing.correction-beyond-term', { latest }, 'termEndsOn');
  }
  const reads = {
    decisionNo: state.decision.no,
    reasons: state.decision.reasons,
    termEndsOn: term?.endsOn ?? null,
  };
  const { fields = [], ...values } = corrected;
  const changes = (Object.entries(values) as [keyof typeof reads, string | undefined][])
    .filter(([field, to]) => to !== undefined && reads[field] !== to)
    .map(([field, to]): Change => ({ field, from: reads[field], to: to! }));
  const ofFields = namedFields(list, state, fields).flatMap(({ code, value: to }): Change[] => {
    const from = state.fields?.find((one) => one.code === code)?.value ?? null;
    return from === to ? [] : [{ field: 'caseField', code, from, to }];
  });
  return [...changes, ...ofFields];
}

/**
 * The party is called otherwise, or its name was wrong: the entry reads so at once, and every system that holds a copy
 * confirms it as any other correction (ordinance art. 39). Of an entry that is over, as long as 信用中国 shows it.
 */
export function followName(
  state: ListingCase,
  { from, to }: CommandOf<'follow-name'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  if (!('entry' in state) || from === to) return [];
  if ('end' in state && !openOnSite(state.entry.site)) return [];
  // It comes by itself and must not wait for a calendar; the day of the confirmations is then not known.
  const confirmBy = removalDueFrom(rules, today, ordinanceClock(rules.ordinance, 'propagation'));
  const changes = [{ field: 'subjectName' as const, from, to }];
  const of = { changes, reasons: '主体名称变更或者更正', confirmBy };
  const termEndsOn = 'term' in state ? state.term.endsOn : null;
  return [{ type: 'corrected', correction: correctionOf(state, of, { today, actor }), termEndsOn }];
}

/** A system that holds a copy says that it has followed; with the last of them the correction is everywhere. */
export function confirmCorrection(
  state: ListingCase,
  { number, confirmation }: CommandOf<'confirm-correction'>,
  { today }: Circumstances,
): Fact[] {
  const correction =
    'entry' in state ? state.entry.corrections.find((one) => one.number === number) : undefined;
  if (!correction || !laggards(correction).includes(confirmation.system)) return [];
  const confirmations = [...correction.confirmations, confirmation];
  const spread = confirmations.length === COPY_HOLDERS.length;
  return [
    { type: 'correction-confirmed', number, confirmation },
    ...(spread ? [{ type: 'correction-spread' as const, number, on: today, confirmations }] : []),
  ];
}
