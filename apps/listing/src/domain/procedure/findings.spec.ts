import { describe, expect, test } from '@jest/globals';
import { enterprise, notice, person, review, Story } from '../../../specs/story.js';
import type { CommandOf } from '../case/commands.js';
import type { Finding } from './finding.js';

const court = {
  list: 'COURT',
  conductKind: 'court.able-refuses',
  openedOn: '2025-03-03',
  department: { id: 'hlj.court', level: 'province' },
} as const;
const government = {
  list: 'GOV',
  conductKind: 'gov.arrears',
  openedOn: '2025-03-03',
  department: { id: 'hlj.business-environment', level: 'province' },
  subject: { ...enterprise, kind: 'government-body' },
} as const;

const warned = (more: Partial<ConstructorParameters<typeof Story>[0]> = {}) =>
  new Story({ ...court, ...more }).does('handler', notice('2025-03-03')).on('2025-03-05');
const found = (findings: Finding[], opinion: 'list' | 'do-not-list' = 'list') =>
  ({ ...review(opinion), findings }) as CommandOf<'review'>;
const none = ['security-given', 'seizure-covers', 'later-in-order', 'no-ability'].map((code) => ({
  code,
  found: false,
}));

describe('able to perform but refuses (法释〔2017〕7号 art. 3)', () => {
  test('is reviewed only with a finding of each of the four cases', () => {
    expect(warned().refusal('reviewer', found([]))).toMatchObject({
      code: 'listing.findings-missing',
      facts: { findings: 'security-given, seizure-covers, later-in-order, no-ability' },
    });
    expect(warned().does('reviewer', found(none)).status).toBe('reviewed');
  });

  test.each(none)('is not listed where $code', ({ code }) => {
    const findings = none.map((one) => ({ ...one, found: one.code === code }));
    expect(warned().refusal('reviewer', found(findings))).toMatchObject({
      code: 'listing.finding-against',
      facts: { finding: code, found: true },
    });
    // Who would not list needs no finding for it.
    expect(warned().does('reviewer', found([], 'do-not-list')).status).toBe('reviewed');
  });

  test('the other five kinds ask for none of them', () => {
    expect(warned({ conductKind: 'court.evasion' }).does('reviewer', found([])).status).toBe('reviewed');
  });
});

describe('a student under enforcement for a campus loan (the court’s opinion of 2019)', () => {
  const student = () => warned({ conductKind: 'court.evasion', subject: person, bornOn: '2004-05-05' });

  test('is as a rule not listed; otherwise the reasons are given', () => {
    const finding = { code: 'campus-loan-student', found: true };
    expect(student().refusal('reviewer', found([finding])).code).toBe('listing.finding-against');
    const listed = student().does('reviewer', found([{ ...finding, reasons: '转移财产,情节严重（虚构）' }]));
    expect(listed.state).toMatchObject({ review: { findings: [{ code: finding.code, found: true }] } });
    expect(student().does('reviewer', found([{ ...finding, found: false }])).status).toBe('reviewed');
  });
});

describe('a government body (发改财金〔2023〕1103号)', () => {
  const heard = () =>
    new Story(government).does('handler', notice('2025-03-03', '2025-03-10')).on('2025-03-12');

  test('is found dishonest only where it was urged and refused to correct', () => {
    expect(heard().refusal('reviewer', found([])).code).toBe('listing.findings-missing');
    const finding = { code: 'urged-and-refused', found: false };
    expect(heard().refusal('reviewer', found([finding]))).toMatchObject({
      code: 'listing.finding-against',
      facts: { finding: 'urged-and-refused', found: false },
    });
    expect(heard().does('reviewer', found([{ ...finding, found: true }])).status).toBe('reviewed');
  });
});

describe('telecom fraud before the law of 2022-12-01 was in force (联合惩戒办法 art. 18)', () => {
  const noticed = () =>
    new Story({
      list: 'TELECOM',
      conductKind: 'telecom.police-finding',
      openedOn: '2026-04-07',
      department: { id: 'hlj.public-security', level: 'province' },
    })
      .does('handler', notice('2026-04-07'))
      .on('2026-04-08');

  test('is not listed, and the reviewer says of each case that it was not before', () => {
    expect(noticed().refusal('reviewer', found([])).code).toBe('listing.findings-missing');
    expect(noticed().refusal('reviewer', found([{ code: 'before-the-law', found: true }]))).toMatchObject({
      code: 'listing.finding-against',
      facts: { finding: 'before-the-law', found: true },
    });
    const after = [{ code: 'before-the-law', found: false }];
    expect(noticed().does('reviewer', found(after)).status).toBe('reviewed');
  });
});
