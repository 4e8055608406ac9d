import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LANES, lanesOf, Settled } from './lanes.js';

describe('lanes', () => {
  it('keep the order of each key, all of a key in one lane, and lose nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', null), { maxLength: 200 }),
        (keys) => {
          const batch = keys.map((key, index) => ({ key, index }));
          const lanes = lanesOf(batch);
          expect(
            lanes
              .flat()
              .map(({ index }) => index)
              .sort((a, b) => a - b),
          ).toEqual(batch.map(({ index }) => index));
          for (const key of new Set(keys)) {
            const home = lanes.filter((lane) => lane.some((item) => item.key === key));
            expect(home).toHaveLength(1);
            const order = home[0]!.map(({ index }) => index);
            expect(order).toEqual([...order].sort((a, b) => a - b));
          }
        },
      ),
    );
  });

  it('are as many as the batch is worth', () => {
    const batch = (size: number) => Array.from({ length: size }, (_, n) => ({ key: `k${n}` }));
    expect(lanesOf(batch(1))).toHaveLength(1);
    expect(lanesOf(batch(30))).toHaveLength(1);
    expect(lanesOf(batch(1_000)).map((lane) => lane.length)).toEqual(
      Array.from({ length: LANES }, () => 250),
    );
  });
});

describe('the settled front of a batch', () => {
  it('moves only over what is settled without a hole', () => {
    const settled = new Settled(4);
    expect(settled.mark(1)).toBe(-1);
    expect(settled.mark(0)).toBe(1);
    expect(settled.mark(3)).toBe(1);
    expect(settled.complete).toBe(false);
    expect(settled.mark(2)).toBe(3);
    expect(settled.complete).toBe(true);
  });
});
