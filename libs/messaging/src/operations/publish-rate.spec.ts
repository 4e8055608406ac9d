import { describe, expect, it } from '@jest/globals';
import { PublishRate } from './publish-rate.js';

describe('the publish rate', () => {
  it('is unknown until two looks lie a second apart', () => {
    const rate = new PublishRate();
    expect(rate.perSecond).toBeUndefined();
    rate.note(0, 100);
    rate.note(500, 200);
    expect(rate.perSecond).toBeUndefined();
    rate.note(2_000, 400);
    expect(rate.perSecond).toBe(150);
  });

  it('forgets what is older than a minute, and a standing outbox has none', () => {
    const rate = new PublishRate();
    rate.note(0, 0);
    rate.note(50_000, 5_000);
    rate.note(100_000, 5_000);
    expect(rate.perSecond).toBe(0);
    rate.note(111_000, 5_110);
    expect(rate.perSecond).toBe(10);
  });
});
