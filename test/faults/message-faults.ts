import { setTimeout as sleep } from 'node:timers/promises';
import { measureProgressReported } from '#contracts';
import { eventually } from '#testing';
import { CONSUMERS, type Mode, PARTITIONS } from './app-protocol.js';
import type { Fault } from './fault.js';
import type { LineUp } from './line-up.js';
import { quiet } from './settle.js';

function tellConsumers({ consumers }: LineUp, mode: Partial<Mode>): void {
  for (const consumer of consumers) consumer.tell({ mode });
}

/** Puts everything that the topic holds into it once more, as a replaced producer could. */
async function tellAgain({ journal, raw, topic }: LineUp): Promise<void> {
  const messages = journal.messages.filter(({ id }) => id !== '').map((message) => message.raw);
  for (let from = 0; from < messages.length; from += 500)
    await raw.send({ topic, messages: messages.slice(from, from + 500) });
}

const foreign = (key: string, sequence: number, change: object = {}): { key: string; value: string } => ({
  key,
  value: JSON.stringify({
    specversion: '1.0',
    sequence: String(sequence).padStart(10, '0'),
    id: `019a0000-0000-7000-8000-${Buffer.from(key).toString('hex').slice(-10)}${String(sequence).padStart(2, '0')}`,
    type: measureProgressReported.type,
    source: '/foreign',
    subject: key,
    actor: 'system:foreign',
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    data: measureProgressReported.sample,
    ...change,
  }),
});

/** The first events of every subject, behind all newer ones. */
async function tellOldest({ journal, raw, topic }: LineUp): Promise<void> {
  const oldest = journal.messages.filter(({ sequence }) => sequence > 0 && sequence < 3);
  await raw.send({ topic, messages: oldest.map((message) => message.raw) });
}

interface OpenLetter {
  id: string;
  cause: string;
}

/** An operator who settles, oldest first, until nothing is open. */
async function settleLetters(lineUp: LineUp): Promise<void> {
  for (const consumer of CONSUMERS) {
    const { db } = lineUp.databases.get(consumer)!;
    await eventually(
      async () => {
        const { rows } = await db.query<OpenLetter>(
          `SELECT DISTINCT ON (topic, key) id, cause FROM messaging.dead_letter WHERE state = 'open' ORDER BY topic, key, id`,
        );
        const settle = rows.map(({ id, cause }) => ({
          id,
          act: ['refused', 'failed', 'sequence-gap'].includes(cause)
            ? ('redrive' as const)
            : ('discard' as const),
        }));
        lineUp.child(`${consumer}-1`).tell({ settle });
        await sleep(300);
        if (rows.length > 0) throw new Error(`${consumer}: ${rows.length} subjects wait for an operator`);
      },
      { within: 60_000 },
    );
  }
}

/** How many letters of each cause were ever written; a fault that sets nothing aside has proved nothing. */
async function requireCauses({ databases }: LineUp, wanted: readonly string[]): Promise<void> {
  for (const consumer of CONSUMERS)
    await eventually(
      async () => {
        const { rows } = await databases
          .get(consumer)!
          .db.query<{ cause: string }>('SELECT DISTINCT cause FROM messaging.dead_letter');
        const missing = wanted.filter((cause) => !rows.some((row) => row.cause === cause));
        if (missing.length > 0) throw new Error(`${consumer} has set nothing aside as ${missing.join(', ')}`);
      },
      { within: 60_000 },
    );
}

/**
 * One partition brings its consumers nothing for a while; the others must flow on.
 *
 * @returns how many events waited, and how many went by
 */
async function delayPartition(lineUp: LineUp): Promise<string> {
  const { journal, consumers, chance } = lineUp;
  const partition = chance.below(PARTITIONS);
  for (const consumer of consumers) consumer.tell({ pause: partition });
  await sleep(1_500); // what was fetched already still passes
  const from = journal.messages.length;
  await sleep(5_000);
  const since = journal.messages.slice(from);
  const waiting = since.filter((message) => message.partition === partition).map(({ id }) => id);
  const flowing = since.filter((message) => message.partition !== partition).map(({ id }) => id);
  const seen: string[] = [];
  for (const consumer of CONSUMERS) {
    const { db } = lineUp.databases.get(consumer)!;
    const { rows } = await db.query<{ waiting: number; flowing: number }>(
      `SELECT count(*) FILTER (WHERE event_id = ANY ($1::uuid[])) AS waiting,
              count(*) FILTER (WHERE event_id = ANY ($2::uuid[])) AS flowing FROM effect`,
      [waiting, flowing],
    );
    const { waiting: passed, flowing: went } = rows[0]!;
    if (waiting.length === 0 || passed > 0 || went === 0)
      throw new Error(`${consumer}: ${passed} of ${waiting.length} came through, ${went} others went by`);
    seen.push(`${went} others went by`);
  }
  for (const consumer of consumers) consumer.tell({ resume: partition });
  return `${waiting.length} waited, ${seen.join(' and ')}`;
}

export const messageFaults: readonly Fault[] = [
  {
    name: 'every message delivered twice',
    leaves: 'dropped',
    happen: (lineUp) => tellAgain(lineUp),
  },
  {
    name: 'late copies of the oldest events',
    leaves: 'dropped',
    async happen(lineUp) {
      await sleep(3_000);
      // Nothing newer may come behind them and hide what they have done.
      await quiet(lineUp);
      await tellOldest(lineUp);
      await quiet(lineUp);
    },
  },
  { name: 'one partition delayed by 6 s', happen: delayPartition },
  {
    name: 'offsets of a group forgotten',
    leaves: 'dropped',
    long: true,
    async happen(lineUp) {
      const name = lineUp.chance.pick(CONSUMERS);
      const consumer = lineUp.child(`${name}-1`);
      await consumer.end();
      const admin = lineUp.client().admin();
      await admin.connect();
      // The broker learns of the death of its member only when its session runs out.
      await eventually(() => admin.deleteGroups([`${lineUp.prefix}.${name}`]), { within: 60_000 });
      await admin.disconnect();
      consumer.start();
      await lineUp.ready();
    },
  },
  {
    name: 'handlers slow (0 to 100 ms)',
    async happen(lineUp) {
      tellConsumers(lineUp, { slowMs: 50 });
      await sleep(4_000);
      tellConsumers(lineUp, { slowMs: 0 });
    },
  },
  {
    name: 'one handler slower (14 s) than the session of its group (10 s)',
    async happen(lineUp) {
      tellConsumers(lineUp, { stallMs: 14_000 });
      await sleep(16_000);
      const left = lineUp.consumers.filter(({ ready }) => !ready).map(({ name }) => name);
      if (left.length > 0) throw new Error(`${left.join(', ')} lost its place in the group`);
    },
  },
  {
    name: '5 % serialization errors',
    async happen(lineUp) {
      tellConsumers(lineUp, { conflicts: 0.05 });
      await sleep(5_000);
      tellConsumers(lineUp, { conflicts: 0 });
    },
  },
  {
    name: 'poison of each kind, later redriven or discarded',
    async happen(lineUp) {
      tellConsumers(lineUp, { refusing: true });
      await lineUp.raw.send({
        topic: lineUp.topic,
        messages: [
          { key: 'foreign-a', value: 'no JSON' },
          foreign('foreign-b', 1, { type: 'cn.chengxin.unheard.of.v1' }),
          foreign('foreign-c', 1, { data: { percent: 'many' } }),
          foreign('foreign-d', 1),
          foreign('foreign-d', 3),
          { key: 's-1', value: '{"specversion":"0.3"}' },
          { key: 'foreign-e', value: null },
          { key: null, value: 'neither key nor JSON' },
          // What PostgreSQL cannot keep in a text, in the key, the type and the message of the fault.
          { key: 'foreign-\0', value: 'NUL in the key' },
          foreign('foreign-f', 1, { type: 'nul.\0.v1' }),
        ],
      });
      await requireCauses(lineUp, [
        'unreadable',
        'unknown-type',
        'unfit-data',
        'sequence-gap',
        'refused',
        'failed',
      ]);
      tellConsumers(lineUp, { refusing: false });
      await settleLetters(lineUp);
    },
  },
];
