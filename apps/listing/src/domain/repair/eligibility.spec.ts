import { describe, expect, test } from '@jest/globals';
import { listTypeOn, type ListKey, loadSeeds } from '#seeds';
import { earlyRemovalOf } from '../rules/rules.js';
import { type Bar, type Eligibility, eligibilityOf, type EntryDays } from './eligibility.js';

const lists = loadSeeds('list-types');

/** The procedure of a list as it stood on a day. */
function procedure(key: ListKey, on: string) {
  return listTypeOn(lists, key, on)!.earlyRemoval!;
}

const entry = (days: Partial<EntryDays>): EntryDays => ({
  conductKind: '',
  decidedOn: '2025-03-12',
  inForceOn: '2025-03-13',
  publishedOn: '2025-03-14',
  correctedOn: '2025-04-01',
  leavesAfter: null,
  untilPerformed: false,
  ...days,
});

const ask = (
  key: ListKey,
  askedOn: string,
  days: Partial<EntryDays>,
  known: string[] = [],
  repair: Bar[] = [],
): Eligibility =>
  eligibilityOf(procedure(key, askedOn), entry(days), {
    known: known.map((code) => ({ code, until: null })),
    repair,
    today: askedOn,
  });

describe('the first day on which early removal may be asked', () => {
  test.each([
    ['WAGE, order 45 art. 13: 6 months from the correction', 'WAGE', '2025-06-02', {}, '2025-10-02'],
    [
      'WAGE, corrected before the listing: 6 months from the listing ("while listed")',
      'WAGE',
      '2025-06-02',
      { correctedOn: '2025-01-02' },
      '2025-09-14',
    ],
    [
      'WAGE, a month without such a day ends on its last day',
      'WAGE',
      '2025-09-02',
      { correctedOn: '2025-08-31' },
      '2026-03-01',
    ],
    ['WAGE, not corrected: no day can be named', 'WAGE', '2025-06-02', { correctedOn: null }, null],
    ['SAMR, order 44: 1 year from the listing', 'SAMR', '2025-06-02', {}, '2026-03-14'],
    ['SAMR, order 107 keeps the year', 'SAMR', '2026-01-05', {}, '2026-03-14'],
    ['CPA, order 116 art. 12: 1 year from the listing', 'CPA', '2025-06-02', {}, '2026-03-14'],
    ['SAFETY, order 11: 12 months from the listing', 'SAFETY', '2025-06-02', {}, '2026-03-14'],
    ['STAT, order 35: 6 months of publication', 'STAT', '2025-06-02', {}, '2025-09-15'],
    ['COURT: no minimum, the court decides', 'COURT', '2025-03-14', {}, '2025-03-13'],
    [
      'CUSTOMS, order 251: 1 year',
      'CUSTOMS',
      '2026-03-31',
      { conductKind: 'customs.tax-unpaid' },
      '2026-03-14',
    ],
    [
      'CUSTOMS, order 282 art. 29(1): too many penalties, 6 months from being found',
      'CUSTOMS',
      '2026-04-20',
      { conductKind: 'customs.penalties', inForceOn: '2026-04-09' },
      '2026-10-10',
    ],
    [
      'CUSTOMS, order 282 art. 29(2): tax unpaid, 3 months',
      'CUSTOMS',
      '2026-04-20',
      { conductKind: 'customs.tax-unpaid', inForceOn: '2026-04-09' },
      '2026-07-10',
    ],
    [
      'CUSTOMS, order 282 art. 30: 严重失信, 1 year',
      'CUSTOMS',
      '2026-04-01',
      { conductKind: 'customs.serious', inForceOn: '2026-04-09' },
      '2027-04-10',
    ],
  ] as const)('%s', (_, key, askedOn, days, expected) => {
    expect(ask(key, askedOn, days).from).toBe(expected);
  });

  test('TAX, order 54: 6 months of publication when paid; bankruptcy and emergency need no wait but the province', () => {
    const tax = ask('TAX', '2025-06-02', {});
    expect(tax.ways.map(({ way, from, level }) => [way, from, level])).toEqual([
      ['regular', '2025-09-15', null],
      [0, '2025-03-13', 'province'],
      [1, '2025-03-13', 'province'],
    ]);
    expect(tax.ways[0]!.wait).toEqual({
      period: { count: 6, unit: 'month' },
      event: 'publication',
      on: '2025-03-14',
    });
  });

  test('TAX, not published yet: the wait has not begun, and the answer says so', () => {
    expect(ask('TAX', '2025-06-02', { publishedOn: null }).ways[0]).toMatchObject({
      from: null,
      lacks: 'publication',
    });
  });

  test('CUSTOMS, order 282 art. 29: four grounds of ten know it, the others wait for the clean year', () => {
    const customs = listTypeOn(lists, 'CUSTOMS', '2026-04-20')!;
    const closed = customs.conductKinds.filter(({ code }) => !earlyRemovalOf(customs, code));
    expect(closed.map(({ article }) => article)).toEqual([
      '15(1)',
      '15(2)',
      '15(5)',
      '15(8)',
      '15(9)',
      '15(10)',
      '30',
    ]);
  });

  test('social organisations (order 60) leave when two clean years are over, and only when they ask', () => {
    const leaving = eligibilityOf(
      { wait: null, waitFrom: 'listing', conditions: [], bars: [] },
      entry({ leavesAfter: '2026-03-13' }),
      { known: [], repair: [], today: '2026-03-01' },
    );
    expect(leaving.from).toBe('2026-03-14');
  });
});

describe('what stands against it', () => {
  test('WAGE: new arrears in the term take the day away (art. 13)', () => {
    const barred = ask('WAGE', '2025-10-09', {}, ['new-arrears']);
    expect(barred).toMatchObject({ from: null, ways: [{ bars: [{ code: 'new-arrears', until: null }] }] });
  });

  test('a bar that the list does not name does not count', () => {
    expect(ask('SAMR', '2025-06-02', {}, ['new-arrears']).ways[0]!.bars).toEqual([]);
  });

  test('SAMR, order 107 art. 23: three years after a false application', () => {
    const bar = { code: 'false-application-3-years', until: '2029-01-12' } as const;
    expect(ask('SAMR', '2026-04-01', {}, [], [bar]).from).toBe('2029-01-13');
    expect(ask('SAMR', '2029-01-13', {}, [], [bar]).ways[0]!.bars).toEqual([]);
  });

  test('TAX, order 54: determined twice in five years; an approved bankruptcy plan is exempt from that', () => {
    const twice = ask('TAX', '2025-12-01', {}, ['determined-twice-in-5-years']);
    expect(twice.ways.map(({ way, from }) => [way, from])).toEqual([
      ['regular', null],
      [0, '2025-03-13'],
      [1, null],
    ]);
  });

  test('CPA: after a false application never again', () => {
    const bar = { code: 'false-application', until: 'for-good' } as const;
    expect(ask('CPA', '2026-06-01', {}, [], [bar]).from).toBeNull();
  });
});
