import { describe, expect, it } from '@jest/globals';
import { listing, seededBook, seeds } from '../../../specs/seeded-rule-book.js';
import { actionsFor } from './allowed-actions.js';
import { reachOf } from './reach.js';

const food = listing('SAMR', 'samr.food', 'enterprise', '2024-11-14');
const whyOf = (rule: string, about = food): string | null | undefined => {
  const found = reachOf(about, seededBook).find((each) => each.rule === rule)!;
  return found.why && found.why.code;
};

describe('why a rule of the list ordered nothing', () => {
  it.each([
    ['samr.food-ban', null],
    ['samr.representative-office', 'other-conduct'],
    ['samr.no-honours', 'other-subject-kind'],
    ['samr.credit-report', 'reference-only'],
  ])('%s: %s', (rule, code) => {
    expect(whyOf(rule)).toBe(code);
  });

  it('says of a rule that began later that it was not valid then', () => {
    expect(whyOf('samr.no-commitment', listing('SAMR', 'samr.food', 'enterprise', '2021-12-01'))).toBe(
      'rule-not-valid-then',
    );
  });

  it('names a reason in Chinese and English for exactly those rules of the list that ordered nothing', () => {
    const reached = new Set(actionsFor(food, seededBook).map(({ rule }) => rule));
    const found = reachOf(food, seededBook);
    expect(new Set(found.map(({ rule }) => rule))).toEqual(
      new Set(seeds['discipline-rules'].filter(({ list }) => list === 'SAMR').map(({ id }) => id)),
    );
    for (const { rule, why } of found) {
      expect(why === null).toBe(reached.has(rule));
      if (why) expect([/[\u4e00-\u9fff]/.test(why.zh), /^[A-Z].*\.$/.test(why.en)]).toEqual([true, true]);
    }
  });
});
