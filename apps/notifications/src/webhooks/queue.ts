import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Counter } from 'prom-client';
import { Database, HealthRegistry, LOGGER, type Logger, Metrics, SETTINGS } from '#platform';
import { DeliverWebhook } from '../commands/deliver-webhook.js';
import type { NotificationSettings } from '../settings.js';
import { Webhooks } from '../store/webhooks.js';

const SWEEP_MS = 1_000;
const CONCURRENCY = 16;

/**
 * Wakes workers for deliveries. The rows in PostgreSQL are the truth: a job carries only an id, a job that
 * is lost (Redis flushed, worker killed) is made again by the sweep, and a job that comes twice finds the
 * delivery claimed or done.
 */
@Injectable()
export class WebhookQueue implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #redis: Redis;
  readonly #queue: Queue<{ id: string }>;
  readonly #attempts: Counter<'result'>;
  #worker?: Worker<{ id: string }>;
  #sweep?: NodeJS.Timeout;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly webhooks: Webhooks,
    private readonly deliver: DeliverWebhook,
    private readonly health: HealthRegistry,
    metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: NotificationSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    // maxRetriesPerRequest null: BullMQ waits for Redis instead of failing jobs while it is away.
    this.#redis = new Redis(settings.REDIS_URL, { maxRetriesPerRequest: null, enableReadyCheck: true });
    this.#redis.on('error', (error) => logger.warn({ error: error.message }, 'Redis is away'));
    this.#queue = new Queue('webhooks', { connection: this.#redis, prefix: settings.REDIS_PREFIX });
    this.#queue.on('error', (error) => logger.warn({ error: error.message }, 'webhook queue'));
    this.#attempts = new Counter({
      name: 'chengxin_webhook_attempts_total',
      help: 'Attempts to deliver a webhook by result',
      labelNames: ['result'],
      registers: [metrics.registry],
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#checkEviction();
    this.#worker = new Worker<{ id: string }>(
      'webhooks',
      async (job) => {
        const result = await this.deliver.execute(job.data.id);
        this.#attempts.inc({ result });
      },
      { connection: this.#redis, prefix: this.settings.REDIS_PREFIX, concurrency: CONCURRENCY },
    );
    this.#worker.on('error', (error) => this.logger.warn({ error: error.message }, 'webhook worker'));
    this.#worker.on('failed', (job, error) =>
      this.logger.warn(
        { delivery: job?.data.id, error: error.message },
        'webhook job failed; the sweep brings it back',
      ),
    );
    this.health.addReadiness('redis', () => {
      if (this.#redis.status !== 'ready') throw new Error(`Redis is ${this.#redis.status}`);
    });
    this.#sweep = setInterval(() => (this.#sweeping = this.#sweepOnce()), SWEEP_MS);
  }

  /** Called after the commit that wrote the rows; if the process dies in between, the sweep finds them. */
  wake(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const jobs = ids.map((id) => ({
      name: 'deliver',
      data: { id },
      opts: { removeOnComplete: true, removeOnFail: true },
    }));
    this.#queue
      .addBulk(jobs)
      .catch((error: Error) =>
        this.logger.warn({ error: error.message }, 'wake failed; the sweep brings it back'),
      );
  }

  /** A queue under an evicting policy forgets jobs under memory pressure; the sweep would save us, slowly. */
  async #checkEviction(): Promise<void> {
    const [, policy] = (await this.#redis.config('GET', 'maxmemory-policy')) as string[];
    if (policy === 'noeviction') return;
    const message = `Redis has maxmemory-policy ${policy}; set it to noeviction`;
    if (this.settings.NODE_ENV === 'production') throw new Error(message);
    this.logger.warn(message);
  }

  async #sweepOnce(): Promise<void> {
    try {
      const lost = await this.webhooks.unattended(this.db, 500);
      // The same id again and again while a job of it waits would pile up: only when the queue is short.
      if (lost.length > 0 && (await this.#queue.getWaitingCount()) < 1_000)
        this.wake(lost.map(({ id }) => id));
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'webhook sweep failed; it runs again');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#sweeping;
    await this.#worker?.close();
    await this.#queue.close();
    this.#redis.disconnect();
  }
}
