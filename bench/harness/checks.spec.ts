import { describe, expect, it } from '@jest/globals';
import { valuesOfReadings } from './meter.js';
import { faultsOfTopic } from './topic-check.js';

const committed = [
  { id: 'a1', key: 'a', sequence: 1 },
  { id: 'b1', key: 'b', sequence: 1 },
  { id: 'a2', key: 'a', sequence: 2 },
];
const [a1, b1, a2] = committed as [(typeof committed)[0], (typeof committed)[0], (typeof committed)[0]];

describe('the check of a topic', () => {
  it('is content with every event once, subjects in any order among each other', () => {
    expect(faultsOfTopic([b1, a1, a2], committed)).toEqual([]);
  });

  it('finds what is lost', () => {
    expect(faultsOfTopic([a1, b1], committed)).toEqual(['1 of 3 committed events are not in the topic']);
  });

  it('finds what lies there twice', () => {
    expect(faultsOfTopic([a1, b1, a2, a2], committed)[0]).toBe('1 events lie there more than once');
  });

  it('finds what is out of its subject’s order', () => {
    expect(faultsOfTopic([a2, a1, b1], committed)).toEqual(["2 events out of their subject's order"]);
  });

  it('finds what nobody committed', () => {
    expect(faultsOfTopic([...committed, { id: 'c1', key: 'c', sequence: 1 }], committed)).toEqual([
      '1 events that nobody committed',
    ]);
  });
});

describe('the window of a rate', () => {
  const reading = { events: 11_000, first: 1_000, firstUs: 5_000_000, lastUs: 6_000_000, cpuMs: 250 };

  it('runs from the first acknowledgement to the last and leaves the first events out', () => {
    expect(valuesOfReadings([reading])).toEqual({ 'events/s': 10_000, 'CPU ms/1,000': 25 });
  });

  it('spans all processes that took part', () => {
    const later = { ...reading, firstUs: 5_500_000, lastUs: 7_000_000 };
    // 22,000 events but for the earliest 1,000, in two seconds
    expect(valuesOfReadings([reading, later])['events/s']).toBe(10_500);
  });
});
