import { setTimeout as sleep } from 'node:timers/promises';
import { Partitioners, type Producer } from 'kafkajs';
import { type Brokers, kafkaClient, Sockets } from '../kafka/client.js';
import { topicName } from '../kafka/topics.js';
import { BATCH_BYTES, type OutboxEvent } from './outbox-reader.js';

/** One send with all its retries. A connection that is open and silent is never left by KafkaJS itself. */
const SEND_LIMIT_MS = 12_000;
const CLOSE_LIMIT_MS = 2_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;
/** So much must wait before a second producer is used beside the first. */
const WORTH_ANOTHER_BYTES = 100_000;

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

  /** A connection that is open and silent would keep KafkaJS waiting for ever. */
  async close(): Promise<void> {
    const orderly = this.#producer.disconnect().catch(() => undefined);
    const late = new AbortController();
    await Promise.race([
      orderly,
      sleep(CLOSE_LIMIT_MS, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
    this.#sockets.discard();
  }
}

interface Sending {
  events: readonly OutboxEvent[];
  bytes: number;
  signal: AbortSignal;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Sends what the shards of one relay have ready to Kafka. What comes while a send is under way goes out
 * together with the next one: at 1,000 events a second over four shards that are 300 sends a second, not a
 * thousand. A second producer helps when a backlog keeps the first one busy.
 *
 * From one producer there is one awaited send at a time, it is idempotent, and after its retries are
 * exhausted nothing is ever sent from it again. A shard gives its next batch only when the one before is
 * acknowledged, so that it does not matter from which producer they come.
 *
 * What was measured (KafkaJS 2.2.4, one response dropped): with several sends waiting, 25 of 25 drops lost
 * events that had been acknowledged, because a failed send gives its sequence numbers to the next one
 * (`maxInFlightRequests: 1` does not help); one awaited send and then a *different* batch lost 240 of
 * 1,250, because the broker takes it for a repetition of the failed one. One awaited send, KafkaJS's own
 * retries, and the *identical* batch from a fresh producer lost nothing. What may happen is that a batch
 * arrives twice, even late: consumers drop it by sequence. Only a transactional id would fence that, at
 * 0.65 of the rate.
 */
export class SharedProducer {
  readonly #waiting: Sending[] = [];
  readonly #places: { line?: Line; busy: boolean }[] = [{ busy: false }, { busy: false }];
  #called = false;

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
   * @param bytes of their envelopes together, at most {@link BATCH_BYTES}
   * @throws the signal's reason, at once, when the shard is no longer ours; nothing more of it is sent then
   */
  send(events: readonly OutboxEvent[], bytes: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const leave = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      const quiet = (): void => signal.removeEventListener('abort', leave);
      this.#waiting.push({ events, bytes, signal, resolve: () => (quiet(), resolve()), reject });
      if (this.#called) return;
      this.#called = true;
      // Shards that have read together come within one turn of the event loop.
      setImmediate(() => {
        this.#called = false;
        this.#begin();
      });
    });
  }

  #begin(): void {
    for (const [nth, place] of this.#places.entries()) {
      const bytes = this.#waiting.reduce((sum, sending) => sum + sending.bytes, 0);
      if (place.busy || bytes === 0 || (nth > 0 && bytes < WORTH_ANOTHER_BYTES)) continue;
      place.busy = true;
      void this.#deliver(place, this.#next()).finally(() => {
        place.busy = false;
        this.#begin();
      });
    }
  }

  /** As many as fit into one send, in the order in which they came. */
  #next(): Sending[] {
    let bytes = 0;
    const fitting = this.#waiting.findIndex((sending) => (bytes += sending.bytes) > BATCH_BYTES);
    return this.#waiting.splice(0, fitting === -1 ? this.#waiting.length : Math.max(1, fitting));
  }

  async #deliver(place: { line?: Line }, sendings: readonly Sending[]): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const ours = sendings.filter(({ signal }) => !signal.aborted);
      if (ours.length === 0) return;
      const cut = new AbortController();
      const leave = (): void => cut.abort(new Error('a shard is no longer ours'));
      for (const { signal } of ours) signal.addEventListener('abort', leave, { once: true });
      const line = (place.line ??= new Line(this.brokers));
      try {
        const events = ours.flatMap((sending) => sending.events);
        await within(this.sendLimitMs, cut.signal, line.send(this.prefix, events));
        for (const { resolve } of ours) resolve();
        return;
      } catch (error) {
        line.discard();
        delete place.line;
        if (cut.signal.aborted) continue; // the others at once, from another producer
        this.onDiscard(error as Error);
        await sleep(pause, undefined, { signal: cut.signal }).catch(() => undefined);
      } finally {
        for (const { signal } of ours) signal.removeEventListener('abort', leave);
      }
    }
  }

  /** Without waiting for anything: the shards have other owners. */
  discard(): void {
    for (const place of this.#places) {
      place.line?.discard();
      delete place.line;
    }
  }

  /** After every shard has ended. */
  async close(): Promise<void> {
    const lines = this.#places.map(({ line }) => line);
    for (const place of this.#places) delete place.line;
    await Promise.all(lines.map((line) => line?.close()));
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
