import { addDays, type LocalDate, type Period, periodEnd } from '#kernel';
import type { ListingCase, Term, TermPlan } from '../case/case.js';
import type { CommandOf } from '../case/commands.js';
import { listingRefusals } from '../case/refusals.js';
import { conductOf, type ListRules, type TermStart, untilPerformed } from '../rules/rules.js';
import { TERM_START_ZH } from './names.js';
import { type RunningTerm, termAfter } from './term-after.js';
import { refuseOutsideBand } from './term-bands.js';
import { demandAfter } from '../case/days.js';

/** Starts that no step of the case fixes: the decision must name the day. */
const OUTSIDE = new Set(['performance', 'sentence-end']);

/** What a case says of its term before it is decided. */
type Undecided = Pick<ListingCase, 'conductKind' | 'listName' | 'subject' | 'file' | 'records' | 'documents'>;

type Setting = Pick<
  CommandOf<'decision'>,
  'termStartsOn' | 'termEndsOn' | 'termMonths' | 'permanent' | 'gravity' | 'extraYears'
>;

/**
 * How long the entry will stand, settled when it is decided.
 *
 * @param earlier the subject's other terms on this list, where they count (`cumulative`)
 * @throws Refusal `listing.term-needed`, `listing.term-start-needed`, `listing.term-fixed`, `listing.date-too-early`,
 *   `listing.term-twice`, `listing.ban-not-longer`, `listing.gravity-needed`, `listing.term-outside-band`,
 *   `listing.term-not-among`, `listing.ban-end-needed`, `listing.ban-outside-law`
 */
export function planTerm(
  list: ListRules,
  state: Undecided,
  command: Setting,
  decidedOn: LocalDate,
  earlier: readonly RunningTerm[] = [],
): TermPlan {
  const conduct = conductOf(list, state.conductKind);
  const startsAt = conduct?.startsAt ?? list.term.startsAt;
  const { termStartsOn: startsOn = null, termEndsOn: endsOn = null } = command;

  if (startsOn !== null && !OUTSIDE.has(startsAt)) throw fixed('termStartsOn');
  if (list.term.ownEnd?.kinds.includes(state.conductKind))
    return untilBanEnds(list.term.ownEnd, state, command, { startsAt, decidedOn });
  const regular = conduct?.term ?? list.term.period;
  const left = regular === null && !untilPerformed(list, state.conductKind);
  if (left) return setByDecision(list, state, command, startsAt, decidedOn);

  for (const field of ['termMonths', 'permanent', 'gravity'] as const)
    if (command[field] !== undefined) throw fixed(field);
  if (untilPerformed(list, state.conductKind) || regular === null) {
    if (endsOn !== null) throw fixed('termEndsOn');
    if (command.extraYears) throw fixed('extraYears');
    return { startsAt, period: null, startsOn, endsOn: null, ends: 'performance' };
  }
  const period = lengthened(list, state, regular, command.extraYears);
  if (endsOn !== null) refuseNoLongerBan(list, endsOn, periodEnd(decidedOn, period));
  if (OUTSIDE.has(startsAt) && startsOn === null) {
    throw startNeeded(startsAt);
  }
  const after = list.term.cumulative && termAfter(list.term.cumulative, earlier, decidedOn);
  const ends = list.term.endsOnApplication ? 'application' : 'term';
  const before = list.term.cumulative ? earlier.flatMap(({ caseId }) => caseId ?? []) : [];
  return {
    startsAt,
    period,
    startsOn,
    endsOn,
    ends,
    ...(after ? { after } : {}),
    ...(before.length > 0 ? { earlier: before } : {}),
  };
}

/** The rule leaves the term to the decision: as a length, as a last day, or for good where the rule knows that. */
function setByDecision(
  list: ListRules,
  state: Undecided,
  command: Setting,
  startsAt: TermPlan['startsAt'],
  decidedOn: LocalDate,
): TermPlan {
  const { termStartsOn: startsOn = null, termEndsOn: endsOn = null, termMonths, permanent } = command;
  if (command.extraYears) throw fixed('extraYears');
  const given = [endsOn !== null, termMonths !== undefined, permanent === true].filter(Boolean).length;
  const names = { listName: state.listName, listType: list.key };
  if (given === 0) throw listingRefusals.refusal('listing.term-needed', names, 'termMonths');
  if (given > 1) throw listingRefusals.refusal('listing.term-twice', names, 'termMonths');
  if (endsOn !== null) demandAfter('termEndsOn', endsOn, decidedOn);
  const period = termMonths === undefined ? null : inYears(termMonths);
  if (period !== null && OUTSIDE.has(startsAt) && startsOn === null) {
    throw startNeeded(startsAt);
  }
  refuseOutsideBand(list, state, command, { decidedOn, endsOn, period });
  refuseOtherChoice(list, { decidedOn, endsOn, period });
  return { startsAt, period, startsOn, endsOn, ends: permanent ? 'never' : 'term' };
}

/** 一年或者三年: the decision takes one of the terms that the rule names, and no other. */
function refuseOtherChoice(
  { term: { choices } }: ListRules,
  set: { decidedOn: LocalDate; endsOn: LocalDate | null; period: Period | null },
): void {
  const lastDay = set.endsOn ?? (set.period && periodEnd(set.decidedOn, set.period));
  if (!choices || choices.some((choice) => periodEnd(set.decidedOn, choice) === lastDay)) return;
  const months = choices.map(({ count, unit }) => (unit === 'year' ? count * 12 : count));
  throw listingRefusals.refusal('listing.term-not-among', { months: months.join(', ') }, 'termMonths');
}

/**
 * 财办库〔2014〕526号: the record is deleted when the ban of the penalty is over, so that day is named, and no other term.
 * The ban begins with the penalty or with its service, which both lie between its day and that of this decision; one
 * that counts its first day ends a day sooner.
 */
function untilBanEnds(
  { min, max }: NonNullable<ListRules['term']['ownEnd']>,
  state: Undecided,
  command: Setting,
  { startsAt, decidedOn }: { startsAt: TermPlan['startsAt']; decidedOn: LocalDate },
): TermPlan {
  for (const field of ['termMonths', 'permanent', 'gravity'] as const)
    if (command[field] !== undefined) throw fixed(field);
  if (command.extraYears) throw fixed('extraYears');
  const { termEndsOn: endsOn } = command;
  if (endsOn === undefined) {
    const { listName } = state;
    throw listingRefusals.refusal('listing.ban-end-needed', { listName }, 'termEndsOn');
  }
  demandAfter('termEndsOn', endsOn, decidedOn);
  const [penaltyOn = decidedOn] = penaltyDays(state);
  const earliest = addDays(periodEnd(penaltyOn, min), -1);
  const latest = periodEnd(decidedOn, max);
  if (endsOn < earliest || endsOn > latest)
    throw listingRefusals.refusal('listing.ban-outside-law', { earliest, latest }, 'termEndsOn');
  return { startsAt, period: null, startsOn: null, endsOn, ends: 'term' };
}

/** Months and years end on the same day; whole years are said as such. */
function inYears(months: number): Period {
  return months % 12 === 0 ? { count: months / 12, unit: 'year' } : { count: months, unit: 'month' };
}

/** Order 44: a ban on business or occupation that lasts longer than the regular term runs to its own end. */
function refuseNoLongerBan(list: ListRules, endsOn: LocalDate, regularEnd: LocalDate): void {
  if (!list.term.longerBans) throw fixed('termEndsOn');
  if (endsOn <= regularEnd)
    throw listingRefusals.refusal('listing.ban-not-longer', { regularEnd }, 'termEndsOn');
}

/** 法释〔2017〕7号 art. 2: one to three years more for violence or several kinds of conduct. */
function lengthened(
  list: ListRules,
  { conductKind, listName }: Pick<ListingCase, 'conductKind' | 'listName'>,
  regular: Period,
  extraYears = 0,
): Period {
  if (extraYears === 0) return regular;
  const { extra } = list.term;
  if (!extra?.kinds.includes(conductKind) || regular.unit !== 'year') {
    throw listingRefusals.refusal(
      'listing.term-not-extensible',
      { listName, listType: list.key },
      'extraYears',
    );
  }
  const [min, max] = [extra.min.count, extra.max.count];
  if (extraYears < min || extraYears > max) {
    throw listingRefusals.refusal('listing.term-extra', { min, max }, 'extraYears');
  }
  return { count: regular.count + extraYears, unit: 'year' };
}

function startNeeded(startsAt: TermStart): Error {
  const facts = { startsAt, startsAtZh: TERM_START_ZH[startsAt] };
  return listingRefusals.refusal('listing.term-start-needed', facts, 'termStartsOn');
}

function fixed(field: string): Error {
  return listingRefusals.refusal('listing.term-fixed', { field }, field);
}

/** The days that are known of a case when its term is worked out. */
export interface TermDays {
  decidedOn: LocalDate;
  servedOn: LocalDate | null;
  inForceOn: LocalDate;
  publishedOn: LocalDate | null;
  /** Of the record on which the case rests; of several, the latest. */
  penaltyOn: LocalDate | null;
}

/**
 * The term as dates. Without `endsOn` as long as the day from which it runs has not come (a term from
 * publication), or where it ends only with performance, or never.
 */
export function termOf(plan: TermPlan, days: TermDays): Term {
  if (plan.ends === 'performance') return { startsOn: days.inForceOn, endsOn: null };
  if (plan.ends === 'never') return { startsOn: startOf(plan, days), endsOn: null };
  if (plan.endsOn !== null && plan.period === null) return { startsOn: days.inForceOn, endsOn: plan.endsOn };
  const startsOn = startOf(plan, days);
  if (startsOn === null || plan.period === null) return { startsOn, endsOn: null };
  // Within an earlier term of the same subject the new one begins where that ends (terms add up).
  const joins = plan.after && startsOn <= plan.after.endsOn ? plan.after.endsOn : startsOn;
  return { startsOn: joins, endsOn: latestEnd(plan, { startsOn: joins }) };
}

/**
 * The last day that rule and decision give a term which began on that day: no correction goes beyond it, since a
 * longer one needs a notice and a decision of its own. null: the term has no fixed end, or has not begun.
 */
export function latestEnd(plan: TermPlan, { startsOn }: Pick<Term, 'startsOn'>): LocalDate | null {
  if (plan.period === null) return plan.endsOn;
  if (startsOn === null) return null;
  const regular = periodEnd(startsOn, plan.period);
  // Beside a regular term a longer ban; in a row with an earlier term at most what the law lets follow each other.
  if (plan.endsOn !== null && plan.endsOn > regular) return plan.endsOn;
  const inRow = plan.after?.endsOn === startsOn ? plan.after.noLaterThan : null;
  return inRow !== null && inRow < regular ? inRow : regular;
}

function startOf(plan: TermPlan, days: TermDays): LocalDate | null {
  switch (plan.startsAt) {
    case 'decision':
      return days.decidedOn;
    case 'listing':
      return days.inForceOn;
    case 'service':
      return days.servedOn;
    case 'publication':
      return days.publishedOn;
    case 'penalty':
      return days.penaltyOn;
    case 'performance':
    case 'sentence-end':
      return plan.startsOn;
    default:
      return plan.startsAt satisfies never;
  }
}

/** The term of another case of the subject, also where it is decided and not served yet; null without dates. */
export function runningTermOf(state: ListingCase): RunningTerm | null {
  if (!('decision' in state)) return null;
  const { decidedOn, term: plan } = state.decision;
  const days = {
    decidedOn,
    servedOn: null,
    inForceOn: decidedOn,
    publishedOn: null,
    penaltyOn: penaltyDay(state),
  };
  const { startsOn, endsOn } = 'term' in state ? state.term : termOf(plan, days);
  if (startsOn === null || endsOn === null) return null;
  // Whoever was removed early is not found again “while listed” from then on (order 116 art. 10).
  const over = 'end' in state && state.end.endedOn < endsOn ? state.end.endedOn : endsOn;
  return { caseId: state.id, startsOn, endsOn: over };
}

/** Of several penalties the latest. */
export function penaltyDay(basis: Pick<ListingCase, 'records' | 'documents'>): LocalDate | null {
  return penaltyDays(basis).at(-1) ?? null;
}

/** The days of what the case rests on, the earliest first. */
function penaltyDays({ records, documents }: Pick<ListingCase, 'records' | 'documents'>): LocalDate[] {
  const days = [
    ...records.filter((record) => !record.withdrawn).map((record) => record.decidedOn),
    ...documents.map((document) => document.issuedOn),
  ];
  return days.sort();
}
