import { addDays, deadline, type LocalDate, whereKnown } from '#kernel';
import type { Objection, Pause } from './objection.js';
import { type ObjectionRules, ruleOf } from './rules.js';

/**
 * The last day for the decision, by the rule under which the objection was filed. By the ordinance: 3 working days, 7 when another unit was asked for help, and the days of tests
 * and expert reviews are not counted (ordinance art. 39); an extension that was told beforehand wins (order 36
 * art. 18). null while the clock stands still, before it runs, or where the calendar of that year is not loaded.
 */
export function decisionDue(objection: Objection, rules: ObjectionRules): LocalDate | null {
  if (objection.extension) return objection.extension.until;
  const { clockFrom, pauses, help } = objection;
  if (clockFrom === null || pauses.some(({ to }) => to === null)) return null;
  const { decide, withHelp } = ruleOf(objection, rules);
  const period = help.length > 0 && withHelp !== null ? withHelp : decide;
  if (pauses.length === 0) return whereKnown(() => deadline(rules.calendar, clockFrom, period));
  return whereKnown(() => withPauses(rules, clockFrom, period.count, pauses));
}

/** Day by day: a working day in a pause is passed over. The day on which a test begins still counts. */
function withPauses(
  { calendar }: ObjectionRules,
  from: LocalDate,
  count: number,
  pauses: readonly Pause[],
): LocalDate {
  const paused = (day: LocalDate): boolean =>
    pauses.some(({ from: begins, to }) => day > begins && day <= to!);
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (calendar.isWorkingDay(day) && !paused(day)) left -= 1;
  }
  return day;
}
