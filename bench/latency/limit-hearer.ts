import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { clockUs } from '../harness/meter.js';
import { brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import type { Stamp } from './open-load.js';

/* A bare KafkaJS consumer that commits nothing and only notes when each event came. */
let consumer: Consumer;
let joined = false;
let stamps: Stamp[] = [];

serve({
  async start({ topic, service }: { topic: string; service: string }) {
    stamps = [];
    joined = false;
    const kafka = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });
    consumer = kafka.consumer({ groupId: service, maxWaitTimeInMs: 1_000, minBytes: 1 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch: { messages } }) => {
        for (const { value } of messages) {
          const { id } = JSON.parse(value!.toString()) as { id: string };
          stamps.push({ id, us: clockUs() });
        }
        return Promise.resolve();
      },
    });
    joined = true;
  },
  ready() {
    if (!joined) throw new Error('has not joined its group yet');
  },
  stamps: () => stamps,
  stop: () => consumer.disconnect(),
});
