import { Kafka, logLevel } from 'kafkajs';
import { randomBytes } from 'node:crypto';

export interface Lying {
  key: string;
  id: string;
  sequence: number;
}

/** All that lies in a topic, partition by partition in the order of its offsets. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<Lying[]> {
  const messages: Lying[] = [];
  await eachMessageOf(brokers, topic, ({ key, value }) => {
    const { id, sequence } = JSON.parse(value.toString()) as { id: string; sequence: string };
    messages.push({ key: key.toString(), id, sequence: Number(sequence) });
  });
  return messages;
}

/** Calls for each message up to the end that the topic has now. */
export async function eachMessageOf(
  brokers: readonly string[],
  topic: string,
  found: (message: { key: Buffer; value: Buffer }) => void,
): Promise<void> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const open = new Map(
    (await admin.fetchTopicOffsets(topic)).flatMap(({ partition, high }) =>
      high === '0' ? [] : [[partition, BigInt(high)]],
    ),
  );
  await admin.disconnect();
  if (open.size === 0) return;
  const consumer = kafka.consumer({
    groupId: `bench-check-${randomBytes(6).toString('hex')}`,
    maxWaitTimeInMs: 50,
  });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      void consumer.run({
        autoCommit: false,
        eachBatch: ({ batch: { partition, messages } }) => {
          for (const { key, value } of messages) found({ key: key!, value: value! });
          const end = open.get(partition);
          if (end !== undefined && BigInt(messages.at(-1)!.offset) + 1n >= end) open.delete(partition);
          if (open.size === 0) resolve();
          return Promise.resolve();
        },
      });
    });
  } finally {
    await consumer.disconnect();
  }
}

/** Every committed event once, and each subject's in order from its first. */
export function faultsOfTopic(lying: readonly Lying[], committed: readonly { id: string }[]): string[] {
  const faults: string[] = [];
  const seen = new Set(lying.map(({ id }) => id));
  const lost = committed.filter(({ id }) => !seen.has(id)).length;
  if (lost > 0) faults.push(`${lost} of ${committed.length} committed events are not in the topic`);
  if (lying.length > seen.size) faults.push(`${lying.length - seen.size} events lie there more than once`);
  const strangers = seen.size - (committed.length - lost);
  if (strangers > 0) faults.push(`${strangers} events that nobody committed`);
  const last = new Map<string, number>();
  let disordered = 0;
  for (const { key, sequence } of lying) {
    if (sequence !== (last.get(key) ?? 0) + 1) disordered += 1;
    last.set(key, sequence);
  }
  if (disordered > 0) faults.push(`${disordered} events out of their subject's order`);
  return faults;
}
