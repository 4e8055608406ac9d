import type { Topic } from '#contracts';
import type { Tx } from '#platform';
import { type Arrival, lookAt } from './arrival.js';
import { causeOf } from './classify.js';
import { firstParked, type Parked, settleLetter, takeLetter, unpark, unparkOne } from './dead-letters.js';
import type { Desk } from './desk.js';
import { GaveUp } from './persevere.js';
import { type Standing, turnOf } from './place.js';
import { beginRelease, block, type Ledger, stand } from './receipts.js';

/** After one step: the subject is free, stopped by an open letter, or has more to go on with. */
type Step = 'free' | 'stopped' | 'again';

/** However many subjects are blocked, only those that are to be released are read. */
export const RELEASING = 'SELECT topic, key FROM messaging.position WHERE consumer = $1 AND releasing';

/**
 * Lets a subject go on after its dead letter was settled: what was parked is handled in order, an event a
 * transaction, while new arrivals keep parking behind; when nothing is parked any more the subject is free.
 * An event that fails on the way becomes the next dead letter and stops it again.
 */
export class Release {
  constructor(private readonly desk: Desk) {}

  async run(ledger: Ledger, key: string): Promise<void> {
    let step: Step = 'again';
    while (step === 'again') step = await this.#step(ledger, key);
  }

  /** Goes on with what a process left that stopped in the middle. */
  async resume(): Promise<void> {
    const { database, consumer } = this.desk.parts;
    const { rows } = await database.query<{ topic: string; key: string }>(RELEASING, [consumer]);
    for (const { topic, key } of rows) await this.run(this.desk.ledgerOf({ topic }), key);
  }

  /**
   * After an event before a gap was settled: does what waits now join on to it? Then the gap's letter has
   * nothing left to say, and the subject may be released. What else is missing further on makes a new letter.
   *
   * @param standing of the subject before the event was settled
   */
  async heal(tx: Tx, ledger: Ledger, key: string, standing: Standing, sequence: number): Promise<boolean> {
    const { blockedBy, blockedSequence } = standing;
    if (blockedBy === null || blockedSequence === null || sequence >= blockedSequence) return false;
    const next = await firstParked(tx, ledger, key);
    if (next?.sequence !== sequence + 1) return false;
    await settleLetter(tx, blockedBy, 'healed', 'the missing events arrived');
    return beginRelease(tx, ledger, key);
  }

  async #step(ledger: Ledger, key: string): Promise<Step> {
    const { database, patience } = this.desk.parts;
    let failing: Arrival | undefined;
    try {
      return await patience.persevere(() =>
        database.transaction((tx) =>
          this.#next(tx, ledger, key, (arrival) => {
            failing = arrival;
          }),
        ),
      );
    } catch (error) {
      if (!(error instanceof GaveUp) || !failing) throw error;
      const arrival = failing;
      const { cause, attempts, firstFailedAt } = error;
      return patience.persevere(() =>
        database.transaction(async (tx): Promise<Step> => {
          await stand(tx, ledger, key);
          // Two may release a subject side by side (an operator's order, the round of each replica): both have seen
          // the event fail, one of them sets it aside.
          if (!(await unparkOne(tx, ledger, key, arrival.place!.sequence))) return 'again';
          await this.desk.setAside(
            tx,
            arrival,
            { cause: causeOf(cause), error: cause, attempts, firstFailedAt },
            true,
          );
          return 'stopped';
        }),
      );
    }
  }

  async #next(tx: Tx, ledger: Ledger, key: string, trying: (arrival: Arrival) => void): Promise<Step> {
    const standing = await stand(tx, ledger, key);
    if (standing.blockedBy === null) return 'free';
    const letter = await takeLetter(tx, ledger.consumer, standing.blockedBy);
    if (letter?.state === 'open') return 'stopped';
    const parked = await firstParked(tx, ledger, key);
    if (!parked) {
      await block(tx, ledger, key, null, null);
      return 'free';
    }
    const arrival = this.#read(ledger, key, parked);
    // The letter that blocked it is settled: what counts is the sequence alone.
    const turn = turnOf({ ...standing, blockedBy: null }, parked.sequence);
    if (turn === 'gap') {
      await this.desk.stopAtGap(tx, arrival, standing);
      return 'stopped';
    }
    trying(arrival);
    await unpark(tx, ledger, key, parked.sequence);
    if (turn === 'handle') {
      const outcome = await this.desk.apply(tx, arrival);
      tx.afterCommit(() => this.desk.parts.tally.consumed(ledger.topic, outcome, 1));
    }
    return 'again';
  }

  #read(ledger: Ledger, key: string, parked: Parked): Arrival {
    const origin = {
      topic: ledger.topic,
      partition: parked.origin_partition,
      offset: String(parked.origin_offset),
    };
    return lookAt(
      { key: Buffer.from(key), value: parked.payload },
      origin,
      ledger.topic as Topic,
      (type) => this.desk.parts.handlers.hears(type),
      this.desk.parts.handlers.contracts,
    );
  }
}
