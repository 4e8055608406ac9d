import { endOfDay, type LocalDate, startOfDay } from '#kernel';
import { type AnswerRules } from './action.js';
import { reminderDay } from './law-of-answers.js';

/**
 * The one clock of what a department owes, about a measure or an incentive: the reminder where its day lies ahead, and
 * it starts that of the day itself. So an order writes one clock an action, and not two of which most are cancelled by
 * an answer in time.
 *
 * @param owed what is owed by that day; the clock of the day is called so
 */
export function owedClock<Loop extends 'discipline' | 'incentive', Owed extends string>(
  loop: Loop,
  owed: Owed,
  due: LocalDate,
  rules: Pick<AnswerRules, 'today' | 'calendar' | 'remindBefore'>,
): { kind: `${Loop}.${Owed}` | `${Loop}.reminder`; dueAt: Date } {
  const day = reminderDay(due, rules);
  return day > rules.today
    ? { kind: `${loop}.reminder`, dueAt: startOfDay(day) }
    : { kind: `${loop}.${owed}`, dueAt: endOfDay(due) };
}
