import { Counter, type Registry } from 'prom-client';
import type { Cause } from '../inbox/classify.js';
import type { Outcome, Tally } from '../inbox/tally.js';

/** What relay and consumer count as they go. Labels are topics, causes and outcomes, never subjects. */
export class MessagingMetrics implements Tally {
  readonly #published: Counter;
  readonly #discarded: Counter;
  readonly #consumed: Counter<'topic' | 'outcome'>;
  readonly #gaps: Counter<'topic'>;
  readonly #deadLetters: Counter<'topic' | 'cause'>;

  constructor(registry: Registry) {
    const count = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
      new Counter({ name, help, labelNames, registers: [registry] });
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
}
