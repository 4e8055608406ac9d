import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, compareDates, type LocalDate } from './local-date.js';
import { deadline, type Period, periodEnd } from './period.js';
import { type CalendarYear, workingCalendar } from './working-calendar.js';

function days(...ranges: string[]): LocalDate[] {
  return ranges.flatMap((range) => {
    const [first = '', last = first] = range.split('..');
    const dates = [first];
    while (compareDates(dates.at(-1)!, last) < 0) dates.push(addDays(dates.at(-1)!, 1));
    return dates;
  });
}

const year2024: CalendarYear = {
  year: 2024,
  holidays: days(
    '2024-01-01',
    '2024-02-10..2024-02-17',
    '2024-04-04..2024-04-06',
    '2024-05-01..2024-05-05',
    '2024-06-10',
    '2024-09-15..2024-09-17',
    '2024-10-01..2024-10-07',
  ),
  workingWeekends: days(
    '2024-02-04',
    '2024-02-18',
    '2024-04-07',
    '2024-04-28',
    '2024-05-11',
    '2024-09-14',
    '2024-09-29',
    '2024-10-12',
  ),
  basis: '国办发明电〔2023〕7号',
  confirmed: false,
};
const year2025: CalendarYear = {
  year: 2025,
  holidays: days(
    '2025-01-01',
    '2025-01-28..2025-02-04',
    '2025-04-04..2025-04-06',
    '2025-05-01..2025-05-05',
    '2025-05-31..2025-06-02',
    '2025-10-01..2025-10-08',
  ),
  workingWeekends: days('2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'),
  basis: '国办发明电〔2024〕12号',
  confirmed: false,
};
const calendar = workingCalendar([year2024, year2025]);

describe('working days', () => {
  test.each([
    ['2024-09-13', true, 'a Friday'],
    ['2024-09-14', true, 'a make-up Saturday'],
    ['2024-09-21', false, 'a plain Saturday'],
    ['2024-09-29', true, 'a make-up Sunday'],
    ['2024-10-01', false, 'National Day'],
    ['2024-10-07', false, 'the last day of the holiday, a Monday'],
    ['2024-10-08', true, 'the day after'],
    ['2024-12-31', true, 'the last day that is known by this year alone'],
  ])('%s: %s, %s', (date, working) => {
    expect(calendar.isWorkingDay(date)).toBe(working);
  });

  test('the next working day of a working day is itself', () => {
    expect(calendar.nextWorkingDay('2024-10-12')).toBe('2024-10-12');
    expect(calendar.nextWorkingDay('2024-10-01')).toBe('2024-10-08');
  });

  test.each(['2023-12-31', '2026-01-01'])('%s lies in a year without calendar and is refused', (date) => {
    for (const ask of [calendar.isWorkingDay, calendar.nextWorkingDay]) {
      expect(() => ask(date)).toThrow(
        expect.objectContaining({
          code: 'calendar.year-unknown',
          facts: { year: Number(date.slice(0, 4)), date },
        }),
      );
    }
  });

  test('counting into a year without calendar is refused, counting up to its edge is not', () => {
    expect(calendar.addWorkingDays('2025-12-30', 1)).toBe('2025-12-31');
    expect(() => calendar.addWorkingDays('2025-12-30', 2)).toThrow(
      expect.objectContaining({ code: 'calendar.year-unknown' }),
    );
  });

  test('adding n working days passes exactly n of them', () => {
    const start = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2024-01-01', n));
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 120 }), (from, count) => {
        const end = calendar.addWorkingDays(from, count);
        expect(calendar.isWorkingDay(end)).toBe(true);
        let passed = 0;
        for (let day = addDays(from, 1); compareDates(day, end) <= 0; day = addDays(day, 1)) {
          if (calendar.isWorkingDay(day)) passed += 1;
        }
        expect(passed).toBe(count);
      }),
    );
  });
});

describe('a calendar that contradicts itself is refused', () => {
  const base: CalendarYear = { year: 2024, holidays: [], workingWeekends: [], basis: 'x', confirmed: false };
  const contradiction = expect.objectContaining({ code: 'calendar.contradiction' });

  test('a year given twice', () => {
    expect(() => workingCalendar([base, base])).toThrow(contradiction);
  });
  test('a make-up day on a weekday', () => {
    expect(() => workingCalendar([{ ...base, workingWeekends: ['2024-10-08'] }])).toThrow(contradiction);
  });
  test('a day both off and worked', () => {
    const date = '2024-10-12';
    expect(() => workingCalendar([{ ...base, holidays: [date], workingWeekends: [date] }])).toThrow(
      contradiction,
    );
  });
  test('a day of another year', () => {
    expect(() => workingCalendar([{ ...base, holidays: ['2023-10-01'] }])).toThrow(contradiction);
  });
  test('a day that does not exist', () => {
    expect(() => workingCalendar([{ ...base, holidays: ['2024-02-30'] }])).toThrow(
      expect.objectContaining({ code: 'date.invalid' }),
    );
  });
  test('a notice may reach into the December before it', () => {
    const years: CalendarYear[] = [
      { ...base, year: 2018 },
      { ...base, year: 2019, holidays: ['2018-12-31'], workingWeekends: ['2018-12-29'] },
    ];
    expect(workingCalendar(years).isWorkingDay('2018-12-29')).toBe(true);
    expect(workingCalendar(years).isWorkingDay('2018-12-31')).toBe(false);
  });
});

describe('the last day of a time limit', () => {
  test.each<[LocalDate, Period, LocalDate, string]>([
    [
      '2024-09-24',
      { count: 5, unit: 'working-day' },
      '2024-09-30',
      'defence: the make-up Sunday 29 September counts',
    ],
    ['2024-09-27', { count: 5, unit: 'working-day' }, '2024-10-10', 'defence over the National Day holiday'],
    ['2024-10-11', { count: 1, unit: 'working-day' }, '2024-10-12', 'the make-up Saturday is the first day'],
    ['2024-10-05', { count: 3, unit: 'working-day' }, '2024-10-10', 'begun on a day off'],
    ['2024-03-01', { count: 15, unit: 'day' }, '2024-03-18', 'ends on Saturday 16 March, moves to Monday'],
    ['2024-09-14', { count: 15, unit: 'day' }, '2024-09-29', 'ends on a make-up Sunday, which is worked'],
    ['2024-09-22', { count: 9, unit: 'day' }, '2024-10-08', 'ends on National Day, moves behind the holiday'],
    ['2024-01-31', { count: 1, unit: 'month' }, '2024-02-29', 'a month without that day ends on its last'],
    ['2024-03-31', { count: 6, unit: 'month' }, '2024-09-30', 'six months end on 30 September'],
    [
      '2024-05-01',
      { count: 1, unit: 'year' },
      '2025-05-06',
      'a year ends on Labour Day, moves behind the holiday',
    ],
    [
      '2024-10-01',
      { count: 0, unit: 'day' },
      '2024-10-08',
      'nothing to count: the next day on which anybody works',
    ],
  ])('from %s, %o ends on %s: %s', (from, period, end) => {
    expect(deadline(calendar, from, period)).toBe(end);
  });

  test('30 days are not a month', () => {
    expect(deadline(calendar, '2024-07-01', { count: 30, unit: 'day' })).toBe('2024-07-31');
    expect(deadline(calendar, '2024-07-01', { count: 1, unit: 'month' })).toBe('2024-08-01');
  });

  test('a last day in a year without calendar is refused', () => {
    expect(() => deadline(calendar, '2025-06-01', { count: 1, unit: 'year' })).toThrow(
      expect.objectContaining({ code: 'calendar.year-unknown' }),
    );
  });

  test.each([-1, 1.5, Number.NaN])('a length of %d is refused', (count) => {
    for (const unit of ['day', 'working-day', 'month', 'year'] as const) {
      expect(() => deadline(calendar, '2024-07-01', { count, unit })).toThrow(
        expect.objectContaining({ code: 'period.count-invalid' }),
      );
    }
  });
});

describe('the last day of a term', () => {
  test.each<[LocalDate, Period, LocalDate]>([
    ['2024-10-05', { count: 3, unit: 'year' }, '2027-10-05'],
    ['2024-02-29', { count: 3, unit: 'year' }, '2027-02-28'],
    ['2024-08-31', { count: 6, unit: 'month' }, '2025-02-28'],
    ['2024-03-01', { count: 90, unit: 'day' }, '2024-05-30'],
  ])('from %s, %o ends on %s, a day off or not, and needs no calendar', (from, period, end) => {
    expect(periodEnd(from, period)).toBe(end);
  });

  test('is never counted in working days', () => {
    expect(() => periodEnd('2024-03-01', { count: 5, unit: 'working-day' })).toThrow(
      expect.objectContaining({ code: 'period.term-in-working-days' }),
    );
  });
});
