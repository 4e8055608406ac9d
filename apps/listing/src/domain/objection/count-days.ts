import { deadline, type LocalDate, whereKnown } from '#kernel';
import { objectionClocks } from './decide.js';
import type { ObjectionFact } from './facts.js';
import { isLive, type Objection } from './objection.js';
import type { ObjectionRules } from './rules.js';

/**
 * What follows for an objection when the calendar of a year is loaded: a party's objection does not wait for it, so the
 * days that run into the year were not known. They are counted from the same first day as they would have been. Days
 * that a person stated, and those of helpers, which were refused without the calendar, stay as they are.
 *
 * @returns nothing where the objection is over, or where no day of it lies in the year or after it
 */
export function countObjectionDays(
  objection: Objection,
  year: number,
  rules: ObjectionRules,
  today: LocalDate,
): ObjectionFact[] {
  if (!isLive(objection)) return [];
  const { receivedOn, extension } = objection;
  const markDue =
    objection.markDue === null ? whereKnown(() => deadline(rules.calendar, receivedOn, rules.mark)) : null;
  const clocks = objectionClocks(objection, rules)
    .filter(({ clock }) => clock !== 'help' && (clock !== 'decision' || extension === null))
    .filter(({ dueOn }) => dueOn >= `${String(year)}-01-01`)
    .map(({ clock, dueOn }) => ({ clock, dueOn }));
  if (markDue === null && clocks.length === 0) return [];
  return [{ type: 'days-set', on: today, markDue, clocks }];
}
