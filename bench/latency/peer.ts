import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import pg from 'pg';
import {
  createReplicationSegmentMutexConcurrencyController,
  getDisabledLogger,
  initializeMessageStorage,
  initializeReplicationMessageListener,
  type TransactionalMessage,
} from 'pg-transactional-outbox';
import { measureProgressReported } from '#contracts';
import { clockUs } from '../harness/meter.js';
import { brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import { peerListener } from '../relay/peer-outbox.js';
import { openLoad, type Stamp } from './open-load.js';

/* The same service on pg-transactional-outbox: its storage in the command, its listener beside it. */
let pool: pg.Pool;
let producer: Producer;
let store: (message: TransactionalMessage, client: pg.PoolClient) => Promise<void>;
let stopListener: () => Promise<void>;
/** ids of events that it has thrown away */
let thrownAway: string[] = [];

/*
 * PostgreSQL hands a commit to logical replication before its rows are visible to other transactions. The peer
 * looks for the row that it was handed, sometimes does not find it, logs MESSAGE_NOT_FOUND as a warning, and
 * acknowledges: that event is gone. (Its poisonous message protection looks even earlier.)
 */
const logger = {
  ...getDisabledLogger(),
  warn(message: unknown, text?: string): void {
    if (text?.endsWith('MESSAGE_NOT_FOUND')) thrownAway.push((message as { id: string }).id);
  },
};

serve({
  async start({ databaseUrl, topic }: { databaseUrl: string; topic: string }) {
    thrownAway = [];
    pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
    const kafka = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });
    producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    const config = peerListener(databaseUrl);
    store = initializeMessageStorage(config, getDisabledLogger());
    [stopListener] = initializeReplicationMessageListener(
      config,
      {
        async handle({ id, aggregateId, payload }) {
          const value = JSON.stringify({ id, subject: aggregateId, data: payload });
          await producer.send({ topic, acks: -1, messages: [{ key: aggregateId, value }] });
        },
      },
      logger,
      { concurrencyStrategy: createReplicationSegmentMutexConcurrencyController() },
    );
  },
  load: ({ rate, events }: { rate: number; events: number }): Promise<Stamp[]> =>
    openLoad(rate, events, async (nth, subject) => {
      const id = randomUUID();
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query({
          name: 'fact',
          text: 'INSERT INTO fact (subject, nth) VALUES ($1, $2)',
          values: [subject, nth],
        });
        const message = {
          id,
          aggregateType: 'measure',
          aggregateId: subject,
          messageType: 'progress-reported',
        };
        const payload = { ...measureProgressReported.sample, percent: nth % 101 };
        await store({ ...message, segment: subject, payload }, client);
        await client.query('COMMIT');
        return { id, us: clockUs() };
      } finally {
        client.release();
      }
    }),
  thrownAway: () => thrownAway,
  async stop() {
    await stopListener();
    await producer.disconnect();
    await pool.end();
  },
});
