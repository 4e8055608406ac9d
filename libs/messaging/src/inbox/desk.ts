import type { Database, Logger, Tx } from '#platform';
import type { Arrival } from './arrival.js';
import { PermanentFault } from './classify.js';
import { type Verdict, writeLetter } from './dead-letters.js';
import type { Generation } from './generation.js';
import type { Handlers } from './handlers.js';
import type { Patience } from './persevere.js';
import type { Standing } from './place.js';
import { block, type Ledger, moveTo, rebuiltTo } from './receipts.js';
import type { Outcome, Tally } from './tally.js';

/** What the parts of a consumer share. */
export interface InboxParts {
  consumer: string;
  database: Database;
  handlers: Handlers;
  patience: Patience;
  tally: Tally;
  logger: Logger;
  /** which reading of the topics this consumer is at */
  generation: Generation;
}

/** What can be done with an event inside a transaction, once its turn is known. */
export class Desk {
  constructor(readonly parts: InboxParts) {}

  ledgerOf(arrival: { topic: string }): Ledger {
    const { consumer, generation } = this.parts;
    const epoch = generation.rebuilds.get(arrival.topic)?.epoch ?? 0;
    return { consumer, topic: arrival.topic, generation: generation.number, epoch };
  }

  /**
   * Its turn: the handler runs, if anyone hears it, and the subject moves on.
   *
   * @throws what the handler throws; PermanentFault for an event that is unfit
   */
  async apply(tx: Tx, arrival: Arrival): Promise<Outcome> {
    const { reading } = arrival;
    if (reading.kind === 'unfit') throw reading.fault;
    if (reading.kind === 'heard') await this.parts.handlers.run(tx, [reading.event]);
    await moveTo(tx, this.ledgerOf(arrival), arrival.key!, arrival.place!.sequence);
    return reading.kind === 'heard' ? 'handled' : 'passed';
  }

  /** Told before, and once more to the read models that are rebuilt from its topic; to nobody else. */
  async rebuild(tx: Tx, arrival: Arrival): Promise<Outcome> {
    await this.#tellModels(tx, arrival);
    await rebuiltTo(tx, this.ledgerOf(arrival), arrival.key!, arrival.place!.sequence);
    return 'rebuilt';
  }

  /** What a rebuild had to leave out. One that has not come so far, a later one, brings it anyway. */
  async makeUp(tx: Tx, arrival: Arrival, { rebuilt = 0 }: Standing): Promise<void> {
    if (rebuilt >= arrival.place!.sequence) await this.#tellModels(tx, arrival);
  }

  async #tellModels(tx: Tx, { reading, topic }: Arrival): Promise<void> {
    const models = this.parts.generation.rebuilds.get(topic)?.models;
    if (reading.kind === 'heard' && models) await this.parts.handlers.rebuild(tx, [reading.event], models);
  }

  /**
   * Writes the dead letter and, if `blocks`, stops the subject behind it; other subjects flow on.
   *
   * @returns false when this very message is a dead letter already
   */
  async setAside(tx: Tx, arrival: Arrival, verdict: Verdict, blocks: boolean): Promise<boolean> {
    const ledger = this.ledgerOf(arrival);
    const letter = await writeLetter(tx, ledger, arrival, verdict);
    if (!letter) return false;
    if (blocks) await block(tx, ledger, arrival.key!, letter, arrival.place?.sequence ?? null);
    tx.afterCommit(() => this.#told(arrival, verdict));
    return true;
  }

  /** Stops a subject whose next events are missing. `arrival` is parked; the letter is what an operator accepts. */
  async stopAtGap(tx: Tx, arrival: Arrival, { last }: Standing): Promise<void> {
    const { sequence } = arrival.place!;
    const error = new PermanentFault(
      'sequence-gap',
      `${sequence} came after ${last}: ${last! + 1} to ${sequence - 1} are missing`,
    );
    await this.setAside(
      tx,
      arrival,
      { cause: 'sequence-gap', error, attempts: 1, firstFailedAt: new Date() },
      true,
    );
    tx.afterCommit(() => this.parts.tally.gap(arrival.topic));
  }

  #told({ topic, origin, type, place }: Arrival, { cause, error, attempts }: Verdict): void {
    this.parts.tally.deadLetter(topic, cause);
    this.parts.logger.error(
      {
        topic,
        partition: origin.partition,
        offset: origin.offset,
        type,
        eventId: place?.id,
        cause,
        attempts,
        err: error,
      },
      'event set aside as a dead letter',
    );
  }
}
