import {
  compareDates,
  deadline,
  type LocalDate,
  type Period,
  periodEnd,
  type WorkingCalendar,
} from '#kernel';
import { type Act, refusalOf, stepOf } from './lifecycle.js';
import { disciplineRefusals } from './refusals.js';
import type { OwnTerm } from './rule.js';

export interface AppliedAnswer {
  result: 'applied';
  on: LocalDate;
  note: string;
  /** numbers of the documents that show it */
  evidence: readonly string[];
}

export interface NotAppliedAnswer {
  result: 'not-applied';
  on: LocalDate;
  reason: string;
  note: string;
  /** the decision on which the ban rests instead of on the listing */
  ownGround?: OwnGround;
}

/** A ban that the law or a penalty decision imposes by itself. */
export interface OwnGround {
  documentNo: string;
  decidedOn: LocalDate;
  /** last day by the law's own term; null = for life */
  until: LocalDate | null;
  /** the day from which it was found to have ended before that, its decision being taken back */
  endedOn?: LocalDate;
}

/** `end`: how the listing ended, or `own-term` where the measure's own legal term was over before it. */
export interface LiftOrder {
  end: string;
  orderedOn: LocalDate;
}

/** How far the department has come with it beside its answer; each day exists from the act that sets it. */
export interface Handling {
  receivedOn: LocalDate | null;
  /** the look into the own business: whether the subject was found there at all */
  check: { on: LocalDate; hit: boolean; note: string } | null;
  /** the officer who was named; null = whoever of the department */
  assignee: Officer | null;
  /** the day for the answer that passed without one; an answer after it is late */
  missed: LocalDate | null;
  /** to whom it was escalated last */
  escalated: { to: string; on: LocalDate } | null;
}

/** A login of the executing department. */
export interface Officer {
  id: string;
  name: string;
}

/** One shape per status; a day exists only from the status that creates it. */
export type ActionState = { handling: Handling } & (
  | { status: 'ordered' | 'received' | 'checked'; answerDue: LocalDate; overdue: boolean }
  | { status: 'applied'; answer: AppliedAnswer }
  | { status: 'not-applied'; answer: NotAppliedAnswer }
  | {
      status: 'lift-ordered';
      answer: AppliedAnswer | null;
      lift: LiftOrder;
      liftDue: LocalDate;
      overdue: boolean;
    }
  | {
      status: 'lifted';
      answer: AppliedAnswer | NotAppliedAnswer | null;
      lift: LiftOrder;
      lifted: { how: 'confirmed' | 'never-applied'; on: LocalDate; note: string };
    }
);

/** The department still owes its answer. */
export type Owing = Extract<ActionState, { answerDue: LocalDate }>;

export interface AnswerGiven {
  result: 'applied' | 'not-applied';
  on: LocalDate;
  reason?: string;
  note: string;
  evidence?: readonly string[];
  ownGround?: { documentNo: string; decidedOn: LocalDate };
}

export type Command =
  | { type: 'receive' }
  | { type: 'check'; on: LocalDate; hit: boolean; note: string }
  | { type: 'assign'; to: Officer }
  | ({ type: 'answer' } & AnswerGiven)
  | ({ type: 'correct-answer'; why: string } & AnswerGiven)
  | { type: 'remind' }
  | { type: 'pass-day'; missed: 'answer' | 'lift' }
  | { type: 'escalate' }
  | { type: 'correct-term'; until: LocalDate | null }
  | { type: 'order-lift'; end: string }
  | { type: 'confirm-lift'; on: LocalDate; note: string }
  | { type: 'reorder' }
  | { type: 'end-own-ground'; on: LocalDate; why: string };

export type Fact =
  | { type: 'received'; on: LocalDate }
  | { type: 'checked'; on: LocalDate; hit: boolean; note: string }
  | { type: 'assigned'; to: Officer }
  | { type: 'answered'; answer: AppliedAnswer | NotAppliedAnswer }
  | {
      type: 'answer-corrected';
      answer: AppliedAnswer | NotAppliedAnswer;
      instead: AppliedAnswer | NotAppliedAnswer;
      why: string;
    }
  | { type: 'reminded'; of: 'answer' | 'lift'; due: LocalDate }
  | { type: 'overdue'; missed: 'answer' | 'lift'; due: LocalDate }
  | { type: 'escalated'; missed: 'answer' | 'lift'; due: LocalDate; to: string; on: LocalDate }
  | { type: 'term-corrected'; until: LocalDate | null; instead: LocalDate | null }
  | { type: 'lift-ordered'; lift: LiftOrder; liftDue: LocalDate }
  | { type: 'lifted'; lift: LiftOrder; how: 'confirmed' | 'never-applied'; on: LocalDate; note: string }
  | { type: 'reordered'; answerDue: LocalDate; on: LocalDate }
  | { type: 'own-ground-ended'; on: LocalDate; why: string };

/** Why a department may leave a measure unapplied; some reasons fit only measures to be considered. */
export interface NotAppliedReason {
  code: string;
  modes: readonly ('required' | 'considered')[];
  /** only for measures with a term of their own beyond the listing; the answer names the decision */
  ownGround?: boolean;
}

/** Dated law and defaults as they stand today. */
export interface AnswerRules {
  today: LocalDate;
  calendar: WorkingCalendar;
  answerWithin: Period;
  liftWithin: Period;
  /** working days before the day of the answer, or of the confirmation of a lift, on which the department is reminded */
  remindBefore: Period;
  /** after a day has passed without the act, until the lead unit is told */
  escalateAfter: Period;
  /** the lead unit of joint discipline (ordinance art. 6) */
  leadUnit: string;
  reasons: readonly NotAppliedReason[];
}

/** What of the order itself the rules ask about. */
export interface OrderedMeasure {
  mode: 'required' | 'considered';
  from: LocalDate;
  /** last day; null = until the duty is performed */
  until: LocalDate | null;
  ownTerm?: OwnTerm | null;
}

const UNTOUCHED: Handling = { receivedOn: null, check: null, assignee: null, missed: null, escalated: null };

/** The state in which every action begins. */
export function ordered(rules: AnswerRules): Owing {
  return { status: 'ordered', handling: UNTOUCHED, answerDue: answerDueOn(rules), overdue: false };
}

function answerDueOn({ calendar, today, answerWithin }: AnswerRules): LocalDate {
  return deadline(calendar, today, answerWithin);
}

/**
 * @returns the facts that the command brings about, at least one
 * @throws Refusal `discipline.*` for everything that the lifecycle or the rules do not allow
 */
export function decide(
  measure: OrderedMeasure,
  state: ActionState,
  command: Command,
  rules: AnswerRules,
): Fact[] {
  const { today } = rules;
  allowed(state, actOf(command));
  switch (command.type) {
    case 'receive':
      return [{ type: 'received', on: today }];
    case 'check': {
      happened(command.on, measure.from, today);
      const { on, hit, note } = command;
      const received: Fact[] = state.status === 'ordered' ? [{ type: 'received', on: today }] : [];
      return [...received, { type: 'checked', on, hit, note }];
    }
    case 'assign':
      return [{ type: 'assigned', to: command.to }];
    case 'answer':
      return [{ type: 'answered', answer: answerOf(measure, command, rules) }];
    case 'correct-answer': {
      const answer = answerOf(measure, command, rules);
      const instead = answerIn(state)!;
      if (sameAnswer(answer, instead)) throw disciplineRefusals.refusal('discipline.nothing-corrected');
      return [{ type: 'answer-corrected', answer, instead, why: command.why }];
    }
    case 'remind':
      return [{ type: 'reminded', of: owedIn(state), due: dueOf(state) }];
    case 'pass-day':
      return [{ type: 'overdue', missed: command.missed, due: dueOf(state) }];
    case 'escalate':
      return [
        {
          type: 'escalated',
          missed: owedIn(state),
          due: dueOf(state),
          to: rules.leadUnit,
          on: today,
        },
      ];
    case 'correct-term':
      return [{ type: 'term-corrected', until: command.until, instead: measure.until }];
    case 'order-lift': {
      const lift: LiftOrder = { end: command.end, orderedOn: today };
      if (state.status === 'not-applied')
        return [{ type: 'lifted', lift, how: 'never-applied', on: today, note: '' }];
      return [{ type: 'lift-ordered', lift, liftDue: deadline(rules.calendar, today, rules.liftWithin) }];
    }
    case 'confirm-lift': {
      const { lift, answer } = state as Extract<ActionState, { status: 'lift-ordered' }>;
      happened(command.on, answer?.on ?? measure.from, today);
      return [{ type: 'lifted', lift, how: 'confirmed', on: command.on, note: command.note }];
    }
    case 'reorder':
      return [{ type: 'reordered', answerDue: answerDueOn(rules), on: today }];
    case 'end-own-ground': {
      const ground = ownGroundIn(state);
      if (!ground) throw disciplineRefusals.refusal('discipline.no-own-ground', { status: state.status });
      happened(command.on, ground.decidedOn, today);
      return [{ type: 'own-ground-ended', on: command.on, why: command.why }];
    }
    default:
      return command satisfies never;
  }
}

export function evolve(state: ActionState, fact: Fact): ActionState {
  const { handling } = state;
  switch (fact.type) {
    case 'received':
      return owing(state, 'received', { ...handling, receivedOn: fact.on });
    case 'checked': {
      const { on, hit, note } = fact;
      return owing(state, 'checked', { ...handling, check: { on, hit, note } });
    }
    case 'assigned':
      return { ...state, handling: { ...handling, assignee: fact.to } };
    case 'answered':
    case 'answer-corrected':
      return fact.answer.result === 'applied'
        ? { status: 'applied', handling, answer: fact.answer }
        : { status: 'not-applied', handling, answer: fact.answer };
    case 'reminded':
    // The term stands beside the state, with the measure.
    case 'term-corrected':
      return state;
    case 'overdue': {
      const missed = fact.missed === 'answer' ? { missed: fact.due } : {};
      return { ...state, handling: { ...handling, ...missed }, overdue: true } as ActionState;
    }
    case 'escalated':
      return { ...state, handling: { ...handling, escalated: { to: fact.to, on: fact.on } } };
    case 'lift-ordered':
      return {
        status: 'lift-ordered',
        handling,
        answer: answerIn(state) as AppliedAnswer | null,
        lift: fact.lift,
        liftDue: fact.liftDue,
        overdue: false,
      };
    case 'lifted':
      return {
        status: 'lifted',
        handling,
        answer: answerIn(state),
        lift: fact.lift,
        lifted: { how: fact.how, on: fact.on, note: fact.note },
      };
    case 'reordered':
      return { status: 'ordered', handling: UNTOUCHED, answerDue: fact.answerDue, overdue: false };
    case 'own-ground-ended': {
      const answer = answerIn(state) as NotAppliedAnswer;
      const ownGround = { ...answer.ownGround!, endedOn: fact.on };
      return { ...state, answer: { ...answer, ownGround } } as ActionState;
    }
    default:
      return fact satisfies never;
  }
}

function owing(state: ActionState, status: 'received' | 'checked', handling: Handling): ActionState {
  if (!('answerDue' in state)) throw new Error(`an action that is ${state.status} owes no answer`);
  const { answerDue, overdue } = state;
  return { status, handling, answerDue, overdue };
}

function sameAnswer(a: AppliedAnswer | NotAppliedAnswer, b: AppliedAnswer | NotAppliedAnswer): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The answer that the state holds, if it was given. */
export function answerIn(state: ActionState): AppliedAnswer | NotAppliedAnswer | null {
  return 'answer' in state ? state.answer : null;
}

/**
 * The ban that stands by its own ground, whether the listing lives or not. A listing that was revoked, or found wrong,
 * takes it along: what it rested on was taken back, and a department that knows better decides outside the listing.
 */
export function ownGroundIn(state: ActionState): OwnGround | null {
  const answer = answerIn(state);
  if (answer?.result !== 'not-applied' || !answer.ownGround || answer.ownGround.endedOn) return null;
  return 'lift' in state && TAKEN_BACK.includes(state.lift.end) ? null : answer.ownGround;
}

const TAKEN_BACK: readonly string[] = ['revoked', 'corrected'];

/** What the executing department owes, where it owes anything. */
function owedIn(state: ActionState): 'answer' | 'lift' {
  return state.status === 'lift-ordered' ? 'lift' : 'answer';
}

/** The day by which the executing department must act; null where nothing is due. */
export function openDay(state: ActionState): LocalDate | null {
  if ('answerDue' in state) return state.answerDue;
  return state.status === 'lift-ordered' ? state.liftDue : null;
}

export function isOverdue(state: ActionState): boolean {
  return 'overdue' in state && state.overdue;
}

function actOf(command: Command): Act {
  switch (command.type) {
    case 'answer':
      return command.result === 'applied' ? 'answer-applied' : 'answer-not-applied';
    case 'pass-day':
      return command.missed === 'answer' ? 'pass-answer-day' : 'pass-lift-day';
    default:
      return command.type;
  }
}

function allowed(state: ActionState, act: Act): void {
  if (stepOf(state.status, act)) return;
  const code = refusalOf(state.status, act);
  throw disciplineRefusals.refusal(code ?? 'discipline.nothing-due', { status: state.status });
}

function dueOf(state: ActionState): LocalDate {
  const day = openDay(state);
  if (day === null) throw disciplineRefusals.refusal('discipline.nothing-due', { status: state.status });
  return day;
}

function answerOf(
  measure: OrderedMeasure,
  command: AnswerGiven,
  rules: AnswerRules,
): AppliedAnswer | NotAppliedAnswer {
  happened(command.on, measure.from, rules.today);
  const { result, on, note } = command;
  if (result === 'applied') {
    if (command.reason !== undefined)
      throw disciplineRefusals.refusal('discipline.reason-without-need', {}, 'reason');
    noOwnGround(command);
    return { result, on, note, evidence: command.evidence ?? [] };
  }
  const ownTerm = measure.ownTerm ?? null;
  const reasons = rules.reasons.filter(
    ({ modes, ownGround }) => modes.includes(measure.mode) && (!ownGround || ownTerm !== null),
  );
  const facts = { reasons: reasons.map(({ code }) => code).join(', ') };
  if (command.reason === undefined)
    throw disciplineRefusals.refusal('discipline.reason-missing', facts, 'reason');
  const reason = reasons.find(({ code }) => code === command.reason);
  if (!reason)
    throw disciplineRefusals.refusal(
      'discipline.reason-unknown',
      { ...facts, reason: command.reason },
      'reason',
    );
  if (!reason.ownGround || ownTerm === null) {
    noOwnGround(command);
    return { result, on, reason: reason.code, note };
  }
  return { result, on, reason: reason.code, note, ownGround: ownGroundOf(command, ownTerm, rules.today) };
}

function noOwnGround({ ownGround }: AnswerGiven): void {
  if (ownGround !== undefined)
    throw disciplineRefusals.refusal('discipline.own-ground-without-need', {}, 'ownGround');
}

/** Its end follows from the law: the department gives the day of its decision, never the last one. */
function ownGroundOf({ ownGround }: AnswerGiven, ownTerm: OwnTerm, today: LocalDate): OwnGround {
  if (ownGround === undefined)
    throw disciplineRefusals.refusal('discipline.own-ground-missing', {}, 'ownGround');
  const { documentNo, decidedOn } = ownGround;
  if (compareDates(decidedOn, today) > 0)
    throw disciplineRefusals.refusal(
      'discipline.date-in-future',
      { on: decidedOn, today },
      'ownGround.decidedOn',
    );
  const until = ownTerm === 'for-life' ? null : periodEnd(decidedOn, ownTerm);
  if (until !== null && compareDates(until, today) < 0)
    throw disciplineRefusals.refusal('discipline.own-ground-over', { until }, 'ownGround.decidedOn');
  return { documentNo, decidedOn, until };
}

/** A day that a person reports lies between its ground and today. */
function happened(on: LocalDate, earliest: LocalDate, today: LocalDate): void {
  if (compareDates(on, today) > 0)
    throw disciplineRefusals.refusal('discipline.date-in-future', { on, today }, 'on');
  if (compareDates(on, earliest) < 0)
    throw disciplineRefusals.refusal('discipline.date-before', { on, earliest }, 'on');
}
