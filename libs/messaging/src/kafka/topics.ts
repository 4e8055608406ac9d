import type { Admin, ConfigResourceTypes } from 'kafkajs';
import { TOPICS, type Topic } from '#contracts';
import { TOPIC_RETENTION_MS } from '../retention.js';
import { type Brokers, kafkaClient } from './client.js';

/** How the topics of this installation are named and cut. */
export interface TopicSettings {
  prefix: string;
  partitions: number;
  replication: number;
}

export function topicName(prefix: string, topic: string): string {
  return `${prefix}.${topic}`;
}

/**
 * Creates the topics that are missing. Those that exist are left as they are: adding partitions would send
 * a subject's next event to another partition than its last, and its order would be lost; that is an
 * operator's decision with the consumers stopped. A different number is logged, and a retention that is too
 * short for a replay.
 */
export async function ensureTopics(
  brokers: Brokers,
  { prefix, partitions, replication }: TopicSettings,
  topics: readonly Topic[] = TOPICS,
): Promise<void> {
  const admin = kafkaClient(brokers).admin();
  try {
    await admin.connect();
    const names = topics.map((topic) => topicName(prefix, topic));
    const existing = new Set(await admin.listTopics());
    const missing = names.filter((name) => !existing.has(name));
    if (missing.length > 0) {
      // Answers false when another replica was faster with some of them: the same outcome.
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({
          topic,
          numPartitions: partitions,
          replicationFactor: replication,
          configEntries: [
            { name: 'retention.ms', value: String(TOPIC_RETENTION_MS) },
            // acks=-1 means "all that are in sync": without this one copy would do.
            ...(replication > 2 ? [{ name: 'min.insync.replicas', value: '2' }] : []),
          ],
        })),
      });
    }
    const { topics: found } = await admin.fetchTopicMetadata({ topics: names });
    for (const { name, partitions: has } of found) {
      if (has.length !== partitions) {
        brokers.logger.warn(
          { topic: name, has: has.length, configured: partitions },
          'topic has another number of partitions',
        );
      }
    }
    await warnOfRetention(admin, brokers, names);
  } finally {
    await admin.disconnect();
  }
}

/** A constant enumeration of KafkaJS that an ES module cannot import by its name. */
const TOPIC_CONFIG: ConfigResourceTypes.TOPIC = 2;

/** Whoever made a topic beforehand may have left it the broker's seven days; -1 keeps for ever. */
async function warnOfRetention(admin: Admin, { logger }: Brokers, names: readonly string[]): Promise<void> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({
      type: TOPIC_CONFIG,
      name,
      configNames: ['retention.ms', 'retention.bytes'],
    })),
  });
  for (const { resourceName: topic, configEntries } of resources) {
    const settings = new Map(
      configEntries.map(({ configName, configValue }) => [configName, Number(configValue)]),
    );
    const [ms, bytes] = [settings.get('retention.ms') ?? -1, settings.get('retention.bytes') ?? -1];
    if ((ms >= 0 && ms < TOPIC_RETENTION_MS) || bytes >= 0)
      logger.warn(
        { topic, retentionMs: ms, retentionBytes: bytes, needed: TOPIC_RETENTION_MS },
        'topic forgets its events before a replay may need them',
      );
  }
}
