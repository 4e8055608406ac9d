import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../database/database.js';
import { LOGGER, type Logger } from '../logger.js';

/** A caller that repeats a request later than this finds its key unknown, and the request is made anew. */
export const IDEMPOTENCY_KEPT = '7 days';

const EVERY_MS = 10 * 60_000;
/** A statement's worth: short enough to hold nobody up. */
const AT_ONCE = 5_000;

/**
 * Forgets idempotency keys when their time is over. Every replica sweeps; rows that another one is removing are
 * passed by. By the database's clock, which also wrote their time: legal time may stand still or leap.
 */
@Injectable()
export class IdempotencySweep implements OnApplicationBootstrap, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> = Promise.resolve();
  #stopping = false;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#sweeping = this.sweep().catch((error: unknown) =>
        this.logger.warn({ err: error }, 'idempotency keys could not be swept, trying again'),
      );
    }, EVERY_MS);
    this.#timer.unref();
  }

  /** The pool closes later in the shutdown. */
  async onModuleDestroy(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  /** @returns how many keys were forgotten */
  async sweep(): Promise<number> {
    for (let all = 0; ;) {
      const { rowCount } = await this.database.query(
        `DELETE FROM platform.idempotency WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM platform.idempotency WHERE created_at < now() - interval '${IDEMPOTENCY_KEPT}'
           ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED))`,
        [AT_ONCE],
      );
      all += rowCount;
      if (rowCount < AT_ONCE || this.#stopping) return all;
    }
  }
}
