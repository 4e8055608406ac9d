import { type EventOf, measureProgressReported } from '#contracts';
import { Database } from '#platform';
import { type Arrival, lookAt } from '../../libs/messaging/src/inbox/arrival.js';
import { readGeneration } from '../../libs/messaging/src/inbox/generation.js';
import { claim } from '../../libs/messaging/src/inbox/receipts.js';
import type { Material } from '../harness/material.js';
import { Meter } from '../harness/meter.js';
import { benchLogger } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import { columnsOf, INSERT_MANY } from './progress-table.js';

/*
 * Set-based SQL alone: events that already lie in memory, parsed; four connections; transactions of 500.
 * `receipts`: with the two statements without which an effect is not exactly once (position, receipt); without
 * them, the effect alone.
 */
const TRANSACTION = 500;
const CONNECTIONS = 4;
type Told = EventOf<typeof measureProgressReported>;
let chunks: { arrivals: Arrival[]; events: Told[] }[][] = [];

serve({
  load(material: Material[]) {
    // A subject stays on one connection, as it stays in one lane.
    const lanes = Array.from({ length: CONNECTIONS }, (_, lane) =>
      material.filter(({ shard }) => shard === lane).map(arrivalOf),
    );
    chunks = lanes.map((arrivals) =>
      Array.from({ length: Math.ceil(arrivals.length / TRANSACTION) }, (_, number) => {
        const chunk = arrivals.slice(number * TRANSACTION, (number + 1) * TRANSACTION);
        return { arrivals: chunk, events: chunk.map(eventOf) };
      }),
    );
  },
  async run({ databaseUrl, receipts }: { databaseUrl: string; receipts: boolean }) {
    const database = new Database(
      { DATABASE_URL: databaseUrl, DATABASE_POOL: CONNECTIONS },
      benchLogger('limit'),
    );
    const meter = new Meter();
    const { number: generation } = await readGeneration(database, 'limit');
    const ledger = { consumer: 'limit', topic: measureProgressReported.topic, generation, epoch: 0 };
    await Promise.all(
      chunks.map(async (lane) => {
        for (const { arrivals, events } of lane) {
          await database.transaction(async (tx) => {
            if (receipts) await claim(tx, ledger, arrivals);
            await tx.query(INSERT_MANY, columnsOf(events));
          });
          meter.finished(events.length);
        }
      }),
    );
    await database.onApplicationShutdown();
    return meter.reading;
  },
});

function arrivalOf({ key, envelope }: Material): Arrival {
  const { topic } = measureProgressReported;
  const message = { key: Buffer.from(key), value: Buffer.from(envelope) };
  return lookAt(message, { topic, partition: 0, offset: '0' }, topic, () => true);
}

function eventOf({ reading }: Arrival): Told {
  if (reading.kind !== 'heard') throw new Error(`an event of the material is ${reading.kind}`);
  return reading.event as Told;
}
