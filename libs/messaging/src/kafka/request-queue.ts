import { createRequire } from 'node:module';

/** What is used of KafkaJS's queue of requests, one per connection; not part of its public types. */
interface RequestQueue {
  /** requests that wait for a place: too many are in flight, or the broker has asked for a pause */
  pending: unknown[];
  /** sent and not answered */
  inflight: ReadonlyMap<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>;
  enforceRequestTimeout: boolean;
  requestTimeoutIntervalId: NodeJS.Timeout;
  isConnected(): boolean;
  scheduleCheckPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
  destroy(): void;
}

/** Requests may take six seconds and more: whether one has been given up is seen soon enough. */
const TIMEOUT_CHECK_MS = 500;

/*
 * KafkaJS 2.2.4 looks after each answered request whether others wait, plans the next look, and plans it "at
 * once" when none waits: from its first answer on each connection wakes its process every millisecond for ever
 * (tulios/kafkajs#1704, #1556; the proposed cures #1667 and #1755 are not released). Seven idle services cost
 * 26 % of a core with it.
 *
 * Nothing needs to be looked for while nothing waits: `push` plans a look itself when a request has to wait.
 */
const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  prototype: RequestQueue;
};
const schedule = prototype.scheduleCheckPendingRequests;
prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.pending.length > 0) schedule.call(this);
};

/* As it was, but for the rhythm: ten looks a second for each of a process's four connections. */
prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue): void {
  if (!this.enforceRequestTimeout) return;
  this.destroy();
  this.requestTimeoutIntervalId = setInterval(() => {
    for (const request of this.inflight.values())
      if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest();
    if (!this.isConnected()) this.destroy();
  }, TIMEOUT_CHECK_MS);
};
