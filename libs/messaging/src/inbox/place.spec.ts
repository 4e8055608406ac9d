import { describe, expect, it } from '@jest/globals';
import { type Standing, turnOf } from './place.js';

const free = (last: number | null): Standing => ({ last, blockedBy: null, blockedSequence: null });
const blocked = (last: number | null, by: number | null): Standing => ({
  last,
  blockedBy: 'letter',
  blockedSequence: by,
});

describe('the turn of an event', () => {
  it('is now, when it is the next of its subject', () => expect(turnOf(free(4), 5)).toBe('handle'));
  it('is now, when nothing of the subject was seen before', () =>
    expect(turnOf(free(null), 17)).toBe('handle'));
  it('is over, when it was settled before', () => {
    expect(turnOf(free(4), 4)).toBe('stale');
    expect(turnOf(blocked(4, 5), 3)).toBe('stale');
  });
  it('has not come, when events before it are missing', () => expect(turnOf(free(4), 7)).toBe('gap'));
  it('waits behind a dead letter', () => {
    expect(turnOf(blocked(4, 5), 6)).toBe('park');
    expect(turnOf(blocked(4, null), 5)).toBe('park');
    expect(turnOf(blocked(null, 1), 2)).toBe('park');
  });
  it('has come once more, while a read model is rebuilt that has not heard it yet', () => {
    expect(turnOf({ ...free(4), rebuilt: 2 }, 2)).toBe('stale');
    expect(turnOf({ ...free(4), rebuilt: 2 }, 3)).toBe('rebuild');
    expect(turnOf({ ...free(9), rebuilt: 2 }, 6)).toBe('rebuild'); // 3 to 5 were given up when they were missing
    expect(turnOf({ ...blocked(4, 5), rebuilt: 0 }, 4)).toBe('rebuild');
    expect(turnOf({ ...blocked(4, 5), rebuilt: 4 }, 6)).toBe('park');
    expect(turnOf({ ...free(4), rebuilt: 4 }, 5)).toBe('handle');
  });
  it('is now, when it is one that the subject was waiting for', () => {
    expect(turnOf(blocked(4, 7), 5)).toBe('handle');
    expect(turnOf(blocked(4, 7), 6)).toBe('park');
  });
});
