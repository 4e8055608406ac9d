import { describe, expect, it } from '@jest/globals';
import { compare, type Evidence, type Fact } from './checker.js';

const facts: Fact[] = [1, 2, 3].map((sequence) => ({ id: `e-${sequence}`, subject: 's', sequence }));
const message = ({ id, subject, sequence }: Fact) => ({
  topic: 't',
  key: subject,
  id,
  sequence,
  partition: 0,
  raw: { key: null, value: null },
});
/** All is well; each case below spoils one thing. */
const well: Evidence = {
  facts,
  acknowledged: new Set(['e-1', 'e-2']),
  messages: [...facts, facts[0]!].map(message),
  consumers: [
    { consumer: 'c', effects: facts, state: new Map([['s', 3]]), openLetters: 0, parked: 0, blocked: 0 },
  ],
};
const [done] = well.consumers;
const consumer = (change: object): Evidence => ({ ...well, consumers: [{ ...done!, ...change }] });

describe('the checker', () => {
  it('finds nothing when journal, topic and tables agree, a repetition in the topic included', () => {
    expect(compare(well)).toEqual([]);
  });

  it.each<[string, Evidence]>([
    ['acknowledged, but not committed', { ...well, acknowledged: new Set(['e-9']) }],
    ['committed, but not in the topic', { ...well, messages: facts.slice(0, 2).map(message) }],
    ['in the topic, but never committed', { ...well, facts: facts.slice(0, 2) }],
    ['out of order in the topic', { ...well, messages: [facts[1]!, facts[0]!, facts[2]!].map(message) }],
    ['c: without effect', consumer({ effects: facts.slice(0, 2) })],
    ['c: effect without event', consumer({ effects: [...facts, { id: 'x', subject: 's', sequence: 4 }] })],
    ['c: more than one effect', consumer({ effects: [...facts, facts[2]!] })],
    ['c: effects out of order', consumer({ effects: [facts[1]!, facts[0]!, facts[2]!] })],
    ['c: rows that do not show the newest', consumer({ state: new Map([['s', 2]]) })],
    ['letters open', consumer({ openLetters: 1 })],
    ['subjects blocked', consumer({ blocked: 1 })],
  ])('finds: %s', (what, evidence) => {
    expect(compare(evidence).join('\n')).toContain(what);
  });
});
