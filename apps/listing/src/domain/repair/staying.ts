import type { LocalDate } from '#kernel';
import type { Decided, InForce, ListingCase, Served, Suspended } from '../case/case.js';
import { demandNotBefore, demandPast } from '../case/days.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import { isPublic, type Rules } from '../rules/rules.js';
import { sendDue } from '../term/publication-elsewhere.js';
import { publicationDueFrom } from '../term/time-limits.js';
import { isStay, type Stay, type StayedIn } from './entry.js';
import { repairRefusals } from './refusals.js';

/*
 * 停止执行: a review body or a court that examines the decision may stop its execution (行政复议法 art. 42, 行政诉讼法
 * art. 56). The decision stands, and is not carried out: no publication, no discipline. What the body orders is entered
 * here, and is nothing to be weighed. Neither law says what becomes of the term of a listing: it runs on (decision 41).
 */

/** A decision that can be stayed, or is. */
type Stayable = Decided | Served | InForce | Suspended;

/**
 * @throws Refusal `listing.stay-not-provided` where no law in force knows the stay, `listing.date-in-future`,
 *   `listing.date-too-early` of an order before the decision
 */
export function stayExecution(
  state: Stayable,
  { in: during, body, orderNo, orderedOn, reasons }: CommandOf<'stay'>,
  { procedure }: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const law = procedure[STAYS[during]];
  if (!law) throw repairRefusals.refusal('listing.stay-not-provided', {}, 'in');
  demandPast('orderedOn', orderedOn, today);
  demandNotBefore('orderedOn', orderedOn, state.decision.decidedOn);
  const { basis = [] } = law;
  const stay: Stay = { in: during, body, orderNo, orderedOn, reasons, basis, on: today, by: actor };
  return [state.status === 'in-force' ? { type: 'suspended', suspension: stay } : { type: 'stayed', stay }];
}

/**
 * The stay is over and the decision stands: it is carried out again, for what is left of its term. One that is annulled
 * is revoked instead.
 *
 * @throws Refusal `listing.date-in-future`, `listing.date-too-early` of a day before the order
 */
export function stayEnds(
  state: Stayable,
  { why, documentNo, endedOn, reasons: text }: CommandOf<'stay-end'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today: on, actor: by } = circumstances;
  demandPast('endedOn', endedOn, on);
  demandNotBefore('endedOn', endedOn, stayOf(state)!.orderedOn);
  const reasons = `${text}(${documentNo})`;
  const publicationDue = dueAgain(state, rules, circumstances);
  const liftedByIt = state.status === 'suspended' && isStay(state.suspension);
  if (!liftedByIt) return [{ type: 'stay-ended', on, why, reasons, by, publicationDue }];
  const restoration = { on, cause: 'stay-ended' as const, reasons, by };
  return [{ type: 'restored', restoration, term: state.term, publicationDue }];
}

/** What takes effect while its execution is stopped is lifted from the same instant. */
export function liftedAtEffect(state: ListingCase, facts: readonly Fact[]): Fact[] {
  const effect = facts.find((fact) => fact.type === 'took-effect');
  const stay = stayOf(state);
  return effect && stay ? [{ type: 'suspended', suspension: { ...stay, on: effect.inForceOn } }] : [];
}

/** The stay of a decision, also of one that has not taken effect; null where its execution is not stopped. */
export function stayOf(state: ListingCase): Stay | null {
  if (state.status === 'suspended' && isStay(state.suspension)) return state.suspension;
  return ('stay' in state && state.stay) || null;
}

/** By when an entry that was not shown yet must be, counted anew: nobody could publish it while it was lifted. */
export function dueAgain(
  {
    publication,
    service,
    conductKind,
    subject,
  }: Pick<Stayable, 'publication' | 'conductKind' | 'subject'> & {
    service?: { servedOn: LocalDate } | null;
  },
  rules: Rules,
  circumstances: Circumstances,
): LocalDate | null {
  if (publication.status !== 'none' || !isPublic(rules.list, conductKind)) return null;
  const { today } = circumstances;
  const from = rules.list.publication?.from ?? 'decision';
  if (from === 'decision')
    return sendDue({ subject }, rules, circumstances, today) ?? publicationDueFrom(rules, from, today);
  if (!service) return null;
  return publicationDueFrom(rules, from, service.servedOn > today ? service.servedOn : today);
}

const STAYS: Readonly<Record<StayedIn, 'stay-in-review' | 'stay-in-suit'>> = {
  'administrative-review': 'stay-in-review',
  suit: 'stay-in-suit',
};
