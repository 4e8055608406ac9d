import { setTimeout as sleep } from 'node:timers/promises';
import { type Consumer, Kafka, logLevel, Partitioners } from 'kafkajs';
import { measureProgressReported } from '#contracts';
import { createLogger, Database, type Tx } from '#platform';
import type { AppSettings, Command, Report } from './app-protocol.js';
import { Load } from './load.js';
import { Chance } from './model/chance.js';

/*
 * A producer and a consumer as they are often written, each with one of the mistakes that delivery must not
 * have. They take the place of the right ones when the checker itself is checked.
 */
const settings = JSON.parse(process.env['FAULT_APP'] ?? '{}') as AppSettings;
const database = new Database(
  { DATABASE_URL: settings.databaseUrl, DATABASE_POOL: 8 },
  createLogger(settings.name, 'silent'),
);
const kafka = new Kafka({ brokers: settings.brokers, clientId: settings.name, logLevel: logLevel.NOTHING });
const topic = `${settings.prefix}.${measureProgressReported.topic}`;
const chance = new Chance(settings.seed);
const report = (what: Report): void => void process.send?.(what);
process.on('disconnect', () => process.exit(0));

interface OutboxRow {
  shard: number;
  id: number;
  key: string;
  envelope: string;
}

if (settings.role === 'producer') await produce();
else await consume();

async function produce(): Promise<void> {
  const load = new Load(database, chance, (ids) => report({ acknowledged: ids }));
  process.on('message', (command: Command) => {
    if (command.load !== undefined) load.rate = command.load;
  });
  setInterval(() => report({ owned: [0, 1, 2, 3], open: load.open }), 200).unref();
  void load.run();
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const send = (rows: OutboxRow[]): Promise<unknown> =>
    producer.send({ topic, messages: rows.map(({ key, envelope }) => ({ key, value: envelope })) });
  const last = [0, 0, 0, 0];
  for (;;) {
    await sleep(10);
    // One alone may take row after row; two of that kind overtake each other.
    const alone = settings.name === 'producer-1';
    if (settings.plant === 'naive cursor' && alone) await afterLast(last, send);
    else if (settings.plant === 'two unsharded relays' || (settings.plant === 'none' && alone))
      await database.transaction((tx) => skipLocked(tx, send));
  }
}

/** Each relay takes what no other has in hand. */
async function skipLocked(tx: Tx, send: (rows: OutboxRow[]) => Promise<unknown>): Promise<void> {
  const { rows } = await tx.query<OutboxRow>(
    'SELECT shard, id, key, envelope FROM messaging.outbox ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED',
  );
  if (rows.length === 0) return;
  // As long as a busy broker may take: the two need not answer in the order in which they were asked.
  if (settings.plant === 'two unsharded relays') await sleep(chance.below(60));
  await send(rows);
  await tx.query(
    'DELETE FROM messaging.outbox WHERE (shard, id) IN (SELECT * FROM unnest($1::int[], $2::bigint[]))',
    [rows.map(({ shard }) => shard), rows.map(({ id }) => id)],
  );
}

/** `id > last`: what commits later with a lower id is never seen. */
async function afterLast(last: number[], send: (rows: OutboxRow[]) => Promise<unknown>): Promise<void> {
  for (const shard of last.keys()) {
    const { rows } = await database.query<OutboxRow>(
      'SELECT shard, id, key, envelope FROM messaging.outbox WHERE shard = $1 AND id > $2 ORDER BY id LIMIT 100',
      [shard, last[shard]],
    );
    if (rows.length === 0) continue;
    await send(rows);
    last[shard] = rows.at(-1)!.id;
  }
}

async function consume(): Promise<void> {
  const consumer = kafka.consumer({
    groupId: `${settings.prefix}.${settings.consumer}`,
    maxWaitTimeInMs: 100,
    sessionTimeout: 6_000,
    heartbeatInterval: 1_000,
  });
  consumer.on(consumer.events.GROUP_JOIN, () => report({ ready: true }));
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      const offset = String(BigInt(message.offset) + 1n);
      const { id, subject, sequence } = JSON.parse(message.value!.toString()) as Record<string, string>;
      if (settings.plant === 'offset before commit') await commit(consumer, partition, offset);
      await database.transaction((tx) =>
        effect(tx, { id: id!, subject: subject!, sequence: Number(sequence) }),
      );
      if (settings.plant !== 'offset before commit') await commit(consumer, partition, offset);
    },
  });
}

const commit = (consumer: Consumer, partition: number, offset: string): Promise<void> =>
  consumer.commitOffsets([{ topic, partition, offset }]);

async function effect(tx: Tx, told: { id: string; subject: string; sequence: number }): Promise<void> {
  const values = [told.id, told.subject, told.sequence];
  // Only the consumer without inbox writes a second effect; the others look whether there is one.
  const once =
    settings.plant === 'inbox dropped' ? '' : 'WHERE NOT EXISTS (SELECT 1 FROM effect WHERE event_id = $1)';
  await tx.query(
    `INSERT INTO effect (event_id, subject, sequence) SELECT $1::uuid, $2::text, $3::bigint ${once}`,
    values,
  );
  const newer =
    settings.plant === 'blind overwrite of a newer row' ? '' : 'WHERE state.sequence < EXCLUDED.sequence';
  await tx.query(
    `INSERT INTO state (subject, sequence) VALUES ($1, $2)
     ON CONFLICT (subject) DO UPDATE SET sequence = EXCLUDED.sequence ${newer}`,
    values.slice(1),
  );
  if (settings.plant === 'offset before commit') await sleep(20);
}
