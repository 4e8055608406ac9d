import { type Consumer, Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { brokers, PARTITIONS } from '../harness/place.js';
import { serve } from '../harness/serve.js';

/*
 * The sum of the floors: a bare KafkaJS consumer that writes, for each message, the rows of a decision, which lie ready
 * in the database, in one statement. No rules, no receipt, no lock, nothing to parse.
 */
const CONNECTIONS = 4;
let consumer: Consumer;
let pool: pg.Pool;
let joined = false;

interface Argument {
  databaseUrl: string;
  topic: string;
  service: string;
  /** writes the rows of one decision, see rows.ts */
  statement: string;
  actions: number;
}

serve({
  async start({ databaseUrl, topic, service, statement, actions }: Argument) {
    joined = false;
    pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
    const kafka = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });
    consumer = kafka.consumer({ groupId: service, maxWaitTimeInMs: 1_000, minBytes: 1 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: PARTITIONS,
      eachBatch: async ({ batch: { messages } }) => {
        for (const { value } of messages) {
          const { id } = JSON.parse(value!.toString()) as { id: string };
          const ids = Array.from({ length: actions }, () => uuidv7());
          await pool.query({ name: 'decision', text: statement, values: [id, uuidv7(), ids] });
        }
      },
    });
    joined = true;
  },
  ready() {
    if (!joined) throw new Error('has not joined its group yet');
  },
  async stop() {
    await consumer.disconnect();
    await pool.end();
  },
});
