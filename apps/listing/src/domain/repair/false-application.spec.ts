import { describe, expect, test } from '@jest/globals';
import { listTypeOn, type ListKey, loadSeeds } from '#seeds';
import { consequencesOf } from './false-application.js';

const lists = loadSeeds('list-types');
const sites = loadSeeds('repair-rules');

const of = (key: ListKey, foundOn: string, termEndsOn: string | null) => {
  const list = listTypeOn(lists, key, foundOn)!;
  const site = sites.find(
    (rule) => rule.sector === 'general' && rule.validFrom! <= foundOn && (rule.validTo ?? '9') >= foundOn,
  )!;
  return consequencesOf(list.earlyRemoval?.falseMaterial ?? null, site.falseMaterial, {
    foundOn,
    termEndsOn,
    termPeriod: list.term.period,
  });
};

describe('a repair that rested on false material', () => {
  test('SAMR: a longer ban keeps its own end where the three years anew would end before it', () => {
    expect(of('SAMR', '2026-11-10', '2030-01-12').restored).toEqual({ anew: true, termEndsOn: '2030-01-12' });
    expect(of('SAMR', '2026-11-10', '2028-01-12').restored).toEqual({ anew: true, termEndsOn: '2029-11-10' });
  });

  test.each([
    [
      'WAGE, order 45 art. 15: removal revoked, the three years run anew; before order 36 no bar',
      'WAGE',
      '2025-11-10',
      '2028-03-12',
      { restored: { anew: true, termEndsOn: '2028-11-10' }, barredUntil: null, siteUntil: null },
    ],
    [
      'WAGE since 2026-04-01: beside it order 36 art. 25, three years shown and not repairable',
      'WAGE',
      '2026-11-10',
      '2029-04-06',
      {
        restored: { anew: true, termEndsOn: '2029-11-10' },
        barredUntil: '2029-11-10',
        siteUntil: '2029-11-10',
      },
    ],
    [
      'SAMR, order 107 art. 23: term anew, three years without another application, decision shown three years',
      'SAMR',
      '2026-01-12',
      '2027-11-14',
      {
        restored: { anew: true, termEndsOn: '2029-01-12' },
        barredUntil: '2029-01-12',
        siteUntil: '2029-01-12',
      },
    ],
    [
      'SAMR, order 44 art. 20: restored, published anew; no bar',
      'SAMR',
      '2025-12-24',
      '2027-11-14',
      { restored: { anew: true, termEndsOn: '2028-12-24' }, barredUntil: null, siteUntil: null },
    ],
    [
      'CPA: restored for the rest of its term, and no early removal any more',
      'CPA',
      '2026-03-02',
      '2027-03-12',
      { restored: { anew: false, termEndsOn: '2027-03-12' }, barredUntil: 'for-good', siteUntil: null },
    ],
    [
      'SAFETY, order 11: removal revoked, the listed state restored',
      'SAFETY',
      '2026-03-02',
      '2028-03-12',
      { restored: { anew: false, termEndsOn: '2028-03-12' }, barredUntil: null, siteUntil: null },
    ],
    [
      'SAFETY found false after the old term: nobody is listed beyond the term of the decision',
      'SAFETY',
      '2026-03-02',
      '2026-02-27',
      { barredUntil: null, siteUntil: null },
    ],
    [
      'TAX: its rule says nothing of it; order 36 art. 25 holds for what the site shows',
      'TAX',
      '2026-05-06',
      '2028-03-14',
      { barredUntil: '2029-05-06', siteUntil: '2029-05-06' },
    ],
  ] as const)('%s', (_, key, foundOn, termEndsOn, expected) => {
    expect(of(key, foundOn, termEndsOn)).toEqual(expected);
  });
});
