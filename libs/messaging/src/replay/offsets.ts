import type { Admin } from 'kafkajs';
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

/** Offsets of the first messages at or after an instant; the end where there are none. */
export async function offsetsSince(admin: Admin, topic: string, since: Date): Promise<Map<number, number>> {
  const found = await admin.fetchTopicOffsetsByTimestamp(topic, since.getTime());
  return new Map(found.map(({ partition, offset }) => [partition, Number(offset)]));
}
