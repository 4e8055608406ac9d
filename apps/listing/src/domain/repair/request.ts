import { deadline, type LocalDate, type Period, periodEnd, whereKnown } from '#kernel';
import type { InForce, ListingCase, Suspended } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import {
  earlyRemovalOf,
  leavesOnApplication,
  type RemovalRules,
  type Rules,
  untilPerformed,
} from '../rules/rules.js';
import { limitFrom } from '../term/time-limits.js';
import { type Bar, type Eligibility, eligibilityOf, type EntryDays, type Way } from './eligibility.js';
import type { RepairAim, RepairRequest } from './entry.js';
import { handIn, nothingHandedIn } from './handed-in.js';
import { repairRefusals } from './refusals.js';
import { askableOnSite } from './site-clock.js';
import { generalClocks, siteClock, siteLawOn } from './site-law.js';
import { demandPast } from '../case/days.js';

/*
 * Asking for repair: off the list early (提前移出), lifted for an approved bankruptcy plan, or 信用中国 only. The
 * software tells from when it may be asked and what bars it; the decision is a person's.
 */

/**
 * On the list, or lifted from it provisionally: neither a plan nor a stay stops the term, or what waits with it, and who is
 * lifted until somebody else has decided may ask to be off for good (decision 46).
 */
export type Standing = InForce | Suspended;

/**
 * The whole procedure, waiting period included, is that of the version in force on the day of the request,
 * not of the version under which the case was decided: order 107 (2025-12-25) replaced the 15 working days of
 * order 44 for every request from then on. Who waits for performance, cure or an application leaves by a rule of its
 * own; the seeds are checked for one.
 */
function procedureOf(
  { conductKind, listType, listName }: Standing,
  rules: Rules,
  ground: string | null,
): RemovalRules {
  const leaving = leavesOnApplication(rules.list, conductKind) ? rules.today.onApplication : undefined;
  const early = earlyRemovalOf(rules.today, conductKind);
  if (!leaving) {
    if (early) return early;
    const facts = { listType, listName, endsOn: null };
    throw repairRefusals.refusal('listing.removal-not-provided', facts);
  }
  const { conditions, conditionsOf, alternatives = [], accept, decide } = leaving;
  return {
    wait: null,
    waitFrom: 'listing',
    accept,
    decide,
    extension: null,
    conditions: [...conditions, ...(conditionsOf?.[conductKind] ?? []), ...(ground === null ? [] : [ground])],
    alternatives,
    bars: [],
    applicants: 'party',
  };
}

/** The ground that must be found, where the list leaves it to the request which of several (court list). */
function groundOf(rules: Rules, conductKind: string, named: string | null): string | null {
  const leaving = leavesOnApplication(rules.list, conductKind) ? rules.today.onApplication : undefined;
  if (!leaving?.grounds) return null;
  if (named !== null && leaving.grounds.includes(named)) return named;
  const facts = { grounds: leaving.grounds.join(', ') };
  throw repairRefusals.refusal('listing.removal-ground-needed', facts, 'ground');
}

/** The list's own days, else the general ones; a court's list is none of order 36. */
function clocksOf({ accept, decide, extension }: RemovalRules, rules: Rules, today: LocalDate) {
  if (decide !== null || rules.list.steps.riskWarning) return { accept, decide, extension };
  const general = generalClocks(siteLawOn(rules.sites, today));
  if (!general) return { accept, decide, extension };
  return {
    accept: accept ?? general.accept.period,
    decide: general.decide.period,
    extension: general.decide.extension,
  };
}

/** From when, in which ways and against which bars early removal may be asked. */
export function eligibilityFor(
  state: Standing,
  rules: Rules,
  asked: {
    correctedOn: LocalDate | null;
    bars: readonly Bar[];
    repairBars: readonly Bar[];
    ground?: string | null;
  },
  today: LocalDate,
): Eligibility {
  const against = { known: asked.bars, repair: asked.repairBars, today };
  return eligibilityOf(
    procedureOf(state, rules, asked.ground ?? null),
    daysOf(state, rules, asked.correctedOn),
    against,
  );
}

function daysOf(state: Standing, rules: Rules, correctedOn: LocalDate | null): EntryDays {
  return {
    conductKind: state.conductKind,
    decidedOn: state.decision.decidedOn,
    inForceOn: state.inForceOn,
    publishedOn: shownSince(state),
    correctedOn,
    leavesAfter: state.decision.term.ends === 'application' ? state.term.endsOn : null,
    untilPerformed: untilPerformed(rules.list, state.conductKind),
  };
}

function shownSince({ publication }: Standing): LocalDate | null {
  switch (publication.status) {
    case 'published':
    case 'ended':
      return publication.publishedOn;
    case 'withheld':
    case 'held-back':
      return publication.on;
    case 'none':
    case 'sent':
      return null;
    default:
      return publication satisfies never;
  }
}

/**
 * @throws Refusal `listing.removal-too-early` with `eligibleOn`, `listing.removal-barred`,
 *   `listing.removal-barred-until` and `listing.repair-barred-until` with the day, `listing.removal-wait-not-begun`, `listing.removal-way-unknown`, `listing.removal-employer-only`, and what
 *   every application is refused for, and `listing.removal-ground-needed` where the list has several
 */
export function requestRemoval(
  state: Standing,
  command: CommandOf<'repair-request'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today } = circumstances;
  const ground = groundOf(rules, state.conductKind, command.ground);
  const procedure = procedureOf(state, rules, ground);
  demandApplicant(procedure, state);
  checkApplication(command, today);
  const way = eligibilityFor(state, rules, { ...command, ground }, today).ways.find(
    (one) => one.way === command.way,
  );
  if (!way) throw repairRefusals.refusal('listing.removal-way-unknown', { way: command.way }, 'way');
  checkWay(way, procedure, state, rules, today);

  const { accept, decide, extension } = clocksOf(procedure, rules, today);
  const acceptanceDue = whereKnown(() => limitFrom(rules, today, accept));
  return requested('removal', command, rules, circumstances, {
    way: way.way,
    conditions: [...way.conditions],
    bars: [...way.possibleBars],
    level: way.level,
    ...(procedure.shortens ? { shortens: true } : {}),
    ground: command.ground,
    askedBy: command.askedBy,
    accept,
    decide,
    extension,
    afterVerification: rules.today.onApplication?.afterVerification ?? null,
    removal: rules.today.removal,
    ...(accept ? { fromAcceptance: true } : {}),
    acceptanceDue,
    // Counted from receipt, or from the last day for acceptance: the latest that it can be.
    decisionDue: whereKnown(() => limitFrom(rules, acceptanceDue ?? today, decide)),
  });
}

/** What the register knows against a request, as {@link eligibilityFor} takes it. */
export interface KnownAgainst {
  bars: readonly Bar[];
  repairBars: readonly Bar[];
}

/**
 * Whether removal may be asked today in any way by whoever corrected as early as one can; told before anybody asks.
 *
 * @throws Refusal as {@link requestRemoval} refuses the way that opens first
 */
export function demandRemovalOpen(
  state: Standing,
  rules: Rules,
  known: KnownAgainst,
  today: LocalDate,
): void {
  const procedure = procedureOf(state, rules, null);
  demandApplicant(procedure, state);
  const { ways } = eligibilityFor(state, rules, { ...known, correctedOn: state.inForceOn }, today);
  const [first] = [...ways].sort((a, b) => ((a.from ?? '9') < (b.from ?? '9') ? -1 : 1));
  if (first) checkWay(first, procedure, state, rules, today);
}

function demandApplicant({ applicants }: RemovalRules, { subject }: Standing): void {
  if (applicants === 'employer-only' && subject.kind === 'natural-person')
    throw repairRefusals.refusal('listing.removal-employer-only');
}

function checkWay(way: Way, { bars }: RemovalRules, state: Standing, rules: Rules, today: LocalDate): void {
  const worst = way.bars.find(({ until }) => until === null) ?? way.bars[0];
  if (worst) {
    const { code: bar, until } = worst;
    const facts = { bar, barZh: rules.conditionTexts[bar] ?? bar, ...(until === null ? {} : { until }) };
    if (until === null) throw repairRefusals.refusal('listing.removal-barred', facts);
    // A bar of the list that has a day of its own is another thing than an application that was false.
    if (bars.includes(bar)) throw repairRefusals.refusal('listing.removal-barred-until', facts);
    throw repairRefusals.refusal('listing.repair-barred-until', { bar, until });
  }
  if (way.from === null)
    throw repairRefusals.refusal('listing.removal-wait-not-begun', { listName: state.listName });
  if (today < way.from) throw repairRefusals.refusal('listing.removal-too-early', { eligibleOn: way.from });
}

/**
 * Order 36 art. 20: the enterprise or its administrator applies with the ruling that approved the plan. Nothing in
 * it lifts the listing of a natural person, and the Enterprise Bankruptcy Law approves no plan for one.
 *
 * @throws Refusal `listing.plan-lifting-enterprise-only`, and what every application is refused for
 */
export function requestSuspension(
  state: ListingCase,
  command: CommandOf<'suspension-request'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today } = circumstances;
  demandEnterprise(state);
  checkApplication(command, today);
  if (command.rulingNo.trim() === '') throw repairRefusals.refusal('listing.ruling-missing', {}, 'rulingNo');
  const clock = siteClock(siteLawOn(rules.sites, today), 'bankruptcy')!;
  return requested('suspension', command, rules, circumstances, {
    conditions: ['bankruptcy-plan-approved'],
    rulingNo: command.rulingNo,
    decide: clock.period,
    extension: clock.extension,
    decisionDue: whereKnown(() => deadline(rules.calendar, today, clock.period)),
  });
}

/** @throws Refusal `listing.plan-lifting-enterprise-only` */
export function demandEnterprise({ subject }: ListingCase): void {
  if (subject.kind === 'natural-person') throw repairRefusals.refusal('listing.plan-lifting-enterprise-only');
}

/**
 * Order 36 art. 14–16: 信用中国 stops showing an entry when its shortest period is over, the conduct is corrected
 * and a commitment is given.
 *
 * @throws Refusal `listing.site-too-early` with `eligibleOn`, `listing.repair-barred-until`
 */
export function requestSiteRepair(
  state: ListingCase,
  command: CommandOf<'site-repair-request'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today } = circumstances;
  checkApplication(command, today);
  demandSiteRepairOpen(state, command.repairBars, today);
  const law = siteLawOn(rules.sites, today);
  const [accept, decide] = [siteClock(law, 'accept'), siteClock(law, 'decide')];
  const acceptanceDue = whereKnown(() => limitFrom(rules, today, accept?.period ?? null));
  return requested('site', command, rules, circumstances, {
    conditions: [...(law?.conditions ?? [])],
    accept: accept?.period ?? null,
    decide: decide?.period ?? null,
    extension: decide?.extension ?? null,
    ...(accept ? { fromAcceptance: true } : {}),
    acceptanceDue,
    decisionDue: whereKnown(() => limitFrom(rules, acceptanceDue ?? today, decide?.period ?? null)),
  });
}

/** @throws Refusal `listing.site-too-early` with `eligibleOn`, `listing.repair-barred-until` */
export function demandSiteRepairOpen(state: ListingCase, repairBars: readonly Bar[], today: LocalDate): void {
  const site = askableOnSite(state);
  if (!site) throw new Error(`case ${state.id} is not shown on 信用中国`);
  demandNotBarred(repairBars, today);
  if (today < site.repairableFrom)
    throw repairRefusals.refusal('listing.site-too-early', { eligibleOn: site.repairableFrom });
}

/** @throws Refusal `listing.repair-barred-until`: an application that was false bars every repair for a time or for good */
export function demandNotBarred(repairBars: readonly Bar[], today: LocalDate): void {
  const bar = repairBars.find(({ until }) => until === 'for-good' || (until ?? '') >= today);
  if (!bar) return;
  throw repairRefusals.refusal('listing.repair-barred-until', { bar: bar.code, until: bar.until });
}

type Application = Pick<
  CommandOf<'repair-request'>,
  'requestId' | 'correctedOn' | 'commitment' | 'statement' | 'materials' | 'handingIn'
>;

/** Order 36 asks the promise of everyone who asks for repair, the list rules mostly too. */
function checkApplication({ correctedOn, commitment }: Application, today: LocalDate): void {
  demandPast('correctedOn', correctedOn, today);
  if (!commitment) throw repairRefusals.refusal('listing.commitment-missing', {}, 'commitment');
}

function requested(
  aim: RepairAim,
  { requestId, correctedOn, statement, materials, handingIn }: Application,
  rules: Rules,
  circumstances: Circumstances,
  asked: Partial<RepairRequest>,
): Fact[] {
  const { today, actor } = circumstances;
  // A court's list is none of order 36, but 信用中国 is.
  const law = aim === 'removal' && rules.list.steps.riskWarning ? null : siteLawOn(rules.sites, today);
  const demanded = nothingHandedIn(law, aim === 'suspension' ? 'plan' : 'repair');
  const request: RepairRequest = {
    id: requestId,
    aim,
    status: 'requested',
    requestedOn: today,
    requestedBy: actor,
    correctedOn,
    statement,
    materials,
    handedIn: handingIn ? handIn(demanded, handingIn, law, circumstances) : demanded,
    way: 'regular',
    conditions: [],
    bars: [],
    level: null,
    ground: null,
    askedBy: null,
    rulingNo: null,
    rulesVersion: rules.today.version,
    decide: null,
    extension: null,
    removal: null,
    acceptanceDue: null,
    acceptedOn: null,
    acceptedBy: null,
    verification: null,
    decisionDue: null,
    extended: null,
    ...asked,
  };
  return [{ type: 'removal-requested', request }];
}

/** What the register knows of the subject's other entries on the same list. */
export interface OtherCase {
  decidedOn: LocalDate;
  /** Revoked or corrected: it never counted. */
  undone: boolean;
}

/** 五年内: the window of the tax list's bar, which order 54 names in words. */
const FIVE_YEARS: Period = { count: 5, unit: 'year' };

/**
 * Bars to early removal that the register can see by itself; every one, these too, is for the person who verifies.
 * `determined-twice-in-5-years` counts this entry too (order 54).
 */
export function knownBars(state: Standing, others: readonly OtherCase[], today: LocalDate): Bar[] {
  const standing = others.filter((other) => !other.undone);
  const since = standing.filter((other) => other.decidedOn > state.decision.decidedOn);
  const inFiveYears = [state.decision.decidedOn, ...standing.map((other) => other.decidedOn)].filter(
    (day) => periodEnd(day, FIVE_YEARS) >= today,
  );
  const lasting = [
    ...(since.length > 0 ? ['new-arrears', 'new-tax-violation'] : []),
    ...(inFiveYears.length >= 2 ? ['determined-twice-in-5-years'] : []),
  ].map((code) => ({ code, until: null }));
  const until = bannedUntil(state);
  return until === null ? lasting : [...lasting, { code: 'statutory-measure-running', until }];
}

/**
 * The last day of a ban that the decision named beside the regular term (order 44: it runs to its own end), or to
 * which it was corrected since; null: it named none.
 */
function bannedUntil({ decision: { term: plan }, term }: Standing): LocalDate | null {
  if (plan.period === null || plan.endsOn === null) return null;
  return term.endsOn !== null && term.endsOn < plan.endsOn ? term.endsOn : plan.endsOn;
}
