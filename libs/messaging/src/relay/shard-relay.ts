import type { Logger, Queryable } from '#platform';
import type { Claim } from './claims.js';
import { Cursor, type Place } from './cursor.js';
import type { OutboxEvent, OutboxReader } from './outbox-reader.js';
import { PositionKeeper } from './position-keeper.js';
import type { SharedProducer } from './shared-producer.js';

interface Batch {
  events: readonly OutboxEvent[];
  bytes: number;
  /** where the cursor stands when these are published */
  place: Place;
  full: boolean;
}

export interface ShardRelayParts {
  session: Queryable;
  claim: Claim;
  reader: OutboxReader;
  producer: SharedProducer;
  logger: Logger;
  onPublished: (events: number) => void;
}

/**
 * Carries one shard from the outbox to Kafka: look, send, note the position; while one batch is on its way
 * the next is read. The cursor runs ahead with the reads; the position that is kept runs behind the sends.
 */
export class ShardRelay {
  readonly #cursor: Cursor;
  readonly #keeper: PositionKeeper;
  readonly #stop = new AbortController();
  readonly #lost = new AbortController();
  #rung = true;
  #wake: (() => void) | undefined;
  #noted: Place;

  constructor(private readonly parts: ShardRelayParts) {
    this.#noted = parts.claim.place;
    this.#cursor = new Cursor(parts.claim.place);
    this.#keeper = new PositionKeeper(parts.session, parts.claim, this.#cursor, (error) =>
      this.abandon(error),
    );
  }

  get shard(): number {
    return this.parts.claim.shard;
  }

  /** Something may have been written: look at once, or again after the look under way. */
  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Whether ids beyond the cursor were drawn, or passed ones are still looked for. */
  behind(lastDrawn: number): boolean {
    return lastDrawn > this.#cursor.lastId || !this.#cursor.gapList.empty;
  }

  /** Runs until stopped (resolves: batch sent, position written) or abandoned (rejects). */
  async run(): Promise<void> {
    let reading: Promise<Batch> | undefined;
    try {
      while (!this.#stop.signal.aborted) {
        const batch = await (reading ?? this.#read());
        reading = undefined;
        if (batch.events.length > 0) {
          const sending = this.parts.producer.send(batch.events, batch.bytes, this.#lost.signal);
          // Only behind a backlog: at a trickle what comes during the send is read together after it.
          if (batch.full) reading = this.#read(true);
          reading?.catch(() => undefined); // heard when it is awaited
          await sending;
          this.parts.onPublished(batch.events.length);
        }
        if (this.#moved(batch.place) || this.#cursor.gapList.unbounded.length > 0)
          this.#keeper.note(batch.place);
        if (!reading && !batch.full) await this.#rest();
      }
      await this.#keeper.flush();
      this.#lost.signal.throwIfAborted();
    } finally {
      reading?.catch(() => undefined);
      this.#stop.abort();
    }
  }

  /** Hands over: the batch under way is finished, the position written. Await `run` for the end. */
  stop(): void {
    this.#stop.abort();
    this.#wake?.();
  }

  /** The shard is no longer ours: nothing more is sent, at once. */
  abandon(reason: Error): void {
    this.#lost.abort(reason);
    this.stop();
  }

  async #read(backlog = false): Promise<Batch> {
    this.#rung = false;
    const look = await this.parts.reader.look(this.shard, this.#cursor, backlog);
    const givenUp = this.#cursor.take(look);
    if (givenUp > 0)
      this.parts.logger.debug({ shard: this.shard, ids: givenUp }, 'ids of rolled back transactions passed');
    return { events: look.events, bytes: look.bytes, place: this.#cursor.place, full: look.full };
  }

  /** An empty look can have closed gaps, too; the position must not keep them for ever. */
  #moved(place: Place): boolean {
    const { lastId, gaps } = this.#noted;
    this.#noted = place;
    return lastId !== place.lastId || gaps !== place.gaps;
  }

  async #rest(): Promise<void> {
    if (this.#rung || this.#stop.signal.aborted) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
  }
}
