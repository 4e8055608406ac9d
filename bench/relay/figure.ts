import pg from 'pg';
import { eventually, type TestDatabase, testDatabase } from '#testing';
import { makeMaterial } from '../harness/material.js';
import { type Reading, valuesOfReadings } from '../harness/meter.js';
import { brokers, commitBacklog, layOut, withTopic } from '../harness/place.js';
import type { Figure } from '../harness/figure.js';
import type { Contestant, Run } from '../harness/rounds.js';
import { serverCpu, serverValues } from '../harness/servers.js';
import { faultsOfTopic, readTopic } from '../harness/topic-check.js';
import { Worker } from '../harness/worker.js';
import { commitPeerBacklog, dropPeerSlot, setUpPeer } from './peer-outbox.js';

const ONE = 'Chengxin, one process';
const TWO = 'Chengxin, two processes';
const HELD = 'Chengxin, snapshot held';
const PEER = 'pg-transactional-outbox';
const PEER_TOGETHER = 'pg-transactional-outbox, sends gathered';
const LIMIT = 'bare producer';

/** From the outbox to the topic: a backlog that appears at one instant, until its last event is acknowledged. */
export const relay: Figure = {
  name: 'relay',
  title: 'Relay',
  reaches: [
    { text: '≥ 60 × peer', of: ONE, over: PEER, value: 'events/s', least: 60 },
    { text: '≥ 0.8 × limit in one process', of: ONE, over: LIMIT, value: 'events/s', least: 0.8 },
    { text: '≥ 0.9 × limit over two processes', of: TWO, over: LIMIT, value: 'events/s', least: 0.9 },
    { text: '≤ 10 % loss under a held snapshot', of: HELD, over: ONE, value: 'events/s', least: 0.9 },
  ],
  async prepare({ quick }) {
    const events = quick ? 20_000 : 60_000;
    const peerEvents = quick ? 600 : 1_500;
    const material = await makeMaterial(events);
    const databases = await Promise.all(Array.from({ length: 4 }, () => testDatabase('messaging')));
    const [plain, shared, held, peer] = databases as [TestDatabase, TestDatabase, TestDatabase, TestDatabase];
    for (const { db } of databases) await layOut(db, material);
    const snapshot = await holdSnapshot(held.url);
    const workers = ['relay/product', 'relay/product', 'relay/peer', 'relay/limit'].map(
      (name) => new Worker(name),
    );
    const [first, second, other, bare] = workers as [Worker, Worker, Worker, Worker];
    await bare.ask('load', material);

    const product = (name: string, { url, db }: TestDatabase, by: Worker[]): Contestant => ({
      name,
      kind: 'product',
      run: () =>
        withTopic(async (prefix, topic) => {
          try {
            for (const worker of by) await worker.ask('start', { databaseUrl: url, prefix });
            await eventually(() => evenlyOwned(by), { within: 15_000 });
            const before = serverCpu();
            await commitBacklog(db);
            const readings = await finished(by, events);
            const values = { ...valuesOfReadings(readings), ...serverValues(before, events) };
            return { values, faults: faultsOfTopic(await readTopic(brokers(), topic), material) };
          } finally {
            await Promise.all(by.map((worker) => worker.stop()));
          }
        }),
    });
    const peerRun = (name: string, together: boolean): Contestant => ({
      name,
      kind: 'peer',
      run: () =>
        withTopic(async (_, topic): Promise<Run> => {
          try {
            await setUpPeer(peer.db, peer.url);
            await other.ask('start', { databaseUrl: peer.url, topic, together });
            await eventually(() => listening(peer), { within: 15_000 });
            const before = serverCpu();
            await commitPeerBacklog(peer.db, peerEvents);
            const readings = await finished([other], peerEvents);
            const values = { ...valuesOfReadings(readings), ...serverValues(before, peerEvents) };
            const committed = material.slice(0, peerEvents);
            return { values, faults: faultsOfTopic(await readTopic(brokers(), topic), committed) };
          } finally {
            await other.stop();
          }
        }),
    });
    const limit: Contestant = {
      name: LIMIT,
      kind: 'limit',
      run: () =>
        withTopic(async (_, topic) => {
          const before = serverCpu();
          const reading = await bare.ask<Reading>('run', { topic });
          const values = { ...valuesOfReadings([reading]), ...serverValues(before, events) };
          return { values, faults: faultsOfTopic(await readTopic(brokers(), topic), material) };
        }),
    };
    return {
      how: { events, 'events of the peer': peerEvents, 'bytes an event': material[0]!.envelope.length },
      contestants: [
        product(ONE, plain, [first]),
        limit,
        product(TWO, shared, [first, second]),
        product(HELD, held, [first]),
        peerRun(PEER, false),
        peerRun(PEER_TOGETHER, true),
      ],
      async close() {
        await Promise.all(workers.map((worker) => worker.end()));
        await snapshot.end();
        await dropPeerSlot(peer.db, peer.url);
        for (const database of databases) await database.drop();
      },
    };
  },
};

/** Somebody's report that stays open from before the first round to after the last. */
async function holdSnapshot(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await client.query('SELECT count(*) FROM messaging.relay');
  return client;
}

async function evenlyOwned(workers: readonly Worker[]): Promise<void> {
  const owned = await Promise.all(workers.map((worker) => worker.ask<number>('owned')));
  if (owned.some((shards) => shards !== 4 / workers.length))
    throw new Error(`shards owned: ${owned.join(', ')}`);
}

async function listening({ db }: TestDatabase): Promise<void> {
  const { rowCount } = await db.query(
    'SELECT 1 FROM pg_replication_slots WHERE active AND database = current_database()',
  );
  if (rowCount === 0) throw new Error('the peer does not read its slot yet');
}

/** @throws Error when the events are not all acknowledged within two minutes */
async function finished(workers: readonly Worker[], events: number): Promise<Reading[]> {
  return eventually(
    async () => {
      const readings = await Promise.all(workers.map((worker) => worker.ask<Reading>('reading')));
      const done = readings.reduce((sum, reading) => sum + reading.events, 0);
      if (done < events) throw new Error(`${done} of ${events} events acknowledged`);
      return readings;
    },
    { within: 120_000 },
  );
}
