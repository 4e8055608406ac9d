import type { Topic } from '#contracts';
import { type Brokers, kafkaClient } from '../kafka/client.js';
import { topicName } from '../kafka/topics.js';

/** How far a group is behind in one partition, by what the broker knows. */
export interface PartitionLag {
  topic: Topic;
  partition: number;
  /** next offset the group would read after a restart; null before its first commit */
  committed: number | null;
  end: number;
  lag: number;
}

/** Asks the broker; at most some half a second old, because offsets are committed beside the work. */
export async function readLag(
  brokers: Brokers,
  prefix: string,
  group: string,
  topics: readonly Topic[],
): Promise<PartitionLag[]> {
  if (topics.length === 0) return [];
  const admin = kafkaClient(brokers).admin();
  try {
    await admin.connect();
    const names = topics.map((topic) => topicName(prefix, topic));
    const committed = new Map<string, number>();
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId: group, topics: names })) {
      for (const { partition, offset } of partitions) committed.set(`${topic}/${partition}`, Number(offset));
    }
    const lags = await Promise.all(
      topics.map(async (topic, index) => {
        const name = names[index]!;
        const ends = await admin.fetchTopicOffsets(name);
        return ends.map(({ partition, high, low }) => {
          const at = committed.get(`${name}/${partition}`) ?? -1;
          const end = Number(high);
          return {
            topic,
            partition,
            committed: at < 0 ? null : at,
            end,
            lag: end - (at < 0 ? Number(low) : at),
          };
        });
      }),
    );
    return lags.flat().sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
  } finally {
    await admin.disconnect();
  }
}
