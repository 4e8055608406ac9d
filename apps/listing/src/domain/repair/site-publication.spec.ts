import { describe, expect, test } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { type Finding, siteFollowsListEnd, sitePublicationOf, type SiteRule } from './site-publication.js';

const rule = (id: string): SiteRule => loadSeeds('repair-rules').find((one) => one.id === id)!;
const order36 = rule('ndrc-36');
const order58 = rule('ndrc-58');
const order107 = rule('samr-107');

const found = (documentOn: string, kinds: Finding['kinds'], more: Partial<Finding> = {}): Finding => ({
  documentOn,
  kinds,
  subjectKind: 'enterprise',
  ...more,
});

describe('how long 信用中国 shows it', () => {
  test.each([
    // order 36 art. 7–10, 12; from the day of the document
    ['order 36: 轻微 is in principle not shown', order36, found('2026-04-07', ['minor']), null],
    [
      'order 36: 一般, 3 months to 1 year',
      order36,
      found('2026-04-07', ['general']),
      ['general', '2026-07-08', '2027-04-07'],
    ],
    [
      'order 36: 严重 (列入严重失信主体名单), 1 to 3 years',
      order36,
      found('2026-04-07', ['serious']),
      ['serious', '2027-04-08', '2029-04-07'],
    ],
    [
      'order 36: several kinds in one document, the longest period',
      order36,
      found('2026-04-07', ['minor', 'serious', 'general']),
      ['serious', '2027-04-08', '2029-04-07'],
    ],
    [
      'order 36: a ban with a term of its own stays up until that ends',
      order36,
      found('2026-04-07', ['serious'], { ownTermEndsOn: '2031-04-07' }),
      ['serious', '2027-04-08', '2031-04-07'],
    ],
    [
      'order 36: a shorter ban does not shorten the three years',
      order36,
      found('2026-04-07', ['serious'], { ownTermEndsOn: '2027-01-07' }),
      ['serious', '2027-04-08', '2029-04-07'],
    ],
    [
      'order 36: a natural person is in principle not shown',
      order36,
      found('2026-04-07', ['serious'], { subjectKind: 'natural-person' }),
      null,
    ],
    [
      'order 36: a month without such a day ends on its last day',
      order36,
      found('2026-11-30', ['general']),
      ['general', '2027-03-01', '2027-11-30'],
    ],
    [
      'order 58: a serious entry has no period of its own, the site follows the list',
      order58,
      found('2025-03-12', ['serious']),
      ['serious', '2025-03-12', null],
    ],
    ['the last day of order 58', order58, found('2026-03-31', ['serious']), ['serious', '2026-03-31', null]],
    [
      'the first day of order 36',
      order36,
      found('2026-04-01', ['serious']),
      ['serious', '2027-04-02', '2029-04-01'],
    ],
    [
      'order 58: other penalties, 3 months to 3 years',
      order58,
      found('2025-03-12', ['general']),
      ['general', '2025-06-13', '2028-03-12'],
    ],
    ['order 58: a mere warning is not shown', order58, found('2025-03-12', ['minor']), null],
    [
      'order 107 (market regulation, from 2025-12-25): 一般, 3 months to 1 year',
      order107,
      found('2026-01-05', ['general']),
      ['general', '2026-04-06', '2027-01-05'],
    ],
  ] as const)('%s', (_, byRule, finding, expected) => {
    const site = sitePublicationOf(byRule, finding);
    expect(site && [site.kind, site.repairableFrom, site.endsOn]).toEqual(expected);
  });
});

describe('when the list lets go', () => {
  test('wages after six months: the site waits for its year (order 36)', () => {
    const site = sitePublicationOf(order36, found('2026-04-07', ['serious']))!;
    expect(siteFollowsListEnd(site, '2026-11-16')).toBe(false);
    expect(siteFollowsListEnd(site, '2027-04-07')).toBe(false);
    expect(siteFollowsListEnd(site, '2027-04-08')).toBe(true);
  });

  test('under order 58 the site follows at once', () => {
    const site = sitePublicationOf(order58, found('2025-03-12', ['serious']))!;
    expect(siteFollowsListEnd(site, '2025-10-15')).toBe(true);
  });
});
