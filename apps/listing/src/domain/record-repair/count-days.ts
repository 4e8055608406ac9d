import type { LocalDate } from '#kernel';
import type { RecordRepairFact } from './facts.js';
import { clocksOfRequest, maskingDue, type RecordRepairRules } from './law.js';
import { aimOf, isOpen, type RecordRepair } from './repair.js';

/**
 * What follows for a request when the calendar of a year is loaded: it was received without, and its days were not known.
 * They are counted from the day on which it was asked, or was opened again, by the rule of that day. Days from an
 * acceptance are known with it, since without the calendar nobody accepts.
 *
 * @returns nothing where it is answered, or where no day is known that was not before
 */
export function countRecordRepairDays(
  repair: RecordRepair,
  rules: RecordRepairRules,
  today: LocalDate,
): RecordRepairFact[] {
  if (!isOpen(repair)) return [];
  const counted = daysOf(repair, rules);
  const acceptanceDue = repair.acceptanceDue ?? counted.acceptanceDue;
  const decisionDue = repair.decisionDue ?? counted.decisionDue;
  if (acceptanceDue === repair.acceptanceDue && decisionDue === repair.decisionDue) return [];
  return [{ type: 'days-set', on: today, acceptanceDue, decisionDue }];
}

function daysOf(repair: RecordRepair, rules: RecordRepairRules): ReturnType<typeof clocksOfRequest> {
  const from = repair.reopenedOn ?? repair.requestedOn;
  const aim = aimOf(repair);
  if (aim !== 'repair') return { acceptanceDue: null, decisionDue: maskingDue(rules, aim, from) };
  if (repair.status === 'requested') return clocksOfRequest(rules, repair.department, from);
  return { acceptanceDue: null, decisionDue: null };
}
