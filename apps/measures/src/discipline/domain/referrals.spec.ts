import { describe, expect, it } from '@jest/globals';
import { listing, seededBook, seeds } from '../../../specs/seeded-rule-book.js';
import { actionsFor } from './allowed-actions.js';
import { referralsFor } from './referrals.js';

const debtor = listing('COURT', 'court.evasion', 'enterprise', '2024-11-14', '2026-11-14');

describe('what a listing passes on for reference', () => {
  it('goes to those who pass it on, with basis and the term of the listing, and orders nothing', () => {
    const referrals = referralsFor(debtor, seededBook);
    expect(referrals.map(({ rule }) => rule)).toEqual(['court.credit-report', 'court.lending']);
    expect(referrals[1]).toMatchObject({
      rule: 'court.lending',
      measure: '2024/14',
      title: '融资授信参考',
      basis: [{ instrument: '民事诉讼法', article: '266' }],
      from: '2024-11-14',
      until: '2026-11-14',
    });
    expect(referrals[1]!.receivers.length).toBe(2);
    const ordered = actionsFor(debtor, seededBook).map(({ rule }) => rule);
    for (const { rule } of referrals) expect(ordered).not.toContain(rule);
  });

  it('leaves a natural person out where the rule is for organisations (征信业管理条例 art. 21)', () => {
    const of = referralsFor({ ...debtor, subjectKind: 'natural-person' }, seededBook);
    expect(of.map(({ rule }) => rule)).toEqual(['court.lending']);
  });

  it('is nothing before the rule was valid, nor by an entry that had expired', () => {
    expect(referralsFor({ ...debtor, inForceOn: '2017-04-30' }, seededBook)).toEqual([]);
    const expired = new Map(
      [...seededBook.catalogue].map(([id, entry]) => [id, { ...entry, validTo: '2024-11-13' }]),
    );
    expect(referralsFor(debtor, { ...seededBook, catalogue: expired })).toEqual([]);
  });

  it('goes to the body that followed the named one', () => {
    const units = new Map(seededBook.units);
    units.set('hlj.pboc', {
      id: 'hlj.pboc',
      validFrom: null,
      validTo: '2024-11-13',
      successor: 'hlj.finance',
    });
    const [creditReport] = referralsFor(debtor, { ...seededBook, units });
    expect(creditReport!.receivers).toEqual(['hlj.finance']);
  });

  it('is in every list exactly what its rules of mode reference say, each once', () => {
    const reference = seeds['discipline-rules'].filter(({ mode }) => mode === 'reference');
    expect(reference.length).toBeGreaterThan(0);
    for (const rule of reference) {
      const [kind] = rule.conductKinds ?? ['any'];
      const about = listing(rule.list, kind!, rule.subjectKinds[0]!, '2026-04-01');
      const found = referralsFor(about, seededBook).filter((each) => each.rule === rule.id);
      expect([rule.id, found.length]).toEqual([rule.id, 1]);
    }
  });
});
