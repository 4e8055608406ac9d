import { describe, expect, it, jest } from '@jest/globals';
import { validate, version } from 'uuid';
import { newId } from './new-id.js';

const millisecondsOf = (id: string): number => parseInt(id.replace('-', '').slice(0, 12), 16);

describe('a new id', () => {
  it('is a UUIDv7 of this moment', () => {
    const before = Date.now();
    const id = newId();
    expect(validate(id)).toBe(true);
    expect(version(id)).toBe(7);
    expect(millisecondsOf(id)).toBeGreaterThanOrEqual(before);
    expect(millisecondsOf(id)).toBeLessThanOrEqual(Date.now());
  });

  it('is greater than all before it, also of the same millisecond and when the clock goes back', () => {
    const ids = Array.from({ length: 5_000 }, newId);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 60_000);
    ids.push(...Array.from({ length: 1_000 }, newId));
    clock.mockRestore();
    ids.push(newId());
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shares no random bits with its neighbours', () => {
    const ends = Array.from({ length: 600 }, () => newId().slice(-10));
    expect(new Set(ends).size).toBe(600);
  });
});
