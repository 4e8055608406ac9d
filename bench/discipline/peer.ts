import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import pg from 'pg';
import {
  getDisabledLogger,
  initializeMessageStorage,
  initializePollingMessageListener,
  type TransactionalMessage,
} from 'pg-transactional-outbox';
import { listingInForce } from '#contracts';
import { clockUs } from '../harness/meter.js';
import { brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import { openLoad, type Stamp } from '../latency/open-load.js';
import { pollingPeer } from '../relay/peer-outbox.js';

/*
 * Decisions of a service on pg-transactional-outbox. It looks every ten milliseconds instead of its 500, as our relay
 * looks at the latest; its listener that follows the log loses events now and then (bench/README.md), and a decision that
 * never arrives has no delay.
 */
const LOOKS_EVERY_MS = 10;
let pool: pg.Pool;
let producer: Producer;
let store: (message: TransactionalMessage, client: pg.PoolClient) => Promise<void>;
let stopListener: () => Promise<void>;

serve({
  async start({ databaseUrl, topic }: { databaseUrl: string; topic: string }) {
    pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
    const kafka = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });
    producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    const config = pollingPeer(databaseUrl, LOOKS_EVERY_MS);
    store = initializeMessageStorage(config, getDisabledLogger());
    [stopListener] = initializePollingMessageListener(
      config,
      {
        async handle({ id, aggregateId, payload }) {
          const value = JSON.stringify({ id, subject: aggregateId, data: payload });
          await producer.send({ topic, acks: -1, messages: [{ key: aggregateId, value }] });
        },
      },
      getDisabledLogger(),
    );
  },
  load: ({ rate, events }: { rate: number; events: number }): Promise<Stamp[]> =>
    openLoad(rate, events, async (_, subject) => {
      const id = randomUUID();
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await store(
          {
            id,
            aggregateType: 'listing',
            aggregateId: subject,
            messageType: 'in-force',
            segment: subject,
            payload: listingInForce.sample,
          },
          client,
        );
        await client.query('COMMIT');
        return { id, us: clockUs() };
      } finally {
        client.release();
      }
    }),
  async stop() {
    await stopListener();
    await producer.disconnect();
    await pool.end();
  },
});
