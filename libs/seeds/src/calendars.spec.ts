import { describe, expect, it } from '@jest/globals';
import { Refusal, workingCalendar } from '#kernel';
import { loadSeeds } from './load.js';

const years = loadSeeds('calendars');
const calendar = workingCalendar(years);

describe('working calendars', () => {
  it('cover 2021 to 2026, each with the notice behind it', () => {
    expect(years.map((year) => year.year)).toEqual([2021, 2022, 2023, 2024, 2025, 2026]);
    for (const year of years) {
      expect(year.basis).toBe(`国务院办公厅关于${year.year}年部分节假日安排的通知`);
      expect(year.noticeUrl).toMatch(/^https?:\/\/www\.gov\.cn\//);
    }
  });

  it('count the days off and the days worked for them', () => {
    const counts = years.map((year) => [year.holidays.length, year.workingWeekends.length]);
    expect(counts).toEqual([
      [31, 7],
      [32, 7],
      [26, 7],
      [28, 8],
      [28, 5],
      [33, 6],
    ]);
  });

  it('know the days people trip over', () => {
    expect(calendar.isWorkingDay('2026-02-14')).toBe(true); // Saturday, made up
    expect(calendar.isWorkingDay('2026-02-23')).toBe(false); // Monday, spring festival
    expect(calendar.isWorkingDay('2025-10-08')).toBe(false); // Wednesday, the eighth day off
    expect(calendar.isWorkingDay('2022-12-31')).toBe(false); // New Year of 2023 starts in 2022
    expect(calendar.isWorkingDay('2024-10-12')).toBe(true);
  });

  it('refuse 2027, whose notice is not published', () => {
    expect(() => calendar.addWorkingDays('2026-12-28', 10)).toThrow(Refusal);
  });
});
