import { describe, expect, test } from '@jest/globals';
import { termAfter } from './term-after.js';

const fiveYears = { longest: { count: 5, unit: 'year' } } as const;
const first = { startsOn: '2025-01-13', endsOn: '2027-01-13' };
const second = { startsOn: '2027-01-13', endsOn: '2029-01-13' };

describe('terms that add up (联合惩戒办法 art. 10)', () => {
  test('the new one joins the last, and five years count from the first day of the row', () => {
    expect(termAfter(fiveYears, [first], '2026-03-09')).toEqual({
      endsOn: '2027-01-13',
      noLaterThan: '2030-01-13',
    });
    expect(termAfter(fiveYears, [second, first], '2028-03-09')).toEqual({
      endsOn: '2029-01-13',
      noLaterThan: '2030-01-13',
    });
  });

  test('a term that was over before another began is none of the row', () => {
    const later = { startsOn: '2028-05-01', endsOn: '2030-05-01' };
    expect(termAfter(fiveYears, [first, later], '2029-03-09')).toMatchObject({ noLaterThan: '2033-05-01' });
  });

  test('of accountants add up without a bound (order 116 art. 10)', () => {
    expect(termAfter({ longest: null }, [second, first], '2028-03-09')).toEqual({
      endsOn: '2029-01-13',
      noLaterThan: null,
    });
  });

  test('a term that is over adds nothing; on its last day it still runs', () => {
    expect(termAfter(fiveYears, [first], '2027-01-14')).toBeNull();
    expect(termAfter(fiveYears, [first], '2027-01-13')).not.toBeNull();
    expect(termAfter(fiveYears, [], '2027-01-13')).toBeNull();
  });
});
