import { readFileSync } from 'node:fs';
import { eventually, type TestDatabase, testDatabase } from '#testing';
import { faultsOfTable, PROGRESS_TABLE } from '../apply/progress-table.js';
import type { Figure } from '../harness/figure.js';
import { makeMaterial } from '../harness/material.js';
import { type Reading, valuesOfReadings } from '../harness/meter.js';
import { layOut, withTopic } from '../harness/place.js';
import type { Contestant, Run } from '../harness/rounds.js';
import { Worker } from '../harness/worker.js';

const SMALLEST = 10_000;
const BETWEEN = 100_000;
/** Enough for either process and far from what a backlog would fill: what followed it would end the process. */
const HEAP = ['--max-old-space-size=64', '--max-semi-space-size=2'];
const relayOf = (size: number): string => `relay, ${size.toLocaleString('en')} events`;
const consumerOf = (size: number): string => `consumer, ${size.toLocaleString('en')} events`;

/**
 * Resident memory of a fresh relay and then a fresh consumer while they work off a backlog, each with a heap of
 * 64 MB. (Left to itself Node lets its heap grow until collecting is worth it, over the first hundred thousand
 * events, and then stays; what is asked here is whether more than that is needed.)
 */
function memoryOf(largest: number, most: number): Figure {
  const sizes = [SMALLEST, BETWEEN, largest];
  const text = `${largest.toLocaleString('en')} events need ≤ ${most} × the memory of ${SMALLEST.toLocaleString('en')}`;
  return {
    name: 'memory',
    title: 'Memory over a backlog',
    rounds: 1,
    reaches: [relayOf, consumerOf].map((name) => ({
      text: `${name === relayOf ? 'relay' : 'consumer'}: ${text}`,
      of: name(largest),
      over: name(SMALLEST),
      value: 'highest MB',
      most,
    })),
    async prepare() {
      const material = await makeMaterial(SMALLEST);
      const database = await testDatabase('messaging');
      await layOut(database.db, material);
      await database.db.query(PROGRESS_TABLE);
      const runs = new Map<string, Run>();
      const done = (name: string): Contestant => ({
        name,
        kind: 'product',
        async run() {
          const run = runs.get(name);
          if (!run) throw new Error('the relay before it had not filled its topic');
          return run;
        },
      });
      const both = (size: number): Contestant => ({
        name: relayOf(size),
        kind: 'product',
        // One topic serves both: what the relay has filled the consumer empties.
        run: () =>
          withTopic(async (prefix, topic) => {
            await database.db.query(
              'TRUNCATE messaging.outbox, messaging.inbox, messaging.position, progress',
            );
            await fillOutbox(database, size / SMALLEST);
            const relay = await worked(
              new Worker('relay/product', HEAP),
              { databaseUrl: database.url, prefix },
              size,
            );
            const service = `bench-${prefix}`;
            const argument = { databaseUrl: database.url, prefix, topic, service, together: true };
            const consumer = await worked(new Worker('apply/product', HEAP), argument, size);
            runs.set(consumerOf(size), { values: consumer, faults: await faultsOfTable(database.db, size) });
            return { values: relay, faults: [] };
          }),
      });
      return {
        how: { 'largest backlog': largest, node: HEAP.join(' ') },
        contestants: sizes.flatMap((size) => [both(size), done(consumerOf(size))]),
        close: () => database.drop(),
      };
    },
  };
}

/** So many copies of the material, each with subjects and ids of its own. */
async function fillOutbox({ db }: TestDatabase, copies: number): Promise<void> {
  for (let copy = 1; copy <= copies; copy += 1) {
    await db.query(
      `INSERT INTO messaging.outbox (shard, id, topic, key, sequence, envelope)
       SELECT shard, nextval('messaging.outbox_id_' || shard), topic, replace(key, 'subject-', $1), sequence,
              replace(replace(envelope, '"subject":"subject-', '"subject":"' || $1), id::text, left(id::text, 32) || $2)
       FROM (SELECT * FROM material ORDER BY place) AS next`,
      [`subject-${copy}-`, copy.toString(16).padStart(4, '0')],
    );
  }
}

async function worked(worker: Worker, argument: object, events: number): Promise<Record<string, number>> {
  let highest = 0;
  const marks = new Map<string, number>();
  try {
    await worker.ask('start', argument);
    const reading = await eventually(
      async () => {
        const now = await worker.ask<Reading>('reading');
        const resident = residentMb(worker.pid);
        highest = Math.max(highest, resident);
        for (const share of [0.1, 0.5, 1]) {
          const name = `MB at ${share * 100} %`;
          if (now.events >= share * events && !marks.has(name)) marks.set(name, resident);
        }
        if (now.events < events) throw new Error(`${now.events} of ${events} events`);
        return now;
      },
      { within: 600_000 },
    );
    return { ...valuesOfReadings([reading]), ...Object.fromEntries(marks), 'highest MB': highest };
  } finally {
    await worker.stop();
    await worker.end();
  }
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

export const memory = memoryOf(1_000_000, 1.15);
export const quickMemory = memoryOf(200_000, 1.15);
