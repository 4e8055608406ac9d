import type { Admin, TopicPartitionOffset } from 'kafkajs';
import { type Brokers, kafkaClient } from '../kafka/client.js';

/** Where a partition begins and ends, and where a group stands in it (null before its first commit). */
export interface PartitionState {
  partition: number;
  low: number;
  high: number;
  committed: number | null;
}

export async function withAdmin<T>(brokers: Brokers, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaClient(brokers).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

export async function partitionsOf(admin: Admin, group: string, topic: string): Promise<PartitionState[]> {
  const [ends, committed] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId: group, topics: [topic] }),
  ]);
  const at = new Map(committed[0]!.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return ends.map(({ partition, low, high }) => {
    const offset = at.get(partition) ?? -1;
    return {
      partition,
      low: Number(low),
      high: Number(high),
      committed: offset < 0 ? null : offset,
    };
  });
}

/**
 * Sets where a group that nobody else has joined stands: one member joins, commits for all topics, and leaves.
 * KafkaJS's own `admin.setOffsets` takes one topic at a time and waits for a fetch of what it has paused, 3 to 5 s
 * each: a service of three topics began to read anew after 10 s.
 *
 * @throws Error when the group could not be joined, or took no offsets
 */
export async function setOffsets(
  brokers: Brokers,
  groupId: string,
  places: readonly TopicPartitionOffset[],
): Promise<void> {
  if (places.length === 0) return;
  const topics = [...new Set(places.map(({ topic }) => topic))];
  const consumer = kafkaClient(brokers).consumer({
    groupId,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 50, // its leaving waits for a fetch
    retry: { retries: 4, restartOnFailure: () => Promise.resolve(false) },
  });
  let fault: Error | undefined;
  let committed = false;
  consumer.on(consumer.events.CRASH, ({ payload }) => (fault = payload.error));
  consumer.on(consumer.events.COMMIT_OFFSETS, () => (committed = true));
  try {
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: ({ pause }) => Promise.resolve(void pause()),
    });
    // KafkaJS passes over a commit in silence when it does not run: only its word that it has committed counts.
    await consumer.commitOffsets([...places]);
    if (!committed) throw fault ?? new Error(`the group ${groupId} took no offsets`);
  } finally {
    await consumer.disconnect();
  }
}

/** Offsets of the first messages at or after an instant; the end where there are none. */
export async function offsetsSince(admin: Admin, topic: string, since: Date): Promise<Map<number, number>> {
  const found = await admin.fetchTopicOffsetsByTimestamp(topic, since.getTime());
  return new Map(found.map(({ partition, offset }) => [partition, Number(offset)]));
}
