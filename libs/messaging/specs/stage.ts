import { randomBytes } from 'node:crypto';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { type Contract, type EventOf, measureProgressReported, type Topic } from '#contracts';
import { createLogger, type Logger } from '#platform';
import { eventually, partsSetting, type TestDatabase, testDatabase } from '#testing';
import type { Delivery, JointDelivery } from '../src/inbox/delivery.js';
import type { Hearing } from '../src/inbox/hears.js';
import { KafkaInbox, type InboxOptions } from '../src/inbox/kafka-inbox.js';
import type { Outcome } from '../src/inbox/tally.js';
import { ensureTopics, topicName } from '../src/kafka/topics.js';
import { Relay, type RelayOptions } from '../src/relay/relay.js';

/** A publication of the plainest of events. */
export const told = (subject: string, percent = 10) => ({
  contract: measureProgressReported,
  subject,
  data: { ...measureProgressReported.sample, percent },
});
export type Told = EventOf<typeof measureProgressReported>;

/** What a consumer counted. */
export type Counts = Partial<Record<Outcome | 'gaps', number>>;

/** What `@Hears` or `@HearsTogether` would say of one method. */
interface OneHearing extends Omit<Hearing, 'contracts'> {
  contract: Contract;
  handler: (heard: never, delivery: never) => unknown;
}

export interface Listener {
  inbox: KafkaInbox;
  counts: Counts;
  /** resolves when it has joined its group */
  joined(): Promise<void>;
  fatal: Error[];
}

/** One spec's own corner of the test stack: a database, topics with a prefix of their own, relays. */
export interface Stage {
  prefix: string;
  brokers: string[];
  logger: Logger;
  database: TestDatabase;
  relay(name: string, change?: Partial<RelayOptions>): Relay;
  /** A consumer with one handler; it runs until it is closed or the stage is struck. */
  listen<C extends Contract>(
    service: string,
    contract: C,
    handler: (event: EventOf<C>, delivery: Delivery) => Promise<void>,
    change?: Partial<InboxOptions>,
  ): Listener;
  /** The same with a handler that takes many events of its type at once. */
  listenTogether<C extends Contract>(
    service: string,
    contract: C,
    handler: (events: EventOf<C>[], delivery: JointDelivery) => Promise<void>,
    change?: Partial<InboxOptions>,
  ): Listener;
  /** Consumes with any number of handlers. */
  consume(
    service: string,
    consumes: readonly Topic[],
    hearings: readonly OneHearing[],
    change?: Partial<InboxOptions>,
  ): Listener;
  /** Puts raw messages into a topic, past every outbox. */
  produce(
    topic: Topic,
    messages: { key: string | null; value: string | null; partition?: number }[],
  ): Promise<void>;
  /** As if no offset had ever been committed. */
  forgetOffsets(service: string): Promise<void>;
  /** All messages of a topic, by partition and offset, once `complete` says that they are enough. */
  journal(topic: Topic, complete: (messages: Message[]) => boolean, within?: number): Promise<Message[]>;
  strike(): Promise<void>;
}

export interface Message {
  key: string;
  sequence: number;
  id: string;
  partition: number;
  value: string;
}

export async function openStage(topics: readonly Topic[], partitions = 3): Promise<Stage> {
  const prefix = `spec-${randomBytes(5).toString('hex')}`;
  const brokers = partsSetting('KAFKA_BROKERS').split(',');
  const logger = createLogger('spec', process.env['LOG_LEVEL'] ?? 'silent');
  const database = await testDatabase('messaging');
  await ensureTopics({ brokers, clientId: prefix, logger }, { prefix, partitions, replication: 1 }, topics);
  const relays: Relay[] = [];
  const inboxes: KafkaInbox[] = [];
  const kafka = new Kafka({ brokers, clientId: prefix, logLevel: logLevel.NOTHING });

  const consume: Stage['consume'] = (service, consumes, hearings, change = {}) => {
    const counts: Counts = {};
    const fatal: Error[] = [];
    const add = (name: keyof Counts, events = 1): void => void (counts[name] = (counts[name] ?? 0) + events);
    const inbox = new KafkaInbox({
      service,
      consumes,
      prefix,
      brokers: { brokers, clientId: service, logger },
      database: database.db,
      tally: {
        consumed: (_, outcome, events) => add(outcome, events),
        gap: () => add('gaps'),
        deadLetter: () => undefined,
      },
      prepareTopics: () => Promise.resolve(),
      onFatal: (error) => fatal.push(error),
      maxWaitMs: 100,
      retryPausesMs: [20, 40, 80],
      ...change,
    });
    for (const { contract, handler, ...hearing } of hearings)
      // A function of its own for each: Nest writes the extras onto it.
      inbox.addHandler(
        contract.type,
        ((heard: never, delivery: never) => handler(heard, delivery)) as never,
        true,
        { contracts: [contract], ...hearing },
      );
    inboxes.push(inbox);
    inbox.listen((error) => {
      if (error) throw error as Error;
    });
    return {
      inbox,
      counts,
      fatal,
      joined: () => eventually(() => inbox.progress.check()),
    };
  };

  return {
    prefix,
    brokers,
    logger,
    database,
    relay(name, change = {}) {
      const relay = new Relay({
        name,
        databaseUrl: database.url,
        database: database.db,
        brokers: { brokers, clientId: name, logger },
        prefix,
        prepareTopics: () => Promise.resolve(),
        onPublished: () => undefined,
        onProducerDiscarded: () => undefined,
        ...change,
      });
      relays.push(relay);
      return relay;
    },
    listen: (service, contract, handler, change) =>
      consume(service, [contract.topic], [{ contract, together: false, handler }], change),
    listenTogether: (service, contract, handler, change) =>
      consume(service, [contract.topic], [{ contract, together: true, handler }], change),
    consume,
    async produce(topic, messages) {
      const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
      await producer.connect();
      await producer.send({ topic: topicName(prefix, topic), messages });
      await producer.disconnect();
    },
    async forgetOffsets(service) {
      const admin = kafka.admin();
      await admin.connect();
      await admin.deleteGroups([`${prefix}.${service}`]);
      await admin.disconnect();
    },
    async journal(topic, complete, within = 15_000) {
      const messages: Message[] = [];
      const consumer = kafka.consumer({
        groupId: `${prefix}-journal-${randomBytes(3).toString('hex')}`,
        maxWaitTimeInMs: 100,
      });
      await consumer.connect();
      await consumer.subscribe({ topic: topicName(prefix, topic), fromBeginning: true });
      await consumer.run({
        eachMessage: ({ partition, message }) => {
          const value = message.value!.toString();
          const { id, sequence } = JSON.parse(value) as { id: string; sequence: string };
          messages.push({ key: message.key!.toString(), id, sequence: Number(sequence), partition, value });
          return Promise.resolve();
        },
      });
      try {
        await eventually(
          () => {
            if (!complete(messages)) throw new Error(`${messages.length} messages are not complete`);
          },
          { within },
        );
        return [...messages];
      } finally {
        await consumer.disconnect();
      }
    },
    async strike() {
      await Promise.all([...relays.map((relay) => relay.stop()), ...inboxes.map((inbox) => inbox.close())]);
      const admin = kafka.admin();
      await admin.connect();
      await admin.deleteTopics({ topics: topics.map((topic) => topicName(prefix, topic)) });
      await admin.disconnect();
      await database.drop();
    },
  };
}
