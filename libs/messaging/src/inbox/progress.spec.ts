import { describe, expect, it } from '@jest/globals';
import { Progress } from './progress.js';

describe('readiness of a consumer', () => {
  let now = 0;
  const at = (seconds: number): void => void (now = seconds * 1_000);
  const started = (): Progress => {
    at(0);
    return new Progress(() => now);
  };

  it('begins with joining its group', () => {
    const progress = started();
    expect(() => progress.check()).toThrow('has not joined');
    progress.joined();
    progress.check();
    progress.left('rebalancing');
    expect(() => progress.check()).toThrow('rebalancing');
  });

  it('ends when the broker is silent, though its socket be open', () => {
    const progress = started();
    progress.joined();
    at(29);
    progress.check();
    at(31);
    expect(() => progress.check()).toThrow('heard nothing');
    progress.heard();
    progress.check();
  });

  it('ends when a batch gets nowhere, though heartbeats go on', () => {
    const progress = started();
    const batch = {};
    progress.joined();
    progress.began(batch);
    at(50);
    progress.settled(batch);
    at(100);
    progress.check();
    at(111);
    progress.heard();
    expect(() => progress.check()).toThrow('settled nothing of a batch');
    progress.ended(batch);
    progress.check();
  });

  it('ends while the database is away, until it answers or something is settled', () => {
    const progress = started();
    progress.joined();
    progress.hindered('waits for its database');
    expect(() => progress.check()).toThrow('waits for its database');
    progress.settled({});
    progress.check();
    progress.hindered('waits for its database');
    progress.unhindered();
    progress.check();
  });

  it('is given when there is nothing to consume', () => {
    const progress = started();
    progress.unneeded();
    at(1_000);
    progress.check();
  });
});
