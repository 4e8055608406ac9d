import type { LocalDate, Period, WorkingCalendar } from '#kernel';
import type { AnswerRules, NotAppliedReason } from './action.js';
import { validOn, type Validity } from './rule.js';

/** A dated clock of the loop: how long an executing department has. */
export interface DisciplineClock extends Validity {
  code: 'discipline.answer' | 'discipline.lift' | 'discipline.check-answer';
  period: Period;
}

export interface DatedReason extends NotAppliedReason, Validity {
  zh: string;
  en: string;
}

/** The dated law of answers: beside the rules themselves, all that the loop asks of the seeds. */
export interface LawOfAnswers {
  calendar: WorkingCalendar;
  clocks: readonly DisciplineClock[];
  reasons: readonly DatedReason[];
}

/** @throws Error when no clock is valid that day: seeds with such a hole must not be deployed */
export function answerRulesOn(law: LawOfAnswers, today: LocalDate): AnswerRules {
  return {
    today,
    calendar: law.calendar,
    answerWithin: clockOn(law, 'discipline.answer', today),
    liftWithin: clockOn(law, 'discipline.lift', today),
    reasons: reasonsOn(law, today),
  };
}

/** @throws Error when no clock is valid that day */
export function clockOn(law: LawOfAnswers, code: DisciplineClock['code'], day: LocalDate): Period {
  const clock = law.clocks.find((row) => row.code === code && validOn(row, day));
  if (!clock) throw new Error(`no clock ${code} is valid on ${day}`);
  return clock.period;
}

export function reasonsOn(law: LawOfAnswers, day: LocalDate): DatedReason[] {
  return law.reasons.filter((reason) => validOn(reason, day));
}
