import type { Tx } from '#platform';
import { type Arrival, isSubject } from './arrival.js';
import { causeOf, PermanentFault } from './classify.js';
import { park, type Verdict } from './dead-letters.js';
import type { Desk } from './desk.js';
import { GaveUp } from './persevere.js';
import { turnOf } from './place.js';
import { moveTo, rebuiltTo, receive, stand } from './receipts.js';
import type { Release } from './release.js';
import type { Outcome } from './tally.js';

/**
 * Settles single events, a transaction each, with all the care that the fast way leaves out: its turn,
 * repetition, parking, dead letters.
 */
export class OneByOne {
  constructor(
    private readonly desk: Desk,
    private readonly release: Release,
  ) {}

  /** Settles an arrival for good: handled, dropped, parked or set aside. */
  async settle(arrival: Arrival): Promise<void> {
    const { database, patience, tally } = this.desk.parts;
    let settled: { outcome: Outcome; healed?: boolean };
    try {
      settled = await patience.persevere(() => database.transaction((tx) => this.#settle(tx, arrival)));
    } catch (error) {
      if (!(error instanceof GaveUp)) throw error;
      const { cause, attempts, firstFailedAt } = error;
      const verdict = { cause: causeOf(cause), error: cause, attempts, firstFailedAt };
      settled = await patience.persevere(() =>
        database.transaction((tx) => this.#bury(tx, arrival, verdict)),
      );
    }
    tally.consumed(arrival.topic, settled.outcome, 1);
    if (settled.healed) await this.release.run(this.desk.ledgerOf(arrival), arrival.key!);
  }

  async #settle(tx: Tx, arrival: Arrival): Promise<{ outcome: Outcome; healed?: boolean }> {
    const { place, key, reading } = arrival;
    if (!place || key === null)
      throw reading.kind === 'unfit' ? reading.fault : new PermanentFault('unreadable', 'no place');
    const ledger = this.desk.ledgerOf(arrival);
    const standing = await stand(tx, ledger, key);
    const turn = turnOf(standing, place.sequence);
    if (turn === 'stale') return { outcome: 'stale' };
    if (turn === 'rebuild') return { outcome: await this.desk.rebuild(tx, arrival) };
    if (!(await receive(tx, ledger.consumer, place.id))) {
      // Received and yet its turn: the position was lost, the receipt was not.
      if (turn === 'handle') await moveTo(tx, ledger, key, place.sequence);
      return { outcome: 'duplicate' };
    }
    if (turn === 'handle') {
      const outcome = await this.desk.apply(tx, arrival);
      return { outcome, healed: await this.release.heal(tx, ledger, key, standing, place.sequence) };
    }
    await park(tx, ledger, arrival);
    if (turn === 'gap') await this.desk.stopAtGap(tx, arrival, standing);
    return { outcome: 'parked' };
  }

  /** What was given up outside its transaction is looked at anew: another consumer may have been faster. */
  async #bury(tx: Tx, arrival: Arrival, verdict: Verdict): Promise<{ outcome: Outcome }> {
    const { place, key } = arrival;
    const ledger = this.desk.ledgerOf(arrival);
    // What cannot be a subject has nothing that could wait behind it.
    const standing = key !== null && isSubject(key) ? await stand(tx, ledger, key) : undefined;
    if (place && standing) {
      const turn = turnOf(standing, place.sequence);
      if (turn === 'stale') return { outcome: 'stale' };
      if (turn === 'rebuild') {
        // It was settled once, so it stops nobody; the read model lacks it until it is redriven.
        await rebuiltTo(tx, ledger, key!, place.sequence);
        const told = await this.desk.setAside(tx, arrival, { ...verdict, cause: 'not-rebuilt' }, false);
        return { outcome: told ? 'dead' : 'duplicate' };
      }
      if (!(await receive(tx, ledger.consumer, place.id))) return { outcome: 'duplicate' };
      if (turn === 'park') {
        await park(tx, ledger, arrival);
        return { outcome: 'parked' };
      }
    }
    // What cannot be read may have been any event of its subject: that subject waits, too.
    const blocks = standing !== undefined && standing.blockedBy === null;
    return { outcome: (await this.desk.setAside(tx, arrival, verdict, blocks)) ? 'dead' : 'duplicate' };
  }
}
