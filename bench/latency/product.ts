import { measureProgressReported } from '#contracts';
import { publish } from '#messaging';
import { Database, prepared } from '#platform';
import { Relay } from '../../libs/messaging/src/relay/relay.js';
import { clockUs } from '../harness/meter.js';
import { benchLogger, brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import { openLoad, type Stamp } from './open-load.js';

/* A service: its commands and its relay in one process, as we ship it. */
const logger = benchLogger('service');
let database: Database;
let relay: Relay;
const INSERT = prepared('INSERT INTO fact (subject, nth) VALUES ($1, $2)');

serve({
  start({ databaseUrl, prefix }: { databaseUrl: string; prefix: string }) {
    database = new Database({ DATABASE_URL: databaseUrl, DATABASE_POOL: 10 }, logger);
    relay = new Relay({
      name: `bench service ${process.pid}`,
      databaseUrl,
      database,
      brokers: { brokers: brokers(), clientId: `bench-service-${process.pid}`, logger },
      prefix,
      prepareTopics: () => Promise.resolve(),
      onPublished: () => undefined,
      onProducerDiscarded: () => logger.error('producer discarded'),
    });
    relay.start();
  },
  owned: () => relay.owned.length,
  load: ({ rate, events }: { rate: number; events: number }): Promise<Stamp[]> =>
    openLoad(rate, events, async (nth, subject) => {
      const { id } = await database.transaction(async (tx) => {
        await tx.query(INSERT, [subject, nth]);
        return publish(tx, {
          contract: measureProgressReported,
          subject,
          data: { ...measureProgressReported.sample, percent: nth % 101 },
        });
      });
      return { id, us: clockUs() };
    }),
  async stop() {
    await relay.stop();
    await database.onApplicationShutdown();
  },
});
