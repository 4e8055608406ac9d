import { Database } from '#platform';
import { Relay } from '../../libs/messaging/src/relay/relay.js';
import { benchLogger, brokers } from '../harness/place.js';
import { Meter } from '../harness/meter.js';
import { serve } from '../harness/serve.js';

/* Our relay as a service runs it, in a process that does nothing else. */
const logger = benchLogger('relay');
let database: Database;
let relay: Relay;
let meter: Meter;

serve({
  start({ databaseUrl, prefix }: { databaseUrl: string; prefix: string }) {
    database = new Database({ DATABASE_URL: databaseUrl, DATABASE_POOL: 4 }, logger);
    const counting = (meter = new Meter());
    relay = new Relay({
      name: `bench relay ${process.pid}`,
      databaseUrl,
      database,
      brokers: { brokers: brokers(), clientId: `bench-relay-${process.pid}`, logger },
      prefix,
      prepareTopics: () => Promise.resolve(),
      onPublished: (events) => counting.finished(events),
      onProducerDiscarded: () => logger.error('producer discarded'),
    });
    relay.start();
  },
  owned: () => relay.owned.length,
  reading: () => meter.reading,
  memory: () => process.memoryUsage(),
  async stop() {
    await relay.stop();
    await database.onApplicationShutdown();
  },
});
