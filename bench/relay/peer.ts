import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import {
  createReplicationSegmentMutexConcurrencyController,
  type GeneralMessageHandler,
  getDisabledLogger,
  initializeReplicationMessageListener,
} from 'pg-transactional-outbox';
import { brokers } from '../harness/place.js';
import { Meter } from '../harness/meter.js';
import { serve } from '../harness/serve.js';
import { peerListener } from './peer-outbox.js';

/*
 * pg-transactional-outbox with its faster listener (logical replication; polling reads the whole backlog for
 * each batch), segments by subject, so that it keeps the order that we keep and works on several subjects at
 * once. `together`: its handlers wait for each other for a turn of the event loop and send one batch, which its
 * documentation does not do, but its users could.
 */
let stopListener: () => Promise<void>;
let producer: Producer;
let meter: Meter;

serve({
  async start({ databaseUrl, topic, together }: { databaseUrl: string; topic: string; together: boolean }) {
    const kafka = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });
    producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    const counting = (meter = new Meter());
    // It may hand a message over again.
    const once = new Set<string>();
    const send = together ? sendTogether(producer, topic) : sendAlone(producer, topic);
    const handler: GeneralMessageHandler = {
      async handle({ id, aggregateId, payload }) {
        await send({ key: aggregateId, value: JSON.stringify(payload) });
        if (once.has(id)) return;
        once.add(id);
        counting.finished(1);
      },
    };
    [stopListener] = initializeReplicationMessageListener(
      peerListener(databaseUrl),
      handler,
      getDisabledLogger(),
      { concurrencyStrategy: createReplicationSegmentMutexConcurrencyController() },
    );
  },
  reading: () => meter.reading,
  async stop() {
    await stopListener();
    await producer.disconnect();
  },
});

interface Message {
  key: string;
  value: string;
}

function sendAlone(to: Producer, topic: string): (message: Message) => Promise<unknown> {
  return (message) => to.send({ topic, acks: -1, messages: [message] });
}

function sendTogether(to: Producer, topic: string): (message: Message) => Promise<unknown> {
  let gathering: { messages: Message[]; sent: Promise<unknown> } | undefined;
  return (message) => {
    if (!gathering) {
      const messages: Message[] = [];
      const sent = new Promise((resolve) => setTimeout(resolve, 2)).then(() => {
        gathering = undefined;
        return to.send({ topic, acks: -1, messages });
      });
      gathering = { messages, sent };
    }
    gathering.messages.push(message);
    return gathering.sent;
  };
}
