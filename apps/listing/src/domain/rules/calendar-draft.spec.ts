import { describe, expect, test } from '@jest/globals';
import { type CalendarYear, workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import { refused } from '../../../specs/refused.js';
import { draftCalendar, dropCalendar, publishCalendar } from './calendar-draft.js';

/* With the notices of 2025 and 2026, of which the second is drafted as if it had just been published. */

const years = loadSeeds('calendars');
const others = years.filter(({ year }) => year < 2026);
const of2026 = years.find(({ year }) => year === 2026)!;
const by = (id: string) => ({ today: '2025-11-05', actor: { id, name: id, department: null } });
const drafted = (change: Partial<CalendarYear> = {}) =>
  draftCalendar('d1', { ...of2026, ...change }, others, by('a'));
const codeOf = (does: () => unknown): string => refused(does).code;

describe('a year of the working calendar', () => {
  test('is drafted by one person and published by another', () => {
    const draft = drafted();
    expect(codeOf(() => publishCalendar(draft, others, by('a')))).toBe('calendar.second-person');
    const published = publishCalendar(draft, others, by('b'));
    expect(published).toMatchObject({
      status: 'published',
      publishedBy: { id: 'b' },
      content: { year: 2026 },
    });
    expect(codeOf(() => publishCalendar(published, others, by('c')))).toBe('calendar.settled');
    expect(dropCalendar(draft, '与通知不符', by('a'))).toMatchObject({ status: 'dropped' });
  });

  test('may be drafted again, as the holidays of a year are changed by another notice', () => {
    expect(draftCalendar('d2', of2026, years, by('a')).status).toBe('draft');
  });

  test.each([
    [
      'of another year than its notice',
      { basis: '国务院办公厅关于2025年部分节假日安排的通知' },
      'calendar.notice-other',
    ],
    ['without its fixed holidays', { holidays: ['2026-01-01'] }, 'calendar.empty'],
    ['with a make-up day that is no weekend', { workingWeekends: ['2026-01-05'] }, 'calendar.contradiction'],
    ['with a day both off and worked', { workingWeekends: ['2026-10-04'] }, 'calendar.contradiction'],
    [
      'with a day of another year',
      { holidays: [...of2026.holidays, '2027-02-06'] },
      'calendar.contradiction',
    ],
  ])('%s is refused', (_, change, code) => {
    expect(codeOf(() => drafted(change))).toBe(code);
  });
});

describe('how far working days are known', () => {
  test('is to the end of the last year without a gap, and nothing where the year of today is missing', () => {
    expect(workingCalendar(years).knownUntil('2026-11-28')).toBe('2026-12-31');
    expect(workingCalendar(others).knownUntil('2025-11-28')).toBe('2025-12-31');
    expect(workingCalendar(others).knownUntil('2026-01-01')).toBeNull();
    const gap = years.filter(({ year }) => year !== 2025);
    expect(workingCalendar(gap).knownUntil('2024-06-03')).toBe('2024-12-31');
  });
});
