import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  disciplineApplied,
  disciplineLifted,
  disciplineOrdered,
  type EventOf,
  gradeComputed,
  measureProgressReported,
} from '#contracts';
import { defineRefusals } from '#kernel';
import type { Actor } from '#platform';
import { eventually } from '#testing';
import { type Listener, openStage, type Stage, type Told, told } from '../../specs/stage.js';
import { publish, publishAll } from '../outbox/publish.js';
import type { Delivery, JointDelivery } from './delivery.js';

const operator: Actor = { kind: 'person', id: 'op-1', name: '运维', roles: ['operator'] };
const refusals = defineRefusals({
  'spec.refused': { kind: 'conflict', zh: '不予受理', en: 'Refused.', cureZh: '无', cureEn: 'None.' },
});
const REFUSED = 99;

let stage: Stage;
let listener: Listener;
/** how many events each call took */
let calls: number[] = [];
let refusing = true;

const note = (tx: JointDelivery['tx'], events: { subject: string; sequence: string; type: string }[]) =>
  tx.query(
    `INSERT INTO effect (subject, sequence, type)
     SELECT * FROM unnest($1::text[], $2::int[], $3::text[])`,
    [
      events.map(({ subject }) => subject),
      events.map(({ sequence }) => Number(sequence)),
      events.map(({ type }) => type.split('.')[3]),
    ],
  );
const hear = async (events: Told[], { tx }: JointDelivery): Promise<void> => {
  calls.push(events.length);
  await note(tx, events);
  if (refusing && events.some(({ data }) => data.percent === REFUSED)) refusals.refuse('spec.refused');
  await publishAll(
    tx,
    events
      .filter(({ subject }) => subject === 'cause')
      .map((cause) => ({
        contract: gradeComputed,
        subject: cause.subject,
        data: gradeComputed.sample,
        cause,
      })),
  );
};
const effects = async (subject: string): Promise<string[]> => {
  const { rows } = await stage.database.db.query<{ place: string }>(
    `SELECT type || sequence AS place FROM effect WHERE subject = $1 ORDER BY place`,
    [subject],
  );
  return rows.map(({ place }) => place.replace('progress-reported', ''));
};
const inOrder = async (subject: string): Promise<string[]> => {
  const { rows } = await stage.database.db.query<{ type: string; sequence: number }>(
    'SELECT type, sequence FROM effect WHERE subject = $1 ORDER BY at',
    [subject],
  );
  return rows.map(({ type, sequence }) => `${sequence} ${type}`);
};
const letters = async (subject: string) =>
  (
    await stage.database.db.query<{ id: string; sequence: number; cause: string; attempts: number }>(
      `SELECT id, sequence, cause, attempts FROM messaging.dead_letter WHERE key = $1 AND state = 'open'`,
      [subject],
    )
  ).rows;
const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n + 1)).sort();

beforeAll(async () => {
  stage = await openStage(['measures', 'discipline', 'grades'], 1);
  await stage.database.db.query('CREATE TABLE effect (at bigserial, subject text, sequence int, type text)');
  stage.relay('relay').start();
});
beforeEach(() => void (calls = []));
afterAll(() => stage.strike());

describe('a handler that takes many events', () => {
  it('has each effect once, in far fewer calls, and one bad event is a dead letter alone', async () => {
    // Subject 7 has never been seen: its first event is the bad one, its later ones must wait behind it.
    await stage.database.db.transaction((tx) =>
      publishAll(
        tx,
        Array.from({ length: 3_000 }, (_, n) => told(`many-${n % 60}`, n === 7 ? REFUSED : 10)),
      ),
    );
    listener = stage.listenTogether('together', measureProgressReported, hear);
    await eventually(() => {
      expect(listener.counts).toMatchObject({ handled: 2_950, parked: 49, dead: 1 });
    });
    expect(await letters('many-7')).toMatchObject([{ sequence: 1, cause: 'refused', attempts: 1 }]);
    expect(await effects('many-7')).toEqual([]);
    for (let n = 0; n < 60; n += 1) if (n !== 7) expect(await effects(`many-${n}`)).toEqual(numbers(50));
    expect(calls.length).toBeLessThan(1_000);
    expect(Math.max(...calls)).toBeGreaterThan(20);

    refusing = false;
    await listener.inbox.redrive.redrive((await letters('many-7'))[0]!.id, operator);
    expect(await effects('many-7')).toEqual(numbers(50));
    expect((await inOrder('many-7')).map((line) => Number(line.split(' ')[0]))).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
  });

  it('tells with the actor and in the trace of each cause', async () => {
    const tell = (id: string) =>
      publish(tx!, { ...told('cause'), actor: { kind: 'person', id, name: id, roles: [] } });
    let tx: Parameters<typeof publish>[0] | undefined;
    await stage.database.db.transaction(async (open) => {
      tx = open;
      await tell('approver-1');
      await tell('approver-2');
    });
    await eventually(async () => expect(await effects('cause')).toEqual(['1', '2']));
    const { rows } = await stage.database.db.query<{ topic: string; envelope: string }>(
      `SELECT topic, envelope FROM messaging.outbox WHERE key = 'cause' ORDER BY topic DESC, sequence`,
    );
    const [one, two, first, second] = rows.map(
      ({ envelope }) => JSON.parse(envelope) as { actor: string; traceparent: string },
    );
    expect([first!.actor, second!.actor]).toEqual(['person:approver-1', 'person:approver-2']);
    expect(first!.traceparent.slice(0, 35)).toBe(one!.traceparent.slice(0, 35));
    expect(second!.traceparent.slice(0, 35)).toBe(two!.traceparent.slice(0, 35));
  });

  it('keeps the order of a subject whose types alternate, beside handlers that take one', async () => {
    const subject = (n: number) => `order-${n}`;
    const events = [disciplineOrdered, disciplineApplied, disciplineOrdered, disciplineLifted] as const;
    await stage.database.db.transaction((tx) =>
      publishAll(
        tx,
        Array.from({ length: 400 }, (_, n) => {
          const contract = events[Math.floor(n / 40) % 4]!;
          return { contract, subject: subject(n % 40), data: contract.sample };
        }),
      ),
    );
    const many = (heard: EventOf<typeof disciplineOrdered>[], { tx }: JointDelivery) => note(tx, heard);
    const one = (heard: EventOf<typeof disciplineApplied>, { tx }: Delivery) => note(tx, [heard]);
    const { counts } = stage.consume(
      'alternating',
      ['discipline'],
      [
        { contract: disciplineOrdered, together: true, handler: many },
        { contract: disciplineApplied, together: false, handler: one },
        { contract: disciplineLifted, together: true, handler: many },
      ],
    );
    await eventually(() => expect(counts).toEqual({ handled: 400 }));
    for (let n = 0; n < 40; n += 1)
      expect(await inOrder(subject(n))).toEqual(
        Array.from({ length: 10 }, (_, i) => `${i + 1} ${events[i % 4]!.type.split('.')[3]}`),
      );
  });
});
