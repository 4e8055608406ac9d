import { setImmediate as turn } from 'node:timers/promises';
import type { Arrival } from './arrival.js';
import type { OneByOne } from './one-by-one.js';
import { isFit, type Together } from './together.js';

/** Transactions open at once. */
const TRANSACTIONS = 4;
/** Fewer events are not worth a transaction of their own while others wait beside them. */
const WORTH_A_TRANSACTION = 16;

interface Waiting {
  chunk: readonly Arrival[];
  settled: () => void;
  failed: (error: unknown) => void;
}

/**
 * Chunks of lanes and partitions that wait at the same moment share a transaction, as many of them as are
 * worth it (group commit). A fetch brings a few events from each of its partitions: a transaction for each
 * of them costs the same round trips and the same wait for the disk for three events as for thirty.
 */
export class GroupCommit {
  readonly #waiting: Waiting[] = [];
  #free = TRANSACTIONS;
  #called = false;

  constructor(
    private readonly together: Together,
    private readonly oneByOne: OneByOne,
  ) {}

  /** How many of the next arrivals should be settled at once; at least one. */
  leading<A extends Arrival>(arrivals: readonly A[]): A[] {
    const chunk = this.together.leading(arrivals);
    return chunk.length > 0 ? chunk : arrivals.slice(0, 1);
  }

  /** Resolves when every arrival of the chunk is settled: handled, dropped, parked or set aside. */
  settle(chunk: readonly Arrival[]): Promise<void> {
    return new Promise((settled, failed) => {
      this.#waiting.push({ chunk, settled, failed });
      if (this.#called) return;
      this.#called = true;
      // The batches of one fetch come within one turn of the event loop.
      void turn().then(() => {
        this.#called = false;
        this.#begin();
      });
    });
  }

  #begin(): void {
    while (this.#free > 0 && this.#waiting.length > 0) {
      this.#free -= 1;
      void this.#settle(this.#next()).finally(() => {
        this.#free += 1;
        this.#begin();
      });
    }
  }

  /** The first that waits, and others of its topic, so that what waits is spread over the free transactions. */
  #next(): Waiting[] {
    const first = this.#waiting.shift()!;
    const { topic } = first.chunk[0]!;
    const group = [first];
    if (!isFit(first.chunk[0]!)) return group;
    let events = first.chunk.length;
    const all = this.#waiting.reduce((sum, { chunk }) => sum + chunk.length, events);
    const share = Math.max(WORTH_A_TRANSACTION, Math.ceil(all / (this.#free + 1)));
    const limit = Math.min(share, this.together.size);
    for (let i = 0; i < this.#waiting.length && events < limit;) {
      const next = this.#waiting[i]!;
      if (
        next.chunk[0]!.topic === topic &&
        isFit(next.chunk[0]!) &&
        events + next.chunk.length <= this.together.size
      ) {
        group.push(next);
        events += next.chunk.length;
        this.#waiting.splice(i, 1);
      } else i += 1;
    }
    return group;
  }

  async #settle(group: readonly Waiting[]): Promise<void> {
    const chunk = group.flatMap((waiting) => waiting.chunk);
    let open = [...group];
    try {
      const odd = new Set(isFit(chunk[0]!) ? await this.together.settle(chunk) : chunk);
      // An event that fails is tried again for a while: those that have none do not wait for it.
      open = group.filter((waiting) => {
        const waits = waiting.chunk.some((arrival) => odd.has(arrival));
        if (!waits) waiting.settled();
        return waits;
      });
      for (let next = open[0]; next; open.shift(), next = open[0]) {
        for (const arrival of next.chunk) if (odd.has(arrival)) await this.oneByOne.settle(arrival);
        next.settled();
      }
    } catch (error) {
      for (const { failed } of open) failed(error);
    }
  }
}
