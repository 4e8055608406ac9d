import { addDays, type LocalDate, type Period, type WorkingCalendar } from '#kernel';
import type { AnswerRules, NotAppliedReason } from './action.js';
import type { Succession } from '../../units/domain/acting.js';
import { validOn, type Validity } from './rule.js';

/** A dated clock of the loop: how long an executing department has. */
export interface DisciplineClock extends Validity {
  code:
    | 'discipline.answer'
    | 'discipline.lift'
    | 'discipline.check-answer'
    | 'discipline.reminder'
    | 'discipline.escalation';
  period: Period;
  /** whom an escalation reaches */
  to?: string;
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
  units: Succession;
}

/** @throws Error when no clock is valid that day: seeds with such a hole must not be deployed */
export function answerRulesOn(law: Omit<LawOfAnswers, 'units'>, today: LocalDate): AnswerRules {
  const escalation = clockOn(law, 'discipline.escalation', today);
  if (escalation.to === undefined) throw new Error('the escalation reaches nobody');
  return {
    today,
    calendar: law.calendar,
    answerWithin: clockOn(law, 'discipline.answer', today).period,
    liftWithin: clockOn(law, 'discipline.lift', today).period,
    remindBefore: clockOn(law, 'discipline.reminder', today).period,
    escalateAfter: escalation.period,
    leadUnit: escalation.to,
    reasons: reasonsOn(law, today),
  };
}

/** @throws Error when no clock is valid that day */
export function clockOn(
  law: Pick<LawOfAnswers, 'clocks'>,
  code: DisciplineClock['code'],
  day: LocalDate,
): DisciplineClock {
  const clock = law.clocks.find((row) => row.code === code && validOn(row, day));
  if (!clock) throw new Error(`no clock ${code} is valid on ${day}`);
  return clock;
}

export function reasonsOn(law: Pick<LawOfAnswers, 'reasons'>, day: LocalDate): DatedReason[] {
  return law.reasons.filter((reason) => validOn(reason, day));
}

/** The working day that lies `remindBefore` working days before the day on which something is due. */
export function reminderDay(
  due: LocalDate,
  { calendar, remindBefore }: Pick<AnswerRules, 'calendar' | 'remindBefore'>,
): LocalDate {
  let day = due;
  for (let left = remindBefore.count; left > 0;) {
    day = addDays(day, -1);
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return day;
}
