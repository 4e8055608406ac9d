import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '#testing';
import './request-queue.js';

interface Queue {
  push(request: object): void;
  fulfillRequest(response: object): void;
  maybeThrottle(ms: number): void;
  checkPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
  destroy(): void;
}

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => Queue;

describe("KafkaJS's queue of requests", () => {
  let queue: Queue;
  let sent: number[];

  beforeEach(() => {
    sent = [];
    queue = new RequestQueue({
      maxInFlightRequests: 1,
      requestTimeout: 300,
      enforceRequestTimeout: true,
      clientId: 'a',
      broker: 'b',
      logger: { debug: () => undefined },
      isConnected: () => true,
    });
  });

  afterEach(() => queue.destroy());

  const push = (correlationId: number, reject: (error: Error) => void = () => undefined): void => {
    queue.push({
      entry: { correlationId, resolve: () => undefined, reject },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    });
  };

  const answer = (correlationId: number): void =>
    queue.fulfillRequest({ correlationId, size: 0, payload: null });

  it('looks for nothing while nothing waits', async () => {
    push(1);
    answer(1);
    const looks = jest.spyOn(queue, 'checkPendingRequests');
    await sleep(100);
    expect(looks).not.toHaveBeenCalled();
  });

  it('sends what waited for a place, in order', () => {
    push(1);
    push(2);
    push(3);
    expect(sent).toEqual([1]);
    answer(1);
    answer(2);
    expect(sent).toEqual([1, 2, 3]);
  });

  it('sends what the broker has asked to hold back, by itself, and then rests', async () => {
    queue.maybeThrottle(50);
    push(1);
    expect(sent).toEqual([]);
    await eventually(() => expect(sent).toEqual([1]));
    const looks = jest.spyOn(queue, 'checkPendingRequests');
    await sleep(50);
    expect(looks).not.toHaveBeenCalled();
  });

  it('gives up a request that is not answered in time', async () => {
    const errors: Error[] = [];
    queue.scheduleRequestTimeoutCheck();
    push(1, (error) => errors.push(error));
    await eventually(() => expect(errors.map(({ name }) => name)).toEqual(['KafkaJSRequestTimeoutError']));
  });
});
