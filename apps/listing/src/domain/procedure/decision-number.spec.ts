import { describe, expect, test } from '@jest/globals';
import { comparedNumber, yearOfNumber } from './decision-number.js';

describe('the number of a decision (决定书文号)', () => {
  test.each([
    '黑市监列决〔2026〕12号',
    '黑市监列决[2026]12号',
    '黑市监列决［２０２６］ 12 号',
    '黑市监列决（2026）12号',
  ])('%s is one number however it was typed', (typed) => {
    expect(comparedNumber(typed)).toBe('黑市监列决(2026)12号');
  });

  test('another serial number, year or unit is another number', () => {
    const numbers = [
      '黑市监列决〔2026〕12号',
      '黑市监列决〔2026〕13号',
      '黑市监列决〔2025〕12号',
      '哈市监列决〔2026〕12号',
    ];
    expect(new Set(numbers.map(comparedNumber)).size).toBe(4);
  });

  test('it belongs to the series of the year of its day', () => {
    expect([yearOfNumber('2025-12-31'), yearOfNumber('2026-01-01')]).toEqual([2025, 2026]);
  });
});
