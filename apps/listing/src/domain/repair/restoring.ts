import type { ListingCase, Suspended } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import { stands } from '../basis/standing.js';
import { ended, stopPublication } from '../ending/ending.js';
import type { Fact } from '../case/facts.js';
import type { Rules } from '../rules/rules.js';
import { sendDue } from '../term/publication-elsewhere.js';
import { publicationDueFrom } from '../term/time-limits.js';
import { type FoundFalse, isStay } from './entry.js';
import { barOnList, consequencesOf } from './false-application.js';
import { repairRefusals } from './refusals.js';
import { PLAN_COMPLETED } from './site-clock.js';
import { siteLawOn } from './site-law.js';
import { dueAgain } from './staying.js';

/** 重整计划不能执行: the restrictions stand again, for what is left of the term (order 36 art. 20). */
export function planFails(
  state: Suspended,
  { reasons, documentNo }: CommandOf<'plan-failure'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today, actor } = circumstances;
  if (state.stay)
    return [{ type: 'stay-goes-on', on: today, reasons: `${reasons}(${documentNo})`, by: actor }];
  const restoration = {
    on: today,
    cause: 'plan-failed' as const,
    reasons: `${reasons}(${documentNo})`,
    by: actor,
  };
  const publicationDue = dueAgain(state, rules, circumstances);
  return [{ type: 'restored', restoration, term: state.term, publicationDue }];
}

/** 执行完毕: the final repair rests on the ruling that the plan is carried out (order 36 art. 20). */
export function planCompleted(
  state: Suspended,
  { reasons, documentNo }: CommandOf<'plan-completion'>,
  rules: Rules,
  { today }: Circumstances,
): Fact[] {
  const end = ended(rules, 'early-removal', today, `${reasons}(${documentNo})`, rules.today.removal);
  const { suspension } = state;
  if (isStay(suspension)) throw new Error(`case ${state.id} is stayed, no plan lifts it`);
  const { requestId: id } = suspension;
  return [
    ...stopPublication(state, today),
    { ...end, end: { ...end.end, repair: { id, ground: PLAN_COMPLETED, askedBy: null } } },
  ];
}

/**
 * A granted repair turns out to rest on false material or a broken commitment. A person finds that; what follows
 * is the law's: by list whether the entry stands again and for how long, by order 36 what 信用中国 shows.
 *
 * @throws Refusal `listing.repair-unknown`, `listing.found-false-already`
 */
export function findFalse(
  state: ListingCase,
  command: CommandOf<'false-application'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today, actor } = circumstances;
  if (!('entry' in state) || !('term' in state)) throw new Error(`case ${state.id} is ${state.status}`);
  const granted = state.entry.granted.find(({ id }) => id === command.requestId);
  if (!granted) throw repairRefusals.refusal('listing.repair-unknown', { requestId: command.requestId });
  const before = state.entry.foundFalse.find(({ requestId }) => requestId === command.requestId);
  if (before) throw repairRefusals.refusal('listing.found-false-already', { on: before.on });
  const law = siteLawOn(rules.sites, today);
  const byList = granted.aim === 'removal' ? (rules.today.earlyRemoval?.falseMaterial ?? null) : null;
  const { restored, barredUntil, siteUntil } = consequencesOf(byList, law?.falseMaterial ?? null, {
    foundOn: today,
    termEndsOn: state.term.endsOn,
    termPeriod: state.decision.term.period,
  });
  const { requestId, cause, reasons } = command;
  const listBarredUntil = barOnList(byList, today);
  const found: FoundFalse = {
    requestId,
    on: today,
    cause,
    reasons,
    by: actor,
    barredUntil,
    listBarredUntil,
    siteUntil,
  };
  // A suspension that rested on it ends like a failed plan: the entry was never off the list.
  const rested = state.status === 'suspended' && liftedBy(state, granted.id) ? state : undefined;
  const lifted = rested && !rested.stay ? rested.term : undefined;
  // Another term only where it runs anew; one that goes on began when it began.
  const startsOn = restored?.anew ? today : state.term.startsOn;
  const term = restored ? { startsOn, endsOn: restored.termEndsOn } : lifted;
  const again = term !== undefined && state.status !== 'in-force';
  const site = state.entry.site;
  return [
    { type: 'found-false', found, restored: again, ...(again ? { termEndsOn: term.endsOn } : {}) },
    ...(again
      ? [standsAgain(state, rules, circumstances, { cause, reasons, on: today, by: actor }, term)]
      : []),
    ...(rested?.stay ? [{ type: 'stay-goes-on' as const, on: today, reasons, by: actor }] : []),
    ...(site && siteUntil ? [shownUntil(site, siteUntil)] : []),
    // What lifts the entry still has it masked there, too; its three years run meanwhile.
    ...(site && siteUntil && state.status === 'suspended' && !again
      ? [{ type: 'site-publication-masked' as const, on: today }]
      : []),
  ];
}

function liftedBy({ suspension }: Suspended, requestId: string): boolean {
  return !isStay(suspension) && suspension.requestId === requestId;
}

/**
 * Only who left the list with the principal comes back with it. Whose decision was not served yet when the principal left
 * was never on it: a decision binds when it is served (`takesEffectOn`), and a restoration serves nothing.
 */
export function standAgain(
  state: ListingCase,
  { restoration, anew, termEndsOn }: CommandOf<'stand-again'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  if (!stands(state)) return [];
  // A removal of its own rests on a request of its own.
  if (!('end' in state) || state.end.kind !== 'early-removal' || state.end.repair !== null) return [];
  if (state.inForceOn === null) return [];
  const term = anew ? { startsOn: restoration.on, endsOn: termEndsOn } : state.term;
  return [standsAgain(state, rules, circumstances, restoration, term)];
}

function standsAgain(
  state: ListingCase,
  rules: Rules,
  circumstances: Circumstances,
  restoration: Extract<Fact, { type: 'restored' }>['restoration'],
  term: Extract<Fact, { type: 'restored' }>['term'],
): Fact {
  const wasShown = 'publication' in state && state.publication.status === 'ended';
  // Shown again after another secrecy review, within the list's own time.
  const publicationDue = wasShown
    ? (sendDue(state, rules, circumstances, restoration.on) ??
      publicationDueFrom(rules, rules.list.publication?.from ?? 'decision', restoration.on))
    : null;
  return { type: 'restored', restoration, term, publicationDue };
}

/** Order 36 art. 25: that record is shown for three years, without an earlier end. */
function shownUntil(
  { rule, kind, from }: NonNullable<Extract<ListingCase, { status: 'in-force' }>['entry']['site']>,
  until: string,
): Fact {
  const site = { rule, kind, from, repairableFrom: until, endsOn: until };
  return { type: 'site-publication-started', site };
}
