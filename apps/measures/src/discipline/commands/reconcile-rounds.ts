import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database, LOGGER, type Logger, platformActor } from '#platform';
import { RoundStore } from '../store/round.store.js';
import { Heal } from './heal.js';

const EVERY_MS = 600_000;
/** One replica at a time: "CXRC". */
const ROUND = 0x43585243;

/** Looks every ten minutes whether actions and listings agree, heals what does not, and says so. */
@Injectable()
export class ReconcileRounds implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly heal: Heal,
    private readonly rounds: RoundStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop = this.#untilStopped();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #untilStopped(): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.round().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'actions and listings could not be reconciled, trying again');
      });
    }
  }

  /** Does nothing where another replica is at it. */
  async round(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { rows } = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
        ROUND,
      ]);
      if (!rows[0]!.mine) return;
      const healed = await this.heal.run(platformActor('measures'));
      await this.rounds.ended(tx, healed);
      for (const each of healed) this.logger.error(each, 'action and listing did not agree');
    });
  }
}
