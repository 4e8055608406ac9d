import { describe, expect, it } from '@jest/globals';
import { gradeComputed, measureProgressReported } from '#contracts';
import { draft, ENVELOPE_HEAD } from '../outbox/envelope.js';
import { lookAt } from './arrival.js';

const { rest } = draft(
  { contract: measureProgressReported, subject: 'measure-8', data: measureProgressReported.sample },
  undefined,
  new Date('2024-12-02T00:00:00Z'),
);
const good = JSON.parse(`${ENVELOPE_HEAD}0000000003${rest}`) as Record<string, unknown>;
const origin = { topic: 'x.measures', partition: 1, offset: '7' };
const look = (value: unknown, key: string | null = 'measure-8', hears = true) =>
  lookAt(
    {
      key: key === null ? null : Buffer.from(key),
      value: value === null ? null : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    },
    origin,
    'measures',
    () => hears,
  );
const causeOf = (arrival: ReturnType<typeof look>) =>
  arrival.reading.kind === 'unfit' ? arrival.reading.fault.faultCause : arrival.reading.kind;

describe('a message', () => {
  it('is heard, or passed when nobody hears it, and has its place either way', () => {
    expect(look(good)).toMatchObject({ reading: { kind: 'heard' }, place: { id: good['id'], sequence: 3 } });
    expect(look(good, 'measure-8', false)).toMatchObject({
      reading: { kind: 'passed' },
      place: { sequence: 3 },
    });
  });

  it.each([
    ['no value', null],
    ['no JSON', '{'],
    ['an array', []],
    ['null', 'null'],
    ['another specversion', { ...good, specversion: '0.3' }],
    ['no id', { ...good, id: undefined }],
    ['no sequence', { ...good, sequence: 3 }],
    ['sequence zero', { ...good, sequence: '0000000000' }],
    ['no trace', { ...good, traceparent: 'x' }],
    ['another subject than its key', { ...good, subject: 'measure-9' }],
  ])('with %s is unreadable and has no place', (_, value) => {
    const arrival = look(value);
    expect(causeOf(arrival)).toBe('unreadable');
    expect(arrival.place).toBeUndefined();
  });

  it('whose key can be no subject has no place', () => {
    for (const key of ['x'.repeat(1_001), '界'.repeat(334), 'measure\u0000'])
      expect(causeOf(look({ ...good, subject: key }, key))).toBe('unreadable');
    expect(look({ ...good, subject: 'x'.repeat(1_000) }, 'x'.repeat(1_000)).place).toBeDefined();
  });

  it('without a key is unreadable', () => expect(causeOf(look(good, null))).toBe('unreadable'));

  it('of an unknown type, of another topic or with unfit data keeps its place', () => {
    const unknown = look({ ...good, type: 'cn.chengxin.measure.forgotten.v1' });
    const elsewhere = look({ ...good, type: gradeComputed.type });
    const unfit = look({ ...good, data: { ...measureProgressReported.sample, percent: 'half' } });
    expect([unknown, elsewhere, unfit].map(causeOf)).toEqual(['unknown-type', 'unknown-type', 'unfit-data']);
    expect([unknown, elsewhere, unfit].map((arrival) => arrival.place?.sequence)).toEqual([3, 3, 3]);
  });
});
