import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { clockUs } from '../harness/meter.js';
import { brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import { openLoad, type Stamp } from './open-load.js';

/* Produce → consume alone: no database on either side; each event is sent by itself as soon as it is there. */
const PADDING = 'x'.repeat(500);
let producer: Producer;

serve({
  async start() {
    const kafka = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });
    producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
  },
  load: ({ rate, events, topic }: { rate: number; events: number; topic: string }): Promise<Stamp[]> =>
    openLoad(rate, events, async (_, subject) => {
      const stamp = { id: randomUUID(), us: clockUs() };
      const value = JSON.stringify({ id: stamp.id, subject, padding: PADDING });
      await producer.send({ topic, acks: -1, messages: [{ key: subject, value }] });
      return stamp;
    }),
  stop: () => producer.disconnect(),
});
