import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import type { Logger } from '#platform';
import { Clock, Database, LOGGER, Metrics } from '#platform';
import { DeadlineHandlers } from './deadline-handlers.js';
import { type KindCount, overdueByKind, unhandledByKind } from './sweep-store.js';

/** What an operator watches: the two gauges stand at nothing while the legal clocks are kept. */
@Injectable()
export class DeadlineMetrics {
  readonly runs: Counter<'kind' | 'outcome'>;

  constructor(
    metrics: Metrics,
    database: Database,
    clock: Clock,
    handlers: DeadlineHandlers,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const registers = [metrics.registry];
    this.runs = new Counter({
      name: 'deadlines_runs_total',
      help: 'Runs of deadline handlers: done, failed, or gave-way to another transaction',
      labelNames: ['kind', 'outcome'],
      registers,
    });
    this.#countAtScrape('deadlines_overdue', 'Deadlines that are due and not brought about', registers, () =>
      overdueByKind(database, clock.now()),
    );
    this.#countAtScrape(
      'deadlines_unhandled',
      'Live deadlines that this version has no handler for',
      registers,
      () => unhandledByKind(database, handlers.kinds),
    );
  }

  #countAtScrape(
    name: string,
    help: string,
    registers: Metrics['registry'][],
    read: () => Promise<KindCount[]>,
  ): void {
    const { logger } = this;
    new Gauge({
      name,
      help,
      labelNames: ['kind'],
      registers,
      async collect() {
        this.reset();
        try {
          for (const { kind, count } of await read()) this.set({ kind }, count);
        } catch (error) {
          // The other metrics are wanted most when the database is away.
          logger.warn({ err: error }, `${name} could not be read`);
        }
      },
    });
  }
}
