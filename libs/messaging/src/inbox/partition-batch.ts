import type { EachBatchPayload } from 'kafkajs';
import type { Topic } from '#contracts';
import { type Arrival, lookAt } from './arrival.js';
import type { Handlers } from './handlers.js';
import { lanesOf, Settled } from './lanes.js';
import type { OneByOne } from './one-by-one.js';
import type { Together } from './together.js';

/** KafkaJS sends one only every `heartbeatInterval`, however often it is asked. */
const HEARTBEAT_ASK_MS = 1_000;

export interface BatchParts {
  handlers: Handlers;
  together: Together;
  oneByOne: OneByOne;
  /** bounds the transactions of all batches at work at once */
  turnstile: Turnstile;
  /** false when the consumer stops: what is not settled will come again */
  goOn: () => boolean;
  /** told whenever events are settled: progress, lag and the offset to commit */
  onSettled: (until: string) => void;
}

/**
 * Settles one partition's batch: lanes by key side by side, within a lane chunk after chunk. Offsets are
 * resolved as far as everything before them is settled, always after the database has committed.
 */
export async function settleBatch(payload: EachBatchPayload, topic: Topic, parts: BatchParts): Promise<void> {
  const { batch, heartbeat, resolveOffset, isRunning, isStale } = payload;
  const arrivals = batch.messages.map((message, index) => ({
    ...lookAt(
      message,
      { topic: batch.topic, partition: batch.partition, offset: message.offset },
      topic,
      (type) => parts.handlers.hears(type),
      parts.handlers.contracts,
    ),
    index,
  }));
  const settled = new Settled(arrivals.length);
  let left: unknown;
  const goOn = (): boolean => left === undefined && parts.goOn() && isRunning() && !isStale();
  const mark = (done: readonly (Arrival & { index: number })[]): void => {
    let until = -1;
    for (const { index } of done) until = settled.mark(index);
    const offset = arrivals[until]?.origin.offset;
    if (offset === undefined) return;
    resolveOffset(offset);
    parts.onSettled(offset);
  };

  // Handlers may take longer than a session lasts; beats must not wait for them. A beat that fails says that
  // the group has moved on: the lanes stop and the error goes back to KafkaJS, which joins anew.
  const beats = setInterval(() => {
    heartbeat().catch((error: unknown) => (left ??= error));
  }, HEARTBEAT_ASK_MS);
  try {
    await Promise.all(lanesOf(arrivals).map((lane) => settleLane(lane, parts, goOn, mark)));
  } finally {
    clearInterval(beats);
  }
  if (left !== undefined) throw left;
}

async function settleLane<A extends Arrival>(
  lane: readonly A[],
  { together, oneByOne, turnstile }: BatchParts,
  goOn: () => boolean,
  mark: (done: readonly A[]) => void,
): Promise<void> {
  for (let next = 0; next < lane.length && goOn();) {
    await turnstile.pass(async () => {
      // Looked up once: how much a chunk takes changes with what other lanes find.
      const chunk = together.leading(lane.slice(next));
      const odd = chunk.length > 0 ? await together.settle(chunk) : [lane[next]!];
      for (const arrival of odd) await oneByOne.settle(arrival);
      const done = Math.max(1, chunk.length);
      mark(lane.slice(next, next + done));
      next += done;
    });
  }
}

/** Lets so many through at a time; the others wait in line. */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
