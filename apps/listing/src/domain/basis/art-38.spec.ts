import { describe, expect, test } from '@jest/globals';
import { workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import { basisClocks, meaningOf, touchesBasis } from './art-38.js';

const ordinance = loadSeeds('ordinance-clocks');
const period = (code: string) => ordinance.find((clock) => clock.code === code)!.period;
const article38 = {
  tell: period('basis-lost-tell'),
  withdraw: period('basis-lost-withdraw'),
  calendar: workingCalendar(loadSeeds('calendars')),
};

describe('ordinance art. 38: two working days to tell, one to withdraw', () => {
  test.each([
    // penalty revoked on appeal on Monday
    ['told the next day', '2025-06-09', '2025-06-10', '2025-06-11', false, '2025-06-11'],
    ['told on the last day', '2025-06-09', '2025-06-11', '2025-06-11', false, '2025-06-12'],
    ['told late', '2025-06-09', '2025-06-12', '2025-06-11', true, '2025-06-13'],
    // Wednesday before the National Day holiday 2025-10-01 … 10-08
    ['over the National Day holiday', '2025-09-29', '2025-09-30', '2025-10-09', false, '2025-10-09'],
    // Friday; 2026-02-14 is a made-up Saturday, the Spring Festival begins on Sunday
    ['a made-up Saturday is a working day', '2026-02-12', '2026-02-13', '2026-02-14', false, '2026-02-14'],
    ['the day of the change is not known', null, '2025-06-10', null, false, '2025-06-11'],
  ])('%s', (_, changedOn, toldOn, tellDue, toldLate, withdrawDue) => {
    expect(basisClocks(article38, { changedOn, toldOn })).toEqual({ tellDue, toldLate, withdrawDue });
  });
});

test('a case rests on what a record says of conduct and penalty, not on how long it is published', () => {
  expect(touchesBasis(['fineYuan'])).toBe(true);
  expect(touchesBasis(['publishedUntil', 'conduct'])).toBe(true);
  expect(touchesBasis(['publishedUntil'])).toBe(false);
});

describe('a case that rests on several records', () => {
  const [a, b] = [
    { id: 'a', withdrawn: false },
    { id: 'b', withdrawn: false },
  ];

  test('falls with the last one, and comes before a person while one is left', () => {
    expect(meaningOf([a, b], 'a', 'withdrawn')).toBe('for-a-person');
    expect(meaningOf([{ ...a, withdrawn: true }, b], 'b', 'withdrawn')).toBe('falls');
  });

  test('whose record was changed comes before a person', () => {
    expect(meaningOf([a], 'a', 'corrected')).toBe('for-a-person');
  });

  test('does not fall twice, nor with a record that is not its own', () => {
    expect(meaningOf([{ ...a, withdrawn: true }, b], 'a', 'withdrawn')).toBe('nothing');
    expect(meaningOf([a], 'x', 'withdrawn')).toBe('nothing');
  });
});
