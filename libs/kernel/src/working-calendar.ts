import { addDays, compareDates, type LocalDate, parseLocalDate, weekdayOf } from './local-date.js';
import { defineRefusals, Refusal } from './refusal.js';

/** One year of the State Council's holiday notice (国务院办公厅关于…年部分节假日安排的通知), as data. */
export interface CalendarYear {
  year: number;
  /** Days off: statutory holidays and the days moved to join them, weekends among them or not. */
  holidays: readonly LocalDate[];
  /** Saturdays and Sundays that are worked to make up for it (调休). */
  workingWeekends: readonly LocalDate[];
  basis: string;
  confirmed: boolean | 'text';
}

export const calendarRefusals = defineRefusals({
  'calendar.year-unknown': {
    // Not `unavailable`: a far date in a request may cause it, and trying again would not help.
    kind: 'conflict',
    zh: '{year} 年的工作日历尚未载入,无法确定 {date} 是否为工作日',
    en: 'The working calendar of {year} is not loaded, so whether {date} is a working day is not known.',
    cureZh: '载入国务院办公厅公布的 {year} 年节假日安排后重试',
    cureEn: 'Load the State Council holiday notice for {year} and repeat.',
  },
  'calendar.contradiction': {
    kind: 'invalid',
    zh: '{year} 年工作日历有误:{date} {faultZh}',
    en: 'The working calendar of {year} is wrong: {date} {fault}.',
    cureZh: '对照国务院办公厅通知改正该年日历',
    cureEn: 'Compare the calendar with the notice and mend it.',
  },
  'calendar.count-invalid': {
    kind: 'invalid',
    zh: '天数必须是非负整数,而不是 {count}',
    en: 'The number of days is a whole number from 0 on, not {count}.',
    cureZh: '检查期限数据',
    cureEn: 'Check the period.',
  },
});

export interface WorkingCalendar {
  /** @throws Refusal `calendar.year-unknown` */
  isWorkingDay(date: LocalDate): boolean;
  /** `date` itself where it is a working day. @throws Refusal `calendar.year-unknown` */
  nextWorkingDay(date: LocalDate): LocalDate;
  /** The `count`-th working day after `date`, which is not counted; 0 gives `nextWorkingDay(date)`. */
  addWorkingDays(date: LocalDate, count: number): LocalDate;
  /** The last day that is known without a gap from `date` on; null where not even its year is loaded. */
  knownUntil(date: LocalDate): LocalDate | null;
}

/**
 * What comes out of counting working days, or null where a year of them is not loaded: for whatever must not wait for a
 * calendar, as an end that sets free, or a word of the party within its time. Everything else refuses.
 */
export function whereKnown<T>(count: () => T): T | null {
  try {
    return count();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'calendar.year-unknown') return null;
    throw error;
  }
}

/**
 * The working days of the given years. A year that is not among them is refused, never guessed from its
 * weekdays: a guessed Saturday would move a real deadline.
 *
 * A notice may reach into the neighbouring December (the one of 2019 made Saturday 2018-12-29 a working
 * day), so days count wherever they lie; a December is exact only when the next year is loaded too, which
 * is announced in November.
 *
 * @throws Refusal `calendar.contradiction` for a year given twice, a day both off and worked, a make-up day
 *   that is no weekend, or a day outside the notice's reach
 */
export function workingCalendar(years: readonly CalendarYear[]): WorkingCalendar {
  const known = new Set<number>();
  const off = new Set<LocalDate>();
  const worked = new Set<LocalDate>();
  for (const year of years) {
    checkYear(year, known);
    known.add(year.year);
    year.holidays.forEach((date) => off.add(date));
    year.workingWeekends.forEach((date) => worked.add(date));
  }
  for (const date of worked) {
    if (off.has(date))
      contradiction(yearOf(date), date, 'is both a holiday and a make-up day', '既是假日又是调休上班日');
  }

  function isWorkingDay(date: LocalDate): boolean {
    parseLocalDate(date);
    const year = yearOf(date);
    if (!known.has(year)) calendarRefusals.refuse('calendar.year-unknown', { year, date });
    if (worked.has(date)) return true;
    return !off.has(date) && !isWeekend(date);
  }

  function nextWorkingDay(date: LocalDate): LocalDate {
    let day = date;
    while (!isWorkingDay(day)) day = addDays(day, 1);
    return day;
  }

  return {
    isWorkingDay,
    nextWorkingDay,
    knownUntil(date) {
      let year = yearOf(date);
      if (!known.has(year)) return null;
      while (known.has(year + 1)) year += 1;
      return `${year}-12-31`;
    },
    addWorkingDays(date, count) {
      if (!Number.isSafeInteger(count) || count < 0)
        calendarRefusals.refuse('calendar.count-invalid', { count });
      if (count === 0) return nextWorkingDay(date);
      let day = date;
      for (let left = count; left > 0; left -= 1) day = nextWorkingDay(addDays(day, 1));
      return day;
    },
  };
}

function checkYear({ year, holidays, workingWeekends }: CalendarYear, known: ReadonlySet<number>): void {
  if (known.has(year)) contradiction(year, String(year), 'is given twice', '重复');
  for (const date of [...holidays, ...workingWeekends]) {
    parseLocalDate(date);
    const within =
      compareDates(date, `${year - 1}-12-01`) >= 0 && compareDates(date, `${year + 1}-01-31`) <= 0;
    if (!within) contradiction(year, date, 'does not belong to that year', '不属于该年');
  }
  for (const date of workingWeekends) {
    if (!isWeekend(date))
      contradiction(year, date, 'is a make-up day but no weekend', '是调休上班日却不是周末');
  }
}

function contradiction(year: number, date: string, fault: string, faultZh: string): never {
  return calendarRefusals.refuse('calendar.contradiction', { year, date, fault, faultZh });
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

function isWeekend(date: LocalDate): boolean {
  const weekday = weekdayOf(date);
  return weekday === 0 || weekday === 6;
}
