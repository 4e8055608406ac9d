import { randomBytes } from 'node:crypto';
import { type Consumer, Kafka, logLevel } from 'kafkajs';

/** A message as it lies in the topic. */
export interface Told {
  key: string;
  id: string;
  sequence: number;
  partition: number;
  raw: { key: Buffer | null; value: Buffer | null };
}

/**
 * Reads all that comes into the topic, past every proxy and as a client of its own: what it holds is what the
 * broker holds, in the order of each partition.
 */
export class Journal {
  readonly messages: Told[] = [];
  /** by partition; a reader that has joined anew begins at the beginning */
  readonly #next = new Map<number, number>();
  #consumer: Consumer | undefined;

  constructor(
    private readonly brokers: string[],
    private readonly topic: string,
  ) {}

  async open(): Promise<void> {
    const kafka = new Kafka({ brokers: this.brokers, clientId: 'fault-journal', logLevel: logLevel.NOTHING });
    const groupId = `${this.topic}-journal-${randomBytes(3).toString('hex')}`;
    this.#consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topic: this.topic, fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message }) => {
        const offset = Number(message.offset);
        if (offset < (this.#next.get(partition) ?? 0)) return Promise.resolve();
        this.#next.set(partition, offset + 1);
        this.messages.push({
          ...placeOf(message.value),
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
