import { deadline, type LocalDate, type Period, Refusal } from '#kernel';
import type { Rules } from '../rules/rules.js';

/*
 * The time limits of the authority and of the party, worked out from the rules. The day of the event is not
 * counted, working days follow the calendar that is loaded, a year without calendar is refused.
 */

interface DecisionDays {
  clockFrom: LocalDate | null;
  noticedOn: LocalDate | null;
  penaltyOn: LocalDate | null;
}

/** By when the decision is due; null while the day from which the clock runs is not known, or without clock. */
export function decisionDueFrom({ list, calendar }: Rules, days: DecisionDays): LocalDate | null {
  if (!list.decision?.period) return null;
  const from =
    list.decision.from === 'notice'
      ? days.noticedOn
      : list.decision.from === 'penalty'
        ? days.penaltyOn
        : days.clockFrom;
  return from ? deadline(calendar, from, list.decision.period) : null;
}

/** Whether the decision clock of a list runs from a day that a person states: a request, a discovery, a payment limit. */
export function countsFromStatedDay({ decision }: Rules['list']): boolean {
  return !!decision?.period && decision.from !== 'notice' && decision.from !== 'penalty';
}

/** By when the entry must be published, from the decision or from service as the list says. */
export function publicationDueFrom(
  { list, calendar }: Rules,
  event: 'decision' | 'service',
  on: LocalDate,
): LocalDate | null {
  const rule = list.publication;
  if (!rule?.clock || rule.from !== event) return null;
  if ('period' in rule.clock) return deadline(calendar, on, rule.clock.period);
  return dayOfNextMonth(on, rule.clock.dayOfNextMonth);
}

/**
 * 「次月15日前」: a day that the rule names, not a period that is counted, so a day off does not move it
 * (民法典 art. 203 speaks of the last day of a period).
 */
function dayOfNextMonth(on: LocalDate, day: number): LocalDate {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  return `${next}-${String(day).padStart(2, '0')}`;
}

export function limitFrom({ calendar }: Rules, from: LocalDate, period: Period | null): LocalDate | null {
  return period ? deadline(calendar, from, period) : null;
}

/**
 * By when publication and sharing of an ended listing must have stopped. An end sets somebody free: unlike
 * every other limit it must not fail because the calendar of that year is not loaded. The limit is then
 * unknown (null), and publication ends at once all the same.
 */
export function removalDueFrom(rules: Rules, endedOn: LocalDate, period: Period | null): LocalDate | null {
  try {
    return limitFrom(rules, endedOn, period);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'calendar.year-unknown') return null;
    throw error;
  }
}
