import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { Logger } from '#platform';
import { LOGGER, Metrics } from '#platform';
import { RoundStore } from './round.store.js';

/**
 * What the last round of reconciliation found, read at the scrape: a figure that each replica kept of its own rounds
 * would stand for ever where the next round was another's.
 */
@Injectable()
export class RoundMetrics {
  constructor(metrics: Metrics, rounds: RoundStore, @Inject(LOGGER) logger: Logger) {
    const registers = [metrics.registry];
    const ended = new Gauge({
      name: 'discipline_reconciled_timestamp_seconds',
      help: 'When the last round of reconciliation ended, Unix time',
      registers,
    });
    new Gauge({
      name: 'discipline_disagreements',
      help: 'Live actions and live listings that do not agree, or may not, as the last round found them',
      labelNames: ['kind'],
      registers,
      async collect() {
        try {
          const last = await rounds.last();
          if (!last) return;
          for (const [kind, count] of Object.entries(last.found)) this.set({ kind }, count);
          ended.set(last.endedAt.getTime() / 1_000);
        } catch (error) {
          // The other metrics are wanted most when the database is away.
          logger.warn({ err: error }, 'the last round of reconciliation could not be read');
        }
      },
    });
  }
}
