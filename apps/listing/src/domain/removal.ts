import { addDays, deadline, type LocalDate, periodEnd } from '#kernel';
import type { InForce, RemovalRequest } from './case.js';
import type { Circumstances, CommandOf } from './commands.js';
import { ended, stopPublication } from './ending.js';
import type { Fact } from './facts.js';
import { listingRefusals } from './refusals.js';
import { type RemovalRules, type Rules, untilPerformed } from './rules.js';
import { limitFrom } from './time-limits.js';

/*
 * Early removal (提前移出) and removal on performance. The software tells from when it may be asked and what
 * bars it; the decision is a person's.
 */

/** Where the rule has no early removal but the entry waits for performance or for an application. */
const UPON_APPLICATION: RemovalRules = {
  wait: null,
  waitFrom: 'listing',
  accept: null,
  decide: null,
  conditions: [],
  bars: [],
  applicants: 'party',
};

/**
 * The whole procedure, waiting period included, is that of the version in force on the day of the request,
 * not of the version under which the case was decided: order 107 (2025-12-25) replaced the 15 working days of
 * order 44 for every request from then on.
 */
function procedureOf(rules: Rules): RemovalRules {
  return rules.today.earlyRemoval ?? UPON_APPLICATION;
}

/** The first day on which the party may ask. */
export function eligibleOn(state: InForce, rules: Rules, correctedOn: LocalDate): LocalDate {
  const procedure = procedureOf(rules);
  // Social organisations leave when the term is over, and only when they ask (order 60).
  if (state.decision.term.ends === 'application' && state.term.endsOn !== null)
    return addDays(state.term.endsOn, 1);
  if (procedure.wait === null || untilPerformed(rules.list, state.conductKind)) return state.inForceOn;
  return periodEnd(waitStart(state, procedure, correctedOn), procedure.wait);
}

function waitStart(state: InForce, { waitFrom }: RemovalRules, correctedOn: LocalDate): LocalDate {
  switch (waitFrom) {
    case 'decision':
      return state.decision.decidedOn;
    case 'listing':
      return state.inForceOn;
    case 'correction':
      // Order 45: six months from the correction, while listed. Who corrected before waits from the listing.
      return correctedOn > state.inForceOn ? correctedOn : state.inForceOn;
    case 'publication':
      return shownSince(state);
    default:
      return waitFrom satisfies never;
  }
}

function shownSince({ publication, listName }: InForce): LocalDate {
  switch (publication.status) {
    case 'published':
    case 'ended':
      return publication.publishedOn;
    case 'withheld':
    case 'held-back':
      return publication.on;
    case 'none':
      throw listingRefusals.refusal('listing.removal-wait-not-begun', { listName });
    default:
      return publication satisfies never;
  }
}

/**
 * @throws Refusal `listing.removal-too-early` with `eligibleOn`, `listing.removal-barred`,
 *   `listing.removal-employer-only`, `listing.commitment-missing`, `listing.date-in-future`
 */
export function requestRemoval(
  state: InForce,
  command: CommandOf<'repair-request'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const procedure = procedureOf(rules);
  if (procedure.applicants === 'employer-only' && state.subject.kind === 'natural-person') {
    throw listingRefusals.refusal('listing.removal-employer-only');
  }
  if (command.correctedOn > today) {
    throw listingRefusals.refusal('listing.date-in-future', { field: 'correctedOn', today }, 'correctedOn');
  }
  const from = eligibleOn(state, rules, command.correctedOn);
  if (today < from) throw listingRefusals.refusal('listing.removal-too-early', { eligibleOn: from });
  const bar = procedure.bars.find((code) => command.bars.includes(code));
  if (bar)
    throw listingRefusals.refusal('listing.removal-barred', { bar, barZh: rules.conditionTexts[bar] ?? bar });
  // Order 36 asks the promise of everyone who asks for repair, the list rules mostly too.
  if (!command.commitment) throw listingRefusals.refusal('listing.commitment-missing', {}, 'commitment');

  const acceptanceDue = limitFrom(rules, today, procedure.accept);
  const request: RemovalRequest = {
    id: command.requestId,
    status: 'requested',
    requestedOn: today,
    requestedBy: actor,
    correctedOn: command.correctedOn,
    statement: command.statement,
    materials: command.materials,
    rulesVersion: rules.today.version,
    decide: procedure.decide,
    removal: rules.today.removal,
    acceptanceDue,
    acceptedOn: null,
    acceptedBy: null,
    // Counted from receipt, or from the last day for acceptance: the latest that it can be.
    decisionDue: limitFrom(rules, acceptanceDue ?? today, procedure.decide),
  };
  return [{ type: 'removal-requested', request }];
}

export function acceptRemoval(
  state: InForce,
  command: CommandOf<'repair-acceptance'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const request = openRequest(state, command.requestId);
  const said = { requestId: request.id, on: today, by: actor };
  // The one-time list of what is missing; the party may ask again.
  if (!command.accepted) return [{ type: 'removal-not-accepted', ...said, reasons: command.text }];
  const counted = request.acceptanceDue !== null && request.decide !== null;
  const decisionDue = counted ? deadline(rules.calendar, today, request.decide!) : request.decisionDue;
  return [{ type: 'removal-accepted', ...said, text: command.text, decisionDue }];
}

export function decideRemoval(
  state: InForce,
  command: CommandOf<'repair-decision'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const request = openRequest(state, command.requestId);
  const said = { requestId: request.id, on: today, by: actor, reasons: command.reasons };
  if (!command.granted) return [{ type: 'removal-refused', ...said }];
  const kind = endByRequest(state, rules);
  return [
    { type: 'removal-granted', ...said },
    ...stopPublication(state, today),
    ended(rules, kind, today, command.reasons, request.removal),
  ];
}

function endByRequest(state: InForce, rules: Rules): 'performed' | 'expired' | 'early-removal' {
  if (untilPerformed(rules.list, state.conductKind)) return 'performed';
  return state.decision.term.ends === 'application' ? 'expired' : 'early-removal';
}

function openRequest(state: InForce, requestId: string): RemovalRequest {
  const request = state.removalRequest;
  if (request?.id !== requestId) {
    throw listingRefusals.refusal('listing.removal-request-unknown', { id: state.id, requestId });
  }
  return request;
}

/** What the register knows of the subject's other entries on the same list. */
export interface OtherCase {
  decidedOn: LocalDate;
  /** Revoked or corrected: it never counted. */
  undone: boolean;
}

/**
 * Bars to early removal that the register can see by itself; all others are for the person who decides.
 * `determined-twice-in-5-years` counts this entry too (order 54).
 */
export function knownBars(state: InForce, others: readonly OtherCase[], today: LocalDate): string[] {
  const standing = others.filter((other) => !other.undone);
  const since = standing.filter((other) => other.decidedOn > state.decision.decidedOn);
  const inFiveYears = [state.decision.decidedOn, ...standing.map((other) => other.decidedOn)].filter(
    (day) => periodEnd(day, { count: 5, unit: 'year' }) >= today,
  );
  return [
    ...(since.length > 0 ? ['new-arrears', 'new-tax-violation'] : []),
    ...(inFiveYears.length >= 2 ? ['determined-twice-in-5-years'] : []),
  ];
}
