import { setTimeout as sleep } from 'node:timers/promises';
import { measureProgressReported } from '#contracts';
import { publishAll } from '#messaging';
import type { Database } from '#platform';
import type { Chance } from './model/chance.js';

export const SUBJECTS = 60;
const AT_ONCE = 6;

/** Percentages that a consumer's handler refuses, or fails on, while it is told to. */
export const REFUSED = 13;
export const FAILING = 17;

/**
 * Writes facts and their events, some transactions slow, some rolled back, some with an xid long before they
 * publish. The table `fact` is the journal: it is committed with the events or not at all.
 */
export class Load {
  /** transactions a second */
  rate = 0;
  #open = 0;

  constructor(
    private readonly database: Database,
    private readonly chance: Chance,
    /** told of what was committed, as far as the answer came back */
    private readonly onAcknowledged: (ids: string[]) => void,
  ) {}

  get open(): number {
    return this.#open;
  }

  async run(): Promise<never> {
    for (;;) {
      await sleep(this.rate > 0 ? 1_000 / this.rate : 50);
      if (this.rate === 0 || this.#open >= AT_ONCE) continue;
      this.#open += 1;
      void this.#transaction()
        // Connections are cut on purpose; what came of the transaction stands in the journal.
        .catch(() => undefined)
        .finally(() => (this.#open -= 1));
    }
  }

  async #transaction(): Promise<void> {
    const { chance } = this;
    const events = Array.from({ length: chance.between(1, 4) }, () => ({
      contract: measureProgressReported,
      subject: `s-${chance.below(SUBJECTS)}`,
      data: { ...measureProgressReported.sample, percent: chance.below(101) },
    }));
    const pause = chance.happens(0.1) ? chance.between(20, 300) : 0;
    const early = chance.happens(0.3);
    const doomed = chance.happens(0.1);
    const ids = await this.database.transaction(async (tx) => {
      if (early) await tx.query('SELECT pg_current_xact_id()');
      const published = await publishAll(tx, events);
      await tx.query(
        'INSERT INTO fact (event_id, subject, sequence) SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[])',
        [
          published.map(({ id }) => id),
          events.map(({ subject }) => subject),
          published.map(({ sequence }) => sequence),
        ],
      );
      await sleep(pause);
      if (doomed) throw new Error('rolled back on purpose');
      return published.map(({ id }) => id);
    });
    this.onAcknowledged(ids);
  }
}
