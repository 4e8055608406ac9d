import type { Kafka } from 'kafkajs';
import type { Database } from '#platform';
import type { TestDatabase } from '#testing';
import { CONSUMERS } from './app-protocol.js';
import type { Done, Evidence, Fact } from './checker.js';
import type { Journal } from './journal.js';

/** Where the evidence is. */
export interface Scene {
  databases: ReadonlyMap<string, TestDatabase>;
  acknowledged: ReadonlySet<string>;
  journal: Journal;
  prefix: string;
  topic: string;
  client(): Kafka;
}

export async function prepareProducer(db: Database): Promise<void> {
  await db.query('CREATE TABLE fact (event_id uuid PRIMARY KEY, subject text, sequence bigint)');
}

/** Nothing in these tables forbids a second effect or an old one over a newer: the checker must see them. */
export async function prepareConsumer(db: Database): Promise<void> {
  await db.query(`
    CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, event_id uuid, subject text, sequence bigint);
    CREATE TABLE state (subject text PRIMARY KEY, sequence bigint)`);
}

/** Journal, topic and tables as they are now. */
export async function evidenceOf({ databases, acknowledged, journal }: Scene): Promise<Evidence> {
  const { rows: facts } = await databases
    .get('producer')!
    .db.query<Fact>('SELECT event_id AS id, subject, sequence FROM fact');
  const consumers = await Promise.all(
    CONSUMERS.map((consumer) => doneBy(consumer, databases.get(consumer)!.db)),
  );
  return { facts, acknowledged, messages: journal.messages, consumers };
}

async function doneBy(consumer: string, db: Database): Promise<Done> {
  const { rows: effects } = await db.query<Fact>(
    'SELECT event_id AS id, subject, sequence FROM effect ORDER BY n',
  );
  const { rows: state } = await db.query<{ subject: string; sequence: number }>('SELECT * FROM state');
  const { rows } = await db.query<{ open: number; parked: number; blocked: number }>(`
    SELECT (SELECT count(*) FROM messaging.dead_letter WHERE state = 'open') AS open,
           (SELECT count(*) FROM messaging.parked) AS parked,
           (SELECT count(*) FROM messaging.position WHERE blocked_by IS NOT NULL) AS blocked`);
  const { open, parked, blocked } = rows[0]!;
  return {
    consumer,
    effects,
    state: new Map(state.map(({ subject, sequence }) => [subject, sequence])),
    openLetters: open,
    parked,
    blocked,
  };
}

/** What still waits: events behind the relay, and messages behind the offsets of a group. */
export async function unsettled(scene: Scene): Promise<string[]> {
  const { databases, prefix, topic } = scene;
  const { rows } = await databases.get('producer')!.db.query<{ shard: number; waiting: number }>(`
    SELECT r.shard, count(o.id) AS waiting FROM messaging.relay r JOIN messaging.outbox o
      ON o.shard = r.shard AND (o.id > r.last_id OR o.id <@ r.gaps) GROUP BY r.shard`);
  const found = rows.map(({ shard, waiting }) => `shard ${shard}: ${waiting} events wait for the relay`);
  const admin = scene.client().admin();
  await admin.connect();
  try {
    const ends = await admin.fetchTopicOffsets(topic);
    for (const consumer of CONSUMERS) {
      const [offsets] = await admin.fetchOffsets({ groupId: `${prefix}.${consumer}`, topics: [topic] });
      for (const { partition, offset } of offsets?.partitions ?? []) {
        const end = ends.find((each) => each.partition === partition)!;
        const behind = Number(end.high) - Math.max(Number(offset), 0);
        if (behind > 0) found.push(`${consumer}, partition ${partition}: ${behind} behind`);
      }
    }
  } finally {
    await admin.disconnect();
  }
  return found;
}
