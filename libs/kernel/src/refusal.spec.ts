import { describe, expect, test } from '@jest/globals';
import { defineRefusals, Refusal } from './refusal.js';

const { refuse, refusal, catalogue } = defineRefusals({
  'listing.defence-open': {
    kind: 'conflict',
    zh: '陈述申辩期至 {until} 尚未届满',
    en: 'The defence period runs until {until}.',
    cureZh: '于 {until} 之后作出决定',
    cureEn: 'Decide after {until}.',
  },
});

describe('a refusal', () => {
  test('carries its code, kind, facts, field and texts with the facts filled in', () => {
    const error = refusal('listing.defence-open', { until: '2024-10-10' }, 'decidedOn');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      code: 'listing.defence-open',
      kind: 'conflict',
      facts: { until: '2024-10-10' },
      field: 'decidedOn',
      zh: '陈述申辩期至 2024-10-10 尚未届满',
      en: 'The defence period runs until 2024-10-10.',
      cureZh: '于 2024-10-10 之后作出决定',
      cureEn: 'Decide after 2024-10-10.',
      message: 'listing.defence-open: The defence period runs until 2024-10-10.',
    });
  });

  test('refuse throws it', () => {
    expect(() => refuse('listing.defence-open', { until: null })).toThrow(Refusal);
  });

  test('a fact is text, never a pattern or a property of all objects', () => {
    expect(refusal('listing.defence-open', { until: '$& {until}' }).en).toBe(
      'The defence period runs until $& {until}.',
    );
    const odd = defineRefusals({
      'odd.fact': { kind: 'invalid', zh: '{constructor}', en: '{toString}', cureZh: 'x', cureEn: 'x' },
    });
    expect(odd.refusal('odd.fact')).toMatchObject({ zh: '{constructor}', en: '{toString}' });
  });

  test('the catalogue lists the codes with their texts', () => {
    expect(Object.keys(catalogue)).toEqual(['listing.defence-open']);
  });

  test.each(['Listing.defence', 'defence', 'listing.', 'listing.defence open'])(
    'the code %j is no code',
    (code) => {
      const text = { kind: 'conflict', zh: 'x', en: 'x', cureZh: 'x', cureEn: 'x' } as const;
      expect(() => defineRefusals({ [code]: text })).toThrow(/not of the form/);
    },
  );

  test('a code without its texts stops the start', () => {
    expect(() =>
      defineRefusals({ 'a.b': { kind: 'conflict', zh: '甲', en: 'x', cureZh: ' ', cureEn: 'x' } }),
    ).toThrow(/a\.b lacks a text/);
  });

  test('a misspelt code does not compile', () => {
    // @ts-expect-error the code is not in the catalogue
    expect(() => refusal('listing.defense-open')).toThrow();
  });
});
