import { expect, it } from '@jest/globals';
import { demandCorrection, demandDeclarable } from './declaration.js';

it.each([
  ['2024-10', '2024-11-01'],
  ['2024-12', '2025-01-01'],
  ['2022-07', '2024-11-14'],
])('a number can be said of %s on %s: the month is over', (month, today) => {
  expect(demandDeclarable('procurement', month, today)).toBe('procurement');
  expect(demandDeclarable('fiscal-funds', month, today)).toBe('fiscal-funds');
});

it.each([
  ['2024-11', '2024-11-30'],
  ['2024-12', '2024-11-14'],
])('not of %s on %s: it is not over, or not begun', (month, today) => {
  expect(() => demandDeclarable('procurement', month, today)).toThrow('check.month-not-over');
});

it.each(['permit', 'honours', 'appointment'])(
  'not of %s: it is counted from records, or no duty',
  (field) => {
    expect(() => demandDeclarable(field, '2024-10', '2024-11-14')).toThrow('check.counted-from-records');
  },
);

it('the same number once more corrects nothing', () => {
  expect(() => demandCorrection({ month: '2024-10', decisions: 7 }, 7)).toThrow('check.nothing-corrected');
  expect(() => demandCorrection({ month: '2024-10', decisions: 7 }, 0)).not.toThrow();
});
