import { defineRefusals } from './refusal.js';

/**
 * A civil date of China, `YYYY-MM-DD`, without a time of day and without a time zone. It sorts and compares
 * as text. Legal dates (act, decision, service, expiry) are days, so a `Date` would only add a zone to get wrong.
 */
export type LocalDate = string;

export const dateRefusals = defineRefusals({
  'date.invalid': {
    kind: 'invalid',
    zh: '{value} 不是有效日期',
    en: '{value} is not a date.',
    cureZh: '使用公历中存在的日期,格式为 YYYY-MM-DD,如 2024-03-01',
    cureEn: 'Give a day that exists, as YYYY-MM-DD, for example 2024-03-01.',
  },
  'date.instant-invalid': {
    kind: 'invalid',
    zh: '{value} 不是带时区的时刻',
    en: '{value} is not an instant with a time zone.',
    cureZh: '使用带时区的 ISO 8601 时刻,如 2024-03-01T09:00:00+08:00',
    cureEn: 'Give an ISO 8601 instant with its offset, for example 2024-03-01T09:00:00+08:00.',
  },
  'date.out-of-range': {
    kind: 'invalid',
    zh: '日期超出 1000 年至 9999 年的范围',
    en: 'The day lies outside the years 1000 to 9999.',
    cureZh: '检查起始日期和期限',
    cureEn: 'Check the first day and the length of the period.',
  },
});

const DAY_MS = 86_400_000;
/**
 * Asia/Shanghai is UTC+8 the whole year: China's summer time of 1986 to 1991 was never used again, and no
 * instant of this platform is that old (older legal facts, such as birth dates, arrive as civil dates).
 * A fixed offset needs no zone database and is the same on every machine.
 */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

const PATTERN = /^([1-9]\d{3})-(\d{2})-(\d{2})$/;

interface Civil {
  year: number;
  month: number;
  day: number;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function civilOf(text: string): Civil | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return { year, month, day };
}

function textOf({ year, month, day }: Civil): LocalDate {
  if (year < 1000 || year > 9999) dateRefusals.refuse('date.out-of-range');
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function required(date: LocalDate): Civil {
  return civilOf(date) ?? dateRefusals.refuse('date.invalid', { value: String(date).slice(0, 40) });
}

/** Days since 1970-01-01. */
function dayNumber(date: LocalDate): number {
  const { year, month, day } = required(date);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function dateOfDayNumber(days: number): LocalDate {
  const date = new Date(days * DAY_MS);
  if (!Number.isSafeInteger(days) || Number.isNaN(date.getTime()))
    return dateRefusals.refuse('date.out-of-range');
  return textOf({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
}

/** Whether `value` is text of the form YYYY-MM-DD naming a day that exists (years 1000 to 9999). */
export function isLocalDate(value: unknown): value is LocalDate {
  return typeof value === 'string' && civilOf(value) !== undefined;
}

/** @throws Refusal `date.invalid` */
export function parseLocalDate(text: string): LocalDate {
  required(text);
  return text;
}

/** `days` may be negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** The same day `months` later, or the last day of that month where it has no such day (民法典 art. 202). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = required(date);
  const index = year * 12 + (month - 1) + months;
  if (!Number.isSafeInteger(index) || index < 0) return dateRefusals.refuse('date.out-of-range');
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return textOf({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) });
}

/** The same day `years` later; 29 February becomes 28 February in a common year. */
export function addYears(date: LocalDate, years: number): LocalDate {
  return addMonths(date, years * 12);
}

/** Negative when `a` is earlier, 0 when both are the same day: for `sort`. */
export function compareDates(a: LocalDate, b: LocalDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Calendar days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(date: LocalDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** ISO 8601 with an offset: a text without one would be read in the zone of the process. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * The civil date in China at an instant.
 *
 * @throws Refusal `date.instant-invalid` for a text without offset or an invalid Date
 */
export function localDateOf(instant: Date | string): LocalDate {
  const text = typeof instant === 'string' ? instant : undefined;
  const ms = text === undefined || INSTANT.test(text) ? new Date(instant).getTime() : Number.NaN;
  if (Number.isNaN(ms))
    return dateRefusals.refuse('date.instant-invalid', { value: String(instant).slice(0, 40) });
  return dateOfDayNumber(Math.floor((ms + SHANGHAI_OFFSET_MS) / DAY_MS));
}

/** 00:00 in China of that day, as an instant. */
export function startOfDay(date: LocalDate): Date {
  return new Date(dayNumber(date) * DAY_MS - SHANGHAI_OFFSET_MS);
}

/**
 * 24:00 in China of that day, that is 00:00 of the next: the last day of a period ends at 24:00 (民法典
 * art. 203), so something due on a day is overdue from this instant on and not before.
 */
export function endOfDay(date: LocalDate): Date {
  return new Date((dayNumber(date) + 1) * DAY_MS - SHANGHAI_OFFSET_MS);
}
