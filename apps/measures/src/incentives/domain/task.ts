import { compareDates, deadline, type LocalDate, type Period, type WorkingCalendar } from '#kernel';
import type { Why } from './incentive.js';
import { incentiveRefusals } from './refusals.js';
import { type TaskAct, taskRefusalOf, type TaskStatus, taskStepOf } from './task-lifecycle.js';

/*
 * An incentive answered by each department that gives it: received, given or not given and why, and its end confirmed.
 * Pure: days and lists come in as rules.
 */

export type TaskAnswer =
  | { result: 'applied'; on: LocalDate; note: string }
  | { result: 'not-applied'; on: LocalDate; reason: string; note: string };

/** Why and when the incentive fell away. */
export interface EndOrder {
  why: Why;
  orderedOn: LocalDate;
}

/** How far the department has come with it beside its answer. */
export interface TaskHandling {
  receivedOn: LocalDate | null;
  /** the day for the answer that passed without one; an answer after it is late */
  missed: LocalDate | null;
  /** to whom it was escalated last */
  escalated: { to: string; on: LocalDate } | null;
}

/** One shape per status; a day exists only from the status that creates it. */
export type TaskState = { handling: TaskHandling } & (
  | { status: 'granted' | 'received'; answerDue: LocalDate; overdue: boolean }
  | { status: 'applied' | 'not-applied'; answer: TaskAnswer }
  | { status: 'end-ordered'; answer: TaskAnswer | null; end: EndOrder; endDue: LocalDate; overdue: boolean }
  | {
      status: 'ended';
      answer: TaskAnswer | null;
      end: EndOrder;
      ended: { how: 'confirmed' | 'never-given'; on: LocalDate; note: string };
    }
);

export interface TaskAnswerGiven {
  result: 'applied' | 'not-applied';
  on: LocalDate;
  reason?: string;
  note: string;
}

export type TaskCommand =
  | { type: 'receive' }
  | ({ type: 'answer' } & TaskAnswerGiven)
  | ({ type: 'correct-answer'; why: string } & TaskAnswerGiven)
  | { type: 'remind' }
  | { type: 'pass-day'; missed: 'answer' | 'end' }
  | { type: 'escalate' }
  | { type: 'order-end'; why: Why }
  | { type: 'confirm-end'; on: LocalDate; note: string };

export type TaskFact =
  | { type: 'received'; on: LocalDate }
  | { type: 'answered'; answer: TaskAnswer }
  | { type: 'answer-corrected'; answer: TaskAnswer; instead: TaskAnswer; why: string }
  | { type: 'reminded'; of: 'answer' | 'end'; due: LocalDate }
  | { type: 'overdue'; missed: 'answer' | 'end'; due: LocalDate }
  | { type: 'escalated'; missed: 'answer' | 'end'; due: LocalDate; to: string; on: LocalDate }
  | { type: 'end-ordered'; end: EndOrder; endDue: LocalDate }
  | { type: 'ended'; end: EndOrder; how: 'confirmed' | 'never-given'; on: LocalDate; note: string };

/** Dated law and defaults as they stand today; days are those of the discipline loop. */
export interface TaskRules {
  today: LocalDate;
  calendar: WorkingCalendar;
  answerWithin: Period;
  /** from the loss of the ground until the department confirms */
  endWithin: Period;
  /** working days before the day of the answer, or of the confirmation, on which the department is reminded */
  remindBefore: Period;
  escalateAfter: Period;
  leadUnit: string;
  reasons: readonly { code: string }[];
}

/** The state in which every task begins. */
export function grantedTask({ calendar, today, answerWithin }: TaskRules): TaskState {
  return {
    status: 'granted',
    handling: { receivedOn: null, missed: null, escalated: null },
    answerDue: deadline(calendar, today, answerWithin),
    overdue: false,
  };
}

/**
 * @param from day of the grant: nothing happened before it
 * @returns the facts that the command brings about, at least one
 * @throws Refusal `incentive.*` for everything that the lifecycle or the rules do not allow
 */
export function decideTask(
  from: LocalDate,
  state: TaskState,
  command: TaskCommand,
  rules: TaskRules,
): TaskFact[] {
  allowed(state.status, actOf(command));
  const { today } = rules;
  switch (command.type) {
    case 'receive':
      return [{ type: 'received', on: today }];
    case 'answer':
      return [{ type: 'answered', answer: answerOf(from, command, rules) }];
    case 'correct-answer': {
      const answer = answerOf(from, command, rules);
      const instead = answerInTask(state)!;
      if (JSON.stringify(answer) === JSON.stringify(instead))
        throw incentiveRefusals.refusal('incentive.nothing-corrected');
      return [{ type: 'answer-corrected', answer, instead, why: command.why }];
    }
    case 'remind':
      return [{ type: 'reminded', of: owedIn(state), due: dueOf(state) }];
    case 'pass-day':
      return [{ type: 'overdue', missed: command.missed, due: dueOf(state) }];
    case 'escalate': {
      const missed = owedIn(state);
      return [{ type: 'escalated', missed, due: dueOf(state), to: rules.leadUnit, on: today }];
    }
    case 'order-end': {
      const end: EndOrder = { why: command.why, orderedOn: today };
      if (state.status === 'not-applied')
        return [{ type: 'ended', end, how: 'never-given', on: today, note: '' }];
      return [{ type: 'end-ordered', end, endDue: deadline(rules.calendar, today, rules.endWithin) }];
    }
    case 'confirm-end': {
      const { end, answer } = state as Extract<TaskState, { status: 'end-ordered' }>;
      happened(command.on, answer?.on ?? from, today);
      return [{ type: 'ended', end, how: 'confirmed', on: command.on, note: command.note }];
    }
    default:
      return command satisfies never;
  }
}

export function evolveTask(state: TaskState, fact: TaskFact): TaskState {
  const { handling } = state;
  switch (fact.type) {
    case 'received':
      return { ...state, status: 'received', handling: { ...handling, receivedOn: fact.on } } as TaskState;
    case 'answered':
    case 'answer-corrected':
      return { status: fact.answer.result, handling, answer: fact.answer };
    case 'reminded':
      return state;
    case 'overdue': {
      const missed = fact.missed === 'answer' ? { missed: fact.due } : {};
      return { ...state, handling: { ...handling, ...missed }, overdue: true } as TaskState;
    }
    case 'escalated':
      return { ...state, handling: { ...handling, escalated: { to: fact.to, on: fact.on } } };
    case 'end-ordered': {
      const { end, endDue } = fact;
      return { status: 'end-ordered', handling, answer: answerInTask(state), end, endDue, overdue: false };
    }
    case 'ended': {
      const { end, how, on, note } = fact;
      return { status: 'ended', handling, answer: answerInTask(state), end, ended: { how, on, note } };
    }
    default:
      return fact satisfies never;
  }
}

/** The answer that the state holds, if it was given. */
export function answerInTask(state: TaskState): TaskAnswer | null {
  return 'answer' in state ? state.answer : null;
}

/** The day by which the executing department must act; null where nothing is due. */
export function openDayOfTask(state: TaskState): LocalDate | null {
  if ('answerDue' in state) return state.answerDue;
  return state.status === 'end-ordered' ? state.endDue : null;
}

export function isTaskOverdue(state: TaskState): boolean {
  return 'overdue' in state && state.overdue;
}

function actOf(command: TaskCommand): TaskAct {
  switch (command.type) {
    case 'answer':
      return command.result === 'applied' ? 'answer-applied' : 'answer-not-applied';
    case 'pass-day':
      return command.missed === 'answer' ? 'pass-answer-day' : 'pass-end-day';
    default:
      return command.type;
  }
}

function allowed(status: TaskStatus, act: TaskAct): void {
  if (taskStepOf(status, act)) return;
  const code = taskRefusalOf(status, act);
  throw incentiveRefusals.refusal(code ?? 'incentive.nothing-due', { status });
}

function dueOf(state: TaskState): LocalDate {
  const day = openDayOfTask(state);
  if (day === null) throw incentiveRefusals.refusal('incentive.nothing-due', { status: state.status });
  return day;
}

function answerOf(from: LocalDate, given: TaskAnswerGiven, { today, reasons }: TaskRules): TaskAnswer {
  const { result, on, reason, note } = given;
  happened(on, from, today);
  if (result === 'applied') {
    if (reason !== undefined) throw incentiveRefusals.refusal('incentive.reason-without-need', {}, 'reason');
    return { result, on, note };
  }
  const facts = { reasons: reasons.map(({ code }) => code).join(', ') };
  if (reason === undefined) throw incentiveRefusals.refusal('incentive.reason-missing', facts, 'reason');
  if (!reasons.some(({ code }) => code === reason))
    throw incentiveRefusals.refusal('incentive.reason-unknown', { ...facts, reason }, 'reason');
  return { result, on, reason, note };
}

/** A day that a person reports lies between its ground and today. */
function happened(on: LocalDate, earliest: LocalDate, today: LocalDate): void {
  if (compareDates(on, today) > 0)
    throw incentiveRefusals.refusal('incentive.date-in-future', { on, today }, 'on');
  if (compareDates(on, earliest) < 0)
    throw incentiveRefusals.refusal('incentive.date-before', { on, earliest }, 'on');
}

/** What the executing department owes, where it owes anything. */
function owedIn(state: TaskState): 'answer' | 'end' {
  return state.status === 'end-ordered' ? 'end' : 'answer';
}
