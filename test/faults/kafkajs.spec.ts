import net from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { measureProgressReported } from '#contracts';
import { publishAll } from '#messaging';
import { eventually } from '#testing';
import { PRODUCE, Proxy } from '../../libs/messaging/specs/proxy.js';
import { type Message, openStage, type Stage, told } from '../../libs/messaging/specs/stage.js';
import { topicName } from '../../libs/messaging/src/kafka/topics.js';
import type { OutboxEvent } from '../../libs/messaging/src/relay/outbox-reader.js';
import { SharedProducer } from '../../libs/messaging/src/relay/shared-producer.js';

/*
 * What KafkaJS does with events when the network fails in the wrong moment, each hazard twice: as a producer
 * is often written, where it must lose, double or hang, and by our SharedProducer under the same fault. A
 * version of KafkaJS that no longer has a hazard fails the first half: then ours may become simpler.
 */
let stage: Stage;
let line: Proxy;
const open: Producer[] = [];

beforeAll(async () => {
  stage = await openStage(['measures'], 1);
  line = await Proxy.open('kafka', stage.brokers[0]!);
  await stage.database.db.query('CREATE TABLE seen (subject text, sequence bigint)');
});
afterEach(async () => {
  line.restore();
  line.cut();
  await Promise.all(open.splice(0).map((producer) => producer.disconnect()));
});
afterAll(async () => {
  await stage.strike();
  await line.close();
});

const connect = ({ onConnect }: { onConnect: () => void }): net.Socket =>
  net.connect(line.port, '127.0.0.1', onConnect);
const topic = (): string => topicName(stage.prefix, 'measures');

/** As KafkaJS is often used, with short limits so that a spec takes seconds. */
async function plainProducer(idempotent: boolean): Promise<Producer> {
  const kafka = new Kafka({
    brokers: stage.brokers,
    clientId: 'plain',
    logLevel: logLevel.NOTHING,
    requestTimeout: 400,
    retry: { retries: 2, initialRetryTime: 50, maxRetryTime: 100 },
    socketFactory: connect,
  });
  const producer = kafka.producer({ idempotent, createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  open.push(producer);
  await producer.send({ topic: topic(), messages: [bare('warm-up', 1)] });
  return producer;
}

const bare = (key: string, sequence: number): { key: string; value: string } => ({
  key,
  value: JSON.stringify({ id: `${key}-${sequence}`, sequence }),
});
const send = (producer: Producer, key: string, sequence: number): Promise<unknown> =>
  producer.send({ topic: topic(), messages: [bare(key, sequence)] });

/** Events as the outbox has them, of one subject. */
async function outbox(subject: string, count: number): Promise<OutboxEvent[]> {
  const { db } = stage.database;
  await db.transaction((tx) =>
    publishAll(
      tx,
      Array.from({ length: count }, () => told(subject)),
    ),
  );
  const { rows } = await db.query<OutboxEvent>(
    'SELECT id, topic, key, envelope FROM messaging.outbox WHERE key = $1 ORDER BY id',
    [subject],
  );
  return rows;
}

/** One producer of ours, through the line; `discarded` counts those that it threw away. */
function ourProducer(): { producer: SharedProducer; discarded: () => number } {
  let discarded = 0;
  const brokers = { brokers: stage.brokers, clientId: 'ours', logger: stage.logger, connect };
  const producer = new SharedProducer(brokers, stage.prefix, () => (discarded += 1), 800);
  return { producer, discarded: () => discarded };
}
const going = new AbortController().signal;
/** more than one of them has */
const BYTES = 2_000;

/** The sequences of a key in the order of the topic, everything that was sent until now. */
async function lying(key: string): Promise<number[]> {
  const end = `end of ${key}`;
  await stage.produce('measures', [bare(end, 1)]);
  const messages = await stage.journal('measures', (so: Message[]) => so.some((each) => each.key === end));
  return messages.filter((each) => each.key === key).map(({ sequence }) => sequence);
}

/** So many answers to produce requests never come; the requests have arrived. */
function dropAnswers(count: number): void {
  line.onAnswer = ({ api }) => (api === PRODUCE && (count -= 1) >= 0 ? 'drop' : 'pass');
}

/** The next produce request stays on its way; what becomes of those behind it? */
function holdNext(others: 'pass' | 'drop'): void {
  let asked = 0;
  line.onRequest = ({ api }) => (api !== PRODUCE ? 'pass' : (asked += 1) === 1 ? 'hold' : others);
}

describe('several sends waiting, one response dropped', () => {
  it('plain KafkaJS, idempotent: an acknowledged event is lost, another doubled', async () => {
    const producer = await plainProducer(true);
    dropAnswers(1);
    await Promise.all([1, 2, 3, 4].map((sequence) => send(producer, 'plain-waiting', sequence)));
    const found = await lying('plain-waiting');
    expect(new Set(found).size).toBe(3); // four were acknowledged
    expect(found).toHaveLength(4);
  });

  it('SharedProducer: one send at a time, nothing lost, order kept', async () => {
    const { producer, discarded } = ourProducer();
    const events = await outbox('ours-waiting', 4);
    dropAnswers(1);
    for (const event of events) await producer.send([event], BYTES, going);
    expect(discarded()).toBe(1);
    expect(await lying('ours-waiting')).toEqual([1, 1, 2, 3, 4]);
    await producer.close();
  });
});

describe('retries exhausted, then another batch of equal size', () => {
  it('plain KafkaJS, idempotent: the other batch is acknowledged and lost', async () => {
    const producer = await plainProducer(true);
    dropAnswers(3);
    await expect(send(producer, 'plain-exhausted', 1)).rejects.toThrow();
    await send(producer, 'plain-exhausted', 2);
    await send(producer, 'plain-exhausted', 3);
    expect(await lying('plain-exhausted')).toEqual([1, 3]);
  });

  it('SharedProducer: the identical batch from a fresh producer until it is acknowledged, then the next', async () => {
    const { producer, discarded } = ourProducer();
    const [first, second, third] = await outbox('ours-exhausted', 3);
    dropAnswers(2);
    for (const event of [first!, second!, third!]) await producer.send([event], BYTES, going);
    expect(discarded()).toBe(2);
    expect(await lying('ours-exhausted')).toEqual([1, 1, 1, 2, 3]);
    await producer.close();
  });
});

describe('two shards on one producer, and one of them is lost in the middle of a send', () => {
  it('SharedProducer: both were in one send; the other goes out again at once, the lost one never', async () => {
    const { producer, discarded } = ourProducer();
    const [before] = await outbox('ours-before', 1);
    const [kept] = await outbox('ours-kept', 1);
    const [lost] = await outbox('ours-lost', 1);
    await producer.send([before!], BYTES, going);
    const claim = new AbortController();
    let requests = 0;
    line.onRequest = ({ api }) => (api === PRODUCE && (requests += 1) === 1 ? 'drop' : 'pass');
    const sends = [producer.send([kept!], BYTES, going), producer.send([lost!], BYTES, claim.signal)];
    await eventually(() => expect(requests).toBe(1));
    claim.abort(new Error('the claim is lost'));
    await expect(sends[1]).rejects.toThrow('the claim is lost');
    await sends[0];
    expect(requests).toBe(2);
    expect(discarded()).toBe(0);
    expect(await lying('ours-kept')).toEqual([1]);
    expect(await lying('ours-lost')).toEqual([]);
    await producer.close();
  });
});

describe('a connection that is open and silent', () => {
  it('plain KafkaJS never leaves it, however often it is asked', async () => {
    const producer = await plainProducer(true);
    line.silence();
    const before = line.connections;
    await expect(send(producer, 'plain-silent', 1)).rejects.toThrow();
    await expect(send(producer, 'plain-silent', 2)).rejects.toThrow();
    expect(line.connections).toBe(before);
  });

  it('SharedProducer leaves it at its limit and sends on another', async () => {
    const { producer, discarded } = ourProducer();
    const [first, second] = await outbox('ours-silent', 2);
    await producer.send([first!], BYTES, going);
    line.silence();
    await producer.send([second!], BYTES, going);
    expect(discarded()).toBe(1);
    expect(new Set(await lying('ours-silent'))).toEqual(new Set([1, 2]));
    await producer.close();
  });

  it('our consumer leaves it after its first request without an answer', async () => {
    const handled: string[] = [];
    const { joined } = stage.listen(
      'silenced',
      measureProgressReported,
      async ({ subject, sequence }) => void handled.push(`${subject} #${Number(sequence)}`),
      { brokers: { brokers: stage.brokers, clientId: 'silenced', logger: stage.logger, connect } },
    );
    await joined();
    line.silence();
    const [event] = await outbox('told-in-silence', 1);
    await stage.produce('measures', [{ key: event!.key, value: event!.envelope }]);
    await eventually(() => expect(handled).toContain('told-in-silence #1'), { within: 40_000 });
  });
});

describe('a request that arrives after its producer was replaced', () => {
  it('plain KafkaJS: the stale copy lies behind the newer event, and whoever overwrites shows the old one', async () => {
    const first = await plainProducer(true);
    holdNext('drop');
    await expect(send(first, 'plain-stale', 1)).rejects.toThrow();
    line.onRequest = undefined;
    const second = await plainProducer(true);
    await send(second, 'plain-stale', 1);
    await send(second, 'plain-stale', 2);
    await line.release();
    expect((await lying('plain-stale')).at(-1)).toBe(1);
  });

  it('ours: it lies there as well, and consumers drop it by its sequence', async () => {
    const { db } = stage.database;
    const { counts, joined } = stage.listen('steady', measureProgressReported, async (event, { tx }) => {
      await tx.query('INSERT INTO seen VALUES ($1, $2)', [event.subject, Number(event.sequence)]);
    });
    await joined();
    const { producer } = ourProducer();
    const [first, second] = await outbox('ours-stale', 2);
    holdNext('pass');
    await producer.send([first!], BYTES, going);
    await producer.send([second!], BYTES, going);
    const seen = async (): Promise<unknown[]> =>
      (await db.query('SELECT sequence FROM seen WHERE subject = $1', ['ours-stale'])).rows;
    await eventually(async () => expect(await seen()).toEqual([{ sequence: 1 }, { sequence: 2 }]));
    const dropped = counts.stale ?? 0;
    await line.release();
    expect(await lying('ours-stale')).toEqual([1, 2, 1]);
    await eventually(() => expect(counts.stale ?? 0).toBeGreaterThan(dropped));
    expect(await seen()).toEqual([{ sequence: 1 }, { sequence: 2 }]);
    await producer.close();
  });
});

describe('a response dropped', () => {
  it('plain KafkaJS, not idempotent: the whole batch is doubled', async () => {
    const producer = await plainProducer(false);
    dropAnswers(1);
    await send(producer, 'plain-doubled', 1);
    expect(await lying('plain-doubled')).toEqual([1, 1]);
  });
});

describe('a request that arrives twice', () => {
  /** Each produce request, until the line is restored. */
  const doubled = (): void => void (line.onRequest = ({ api }) => (api === PRODUCE ? 'twice' : 'pass'));

  it('plain KafkaJS, not idempotent: the event is doubled', async () => {
    const producer = await plainProducer(false);
    doubled();
    await send(producer, 'plain-twice', 1);
    expect(await lying('plain-twice')).toEqual([1, 1]);
  });

  it('SharedProducer: the broker knows the batch again, each event lies there once', async () => {
    const { producer, discarded } = ourProducer();
    const events = await outbox('ours-twice', 3);
    doubled();
    for (const event of events) await producer.send([event], BYTES, going);
    expect(await lying('ours-twice')).toEqual([1, 2, 3]);
    expect(discarded()).toBe(0);
    await producer.close();
  });
});
