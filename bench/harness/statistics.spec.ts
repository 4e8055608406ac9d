import { describe, expect, it } from '@jest/globals';
import { quantile, ratioOf, spreadOf } from './statistics.js';

describe('spread', () => {
  it('is told by median, least and most', () => {
    expect(spreadOf([30, 10, 20])).toEqual({ median: 20, least: 10, most: 30 });
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4 });
  });

  it('does not let one bad round move the median', () => {
    expect(spreadOf([100, 101, 99, 100, 3]).median).toBe(100);
  });

  it('refuses to tell a median of nothing', () => {
    expect(() => spreadOf([])).toThrow('no values');
  });
});

describe('quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('is a value that was measured, by nearest rank', () => {
    expect(quantile(hundred, 0.5)).toBe(50);
    expect(quantile(hundred, 0.99)).toBe(99);
    expect(quantile(hundred, 1)).toBe(100);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('sorts as numbers, not as texts', () => {
    expect(quantile([9, 10, 100], 1)).toBe(100);
  });
});

describe('ratio', () => {
  it('is taken within each round: weather that halves both leaves it as it was', () => {
    expect(ratioOf([100, 50, 10], [200, 100, 20])).toEqual({ median: 0.5, least: 0.5, most: 0.5 });
  });

  it('refuses rounds that do not belong together', () => {
    expect(() => ratioOf([1, 2], [1])).toThrow('2 rounds against 1');
  });
});
