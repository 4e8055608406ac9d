import { logLevel, Partitioners } from 'kafkajs';
import { ServerKafka } from '@nestjs/microservices';
import { clockUs } from '../harness/meter.js';
import { brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import type { Stamp } from './open-load.js';

/* Nest's own Kafka transport with its defaults; the handler is called and does nothing. */
let server: ServerKafka;
let joined = false;
let stamps: Stamp[] = [];

serve({
  async start({ topic, service }: { topic: string; service: string }) {
    stamps = [];
    joined = false;
    server = new ServerKafka({
      client: { brokers: brokers(), clientId: service, logLevel: logLevel.NOTHING },
      consumer: { groupId: service },
      subscribe: { fromBeginning: true },
      producer: { createPartitioner: Partitioners.DefaultPartitioner },
    });
    server.addHandler(
      topic,
      (event: { id: string }) => {
        stamps.push({ id: event.id, us: clockUs() });
        return Promise.resolve();
      },
      true,
    );
    await new Promise<void>((resolve, reject) =>
      server.listen((error?: unknown) => (error ? reject(error as Error) : resolve())),
    );
    joined = true; // KafkaJS's `run` resolves when the group is joined
  },
  ready() {
    if (!joined) throw new Error('has not joined its group yet');
  },
  stamps: () => stamps,
  stop: () => server.close(),
});
