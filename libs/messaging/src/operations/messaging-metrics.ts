import { Counter, Gauge, type Registry } from 'prom-client';
import { databaseAway, type Queryable } from '#platform';
import type { Cause } from '../inbox/classify.js';
import type { Outcome, Tally } from '../inbox/tally.js';
import { readBacklog, readSetAside } from './backlog.js';

/** The figures of relay and consumer. Labels are topics, causes and outcomes, never subjects. */
export class MessagingMetrics implements Tally {
  readonly #published: Counter;
  readonly #discarded: Counter;
  readonly #consumed: Counter<'topic' | 'outcome'>;
  readonly #gaps: Counter<'topic'>;
  readonly #deadLetters: Counter<'topic' | 'cause'>;
  readonly #lag: Gauge<'topic' | 'partition'>;

  constructor(
    registry: Registry,
    private readonly database: Queryable,
    consumer: string,
  ) {
    const registers = [registry];
    const count = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
      new Counter({ name, help, labelNames, registers });
    this.#published = count('messaging_published_total', 'Events that Kafka has acknowledged', []);
    this.#discarded = count(
      'messaging_producers_discarded_total',
      'Producers thrown away after exhausted retries',
      [],
    );
    this.#consumed = count('messaging_consumed_total', 'Messages by what became of them', [
      'topic',
      'outcome',
    ]);
    this.#gaps = count('messaging_sequence_gaps_total', 'Events that came before their predecessors', [
      'topic',
    ]);
    this.#deadLetters = count('messaging_dead_letters_total', 'Events set aside', ['topic', 'cause']);
    this.#lag = new Gauge({
      name: 'messaging_consumer_lag',
      help: 'Messages behind the end of the partition, as of its last batch',
      labelNames: ['topic', 'partition'],
      registers,
    });

    const depth = new Gauge({
      name: 'messaging_outbox_depth',
      help: 'Committed events not yet noted as published',
      registers,
    });
    const open = new Gauge({
      name: 'messaging_dead_letters_open',
      help: 'Dead letters not yet settled',
      labelNames: ['cause'],
      registers,
    });
    const parked = new Gauge({
      name: 'messaging_parked',
      help: 'Events waiting behind a dead letter',
      registers,
    });
    new Gauge({
      name: 'messaging_outbox_oldest_seconds',
      help: 'Age of the oldest of them',
      registers,
      collect: () =>
        this.#read(async () => {
          const shards = await readBacklog(this.database);
          depth.set(shards.reduce((sum, { waiting }) => sum + waiting, 0));
          const oldest = Math.min(...shards.map(({ oldestWaiting }) => oldestWaiting?.getTime() ?? Infinity));
          (registry.getSingleMetric('messaging_outbox_oldest_seconds') as Gauge).set(
            Math.max(0, (Date.now() - oldest) / 1000 || 0),
          );
          const aside = await readSetAside(this.database, consumer);
          open.reset();
          for (const [cause, n] of Object.entries(aside.openByCause)) open.set({ cause }, n);
          parked.set(aside.parkedEvents);
        }),
    });
  }

  published(events: number): void {
    this.#published.inc(events);
  }

  producerDiscarded(): void {
    this.#discarded.inc();
  }

  consumed(topic: string, outcome: Outcome, events: number): void {
    this.#consumed.inc({ topic, outcome }, events);
  }

  gap(topic: string): void {
    this.#gaps.inc({ topic });
  }

  deadLetter(topic: string, cause: Cause): void {
    this.#deadLetters.inc({ topic, cause });
  }

  lag(topic: string, partition: number, behind: number): void {
    this.#lag.set({ topic, partition: String(partition) }, Math.max(0, behind));
  }

  /** With the database away the page must still come: the last figures stay, readiness tells why. */
  async #read(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => {
      if (!databaseAway(error)) throw error;
    });
  }
}
