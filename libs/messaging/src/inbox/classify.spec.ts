import { describe, expect, it } from '@jest/globals';
import { defineRefusals } from '#kernel';
import { UnfitPublication } from '../outbox/envelope.js';
import { causeOf, classify, PermanentFault } from './classify.js';

const refusals = defineRefusals({
  'spec.no': { kind: 'conflict', zh: '不', en: 'No.', cureZh: '无', cureEn: 'None.' },
  'spec.later': { kind: 'unavailable', zh: '稍后', en: 'Later.', cureZh: '无', cureEn: 'None.' },
});
const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('classification of failures', () => {
  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', '08006', '57P01', '57P03', '53300', '53100', '25006'].map(
      (code) => [code, 'away'] as const,
    ),
    ...['40001', '40P01', '55P03'].map((code) => [code, 'conflict'] as const),
    ...['23505', '22P02', '42P01', '57014', 'ERR_ASSERTION'].map((code) => [code, 'unknown'] as const),
  ])('%s is %s', (code, kind) => expect(classify(withCode(code))).toBe(kind));

  it('knows what pg says without a code', () => {
    expect(classify(new Error('Connection terminated unexpectedly'))).toBe('away');
    expect(classify(new Error('timeout exceeded when trying to connect'))).toBe('away');
  });

  it('looks through wrapped errors', () => {
    expect(classify(new Error('saving failed', { cause: withCode('40P01') }))).toBe('conflict');
  });

  it('takes refusals, unfit publications and its own verdicts as permanent', () => {
    expect(classify(refusals.refusal('spec.no'))).toBe('permanent');
    expect(classify(new UnfitPublication('x'))).toBe('permanent');
    expect(classify(new PermanentFault('unknown-type', 'x'))).toBe('permanent');
    expect(classify(refusals.refusal('spec.later'))).toBe('unknown');
    expect(classify(new TypeError('x is not a function'))).toBe('unknown');
    expect(classify('thrown text')).toBe('unknown');
  });

  it('names the cause for the operator', () => {
    expect(causeOf(refusals.refusal('spec.no'))).toBe('refused');
    expect(causeOf(new PermanentFault('unfit-data', 'x'))).toBe('unfit-data');
    expect(causeOf(new Error('x'))).toBe('failed');
  });
});
