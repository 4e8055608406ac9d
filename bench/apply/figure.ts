import { randomBytes } from 'node:crypto';
import { eventually, type TestDatabase, testDatabase } from '#testing';
import type { Figure } from '../harness/figure.js';
import { makeMaterial } from '../harness/material.js';
import { type Reading, valuesOfReadings } from '../harness/meter.js';
import { openTopic, produce } from '../harness/place.js';
import type { Contestant } from '../harness/rounds.js';
import { serverCpu, serverValues } from '../harness/servers.js';
import { Worker } from '../harness/worker.js';
import { faultsOfTable, PROGRESS_TABLE } from './progress-table.js';

const OURS = 'Chengxin, handler of many events';
const OURS_SINGLE = 'Chengxin, event by event';
const PEER = 'ServerKafka + TypeORM save';
const PEER_SIDE = 'ServerKafka + TypeORM save, partitions side by side';
const LIMIT = 'set-based SQL alone, receipts and effect';
const LIMIT_EFFECT = 'set-based SQL alone, effect only';

/** From the topic to committed rows: a backlog that waits in Kafka, until its last event has its effect. */
export const apply: Figure = {
  name: 'apply',
  title: 'Consumer apply',
  reaches: [
    { text: '≥ 10 × peer', of: OURS, over: PEER, value: 'events/s', least: 10 },
    { text: '≥ 0.45 × limit', of: OURS, over: LIMIT, value: 'events/s', least: 0.45 },
  ],
  async prepare({ quick }) {
    const events = quick ? 12_000 : 40_000;
    const peerEvents = quick ? 1_200 : 3_000;
    const material = await makeMaterial(events);
    const [whole, part] = [await openTopic(), await openTopic()];
    await produce(whole.topic, material);
    await produce(part.topic, material.slice(0, peerEvents));
    const database = await testDatabase('messaging');
    await database.db.query(PROGRESS_TABLE);
    const workers = ['apply/product', 'apply/peer', 'apply/limit'].map((name) => new Worker(name));
    const [ours, other, bare] = workers as [Worker, Worker, Worker];
    await bare.ask('load', material);

    const consuming = (
      name: string,
      kind: Contestant['kind'],
      worker: Worker,
      { prefix, topic, size }: { prefix: string; topic: string; size: number },
      more: object = {},
    ): Contestant => ({
      name,
      kind,
      async run() {
        await empty(database);
        const before = serverCpu();
        const service = `bench-${randomBytes(5).toString('hex')}`;
        try {
          await worker.ask('start', { databaseUrl: database.url, prefix, topic, service, ...more });
          const reading = await finished(worker, size);
          const values = { ...valuesOfReadings([reading]), ...serverValues(before, size) };
          return { values, faults: await faultsOfTable(database.db, size) };
        } finally {
          await worker.stop();
        }
      },
    });
    const limit = (name: string, receipts: boolean): Contestant => ({
      name,
      kind: 'limit',
      async run() {
        await empty(database);
        const before = serverCpu();
        const reading = await bare.ask<Reading>('run', { databaseUrl: database.url, receipts });
        const values = { ...valuesOfReadings([reading]), ...serverValues(before, events) };
        return { values, faults: await faultsOfTable(database.db, events) };
      },
    });
    return {
      how: { events, 'events of the peer': peerEvents },
      contestants: [
        consuming(OURS, 'product', ours, { ...whole, size: events }, { together: true }),
        consuming(OURS_SINGLE, 'product', ours, { ...whole, size: events }, { together: false }),
        limit(LIMIT, true),
        limit(LIMIT_EFFECT, false),
        consuming(PEER, 'peer', other, { ...part, size: peerEvents }, { side: false }),
        consuming(PEER_SIDE, 'peer', other, { ...part, size: peerEvents }, { side: true }),
      ],
      async close() {
        await Promise.all(workers.map((worker) => worker.end()));
        await whole.close();
        await part.close();
        await database.drop();
      },
    };
  },
};

/** As if this consumer had never been there. */
async function empty({ db }: TestDatabase): Promise<void> {
  await db.query('TRUNCATE progress, messaging.inbox, messaging.position');
}

async function finished(worker: Worker, events: number): Promise<Reading> {
  return eventually(
    async () => {
      const reading = await worker.ask<Reading>('reading');
      if (reading.events < events) throw new Error(`${reading.events} of ${events} events applied`);
      return reading;
    },
    { within: 180_000 },
  );
}
