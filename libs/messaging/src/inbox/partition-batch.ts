import type { EachBatchPayload } from 'kafkajs';
import type { Topic } from '#contracts';
import { type Arrival, lookAt } from './arrival.js';
import type { GroupCommit } from './group-commit.js';
import type { Handlers } from './handlers.js';
import { lanesOf, Settled } from './lanes.js';

/** KafkaJS sends one only every `heartbeatInterval`, however often it is asked. */
const HEARTBEAT_ASK_MS = 1_000;

export interface BatchParts {
  handlers: Handlers;
  /** takes the chunks of all batches at work at once */
  groupCommit: GroupCommit;
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
  { groupCommit }: BatchParts,
  goOn: () => boolean,
  mark: (done: readonly A[]) => void,
): Promise<void> {
  for (let next = 0; next < lane.length && goOn();) {
    const chunk = groupCommit.leading(lane.slice(next));
    await groupCommit.settle(chunk);
    mark(chunk);
    next += chunk.length;
  }
}
