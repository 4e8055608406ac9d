import { deadline, type LocalDate, whereKnown } from '#kernel';
import type { Closed, Ended, InForce, ListingCase, Suspended } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import { ended, stopPublication } from '../ending/ending.js';
import type { Fact } from '../case/facts.js';
import { type Rules, untilPerformed } from '../rules/rules.js';
import { correctionOf } from '../objection/effects.js';
import { removalDueFrom } from '../term/time-limits.js';
import { conditionsInWords } from './condition-words.js';
import type { RepairRequest } from './entry.js';
import { checkComplete, handIn, nothingHandedIn } from './handed-in.js';
import { repairRefusals } from './refusals.js';
import { demandNotBarred, demandSiteRepairOpen } from './request.js';
import { ordinanceClock, siteLawOn } from './site-law.js';

/** The statuses in which a request for repair can wait for an answer. */
export type WithRequest = InForce | Suspended | Ended | Closed;

/**
 * 补正: the party hands in what is missing, until the request is answered; a handler what came on paper.
 *
 * @throws Refusal `repair.*` of what is handed in
 */
export function supplementRepair(
  state: ListingCase,
  { requestId, handingIn }: CommandOf<'repair-supplement'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { handedIn: before = nothingHandedIn(null, 'repair') } = openRequest(state, requestId);
  const { today, actor } = circumstances;
  const handedIn = handIn(before, handingIn, siteLawOn(rules.sites, today), circumstances);
  return [{ type: 'removal-supplemented', requestId, handedIn, on: today, by: actor }];
}

/** @throws Refusal `repair.materials-missing` where it is accepted although nothing lies behind what the rule asks for */
export function acceptRepair(
  state: ListingCase,
  command: CommandOf<'repair-acceptance'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const request = openRequest(state, command.requestId);
  const said = { requestId: request.id, on: today, by: actor };
  // The one-time list of what is missing; the party may ask again.
  if (!command.accepted) return [{ type: 'removal-not-accepted', ...said, reasons: command.text }];
  checkComplete(request.handedIn);
  const decisionDue = dueOnceAccepted(request, rules, today);
  return [{ type: 'removal-accepted', ...said, text: command.text, decisionDue }];
}

/**
 * Counted from the acceptance where the rule counts from it. From receipt it is known since then, unless the calendar of
 * that year was not loaded: then it is counted now.
 */
function dueOnceAccepted(
  { fromAcceptance, acceptanceDue, decisionDue, decide, requestedOn }: RepairRequest,
  { calendar }: Rules,
  today: LocalDate,
): LocalDate | null {
  if (decide === null) return decisionDue;
  if (fromAcceptance ?? acceptanceDue !== null) return deadline(calendar, today, decide);
  return decisionDue ?? whereKnown(() => deadline(calendar, requestedOn, decide));
}

/**
 * 核实: every condition of the way is found met or not, and every bar to hold or not: whether a criminal case is
 * pending is in no register, so a person says it. Whoever decides reads it; it decides nothing by itself.
 *
 * @throws Refusal `listing.verification-incomplete` with the conditions that are missing,
 *   `listing.verification-bars-missing` with the bars
 */
export function verifyRepair(
  state: ListingCase,
  { requestId, text, conditions, bars }: CommandOf<'repair-verification'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const request = openRequest(state, requestId);
  const named = new Set(conditions.map(({ code }) => code));
  const missing = request.conditions.filter((code) => !named.has(code));
  if (missing.length > 0) {
    const facts = { conditions: missing.join(', '), conditionsZh: conditionsInWords(missing, rules) };
    throw repairRefusals.refusal('listing.verification-incomplete', facts, 'conditions');
  }
  const found = new Set(bars.map(({ code }) => code));
  const open = (request.bars ?? []).filter((code) => !found.has(code));
  if (open.length > 0) {
    const facts = { bars: open.join(', '), barsZh: conditionsInWords(open, rules) };
    throw repairRefusals.refusal('listing.verification-bars-missing', facts, 'bars');
  }
  const verification = { text, conditions, bars, on: today, by: actor };
  const verified: Fact = { type: 'removal-verified', requestId, verification };
  // Where the list counts from the verification; found again later, the days do not begin anew.
  if (!request.afterVerification || request.verification) return [verified];
  const own = deadline(rules.calendar, today, request.afterVerification);
  const { decisionDue } = request;
  return [{ ...verified, decisionDue: decisionDue !== null && decisionDue < own ? decisionDue : own }];
}

/** Once, before the day has passed, as long as the rule says for a complex case (order 36 art. 16, order 107). */
export function extendRepair(
  state: ListingCase,
  { requestId, reasons }: CommandOf<'repair-extension'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const { decisionDue, extension } = openRequest(state, requestId);
  if (decisionDue === null || extension === null)
    throw repairRefusals.refusal('listing.repair-not-extensible');
  if (today > decisionDue) throw repairRefusals.refusal('listing.repair-extension-late', { decisionDue });
  const until = deadline(rules.calendar, decisionDue, extension);
  return [{ type: 'removal-extended', requestId, decisionDue: until, reasons, by: actor }];
}

export function withdrawRepair(
  state: ListingCase,
  { requestId }: CommandOf<'repair-withdrawal'>,
  { today, actor }: Circumstances,
): Fact[] {
  openRequest(state, requestId);
  return [{ type: 'removal-withdrawn', requestId, on: today, by: actor }];
}

/** A person decides; what follows from a grant depends on what was asked. */
export function decideRepair(
  state: ListingCase,
  command: CommandOf<'repair-decision'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const request = openRequest(state, command.requestId);
  const { reasons } = command;
  const said = { requestId: request.id, on: today, by: actor, reasons };
  if (!command.granted) return [{ type: 'removal-refused', ...said }];
  checkVerified(request, rules);
  demandStillOpen(state, request, today);
  const granted: Fact = { type: 'removal-granted', ...said };
  switch (request.aim) {
    case 'removal':
      if (request.shortens) return [granted, ...shortensTerm(state, command, rules, { today, actor })];
      if (command.termEndsOn !== undefined)
        throw repairRefusals.refusal('listing.shortening-not-asked', {}, 'termEndsOn');
      return [granted, ...leavesList(state, request, rules, { reasons, today })];
    case 'suspension': {
      const { id: requestId, rulingNo } = request;
      const suspension = { requestId, on: today, rulingNo: rulingNo!, reasons, by: actor };
      const besides = state.status === 'suspended';
      return [granted, { type: besides ? 'plan-besides' : 'suspended', suspension }];
    }
    case 'site':
      return [granted, { type: 'site-publication-ended', on: today, how: 'repaired' }];
    default:
      return request.aim satisfies never;
  }
}

/**
 * What came up after it was asked: another application for this entry that is found false bars every repair of it, and
 * 信用中国 shows it three years from then (order 36 art. 25). A plan that lifts it is the court's, and nothing bars it.
 *
 * @throws Refusal `listing.repair-barred-until`, `listing.site-too-early`
 */
function demandStillOpen(state: ListingCase, { aim }: RepairRequest, today: LocalDate): void {
  if (aim === 'suspension' || !('entry' in state)) return;
  const bars = state.entry.foundFalse.map(({ barredUntil: until }) => ({ code: 'false-application', until }));
  demandNotBarred(bars, today);
  if (aim === 'site') demandSiteRepairOpen(state, [], today);
}

/**
 * A grant rests on the verification: a condition that was found unmet is in its way, a bar that was found to hold,
 * and none having been checked.
 */
function checkVerified({ verification, conditions, bars = [] }: RepairRequest, rules: Rules): void {
  if (verification === null) throw repairRefusals.refusal('listing.repair-not-verified');
  const unmet = verification.conditions.filter(({ code, met }) => !met && conditions.includes(code));
  if (unmet.length > 0) {
    const codes = unmet.map(({ code }) => code);
    const facts = { conditions: codes.join(', '), conditionsZh: conditionsInWords(codes, rules) };
    throw repairRefusals.refusal('listing.repair-condition-unmet', facts);
  }
  const standing = (verification.bars ?? []).filter(({ code, found }) => found && bars.includes(code));
  if (standing.length > 0) {
    const codes = standing.map(({ code }) => code);
    const facts = { bars: codes.join(', '), barsZh: conditionsInWords(codes, rules) };
    throw repairRefusals.refusal('listing.repair-bar-found', facts);
  }
}

/**
 * 减期处理 (科学技术活动违规行为调查处理规定 art. 42): whoever decided may shorten the term of who made a major
 * contribution, has corrected, and has completed the rectification. To which day is for the decision; the entry stays
 * until then, and every copy follows.
 *
 * @throws Refusal `listing.shortened-term`
 */
function shortensTerm(
  state: ListingCase,
  { requestId, reasons, termEndsOn: to }: CommandOf<'repair-decision'>,
  rules: Rules,
  { today, actor }: Pick<Circumstances, 'today' | 'actor'>,
): Fact[] {
  if (state.status !== 'in-force' && state.status !== 'suspended')
    throw new Error(`case ${state.id} is ${state.status}, not in force`);
  const { endsOn: from } = state.term;
  if (to === undefined || to < today || (from !== null && to >= from)) {
    const facts = { earliest: today, before: from ?? '—' };
    throw repairRefusals.refusal('listing.shortened-term', facts, 'termEndsOn');
  }
  const confirmBy = removalDueFrom(rules, today, ordinanceClock(rules.ordinance, 'propagation'));
  const changes = [{ field: 'termEndsOn' as const, from, to }];
  const correction = correctionOf(state, { changes, reasons, confirmBy }, { today, actor });
  return [
    { type: 'term-shortened', requestId, endsOn: to },
    { type: 'corrected', correction, termEndsOn: to },
  ];
}

function leavesList(
  state: ListingCase,
  { id, ground, askedBy, removal }: RepairRequest,
  rules: Rules,
  { reasons, today }: { reasons: string; today: LocalDate },
): Fact[] {
  if (state.status !== 'in-force' && state.status !== 'suspended')
    throw new Error(`case ${state.id} is ${state.status}, not in force`);
  const end = ended(rules, endByRequest(state, rules), today, reasons, removal);
  const off: Fact = { ...end, end: { ...end.end, repair: { id, ground, askedBy } } };
  return [...stopPublication(state, today), off];
}

function endByRequest(state: InForce | Suspended, rules: Rules): 'performed' | 'expired' | 'early-removal' {
  if (untilPerformed(rules.list, state.conductKind)) return 'performed';
  return state.decision.term.ends === 'application' ? 'expired' : 'early-removal';
}

/** @throws Refusal `listing.removal-request-unknown` */
export function openRequest(state: ListingCase, requestId: string): RepairRequest {
  const request = 'removalRequest' in state ? state.removalRequest : null;
  if (request?.id !== requestId) {
    throw repairRefusals.refusal('listing.removal-request-unknown', { id: state.id, requestId });
  }
  return request;
}
