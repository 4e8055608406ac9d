import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, LOGGER, type Logger } from '#platform';
import { sweepTries } from '../store/login-tries.js';
import { sweepExpired } from './adapter.js';

const EVERY_MS = 60_000;

/** Removes expired rows of the provider once a minute; replicas may do it at once, the rows are then just gone. */
@Injectable()
export class Sweep implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer?: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#running = this.run().catch((error: unknown) =>
        this.logger.warn({ err: error }, 'sweep failed; the next one tries again'),
      );
    }, EVERY_MS);
    this.#timer.unref();
  }

  async run(): Promise<void> {
    const swept = await sweepExpired(this.db);
    await sweepTries(this.db);
    if (swept > 0) this.logger.debug({ swept }, 'expired rows removed');
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
