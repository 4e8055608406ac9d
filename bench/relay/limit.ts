import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { brokers } from '../harness/place.js';
import type { Material } from '../harness/material.js';
import { Meter } from '../harness/meter.js';
import { serve } from '../harness/serve.js';

/*
 * A bare KafkaJS producer with events that already lie in memory: idempotent, acks from all, a thousand events
 * a send, one awaited send at a time. No database, no order to keep, nothing to remember.
 */
const BATCH = 1_000;
let batches: { key: string; value: string }[][] = [];
let producer: Producer;

serve({
  load(material: Material[]) {
    const messages = material.map(({ key, envelope }) => ({ key, value: envelope }));
    batches = Array.from({ length: Math.ceil(messages.length / BATCH) }, (_, number) =>
      messages.slice(number * BATCH, (number + 1) * BATCH),
    );
  },
  async run({ topic }: { topic: string }) {
    const kafka = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });
    producer = kafka.producer({ idempotent: true, createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    const meter = new Meter();
    for (const messages of batches) {
      await producer.send({ topic, acks: -1, messages });
      meter.finished(messages.length);
    }
    await producer.disconnect();
    return meter.reading;
  },
});
