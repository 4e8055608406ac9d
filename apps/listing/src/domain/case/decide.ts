import type { Closed, Decided, Ended, InForce, ListingCase, Served, Suspended } from './case.js';
import { markOverdue } from '../term/clocks.js';
import { close } from '../ending/closure.js';
import type { Circumstances, Command } from './commands.js';
import {
  answerConsent,
  approve,
  makeDecision,
  publish,
  review,
  serve,
  takeEffect,
} from '../procedure/deciding.js';
import { correctBasis, loseBasis, reviewBasis } from '../basis/losing.js';
import { answerUrging } from '../ending/urging.js';
import { endPublication, expire, followPrincipal, revoke, withdraw } from '../ending/ending.js';
import { evolve } from './evolve.js';
import type { Fact } from './facts.js';
import { endGrace } from '../procedure/grace.js';
import { guard } from './guard.js';
import { fallSilent, giveNotice, stateDefence } from '../procedure/hearing.js';
import { LIFECYCLE, type Step } from './lifecycle.js';
import { extendDecision, holdBack, remind, startDecisionClock } from '../procedure/milder-ways.js';
import { answerPublication, recallPublication } from '../term/publication-elsewhere.js';
import { recordHearing, requestHearing, setHearing } from '../procedure/oral-hearing.js';
import {
  answerLetter,
  findPerformed,
  holdAccountable,
  interview,
  orderPerformance,
  sendLetter,
  urgeAnswer,
} from '../oversight/overseeing.js';
import {
  checkedCorrection,
  confirmCorrection,
  correctEntry,
  followName,
  settleObjection,
} from '../objection/effects.js';
import {
  acceptRepair,
  decideRepair,
  extendRepair,
  supplementRepair,
  verifyRepair,
  withdrawRepair,
} from '../repair/answer.js';
import { requestRemoval, requestSiteRepair, requestSuspension } from '../repair/request.js';
import { findFalse, planCompleted, planFails, standAgain } from '../repair/restoring.js';
import { penaltyAtEnd, penaltyAtRestoration } from '../repair/penalty-publication.js';
import { endSite, maskSite, siteAtEnd, startSite, unmaskSite } from '../repair/site-clock.js';
import { liftedAtEffect, stayEnds, stayExecution } from '../repair/staying.js';
import type { Rules } from '../rules/rules.js';
import { rejoinTerm } from '../term/term-rejoined.js';

/**
 * What follows from a command: facts, or a Refusal. Pure: no clock, no ids, no chance. A clock or an event
 * that comes for a case which has moved on brings about nothing, since it only tells what may have changed;
 * a person's command is refused instead.
 */
export function decide(
  state: ListingCase,
  command: Command,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const look = { state, rules, circumstances };
  if (isFromOutside(command) && !LIFECYCLE.some((s) => s.from === state.status && s.action === command.type))
    return [];
  const step = guard(command.type, look);
  const own = factsOf(state, command, rules, circumstances);
  const facts = withSite(state, [...own, ...liftedAtEffect(state, own)], rules, circumstances);
  checkOutcome(step, state, facts);
  return facts;
}

/**
 * 信用中国, and the publication of the penalty behind the entry, follow its publication and its end, however they came
 * about.
 */
function withSite(state: ListingCase, facts: Fact[], rules: Rules, { today }: Circumstances): Fact[] {
  const end = facts.find((fact) => fact.type === 'ended');
  if (end) {
    const { kind, endedOn, repair } = end.end;
    const onSite = siteAtEnd(state, kind, endedOn, repair?.ground);
    return [...facts, ...onSite, ...penaltyAtEnd(state, kind, endedOn, rules)];
  }
  const restored = facts.find((fact) => fact.type === 'restored');
  if (restored) {
    const { on } = restored.restoration;
    // After a false application 信用中国 has its three years, whatever was masked.
    const shownAnew = facts.some((fact) => fact.type === 'site-publication-started');
    return [...facts, ...(shownAnew ? [] : unmaskSite(state, on)), ...penaltyAtRestoration(state, on)];
  }
  const lifted = facts.find((fact) => fact.type === 'suspended');
  if (lifted) {
    const { on } = lifted.suspension;
    return [...facts, ...recallPublication(state, on, '列入已经暂时解除'), ...maskSite(state, on)];
  }
  const shown = facts.some((fact) => fact.type === 'published');
  return shown ? [...facts, ...startSite(state, rules, today)] : facts;
}

function factsOf(state: ListingCase, command: Command, rules: Rules, circumstances: Circumstances): Fact[] {
  switch (command.type) {
    case 'notice':
      return giveNotice(state, command, rules, circumstances);
    case 'defence':
      return stateDefence(command, rules, circumstances);
    case 'fall-silent':
      return fallSilent(state, circumstances);
    case 'hearing-request':
      return requestHearing(circumstances);
    case 'hearing-notice':
      return setHearing(command, rules, circumstances);
    case 'hearing-record':
      return recordHearing(state, command, circumstances);
    case 'extension':
      return extendDecision(state, command, rules, circumstances);
    case 'clock-start':
      return startDecisionClock(state, command, rules, circumstances);
    case 'reminder':
      return remind(command, circumstances);
    case 'review':
      return review(state, command, rules, circumstances);
    case 'consent':
      return answerConsent(command, circumstances);
    case 'approval':
      return approve(command, circumstances);
    case 'decision':
      return makeDecision(state, command, rules, circumstances);
    case 'service':
      return serve(state, command, rules, circumstances);
    case 'take-effect':
      return takeEffect(state, circumstances);
    case 'publication':
      return publish(listed(state), command, rules, circumstances);
    case 'publication-answer':
      return answerPublication(listed(state), command, rules, circumstances);
    case 'end-publication':
      return endPublication(state, circumstances);
    case 'hold-back':
      return holdBack(listed(state), command, circumstances);
    case 'end-grace':
      return endGrace(state, rules, circumstances);
    case 'letter':
      return sendLetter(listed(state), command, rules, circumstances);
    case 'urge-letter':
      return urgeAnswer(listed(state), command, circumstances);
    case 'letter-answer':
      return answerLetter(listed(state), command, circumstances);
    case 'order-performed':
      return findPerformed(listed(state), command, circumstances);
    case 'lifting-feedback':
      return answerUrging(over(state), command, circumstances);
    case 'accountability':
      return holdAccountable(listed(state), command, circumstances);
    case 'interview':
      return interview(command, circumstances);
    case 'performance-order':
      return orderPerformance(command, circumstances);
    case 'follow-principal':
      return followPrincipal(state, command, circumstances);
    case 'withdrawal':
      return withdraw(state, command, rules, circumstances);
    case 'revocation':
      return revoke(state, command, rules, circumstances);
    case 'expire':
      return expire(state, rules, circumstances);
    case 'repair-request':
      return requestRemoval(standing(state), command, rules, circumstances);
    case 'suspension-request':
      return requestSuspension(state, command, rules, circumstances);
    case 'site-repair-request':
      return requestSiteRepair(state, command, rules, circumstances);
    case 'repair-supplement':
      return supplementRepair(state, command, rules, circumstances);
    case 'repair-acceptance':
      return acceptRepair(state, command, rules, circumstances);
    case 'repair-verification':
      return verifyRepair(state, command, rules, circumstances);
    case 'repair-extension':
      return extendRepair(state, command, rules, circumstances);
    case 'repair-withdrawal':
      return withdrawRepair(state, command, circumstances);
    case 'repair-decision':
      return decideRepair(state, command, rules, circumstances);
    case 'plan-failure':
      return planFails(suspended(state), command, rules, circumstances);
    case 'stay':
      return stayExecution(stayable(state), command, rules, circumstances);
    case 'stay-end':
      return stayEnds(stayable(state), command, rules, circumstances);
    case 'plan-completion':
      return planCompleted(suspended(state), command, rules, circumstances);
    case 'false-application':
      return findFalse(state, command, rules, circumstances);
    case 'stand-again':
      return standAgain(state, command, rules, circumstances);
    case 'end-site-publication':
      return endSite(state, circumstances.today);
    case 'mark-objection':
      return [{ type: 'objection-marked', mark: command.mark }];
    case 'tell-material': {
      const { objectionId, about, text } = command;
      const { today: on, actor: by } = circumstances;
      return [{ type: 'material-named', objectionId, about, text, on, by }];
    }
    case 'settle-objection':
      return settleObjection(state, command, rules, circumstances);
    case 'correction':
      return correctEntry(
        state,
        { ...command, corrected: checkedCorrection(command.corrected, rules, state, circumstances.today) },
        rules,
        circumstances,
      );
    case 'follow-name':
      return followName(state, command, rules, circumstances);
    case 'confirm-correction':
      return confirmCorrection(state, command, circumstances);
    case 'basis-review':
      return reviewBasis(state, command, rules, circumstances);
    case 'mark-overdue':
      return markOverdue(state, command, circumstances.today);
    case 'correct-basis':
      return correctBasis(state, command, rules, circumstances);
    case 'lose-basis':
      return loseBasis(state, command, rules, circumstances);
    case 'rejoin-term':
      return rejoinTerm(state, command, rules, circumstances);
    case 'close':
      return close(command, circumstances);
    default:
      return command satisfies never;
  }
}

/** The rows of the table allow these only for a case in force. */
function listed(state: ListingCase): InForce {
  if (state.status !== 'in-force') throw new Error(`case ${state.id} is ${state.status}, not in force`);
  return state;
}

/** On the list, or lifted from it provisionally. */
function standing(state: ListingCase): InForce | Suspended {
  return state.status === 'suspended' ? state : listed(state);
}

function over(state: ListingCase): Ended | Closed {
  if (!('end' in state)) throw new Error(`case ${state.id} is ${state.status}, not over`);
  return state;
}

function suspended(state: ListingCase): Suspended {
  if (state.status !== 'suspended') throw new Error(`case ${state.id} is ${state.status}, not lifted`);
  return state;
}

function stayable(state: ListingCase): Decided | Served | InForce | Suspended {
  if (state.status === 'decided' || state.status === 'served') return state;
  return standing(state);
}

const FROM_OUTSIDE: ReadonlySet<Command['type']> = new Set([
  'fall-silent',
  'take-effect',
  'end-grace',
  'end-publication',
  'follow-principal',
  'expire',
  'mark-overdue',
  'urge-letter',
  'correct-basis',
  'lose-basis',
  'close',
  'stand-again',
  'end-site-publication',
  'mark-objection',
  'settle-objection',
  'tell-material',
  'confirm-correction',
  'follow-name',
  'rejoin-term',
]);

function isFromOutside(command: Command): boolean {
  return FROM_OUTSIDE.has(command.type);
}

/** The table is not only a guard: an outcome that it does not name is a fault of the program. */
function checkOutcome(step: Step, state: ListingCase, facts: readonly Fact[]): void {
  if (facts.length === 0) return;
  const next = facts.reduce<ListingCase>(evolve, state);
  if (!step.to.includes(next.status)) {
    throw new Error(
      `${step.action} brought a ${step.from} case to ${next.status}, the table says ${step.to.join(' or ')}`,
    );
  }
}
