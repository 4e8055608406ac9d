import { randomBytes } from 'node:crypto';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import type { Topic } from '#contracts';
import { createLogger, type Database, type Logger } from '#platform';
import { eventually, partsSetting } from '#testing';
import { ensureTopics, topicName } from '../../libs/messaging/src/kafka/topics.js';
import type { Material } from './material.js';

/** As an installation has them by default. */
export const PARTITIONS = 12;
export const TOPIC: Topic = 'measures';

export const brokers = (): string[] => partsSetting('KAFKA_BROKERS').split(',');

export function benchLogger(name: string): Logger {
  return createLogger(name, process.env['LOG_LEVEL'] ?? 'error');
}

/** A topic under a prefix of its own. */
export interface OwnTopic {
  prefix: string;
  topic: string;
  close(): Promise<void>;
}

export async function openTopic(): Promise<OwnTopic> {
  const prefix = `bench-${randomBytes(5).toString('hex')}`;
  const topic = topicName(prefix, TOPIC);
  const here = { brokers: brokers(), clientId: prefix, logger: benchLogger(prefix) };
  // On a busy machine the broker may not know its new topic yet when KafkaJS asks after it.
  await eventually(() => ensureTopics(here, { prefix, partitions: PARTITIONS, replication: 1 }, [TOPIC]), {
    within: 30_000,
  });
  return {
    prefix,
    topic,
    async close() {
      const admin = quietKafka().admin();
      await admin.connect();
      await admin.deleteTopics({ topics: [topic] });
      await admin.disconnect();
    },
  };
}

/** A fresh topic, gone when `work` has ended. */
export async function withTopic<T>(work: (prefix: string, topic: string) => Promise<T>): Promise<T> {
  const { prefix, topic, close } = await openTopic();
  try {
    return await work(prefix, topic);
  } finally {
    await close();
  }
}

/** Puts the material into a topic as a relay would. */
export async function produce(topic: string, material: readonly Material[]): Promise<void> {
  const producer = quietKafka().producer({
    idempotent: true,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  for (let from = 0; from < material.length; from += 1_000) {
    const messages = material
      .slice(from, from + 1_000)
      .map(({ key, envelope }) => ({ key, value: envelope }));
    await producer.send({ topic, acks: -1, messages });
  }
  await producer.disconnect();
}

function quietKafka(): Kafka {
  return new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });
}

/** Brings the material into a database, where one statement can put it into an outbox again and again. */
export async function layOut(db: Database, material: readonly Material[]): Promise<void> {
  await db.query(
    'CREATE UNLOGGED TABLE material (place serial PRIMARY KEY, shard smallint, topic text, key text, sequence bigint, id uuid, envelope text)',
  );
  for (let from = 0; from < material.length; from += 5_000) {
    const part = material.slice(from, from + 5_000);
    await db.query(
      `INSERT INTO material (shard, topic, key, sequence, id, envelope)
       SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::bigint[], $5::uuid[], $6::text[])`,
      [
        part.map(({ shard }) => shard),
        part.map(({ topic }) => topic),
        part.map(({ key }) => key),
        part.map(({ sequence }) => sequence),
        part.map(({ id }) => id),
        part.map(({ envelope }) => envelope),
      ],
    );
  }
  await db.query('ANALYZE material');
}

/** One transaction leaves the whole material in the outbox: a backlog that appears at one instant. */
export async function commitBacklog(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    for (const shard of [0, 1, 2, 3]) {
      await tx.query(
        `INSERT INTO messaging.outbox (shard, id, topic, key, sequence, envelope)
         SELECT shard, nextval('messaging.outbox_id_${shard}'), topic, key, sequence, envelope
         FROM (SELECT * FROM material WHERE shard = ${shard} ORDER BY place) AS next`,
      );
    }
  });
}
