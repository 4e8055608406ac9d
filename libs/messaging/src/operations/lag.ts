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

/** An answer serves everyone who asks within so long: a scrape and a page at once ask the broker once. */
const KEEP_MS = 5_000;
/** Nobody waits longer for it: without Kafka the other figures are wanted most. */
const WAIT_MS = 3_000;

/**
 * The lag of a group as the broker tells it. (What a member knows from its last batch is silent when it matters:
 * a consumer that is stuck has no next batch, and a partition that went to another replica keeps its old figure.)
 */
export class GroupLag {
  #asked: { at: number; answer: Promise<PartitionLag[]> } | undefined;

  constructor(
    private readonly brokers: Brokers,
    private readonly prefix: string,
    private readonly group: () => string,
    private readonly topics: readonly Topic[],
  ) {}

  /** At most {@link KEEP_MS} old, and half a second more: offsets are committed beside the work. Undefined when the broker does not answer. */
  async read(): Promise<PartitionLag[] | undefined> {
    if (this.topics.length === 0) return [];
    const now = Date.now();
    if (!this.#asked || now - this.#asked.at > KEEP_MS) this.#asked = { at: now, answer: this.#ask() };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), WAIT_MS);
    });
    try {
      return await Promise.race([this.#asked.answer, late]);
    } catch (error) {
      this.brokers.logger.debug({ error: (error as Error).message }, 'the broker did not tell the lag');
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  async #ask(): Promise<PartitionLag[]> {
    const admin = kafkaClient(this.brokers).admin();
    try {
      await admin.connect();
      const names = this.topics.map((topic) => topicName(this.prefix, topic));
      const committed = new Map<string, number>();
      for (const { topic, partitions } of await admin.fetchOffsets({
        groupId: this.group(),
        topics: names,
      })) {
        for (const { partition, offset } of partitions)
          committed.set(`${topic}/${partition}`, Number(offset));
      }
      const lags = await Promise.all(
        this.topics.map(async (topic, index) => {
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
}
