import type { CloudEvent } from '#contracts';
import type { Tx } from '#platform';
import type { Arrival } from './arrival.js';
import { classify } from './classify.js';
import type { Desk } from './desk.js';
import { type Group, groupsOf } from './groups.js';
import { Interrupted } from './persevere.js';
import { claim } from './receipts.js';
import type { Outcome } from './tally.js';

/** A chunk holds row locks that commands may wait for: it is cut to what takes about this long. */
const CHUNK_MS = 50;
const LARGEST_CHUNK = 500;
/** A failed chunk of so many is not worth halving. */
const FEW = 8;

/**
 * The fast way: a chunk of events in one transaction, their receipts in one statement. It takes only what
 * goes smoothly. Events of a subject that is blocked or has a gap are handed back; when anything fails, the
 * chunk is undone and tried in halves, until what is left around the bad event is handed back, to be settled
 * one by one: of 500 events with a bad one that is 4 to 8 instead of 500 transactions more. A chunk of one
 * costs BEGIN, the receipts, the handler, COMMIT, so a lone event needs no other way.
 */
export class Together {
  #size = 25;

  constructor(private readonly desk: Desk) {}

  /** Events that one transaction should take at most, as things go. */
  get size(): number {
    return this.#size;
  }

  /** As many of the next events as one transaction should take; none when the first is unfit. */
  leading<A extends Arrival>(arrivals: readonly A[]): A[] {
    const limit = Math.min(this.#size, arrivals.length);
    let size = 0;
    while (size < limit && isFit(arrivals[size]!)) size += 1;
    return arrivals.slice(0, size);
  }

  /** @returns what is left to be settled one by one, in order */
  async settle(chunk: readonly Arrival[]): Promise<Arrival[]> {
    const { database, patience, tally, logger } = this.desk.parts;
    const began = performance.now();
    try {
      const { left, outcomes } = await database.transaction((tx) => this.#settle(tx, chunk));
      for (const [outcome, events] of outcomes) tally.consumed(chunk[0]!.topic, outcome, events);
      this.#adapt(chunk.length, performance.now() - began);
      return left;
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      logger.debug(
        { topic: chunk[0]!.topic, events: chunk.length, error: (error as Error).message },
        'chunk undone',
      );
      if (classify(error) === 'away') {
        await patience.untilBack(error as Error);
        return this.settle(chunk);
      }
      if (chunk.length <= FEW) return [...chunk];
      const half = Math.ceil(chunk.length / 2);
      const left = await this.settle(chunk.slice(0, half));
      // Behind an event that was handed back its subject must wait: one that is not known here yet would be
      // taken up at the later event, and the earlier one then be dropped as stale.
      const stopped = new Set(left.map(({ key }) => key));
      const rest = chunk.slice(half);
      left.push(...rest.filter(({ key }) => stopped.has(key)));
      const free = rest.filter(({ key }) => !stopped.has(key));
      return free.length > 0 ? [...left, ...(await this.settle(free))] : left;
    }
  }

  async #settle(
    tx: Tx,
    chunk: readonly Arrival[],
  ): Promise<{ left: Arrival[]; outcomes: Map<Outcome, number> }> {
    const ledger = this.desk.ledgerOf(chunk[0]!);
    const { standing, fresh } = await claim(tx, ledger, chunk);
    const outcomes = new Map<Outcome, number>();
    const left: Arrival[] = [];
    const heard: CloudEvent[] = [];
    const again: CloudEvent[] = [];
    for (const arrival of chunk) {
      const { reading, place, key } = arrival;
      const before = standing.get(key!);
      if (before === undefined) {
        left.push(arrival);
        continue;
      }
      let outcome: Outcome = 'passed';
      if (place!.sequence <= before.previous) {
        outcome = ledger.epoch > 0 && place!.sequence > before.rebuilt ? 'rebuilt' : 'stale';
        before.rebuilt = Math.max(before.rebuilt, place!.sequence);
        if (outcome === 'rebuilt' && reading.kind === 'heard') again.push(reading.event);
      } else if (reading.kind === 'heard') {
        // Deleted as it is used: the same event twice in one chunk is handled once.
        outcome = fresh.delete(place!.id) ? 'handled' : 'duplicate';
        if (outcome === 'handled') heard.push(reading.event);
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    const { handlers, generation } = this.desk.parts;
    // What is told once more lies before what is new to its subject.
    const models = generation.rebuilds.get(ledger.topic)?.models;
    for (const { events } of byType(again)) await handlers.rebuild(tx, events, models!);
    for (const { events } of byType(heard)) await handlers.run(tx, events);
    return { left, outcomes };
  }

  #adapt(events: number, ms: number): void {
    if (events < this.#size / 2) return; // too few to tell
    const fitting = Math.round((events * CHUNK_MS) / Math.max(ms, 1));
    this.#size = Math.max(1, Math.min(LARGEST_CHUNK, fitting, this.#size * 2));
  }
}

/** Whether the fast way can take it; what is unfit is settled by itself. */
export function isFit({ place, reading }: Arrival): boolean {
  return place !== undefined && reading.kind !== 'unfit';
}

function byType(events: readonly CloudEvent[]): Group<CloudEvent>[] {
  return groupsOf(
    events,
    ({ subject }) => subject,
    ({ type }) => type,
  );
}
