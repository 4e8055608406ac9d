import { describe, expect, test } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { classify } from './severity.js';

const rules = loadSeeds('severity-rules');
const judged = (category: string, decidedOn: string, more: { person?: boolean; given?: string } = {}) =>
  classify(rules, { category, decidedOn, person: false, ...more });

describe('a penalty decided under order 36 (from 2026-04-01)', () => {
  test('a fine is general and published for one year from the day of the document', () => {
    expect(judged('罚款', '2026-04-01')).toEqual({
      severity: 'general',
      rule: '36.fine',
      publishedUntil: '2027-04-01',
    });
  });

  test('a revoked licence is serious and published for three years', () => {
    expect(judged('吊销许可证件', '2028-02-29')).toMatchObject({
      severity: 'serious',
      publishedUntil: '2031-02-28',
    });
  });

  test('a warning is minor and in principle not published', () => {
    expect(judged('警告', '2026-05-06')).toEqual({
      severity: 'minor',
      rule: '36.minor',
      publishedUntil: null,
    });
  });

  test('of several kinds in one document the most serious one counts, however they are divided', () => {
    for (const category of [
      '警告;责令停产停业',
      '罚款、吊销许可证件',
      '罚款,没收违法所得、没收非法财物 降低资质等级',
    ]) {
      expect(judged(category, '2026-05-06')).toMatchObject({
        rule: '36.serious',
        publishedUntil: '2029-05-06',
      });
    }
    expect(judged('没收违法所得、没收非法财物', '2026-05-06').rule).toBe('36.confiscation');
  });

  test('a kind that no rule names is judged by the rule for all others', () => {
    expect(judged('其他-责令改正', '2026-05-06').rule).toBe('36.other');
  });

  test('a natural person is not published', () => {
    expect(judged('罚款', '2026-05-06', { person: true })).toMatchObject({
      severity: 'general',
      publishedUntil: null,
    });
  });

  test('the end that the provider states counts between the shortest and the longest period', () => {
    const until = (given: string) => judged('罚款', '2026-05-06', { given }).publishedUntil;
    expect(until('2026-12-31')).toBe('2026-12-31');
    expect(until('2026-05-31')).toBe('2026-08-06');
    expect(until('2099-12-31')).toBe('2027-05-06');
  });
});

test('a penalty of the day before order 36 runs three years by order 58', () => {
  expect(judged('罚款', '2026-03-31')).toEqual({
    severity: 'general',
    rule: '58.other',
    publishedUntil: '2029-03-31',
  });
});

test('a document older than every rule is judged by the earliest', () => {
  const dated = rules.filter((rule) => rule.validFrom !== null);
  expect(classify(dated, { category: '罚款', decidedOn: '2019-01-01', person: false }).rule).toBe('58.other');
});

test('a type without rules tells nothing bad', () => {
  expect(classify([], { category: '普通', decidedOn: '2026-05-06', person: false })).toEqual({
    severity: 'none',
    rule: null,
    publishedUntil: null,
  });
});
