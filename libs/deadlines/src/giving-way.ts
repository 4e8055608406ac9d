import { setImmediate as turn } from 'node:timers/promises';
import type { RequestsInFlight, Tx } from '#platform';

/** So long a lane waits at one time: its transaction holds cases, and whoever asks for one of them waits with it. */
const LONGEST_MS = 100;

/**
 * How a lane of the sweep lets requests of people pass: before and behind each of its statements it waits while one is
 * being answered, but never longer than it has worked. However many come, the sweep keeps half of its pace.
 */
export class GivingWay {
  /** Milliseconds that the lane has worked and not yet waited. */
  #credit = 0;
  #worksSince = performance.now();

  /** @param requests absent where the process answers none */
  constructor(private readonly requests: RequestsInFlight | undefined) {}

  async letPass(): Promise<void> {
    if (!this.requests) return;
    this.#credit = Math.min(LONGEST_MS, this.#credit + performance.now() - this.#worksSince);
    this.#credit -= await this.requests.letPass(this.#credit);
    this.#worksSince = performance.now();
  }

  /** The same transaction, between whose statements requests pass. */
  through(tx: Tx): Tx {
    return {
      query: async <R extends object>(sql: string, params?: readonly unknown[]) => {
        await turn(); // what came in while this thread worked is seen only now
        await this.letPass();
        const result = await tx.query<R>(sql, params);
        await this.letPass();
        return result;
      },
      afterCommit: (work) => tx.afterCommit(work),
    };
  }
}
