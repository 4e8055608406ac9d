import { compareDates, deadline, type LocalDate, type Period, type WorkingCalendar } from '#kernel';
import { type Act, refusalOf, stepOf } from './lifecycle.js';
import { disciplineRefusals } from './refusals.js';

export interface AppliedAnswer {
  result: 'applied';
  on: LocalDate;
  note: string;
}

export interface NotAppliedAnswer {
  result: 'not-applied';
  on: LocalDate;
  reason: string;
  note: string;
}

/** `end`: how the listing ended, or `own-term` where the measure's own legal term was over before it. */
export interface LiftOrder {
  end: string;
  orderedOn: LocalDate;
}

/** One shape per status; a day exists only from the status that creates it. */
export type ActionState =
  | { status: 'ordered'; answerDue: LocalDate; overdue: boolean }
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
    };

export type Command =
  | { type: 'answer'; result: 'applied' | 'not-applied'; on: LocalDate; reason?: string; note: string }
  | { type: 'order-lift'; end: string }
  | { type: 'confirm-lift'; on: LocalDate; note: string }
  | { type: 'pass-day'; missed: 'answer' | 'lift' };

export type Fact =
  | { type: 'answered'; answer: AppliedAnswer | NotAppliedAnswer }
  | { type: 'overdue'; missed: 'answer' | 'lift'; due: LocalDate }
  | { type: 'lift-ordered'; lift: LiftOrder; liftDue: LocalDate }
  | { type: 'lifted'; lift: LiftOrder; how: 'confirmed' | 'never-applied'; on: LocalDate; note: string };

/** Why a department may leave a measure unapplied; some reasons fit only measures to be considered. */
export interface NotAppliedReason {
  code: string;
  modes: readonly ('required' | 'considered')[];
}

/** Dated law and defaults as they stand today. */
export interface AnswerRules {
  today: LocalDate;
  calendar: WorkingCalendar;
  answerWithin: Period;
  liftWithin: Period;
  reasons: readonly NotAppliedReason[];
}

/** What of the order itself the rules ask about. */
export interface OrderedMeasure {
  mode: 'required' | 'considered';
  from: LocalDate;
}

/** The state in which every action begins. */
export function ordered(rules: AnswerRules): Extract<ActionState, { status: 'ordered' }> {
  return {
    status: 'ordered',
    answerDue: deadline(rules.calendar, rules.today, rules.answerWithin),
    overdue: false,
  };
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
  allowed(state, actOf(command));
  switch (command.type) {
    case 'answer':
      return [{ type: 'answered', answer: answerOf(measure, command, rules) }];
    case 'order-lift': {
      const lift: LiftOrder = { end: command.end, orderedOn: rules.today };
      if (state.status === 'not-applied')
        return [{ type: 'lifted', lift, how: 'never-applied', on: rules.today, note: '' }];
      return [
        { type: 'lift-ordered', lift, liftDue: deadline(rules.calendar, rules.today, rules.liftWithin) },
      ];
    }
    case 'confirm-lift': {
      const { lift, answer } = state as Extract<ActionState, { status: 'lift-ordered' }>;
      happened(command.on, answer?.on ?? measure.from, rules.today);
      return [{ type: 'lifted', lift, how: 'confirmed', on: command.on, note: command.note }];
    }
    case 'pass-day':
      return [{ type: 'overdue', missed: command.missed, due: dueOf(state) }];
    default:
      return command satisfies never;
  }
}

export function evolve(state: ActionState, fact: Fact): ActionState {
  switch (fact.type) {
    case 'answered':
      return fact.answer.result === 'applied'
        ? { status: 'applied', answer: fact.answer }
        : { status: 'not-applied', answer: fact.answer };
    case 'overdue':
      return { ...state, overdue: true } as ActionState;
    case 'lift-ordered':
      return {
        status: 'lift-ordered',
        answer: answerIn(state) as AppliedAnswer | null,
        lift: fact.lift,
        liftDue: fact.liftDue,
        overdue: false,
      };
    case 'lifted':
      return {
        status: 'lifted',
        answer: answerIn(state),
        lift: fact.lift,
        lifted: { how: fact.how, on: fact.on, note: fact.note },
      };
    default:
      return fact satisfies never;
  }
}

/** The answer that the state holds, if it was given. */
export function answerIn(state: ActionState): AppliedAnswer | NotAppliedAnswer | null {
  return 'answer' in state ? state.answer : null;
}

/** The day by which the executing department must act; null where nothing is due. */
export function openDay(state: ActionState): LocalDate | null {
  if (state.status === 'ordered') return state.answerDue;
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

type AnswerCommand = Extract<Command, { type: 'answer' }>;

function answerOf(
  measure: OrderedMeasure,
  command: AnswerCommand,
  rules: AnswerRules,
): AppliedAnswer | NotAppliedAnswer {
  happened(command.on, measure.from, rules.today);
  const { result, on, note } = command;
  if (result === 'applied') {
    if (command.reason !== undefined)
      throw disciplineRefusals.refusal('discipline.reason-without-need', {}, 'reason');
    return { result, on, note };
  }
  const reasons = rules.reasons
    .filter((reason) => reason.modes.includes(measure.mode))
    .map((reason) => reason.code);
  const facts = { reasons: reasons.join(', ') };
  if (command.reason === undefined)
    throw disciplineRefusals.refusal('discipline.reason-missing', facts, 'reason');
  if (!reasons.includes(command.reason)) {
    throw disciplineRefusals.refusal(
      'discipline.reason-unknown',
      { ...facts, reason: command.reason },
      'reason',
    );
  }
  return { result, on, reason: command.reason, note };
}

/** A day that a person reports lies between its ground and today. */
function happened(on: LocalDate, earliest: LocalDate, today: LocalDate): void {
  if (compareDates(on, today) > 0)
    throw disciplineRefusals.refusal('discipline.date-in-future', { on, today }, 'on');
  if (compareDates(on, earliest) < 0)
    throw disciplineRefusals.refusal('discipline.date-before', { on, earliest }, 'on');
}
