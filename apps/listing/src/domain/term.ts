import { type LocalDate, type Period, periodEnd } from '#kernel';
import type { ListingCase, Term, TermPlan } from './case.js';
import type { CommandOf } from './commands.js';
import { listingRefusals } from './refusals.js';
import { conductOf, type ListRules, untilPerformed } from './rules.js';

/** Starts that no step of the case fixes: the decision must name the day. */
const OUTSIDE = new Set(['performance', 'sentence-end']);

/**
 * How long the entry will stand, settled when it is decided.
 *
 * @throws Refusal `listing.term-needed`, `listing.term-start-needed`, `listing.term-fixed`, `listing.date-too-early`
 */
export function planTerm(
  list: ListRules,
  state: Pick<ListingCase, 'conductKind' | 'listName'>,
  command: Pick<CommandOf<'decision'>, 'termStartsOn' | 'termEndsOn' | 'extraYears'>,
  decidedOn: LocalDate,
): TermPlan {
  const conduct = conductOf(list, state.conductKind);
  const startsAt = conduct?.startsAt ?? list.term.startsAt;
  const { termStartsOn: startsOn = null, termEndsOn: endsOn = null } = command;

  if (startsOn !== null && !OUTSIDE.has(startsAt)) throw fixed('termStartsOn');
  if (untilPerformed(list, state.conductKind)) {
    if (endsOn !== null) throw fixed('termEndsOn');
    if (command.extraYears) throw fixed('extraYears');
    return { startsAt, period: null, startsOn, endsOn: null, ends: 'performance' };
  }
  const regular = conduct?.term ?? list.term.period;
  const period = regular && lengthened(list, state, regular, command.extraYears);
  if (period !== null && endsOn !== null) throw fixed('termEndsOn');
  if (period === null && endsOn === null) {
    throw listingRefusals.refusal(
      'listing.term-needed',
      { listName: state.listName, listType: list.key },
      'termEndsOn',
    );
  }
  if (endsOn !== null && endsOn <= decidedOn) {
    throw listingRefusals.refusal(
      'listing.date-too-early',
      { field: 'termEndsOn', earliest: decidedOn },
      'termEndsOn',
    );
  }
  if (period !== null && OUTSIDE.has(startsAt) && startsOn === null) {
    throw listingRefusals.refusal('listing.term-start-needed', { startsAt }, 'termStartsOn');
  }
  return { startsAt, period, startsOn, endsOn, ends: list.term.endsOnApplication ? 'application' : 'term' };
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
 * publication), or where it ends only with performance.
 */
export function termOf(plan: TermPlan, days: TermDays): Term {
  if (plan.endsOn !== null) return { startsOn: days.inForceOn, endsOn: plan.endsOn };
  if (plan.ends === 'performance') return { startsOn: days.inForceOn, endsOn: null };
  const startsOn = startOf(plan, days);
  return { startsOn, endsOn: startsOn && plan.period ? periodEnd(startsOn, plan.period) : null };
}

/**
 * The last day that rule and decision give a term which began on that day: no correction goes beyond it, since a
 * longer one needs a notice and a decision of its own. null: the term has no fixed end, or has not begun.
 */
export function latestEnd(plan: TermPlan, { startsOn }: Term): LocalDate | null {
  if (plan.endsOn !== null) return plan.endsOn;
  return startsOn && plan.period ? periodEnd(startsOn, plan.period) : null;
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

export function penaltyDay({
  records,
  documents,
}: Pick<ListingCase, 'records' | 'documents'>): LocalDate | null {
  const days = [
    ...records.filter((record) => !record.withdrawn).map((record) => record.decidedOn),
    ...documents.map((document) => document.issuedOn),
  ];
  return days.sort().at(-1) ?? null;
}
