import { describe, expect, it } from '@jest/globals';
import { loadSeeds } from './load.js';
import { severityRuleOf } from './severity.js';

const rules = loadSeeds('severity-rules');
const repairs = loadSeeds('repair-rules');
const of = (category: string, day: string) => severityRuleOf(rules, 'penalty', category, day);

describe('severity of a penalty', () => {
  it('order 36: a warning is minor and in principle not published', () => {
    expect(of('警告', '2026-04-01')).toMatchObject({
      severity: 'minor',
      published: 'exceptionally',
      min: null,
    });
  });

  it('order 36: a licence suspended or revoked is serious, one to three years', () => {
    expect(of('暂扣或者吊销许可证、执照', '2026-05-06')).toMatchObject({
      severity: 'serious',
      min: { count: 1, unit: 'year' },
      max: { count: 3, unit: 'year' },
    });
  });

  it('several kinds in one document: the gravest counts (art. 12)', () => {
    expect(of('警告;责令停产停业；罚款', '2026-05-06')?.severity).toBe('serious');
  });

  it('the day of the decision chooses the rule: order 58 until 2026-03-31', () => {
    expect(of('罚款', '2026-03-31')).toMatchObject({
      repairRule: 'ndrc-58',
      max: { count: 3, unit: 'year' },
    });
    expect(of('罚款', '2026-04-01')).toMatchObject({
      repairRule: 'ndrc-36',
      max: { count: 1, unit: 'year' },
    });
    expect(of('警告', '2026-03-31')?.published).toBe(false);
  });

  it('a kind that no rule names is judged by the fallback, unconfirmed', () => {
    expect(of('其他-责令改正', '2026-05-06')).toMatchObject({
      id: '36.other',
      severity: 'general',
      confirmed: false,
    });
    expect(of('其他-责令改正', '2019-01-01')).toMatchObject({ id: 'older.other' });
  });

  it('publishes under order 36 as long as the repair rule of that order says', () => {
    const kinds = repairs.find((rule) => rule.id === 'ndrc-36')?.kinds ?? [];
    for (const rule of rules.filter((one) => one.repairRule === 'ndrc-36')) {
      const kind = kinds.find((one) => one.kind === rule.severity);
      expect({ min: rule.min, max: rule.max }).toEqual({ min: kind?.min, max: kind?.max });
    }
  });
});
