import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadSeeds } from '#seeds';
import { changesOf, entitled, type Grounds, type Held } from './incentive.js';

const rules = loadSeeds('incentives');
const none: Grounds = { grade: null, honours: {}, seriousCases: {} };
const graded = (grade: string, model = 'hlj-market-entity'): Grounds => ({
  ...none,
  grade: { model, grade },
});
const ids = (grounds: Grounds, today = '2024-12-02'): string[] =>
  entitled(grounds, rules, today).map(({ rule }) => rule.id.replace('incentive/', ''));

describe('what a good name brings', () => {
  it.each([
    ['A', ['green-channel', 'acceptance-with-gaps', 'fewer-inspections', 'financing']],
    ['B', ['green-channel', 'acceptance-with-gaps', 'fewer-inspections']],
    ['C', []],
    ['E', []],
  ])('grade %s', (grade, incentives) => {
    expect(ids(graded(grade))).toEqual(incentives);
  });

  it('a letter of another model brings nothing', () => {
    expect(ids(graded('A', 'tax-credit'))).toEqual([]);
  });

  it('an honour on record', () => {
    const honoured = { ...none, honours: { r1: '（虚构）龙江诚信之星〔2024〕3号' } };
    expect(ids(honoured)).toEqual(['financing', 'honours-first']);
    expect(entitled(honoured, rules, '2024-12-02')[0]!.ground).toEqual({
      kind: 'honour',
      text: '（虚构）龙江诚信之星〔2024〕3号',
    });
  });

  it('before the ordinance was in force, nothing', () => {
    expect(ids(graded('A'), '2022-06-30')).toEqual([]);
  });

  it('on a list of the seriously dishonest, nothing, whatever the grade', () => {
    expect(ids({ ...graded('A'), seriousCases: { c1: 'SAMR-2024-000012' } })).toEqual([]);
  });
});

describe('what changes', () => {
  const held: Held[] = [
    { id: 'e1', incentive: 'incentive/green-channel' },
    { id: 'e2', incentive: 'incentive/financing' },
  ];

  it('is granted what is missing and withdrawn what has lost its ground', () => {
    const { grant, withdraw } = changesOf(held, graded('B'), rules, '2024-12-02');
    expect(grant.map(({ rule }) => rule.id)).toEqual([
      'incentive/acceptance-with-gaps',
      'incentive/fewer-inspections',
    ]);
    expect(withdraw).toEqual([{ held: held[1], why: 'ground-lost', caseId: null }]);
  });

  it('names the listing that took it away', () => {
    const listed = { ...graded('A'), seriousCases: { c1: 'SAMR-2024-000012' } };
    expect(
      changesOf(held, listed, rules, '2024-12-02').withdraw.map(({ why, caseId }) => [why, caseId]),
    ).toEqual([
      ['serious-list', 'c1'],
      ['serious-list', 'c1'],
    ]);
  });

  it('says when the rule itself has ended', () => {
    const ended = rules.map((rule) => ({ ...rule, validTo: '2024-11-30' }));
    expect(changesOf(held, graded('A'), ended, '2024-12-02').withdraw.map(({ why }) => why)).toEqual([
      'rule-ended',
      'rule-ended',
    ]);
  });

  it('after any walk of grounds, a subject has exactly what the last ones bring', () => {
    const grounds = fc.record({
      grade: fc.option(
        fc.record({ model: fc.constant('hlj-market-entity'), grade: fc.constantFrom('A', 'B', 'C', 'E') }),
      ),
      honours: fc.dictionary(fc.constantFrom('r1', 'r2'), fc.constantFrom('（虚构）一号', '（虚构）二号')),
      seriousCases: fc.dictionary(fc.constantFrom('c1', 'c2'), fc.constant('（虚构）')),
    });
    fc.assert(
      fc.property(fc.array(grounds, { minLength: 1, maxLength: 12 }), (walk) => {
        let has: Held[] = [];
        for (const at of walk) {
          const { grant, withdraw } = changesOf(has, at, rules, '2024-12-02');
          const gone = new Set(withdraw.map((each) => each.held.id));
          has = [
            ...has.filter(({ id }) => !gone.has(id)),
            ...grant.map(({ rule }) => ({ id: rule.id, incentive: rule.id })),
          ];
        }
        const due = entitled(walk.at(-1)!, rules, '2024-12-02').map(({ rule }) => rule.id);
        expect(has.map(({ incentive }) => incentive).sort()).toEqual(due.sort());
      }),
    );
  });
});
