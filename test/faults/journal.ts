import { randomBytes } from 'node:crypto';
import { type Consumer, Kafka, logLevel } from 'kafkajs';

/** A message as it lies in the topic. */
export interface Told {
  topic: string;
  key: string;
  id: string;
  sequence: number;
  partition: number;
  raw: { key: Buffer | null; value: Buffer | null };
}

/**
 * Reads all that comes into the topics, past every proxy and as a client of its own: what it holds is what the
 * broker holds, in the order of each partition.
 */
export class Journal {
  readonly messages: Told[] = [];
  /** by topic and partition; a reader that has joined anew begins at the beginning */
  readonly #next = new Map<string, number>();
  #consumer: Consumer | undefined;

  constructor(
    private readonly brokers: string[],
    private readonly topics: readonly string[],
  ) {}

  async open(): Promise<void> {
    const kafka = new Kafka({ brokers: this.brokers, clientId: 'fault-journal', logLevel: logLevel.NOTHING });
    const groupId = `${this.topics[0]}-journal-${randomBytes(3).toString('hex')}`;
    this.#consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachMessage: ({ topic, partition, message }) => {
        const offset = Number(message.offset);
        const place = `${topic}/${partition}`;
        if (offset < (this.#next.get(place) ?? 0)) return Promise.resolve();
        this.#next.set(place, offset + 1);
        this.messages.push({
          ...placeOf(message.value),
          topic,
          key: message.key?.toString() ?? '',
          partition,
          raw: { key: message.key, value: message.value },
        });
        return Promise.resolve();
      },
    });
  }

  async close(): Promise<void> {
    await this.#consumer?.disconnect();
  }
}

/** What the run itself puts into the topic to be set aside has no place, or a key that begins with "foreign". */
function placeOf(value: Buffer | null): { id: string; sequence: number } {
  try {
    const { id, sequence } = JSON.parse(value?.toString() ?? '{}') as { id?: string; sequence?: string };
    return { id: id ?? '', sequence: Number(sequence ?? 0) };
  } catch (error) {
    if (error instanceof SyntaxError) return { id: '', sequence: 0 };
    throw error;
  }
}
