import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '#platform';
import { classify } from './classify.js';

/** Pauses before the second, third and fourth attempt at an event that fails for an unknown reason. */
const PAUSES_MS = [100, 400, 1_600];
const FIRST_PROBE_MS = 100;
const LONGEST_PROBE_MS = 5_000;

/** No further attempt is worth it; `cause` is the last failure. */
export class GaveUp extends Error {
  override readonly name = 'GaveUp';

  constructor(
    override readonly cause: unknown,
    readonly attempts: number,
    readonly firstFailedAt: Date,
  ) {
    super('gave up');
  }
}

/** The consumer stops, or has lost the partition: the work is left as it is, and will come again. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * How a consumer meets failures: it waits for a database that is away without counting, repeats at once
 * after a conflict, tries what fails for unknown reasons three times more, and gives up on the rest.
 */
export class Patience {
  #probing: Promise<void> | undefined;

  constructor(
    private readonly database: Queryable,
    private readonly signal: AbortSignal,
    /** told when the database has gone away, and when it answers again */
    private readonly told: { away: (error: Error) => void; back: () => void },
    private readonly pauses: readonly number[] = PAUSES_MS,
  ) {}

  /**
   * @throws GaveUp with the last failure
   * @throws Interrupted when the consumer stops meanwhile
   */
  async persevere<T>(work: () => Promise<T>): Promise<T> {
    let failures = 0;
    let firstFailedAt: Date | undefined;
    for (;;) {
      if (this.signal.aborted) throw new Interrupted();
      try {
        return await work();
      } catch (error) {
        if (error instanceof Interrupted) throw error;
        firstFailedAt ??= new Date();
        switch (classify(error)) {
          case 'away':
            await this.untilBack(error as Error);
            break;
          case 'conflict':
            await this.#pause(5 + Math.random() * 45);
            break;
          case 'permanent':
            throw new GaveUp(error, failures + 1, firstFailedAt);
          case 'unknown': {
            const pause = this.pauses[failures];
            failures += 1;
            if (pause === undefined) throw new GaveUp(error, failures, firstFailedAt);
            await this.#pause(pause);
          }
        }
      }
    }
  }

  /**
   * Resolves when the database answers again. All lanes wait for the same probe.
   *
   * @throws Interrupted when the consumer stops meanwhile
   */
  async untilBack(error: Error): Promise<void> {
    this.#probing ??= this.#probe(error).finally(() => (this.#probing = undefined));
    await this.#probing;
  }

  async #probe(error: Error): Promise<void> {
    this.told.away(error);
    for (let pause = FIRST_PROBE_MS; ; pause = Math.min(pause * 2, LONGEST_PROBE_MS)) {
      await this.#pause(pause);
      try {
        await this.database.query('SELECT 1');
        this.told.back();
        return;
      } catch (failure) {
        if (classify(failure) !== 'away') throw failure;
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.signal }).catch(() => {
      throw new Interrupted();
    });
  }
}
