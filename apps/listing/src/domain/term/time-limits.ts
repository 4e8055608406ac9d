import { addDays, deadline, type LocalDate, type Period, whereKnown, type WorkingCalendar } from '#kernel';
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

/** A document under way to the party by public notice: from its issue until it counts as served. */
export interface UnderWay {
  announcedOn: LocalDate | null;
  servedOn: LocalDate;
}

/**
 * The day of the decision with the time of a public notice of the notice taken out, where the rule does not count it
 * (order 54 art. 10: 不包括因其他方式无法送达，公告送达告知文书和确定文书的时间): the working days that were left when it was
 * issued are left when it counts as served. That of the decision itself comes after this clock has stopped.
 *
 * @param due as it stands without it; a clock that had run out, or was not begun, loses nothing
 */
export function withoutPublicNotice(
  { list, calendar }: Rules,
  due: LocalDate | null,
  { clockFrom, notice }: { clockFrom: LocalDate | null; notice: UnderWay | null },
): LocalDate | null {
  const announcedOn = notice?.announcedOn ?? null;
  if (due === null || notice === null || announcedOn === null) return due;
  if (!list.decision?.publicNoticeNotCounted || announcedOn >= due) return due;
  const from = clockFrom !== null && clockFrom > announcedOn ? clockFrom : announcedOn;
  if (from >= notice.servedOn) return due;
  return calendar.addWorkingDays(notice.servedOn, workingDaysIn(calendar, from, due));
}

/** Working days after `from`, up to and with `until`. */
function workingDaysIn(calendar: WorkingCalendar, from: LocalDate, until: LocalDate): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1))
    if (calendar.isWorkingDay(day)) count += 1;
  return count;
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
  return whereKnown(() => limitFrom(rules, endedOn, period));
}
