import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { RequestsInFlight } from './in-flight.js';

describe('work for which nobody waits', () => {
  it('waits until the last request is answered, or its connection is lost', async () => {
    const requests = new RequestsInFlight();
    const [one, other] = [new EventEmitter(), new EventEmitter()];
    requests.add(one);
    requests.add(other);
    let passed = false;
    const waiting = requests.letPass(5_000).then((ms) => {
      passed = true;
      return ms;
    });
    one.emit('finish');
    one.emit('close');
    await sleep(20);
    expect(passed).toBe(false);
    other.emit('close');
    expect(await waiting).toBeLessThan(5_000);
    expect(requests.any).toBe(false);
  });

  it('waits no longer than its limit, and not at all where nobody is served', async () => {
    const requests = new RequestsInFlight();
    expect(await requests.letPass(5_000)).toBe(0);
    requests.add(new EventEmitter());
    expect(await requests.letPass(0)).toBe(0);
    expect(await requests.letPass(30)).toBeGreaterThanOrEqual(25);
    expect(requests.any).toBe(true);
    expect(requests.lately).toBe(true);
  });

  it('knows that somebody asked a moment ago, also when all are answered', () => {
    const requests = new RequestsInFlight();
    expect(requests.lately).toBe(false);
    const one = new EventEmitter();
    requests.add(one);
    one.emit('finish');
    expect([requests.any, requests.lately]).toEqual([false, true]);
  });

  it('is not held by an answer that takes longer than a second: another that is given wakes it', async () => {
    const requests = new RequestsInFlight();
    requests.add(new EventEmitter()); // a file on a slow line
    await sleep(1_050);
    expect(await requests.letPass(5_000)).toBe(0);
    const one = new EventEmitter();
    requests.add(one);
    const waiting = requests.letPass(5_000);
    one.emit('finish');
    expect(await waiting).toBeLessThan(1_000);
  });
});
