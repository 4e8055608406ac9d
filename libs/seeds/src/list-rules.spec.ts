import { describe, expect, it } from '@jest/globals';
import { deadline, type Period, periodEnd, workingCalendar } from '#kernel';
import { listTypeOn, seriousKinds } from './list-rules.js';
import { listKeys, type ListKey, type ListTypeVersion } from './list-type.js';
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

  it('what is published of a taxpayer (order 54 art. 12) and of an abnormal enterprise (order 101 art. 5)', () => {
    expect(on('TAX', '2026-11-23').fields?.map(({ code, of, article }) => [code, of, article])).toEqual([
      ['registered-address', 'organisations', '12'],
      ['responsible', 'organisations', '12'],
      ['responsible-sex', 'organisations', '12'],
      ['responsible-number', 'organisations', '12'],
      ['sex', 'persons', '12'],
      ['identity-number', 'persons', '12'],
    ]);
    for (const day of ['2025-03-18', '2025-12-25'])
      expect(on('SAMRABN', day).publication?.shows?.map(({ item, article }) => [item, article])).toEqual([
        ['reasons', '5'],
        ['conduct', '5'],
      ]);
  });

  it('what texts name of an entry: customs art. 12, research art. 38 and 39, capital market art. 14 and 15, procurement part 2', () => {
    const named = (key: ListKey) =>
      on(key, '2026-11-23')
        .publication?.shows?.filter(({ leftOpen }) => !leftOpen)
        .map(({ item, article }) => `${item} ${article}`);
    expect(named('CUSTOMS')).toEqual(['documents 12(4)']);
    expect(named('RESEARCH')).toEqual(['reasons 38(2), 39', 'basis 38(3), 39', 'conduct 38(2), 39']);
    expect(named('CSRC')).toEqual(['conduct 15', 'documents 14']);
    expect(named('PROC')).toEqual(['reasons 2', 'basis 2', 'conduct 2']);
  });

  it('what texts leave open: they have an entry published, and name nothing of it, or not the legal basis (courts)', () => {
    const open = (key: ListKey) =>
      on(key, '2026-11-23').publication?.shows?.flatMap((one) => (one.leftOpen ? [one.article] : []));
    expect(open('WAGE')).toEqual(['9', '9', '9', '9']);
    expect(open('SAMR')).toEqual(['14', '14', '14', '14']);
    expect(open('CPA')).toEqual(['8', '8', '8', '8']);
    expect(open('TELECOM')).toEqual(['8(1)', '8(1)', '8(1)', '8(1)']);
    expect(open('CUSTOMS')).toEqual(['12(2)', '12(2)', '12(2)']);
    expect(open('COURT')).toEqual(['6(6)']);
    expect(open('TAX')).toEqual([]);
  });

  it('capital market: what is no penalty, ban or grave case is asked for, not published (art. 14 to 16)', () => {
    expect(on('CSRC', '2026-11-23').conductKinds.map(({ code, publicList }) => [code, publicList])).toEqual([
      ['csrc.penalty', undefined],
      ['csrc.grave', undefined],
      ['csrc.other', false],
    ]);
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

const SHORT = { 'working-day': 'wd', day: 'd', month: 'm', year: 'y' } as const;
const short = (period: Period | null | undefined): string =>
  period ? `${period.count} ${SHORT[period.unit]}` : '–';

/** The clocks of a version in one line, as a lawyer would note them beside the text. */
function clocksOf(list: ListTypeVersion): string {
  const { decision, publication, term, earlyRemoval: early, onApplication: leaving } = list;
  const shown = publication?.clock;
  const by = !shown ? '–' : 'period' in shown ? short(shown.period) : `${shown.dayOfNextMonth}th`;
  return [
    `defence ${short(list.defence)}, verified ${short(list.verification)}`,
    `decided ${decision?.period ? `${short(decision.period)} from ${decision.from}` : '–'}`,
    ...(decision?.extension ? [`+ ${short(decision.extension)}`] : []),
    `published ${by}`,
    `term ${term.untilPerformed ? 'until performed' : `${short(term.period)} from ${term.startsAt}`}`,
    ...(early ? [`early after ${short(early.wait)} of ${early.waitFrom}`] : []),
    ...(early ? [`asked ${short(early.accept)}/${short(early.decide)}/${short(early.extension)}`] : []),
    ...(leaving ? [`leaves ${short(leaving.decide)}, verified ${short(leaving.afterVerification)}`] : []),
    `off ${short(list.removal)}`,
  ].join('; ');
}

describe('the clocks of every version, row by row against the text (wd working days, d days)', () => {
  it.each<[ListKey, string, string, string]>([
    // read in their texts
    [
      'COURT',
      '2017-05-01',
      '法释〔2017〕7号 art. 2, 5, 10',
      'defence –, verified –; decided 15 d from creditor-request; published –; term 2 y from listing; early after – of listing; asked –/–/–; leaves 3 wd, verified –; off 3 wd',
    ],
    [
      'WAGE',
      '2022-01-01',
      'order 45 art. 6, 8, 9, 11, 12, 14, 17; 政府信息公开条例 art. 26',
      'defence 5 wd, verified 5 wd; decided 20 wd from payment-limit; + 20 wd; published 20 wd; term 3 y from decision; early after 6 m of correction; asked –/15 wd/–; off 10 wd',
    ],
    [
      'TAX',
      '2022-02-01',
      'order 54 art. 9 to 11, 17 to 23, 25',
      'defence 5 wd, verified –; decided 30 wd from review-limits-over; published 15th; term 3 y from publication; early after 6 m of publication; asked 2 wd/15 wd/–; off 5 wd',
    ],
    [
      'SAMR',
      '2021-09-01',
      'order 44 art. 14, 16 to 18, 21',
      'defence 5 wd, verified –; decided –; published 20 wd; term 3 y from listing; early after 1 y of listing; asked 2 wd/15 wd/–; off 3 wd',
    ],
    [
      'SAMR',
      '2025-12-25',
      'order 44; repair: order 107',
      'defence 5 wd, verified –; decided –; published 20 wd; term 3 y from listing; early after 1 y of listing; asked 2 wd/7 wd/10 wd; off 3 wd',
    ],
    [
      'SAMRABN',
      '2025-03-18',
      'order 101 art. 6 to 14',
      'defence –, verified –; decided 10 wd from discovery; published –; term until performed; leaves 5 wd, verified –; off 5 wd',
    ],
    [
      'SAMRABN',
      '2025-12-25',
      'order 101; repair: order 107',
      'defence –, verified –; decided 10 wd from discovery; published –; term until performed; leaves 2 wd, verified –; off 2 wd',
    ],
    [
      'CUSTOMS',
      '2026-04-01',
      'order 282 art. 28 to 30, 38, 45',
      'defence 5 wd, verified 20 d; decided –; published –; term 1 y from service; early after 6 m of listing; asked 3 wd/7 wd/10 wd; off –',
    ],
    [
      'TELECOM',
      '2024-12-01',
      '联合惩戒办法 art. 9, 10',
      'defence –, verified –; decided –; published –; term 3 y from sentence-end; off 10 wd',
    ],
    [
      'CSRC',
      '2018-07-01',
      'order 139',
      'defence –, verified –; decided –; published –; term 3 y from performance; off –',
    ],
    [
      'RESEARCH',
      '2026-03-20',
      '科学技术活动违规行为调查处理规定 art. 34, 37, 42',
      'defence –, verified –; decided 6 m from acceptance; + 6 m; published –; term – from service; early after – of decision; asked –/–/–; off –',
    ],
    [
      'CPA',
      '2025-01-01',
      'order 116 art. 6, 10, 12 to 14',
      'defence 5 wd, verified 5 wd; decided –; published –; term 2 y from decision; early after 1 y of listing; asked 5 wd/15 wd/–; off 3 wd',
    ],
    // not read, or without days: nothing is made up
    [
      'CHARITY',
      '2018-01-24',
      'order 60; the ten days from memory',
      'defence 10 wd, verified –; decided –; published –; term until performed; leaves –, verified 5 wd; off 5 wd',
    ],
    [
      'SOCORG',
      '2018-01-24',
      'order 60; the ten days from memory',
      'defence 10 wd, verified –; decided –; published –; term 2 y from listing; leaves –, verified 5 wd; off 5 wd',
    ],
    [
      'GOV',
      '2023-08-10',
      '发改财金〔2023〕1103号 names no days',
      'defence –, verified –; decided –; published –; term until performed; leaves –, verified –; off –',
    ],
    [
      'ALLOW',
      '2014-05-01',
      '社会救助暂行办法 art. 68: no list',
      'defence –, verified –; decided –; published –; term – from decision; off –',
    ],
    [
      'SOCINS',
      '2019-10-28',
      '1 or 3 years, by the decision',
      'defence –, verified –; decided –; published –; term – from decision; off –',
    ],
    [
      'CUSTOMS',
      '2021-11-01',
      'order 251, repealed',
      'defence 5 wd, verified –; decided –; published –; term 2 y from listing; early after 1 y of listing; asked –/20 d/–; off –',
    ],
    [
      'PROC',
      '2015-03-01',
      '财办库〔2014〕526号',
      'defence –, verified –; decided –; published –; term 3 y from penalty; off –',
    ],
    [
      'RESEARCH',
      '2022-08-25',
      '国科发监〔2022〕221号',
      'defence –, verified –; decided 6 m from acceptance; published –; term – from service; off –',
    ],
    [
      'IP',
      '2022-01-24',
      '国知发保字〔2022〕8号',
      'defence –, verified –; decided –; published –; term 1 y from decision; early after 6 m of decision; asked –/–/–; off –',
    ],
    [
      'SAFETY',
      '2023-10-01',
      'order 11',
      'defence –, verified –; decided –; published –; term 3 y from decision; early after 12 m of listing; asked –/–/–; off –',
    ],
    [
      'SOIL',
      '2022-05-21',
      '办水保〔2020〕157号: by kind',
      'defence –, verified –; decided –; published –; term – from decision; off –',
    ],
    [
      'STAT',
      '2022-05-19',
      'the rule of 2019',
      'defence –, verified –; decided –; published 20 wd; term 1 y from publication; early after 6 m of publication; asked –/–/–; off –',
    ],
    [
      'BUILD',
      '2018-01-01',
      '建市〔2017〕241号',
      'defence –, verified –; decided –; published –; term 1 y from decision; off –',
    ],
    [
      'HOUSE',
      '2012-07-15',
      '公租房管理办法 art. 35',
      'defence –, verified –; decided –; published –; term 5 y from decision; off –',
    ],
    [
      'FALSELIT',
      '2021-11-09',
      '法〔2021〕281号: no list',
      'defence –, verified –; decided –; published –; term – from decision; off –',
    ],
  ])('%s %s, %s: %s', (key, version, _read, expected) => {
    expect(clocksOf(lists.find((list) => list.key === key && list.version === version)!)).toBe(expected);
  });

  it('leaves none out', () => expect(lists).toHaveLength(27));
});
