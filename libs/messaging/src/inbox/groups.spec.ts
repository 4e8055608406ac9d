import { describe, expect, it } from '@jest/globals';
import { groupsOf } from './groups.js';

/** `a1` is the event of type a, subject 1. */
const grouped = (events: string): string[][] =>
  groupsOf(
    events.split(' '),
    (event) => event.slice(1),
    (event) => event[0]!,
  ).map((group) => group.events);

describe('events handled together', () => {
  it('are one group when they are of one type', () => {
    expect(grouped('a1 a2 a1 a3')).toEqual([['a1', 'a2', 'a1', 'a3']]);
  });

  it('of many subjects in the same order of types are a group for each type', () => {
    expect(grouped('a1 b1 a2 c1 b2 c2 a3')).toEqual([
      ['a1', 'a2', 'a3'],
      ['b1', 'b2'],
      ['c1', 'c2'],
    ]);
  });

  it('of one subject keep their order where types alternate', () => {
    expect(grouped('a1 b1 a1 b1')).toEqual([['a1'], ['b1'], ['a1'], ['b1']]);
    expect(grouped('b1 a1 a2 b2')).toEqual([['b1'], ['a1', 'a2'], ['b2']]);
  });

  it('are each handled once and in the order of their subject, in whatever order they come', () => {
    // A fixed generator (mulberry32): the same two thousand chunks in each run.
    let state = 20_241_122;
    const below = (limit: number): number => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), state | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) % limit;
    };
    for (let round = 0; round < 2_000; round += 1) {
      const chunk = Array.from({ length: below(60) }, (_, n) => ({
        n,
        key: String(below(6)),
        type: 'abc'[below(3)]!,
      }));
      const groups = groupsOf(
        chunk,
        ({ key }) => key,
        ({ type }) => type,
      );
      const handled = groups.flatMap(({ type, events }) => {
        expect(events.every((event) => event.type === type)).toBe(true);
        return events;
      });
      expect(handled).toHaveLength(chunk.length);
      for (const key of '012345') {
        const order = handled.filter((event) => event.key === key).map(({ n }) => n);
        expect(order).toEqual(chunk.filter((event) => event.key === key).map(({ n }) => n));
      }
    }
  });
});
