import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  compareDates,
  daysBetween,
  endOfDay,
  isLocalDate,
  localDateOf,
  parseLocalDate,
  startOfDay,
  weekdayOf,
} from './local-date.js';

const anyDate = fc.integer({ min: -135_140, max: 376_200 }).map((days) => addDays('1970-01-01', days)); // 1600 to 2999

describe('a civil date', () => {
  test.each(['2024-02-29', '2000-02-29', '1949-12-31', '9999-12-31', '1000-01-01'])('%s is one', (text) => {
    expect(isLocalDate(text)).toBe(true);
    expect(parseLocalDate(text)).toBe(text);
  });

  test.each([
    ['2023-02-29', 'no leap year'],
    ['1900-02-29', 'a century is no leap year'],
    ['2024-04-31', 'April has 30 days'],
    ['2024-00-10', 'no month 0'],
    ['2024-13-01', 'no month 13'],
    ['2024-01-00', 'no day 0'],
    ['2024-1-1', 'digits missing'],
    ['2024-01-01T00:00:00Z', 'an instant'],
    ['2024-01-01\n', 'a line end'],
    ['0099-01-01', 'a year with a leading zero'],
    ['二〇二四-01-01', 'other digits'],
    ['', 'nothing'],
  ])('%j is none: %s', (text) => {
    expect(isLocalDate(text)).toBe(false);
    expect(() => parseLocalDate(text)).toThrow(expect.objectContaining({ code: 'date.invalid' }));
  });

  test('other values are none', () => {
    for (const value of [undefined, null, 20240101, new Date(0), ['2024-01-01']])
      expect(isLocalDate(value)).toBe(false);
  });

  test('weekdays count from Sunday', () => {
    expect(weekdayOf('2024-09-29')).toBe(0);
    expect(weekdayOf('2024-10-12')).toBe(6);
    expect(weekdayOf('1949-10-01')).toBe(6);
  });
});

describe('counting days and months', () => {
  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2024-02-28', 1, '2024-03-28'],
    ['2024-08-31', 6, '2025-02-28'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-03-31', -1, '2024-02-29'],
  ])('%s and %i months are %s', (from, months, end) => {
    expect(addMonths(from, months)).toBe(end);
  });

  test('a listing of three years from a leap day ends on 28 February', () => {
    expect(addYears('2024-02-29', 3)).toBe('2027-02-28');
  });

  test('days run over months and years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  });

  test('a sum outside the calendar is refused, not wrapped', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(expect.objectContaining({ code: 'date.out-of-range' }));
    expect(() => addMonths('1000-01-01', -1)).toThrow(expect.objectContaining({ code: 'date.out-of-range' }));
    expect(() => addDays('2024-01-01', 0.5)).toThrow(expect.objectContaining({ code: 'date.out-of-range' }));
    expect(() => addYears('2024-01-01', Number.NaN)).toThrow(
      expect.objectContaining({ code: 'date.out-of-range' }),
    );
  });

  test('adding days and counting them agree, and text order is date order', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        const other = addDays(date, days);
        expect(daysBetween(date, other)).toBe(days);
        expect(Math.sign(compareDates(other, date))).toBe(Math.sign(days));
      }),
    );
  });

  test('adding months keeps the day or takes the last one of the month', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 600 }), (date, months) => {
        const end = addMonths(date, months);
        expect(isLocalDate(end)).toBe(true);
        const kept = end.slice(8) === date.slice(8);
        const last = addDays(end, 1).slice(8) === '01';
        expect(kept || last).toBe(true);
      }),
    );
  });
});

describe('instants and days in China', () => {
  test.each([
    ['2024-02-29T15:59:59.999Z', '2024-02-29'],
    ['2024-02-29T16:00:00Z', '2024-03-01'],
    ['2024-03-01T00:00:00+08:00', '2024-03-01'],
    ['2024-12-31T23:30:00-05:00', '2025-01-01'],
  ])('%s is on %s', (instant, date) => {
    expect(localDateOf(instant)).toBe(date);
    expect(localDateOf(new Date(instant))).toBe(date);
  });

  test.each(['2024-02-29', '2024-02-29T12:00:00', 'yesterday', ''])(
    '%j has no zone and is refused',
    (text) => {
      expect(() => localDateOf(text)).toThrow(expect.objectContaining({ code: 'date.instant-invalid' }));
    },
  );

  test('a day ends at 24:00, where the next one begins', () => {
    expect(startOfDay('2024-03-01').toISOString()).toBe('2024-02-29T16:00:00.000Z');
    expect(endOfDay('2024-02-29')).toEqual(startOfDay('2024-03-01'));
    expect(endOfDay('9999-12-31').toISOString()).toBe('9999-12-31T16:00:00.000Z');
  });

  test('every instant of a day is on that day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 86_399_999 }), (date, ms) => {
        expect(localDateOf(new Date(startOfDay(date).getTime() + ms))).toBe(date);
      }),
    );
  });
});
