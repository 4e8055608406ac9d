import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DEADLINE_KINDS, DeadlineHandlers } from './deadline-handlers.js';
import { DeadlineMetrics } from './deadline-metrics.js';
import { SWEEP_EVERY_MS, Sweeper } from './sweeper.js';

export interface DeadlinesOptions {
  /** Every kind that this service schedules, `<service>.<what falls due>`; each needs one @OnDeadline. */
  kinds: readonly string[];
  /** Milliseconds between sweeps, 500 when absent: legal clocks end at midnight, nobody waits for them. null: only on demand. */
  sweepEveryMs?: number | null;
}

/**
 * The legal clocks of one service, imported once in its root module. The service adds `deadlineMigrations` to
 * its own. A sweep begins when the application has started, so after migration and seeding.
 */
@Module({})
export class DeadlinesModule {
  static forRoot(options: DeadlinesOptions): DynamicModule {
    return {
      module: DeadlinesModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: DEADLINE_KINDS, useValue: options.kinds },
        {
          provide: SWEEP_EVERY_MS,
          useValue: options.sweepEveryMs === undefined ? 500 : options.sweepEveryMs,
        },
        DeadlineHandlers,
        DeadlineMetrics,
        Sweeper,
      ],
      exports: [Sweeper],
    };
  }
}
