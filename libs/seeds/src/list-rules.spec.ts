import { describe, expect, it } from '@jest/globals';
import { deadline, periodEnd, workingCalendar } from '#kernel';
import { listTypeOn, seriousKinds } from './list-rules.js';
import { listKeys, type ListKey } from './list-type.js';
import { loadSeeds } from './load.js';

const lists = loadSeeds('list-types');
const calendar = workingCalendar(loadSeeds('calendars'));
const on = (key: ListKey, day: string) => {
  const list = listTypeOn(lists, key, day);
  if (list === undefined) throw new Error(`${key} is not valid on ${day}`);
  return list;
};

describe('list types', () => {
  it('cover every list of the province, today at least once', () => {
    for (const key of listKeys) expect(on(key, '2026-11-23').key).toBe(key);
    expect(new Set(lists.map((list) => list.key))).toEqual(new Set(listKeys));
  });

  it('market regulation: repair was decided in 15 working days until 2025-12-24, in 7 from the day after', () => {
    // Order 44 art. 17: accepted or not in two, decided in fifteen; art. 20: false material, published anew.
    expect(on('SAMR', '2025-12-24').earlyRemoval).toMatchObject({
      accept: { count: 2, unit: 'working-day' },
      decide: { count: 15, unit: 'working-day' },
      extension: null,
      falseMaterial: { term: 'restarts', bar: null, article: '20' },
    });
    expect(on('SAMR', '2025-12-25').earlyRemoval).toMatchObject({
      accept: { count: 2, unit: 'working-day' },
      decide: { count: 7, unit: 'working-day' },
      extension: { count: 10, unit: 'working-day' },
      falseMaterial: { term: 'restarts', bar: { count: 3, unit: 'year' }, article: '23' },
    });
    expect(on('SAMR', '2021-09-01').steps.consentFrom).toEqual(['county', 'city']);
    expect(listTypeOn(lists, 'SAMR', '2021-08-31')).toBeUndefined();
  });

  it('customs: order 251 gave way to order 282 on 2026-04-01', () => {
    expect(on('CUSTOMS', '2026-03-31').version).toBe('2021-11-01');
    expect(on('CUSTOMS', '2026-04-01').version).toBe('2026-04-01');
  });

  it('wages: five working days to object, over the spring festival of 2026', () => {
    const wage = on('WAGE', '2026-02-12');
    expect(wage.steps).toMatchObject({ notice: true, defence: true, sparing: true });
    // Served Thursday 12th; 13th, 14th (made-up Saturday), then off until 23rd: 24th, 25th, 26th.
    expect(deadline(calendar, '2026-02-12', wage.defence!)).toBe('2026-02-26');
    expect(periodEnd('2026-03-02', wage.term.period!)).toBe('2029-03-02');
    expect(wage.earlyRemoval).toMatchObject({ waitFrom: 'correction', applicants: 'employer-only' });
    expect(periodEnd('2026-03-31', wage.earlyRemoval!.wait!)).toBe('2026-09-30');
    expect(wage.responsiblePersons.bound).toBe(true);
  });

  it('court: no notice and no defence, a risk warning instead; minors never; kind 1 without a term', () => {
    const court = on('COURT', '2026-11-23');
    expect(court.steps).toMatchObject({ notice: false, defence: false, riskWarning: true });
    expect(court.defence).toBeNull();
    expect(court.minorsExcluded).toBe(true);
    const term = (code: string) => court.conductKinds.find((kind) => kind.code === code)?.term;
    expect(term('court.able-refuses')).toBeNull();
    expect(term('court.evasion')).toBeUndefined();
    expect(court.removal).toEqual({ count: 3, unit: 'working-day' });
  });

  it('tax: published by the 15th of the month after service, kinds 1, 2 and 8 held back when paid', () => {
    const tax = on('TAX', '2026-11-23');
    expect(tax.publication).toMatchObject({
      clock: { dayOfNextMonth: 15 },
      from: 'service',
      heldBackWhenPaid: true,
    });
    const held = tax.conductKinds.filter((kind) => kind.heldBackWhenPaid).map((kind) => kind.code);
    expect(held).toEqual(['tax.evasion', 'tax.hiding-property', 'tax.absconding']);
    expect(tax.conductKinds).toHaveLength(11);
    expect(tax.deciders.levels).not.toContain('county');
  });

  it('abnormal directory: the four grounds of 2025, of which false information is none any more', () => {
    for (const day of ['2025-12-24', '2025-12-25'])
      expect(on('SAMRABN', day).conductKinds.map(({ code, article }) => [code, article])).toEqual([
        ['samrabn.annual-report', '4(1)'],
        ['samrabn.ordered-information', '4(2)'],
        ['samrabn.name-change', '4(3)'],
        ['samrabn.unreachable', '4(4), 9'],
      ]);
  });

  it('accountants: eight kinds, terms that add up, early removal on three conditions (order 116)', () => {
    const cpa = on('CPA', '2026-11-23');
    expect(cpa.conductKinds.map(({ article, term }) => [article, term?.count ?? 2])).toEqual([
      ['4(1)', 2],
      ['4(2)', 5],
      ['4(3)', 5],
      ['4(4)', 2],
      ['4(5)', 5],
      ['4(6)', 5],
      ['4(7)', 2],
      ['4(8)', 2],
    ]);
    expect(cpa.term.cumulative).toEqual({ longest: null });
    expect(cpa.earlyRemoval).toMatchObject({
      wait: { count: 1, unit: 'year' },
      waitFrom: 'listing',
      conditions: ['duties-performed', 'harm-removed', 'no-new-finance-penalty'],
      bars: ['statutory-measure-running'],
      falseMaterial: { term: 'continues', bar: 'for-good' },
    });
  });

  it('reminders, grades and plain records are not lists of the seriously dishonest', () => {
    const serious = (key: ListKey) => on(key, '2026-11-23').serious;
    expect(
      (['SAMRABN', 'CHARITY', 'IP', 'CSRC', 'GOV', 'BUILD', 'SOIL'] as const).map(serious),
    ).not.toContain(true);
    expect((['COURT', 'WAGE', 'TAX', 'SAMR', 'SAFETY', 'CPA'] as const).map(serious)).not.toContain(false);
  });

  it('let the conduct decide where the law puts only some of it on the list of the seriously dishonest', () => {
    // 联合惩戒办法 art. 9: the criminally punished; police findings bear financial and telecom measures only.
    expect(seriousKinds(on('TELECOM', '2026-11-23'))).toEqual(['telecom.criminal']);
    // Order 282 art. 16: of all kinds only the grave; the same under order 251.
    expect(seriousKinds(on('CUSTOMS', '2026-04-01'))).toEqual(['customs.serious']);
    expect(seriousKinds(on('CUSTOMS', '2026-03-31'))).toEqual(['customs.serious']);
    expect(seriousKinds(on('WAGE', '2026-11-23'))).toEqual(['wage.amount-of-crime', 'wage.mass-incident']);
    expect(seriousKinds(on('GOV', '2026-11-23'))).toEqual([]);
  });

  it('name the ten grounds of order 282 in its own order', () => {
    const { conductKinds } = on('CUSTOMS', '2026-04-01');
    expect(conductKinds.map(({ article }) => article)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `15(${index + 1})`),
      '16',
      '30',
    ]);
  });

  it('never publish a natural person unmasked', () => {
    for (const list of lists) expect(list.publication?.masked ?? true).toBe(true);
  });
});
