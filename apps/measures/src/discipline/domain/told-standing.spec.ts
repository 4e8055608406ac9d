import { describe, expect, it, test } from '@jest/globals';
import {
  casesTold,
  differenceOf,
  type KnownCase,
  type SnapshotFact,
  type ToldCase,
} from './told-standing.js';

const fact = (what: string, id: string, termEndsOn?: string | null): SnapshotFact => ({
  type: `cn.chengxin.${what}.v1`,
  data: { case: { id }, ...(termEndsOn === undefined ? {} : { termEndsOn }) },
});

describe('how listings stand, from a line of the snapshot', () => {
  it('by case, whatever else is told of the subject', () => {
    const told = casesTold([
      fact('listing.in-force', 'a', '2027-11-14'),
      fact('listing.published', 'a', '2027-11-14'),
      fact('listing.in-force', 'b', null),
      fact('listing.suspended', 'b'),
      fact('objection.marked', 'a'),
      fact('listing.in-force', 'c', '2026-11-14'),
      fact('listing.ended', 'c'),
      { type: 'cn.chengxin.repair.granted.v1', data: { repair: {} } },
    ]);
    expect(Object.fromEntries(told)).toEqual({
      a: { standing: 'live', termEndsOn: '2027-11-14' },
      b: { standing: 'suspended', termEndsOn: null },
      c: { standing: 'ended', termEndsOn: '2026-11-14' },
    });
  });
});

const live = { standing: 'live', termEndsOn: '2027-11-14' } as const;
test.each<[string, ToldCase | undefined, KnownCase | undefined, ReturnType<typeof differenceOf>]>([
  ['both in force', live, live, null],
  ['an unheard beginning', live, undefined, 'live-there-only'],
  ['a beginning that an end overtook', live, { ...live, standing: 'ended-unseen' }, 'live-there-only'],
  ['an unheard restoration', live, { ...live, standing: 'suspended' }, 'live-there-only'],
  ['an unheard end', { ...live, standing: 'ended' }, live, 'live-here-only'],
  ['an unheard suspension', { ...live, standing: 'suspended' }, live, 'live-here-only'],
  ['a listing that nobody decided', undefined, live, 'live-here-only'],
  ['an unheard correction', live, { ...live, termEndsOn: '2029-11-14' }, 'other-term'],
  ['an end that nobody here knows the beginning of', { ...live, standing: 'ended' }, undefined, null],
  [
    'both ended, to different days',
    { ...live, standing: 'ended' },
    { standing: 'ended', termEndsOn: null },
    null,
  ],
])('%s', (_, told, known, difference) => {
  expect(differenceOf(told, known)).toBe(difference);
});
