import { describe, expect, it } from '@jest/globals';
import { disagreements } from './agreement.js';

describe('an agreement', () => {
  const what = 'records at grading';

  it('holds when each side has the same, in any order', () => {
    expect(disagreements([{ what, told: ['a', 'b'], held: ['b', 'a'] }])).toEqual([]);
  });

  it('is broken by what is missing, by what nobody told, and by what is held twice', () => {
    expect(disagreements([{ what, told: ['a', 'b'], held: ['b', 'c', 'c'] }])).toEqual([
      '1 records at grading: missing: a',
      '1 records at grading: nobody told: c',
      '1 records at grading: held twice: c',
    ]);
  });
});
