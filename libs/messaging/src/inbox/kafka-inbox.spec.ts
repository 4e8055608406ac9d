import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measureProgressReported } from '#contracts';
import { Database } from '#platform';
import { eventually } from '#testing';
import { Proxy } from '../../specs/proxy.js';
import { openStage, type Stage, type Told, told } from '../../specs/stage.js';
import { publishAll } from '../outbox/publish.js';
import type { Delivery } from './delivery.js';

let stage: Stage;

/** What handlers leave: no key, so that a double effect would show. */
const note = async (event: Told, { tx }: Delivery, service: string): Promise<void> => {
  await tx.query('INSERT INTO effect (service, subject, sequence, percent) VALUES ($1, $2, $3, $4)', [
    service,
    event.subject,
    Number(event.sequence),
    event.data.percent,
  ]);
};

/** Sequences per subject in the order in which a service's effects were written. */
const effects = async (service: string): Promise<Record<string, number[]>> => {
  const { rows } = await stage.database.db.query<{ subject: string; sequence: number }>(
    'SELECT subject, sequence FROM effect WHERE service = $1 ORDER BY place',
    [service],
  );
  const bySubject: Record<string, number[]> = {};
  for (const { subject, sequence } of rows) (bySubject[subject] ??= []).push(sequence);
  return bySubject;
};

const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);
const publishOne = (subject: string, percent = 10) =>
  stage.database.db.transaction((tx) => publishAll(tx, [told(subject, percent)]));

beforeAll(async () => {
  stage = await openStage(['measures']);
  await stage.database.db.query(
    `CREATE TABLE effect (place bigserial, service text, subject text, sequence int, percent int)`,
  );
  stage.relay('relay').start();
});
afterAll(() => stage.strike());

describe('the consumer', () => {
  it('hears 500 events, each once, in the order of each subject', async () => {
    const began = performance.now();
    for (let n = 0; n < 5; n += 1) {
      await stage.database.db.transaction((tx) =>
        publishAll(
          tx,
          Array.from({ length: 100 }, (_, i) => told(`many-${i % 100}`, n)),
        ),
      );
    }
    const { counts } = stage.listen('hearer', measureProgressReported, (event, delivery) =>
      note(event, delivery, 'hearer'),
    );
    await eventually(() => expect(counts.handled).toBe(500));
    const seen = await effects('hearer');
    expect(Object.keys(seen)).toHaveLength(100);
    for (const sequences of Object.values(seen)) expect(sequences).toEqual(upTo(5));
    process.stdout.write(`500 events from outbox to effect: ${Math.round(performance.now() - began)} ms\n`);
  });

  it('has no effect twice when it died after the commit and before the offset', async () => {
    const first = stage.listen('mortal', measureProgressReported, (event, delivery) =>
      note(event, delivery, 'mortal'),
    );
    await eventually(() => expect(first.counts.handled).toBeGreaterThanOrEqual(500));
    await first.inbox.close();
    await stage.forgetOffsets('mortal');

    const second = stage.listen('mortal', measureProgressReported, (event, delivery) =>
      note(event, delivery, 'mortal'),
    );
    await eventually(() => expect(second.counts.stale).toBe(first.counts.handled));
    for (const sequences of Object.values(await effects('mortal')))
      expect(sequences).toEqual(upTo(sequences.length));
    expect(second.counts.handled).toBeUndefined();

    // Two guards, each enough by itself: with the positions lost the receipts still know each event.
    await second.inbox.close();
    await stage.forgetOffsets('mortal');
    await stage.database.db.query(`DELETE FROM messaging.position WHERE consumer = 'mortal'`);
    const third = stage.listen('mortal', measureProgressReported, (event, delivery) =>
      note(event, delivery, 'mortal'),
    );
    await eventually(() => expect(third.counts.duplicate).toBe(first.counts.handled));
    expect(third.counts.handled).toBeUndefined();
  });

  it('shares its partitions with a second of its group, without loss or double effect', async () => {
    const hear = (event: Told, delivery: Delivery): Promise<void> => note(event, delivery, 'pair');
    const first = stage.listen('pair', measureProgressReported, hear);
    await eventually(() => expect(first.counts.handled).toBeGreaterThan(100));
    const second = stage.listen('pair', measureProgressReported, hear);
    await Promise.all(upTo(200).map((n) => publishOne(`pair-${n % 20}`, n % 100)));
    await second.joined();
    await first.inbox.close();
    await publishOne('pair-last');
    await eventually(async () =>
      expect(Object.values(await effects('pair')).flat().length).toBeGreaterThanOrEqual(701),
    );
    const seen = await effects('pair');
    for (const sequences of Object.values(seen)) expect(sequences).toEqual(upTo(sequences.length));
    expect(Object.values(seen).flat()).toHaveLength(701);
  });

  it('waits while its database is away, without giving anything up', async () => {
    const url = new URL(stage.database.url);
    const line = await Proxy.open('postgres', url.host);
    url.host = `127.0.0.1:${line.port}`;
    const database = new Database({ DATABASE_URL: url.toString(), DATABASE_POOL: 5 }, stage.logger);
    const hear = (event: Told, delivery: Delivery): Promise<void> => note(event, delivery, 'patient');
    const { inbox, counts, joined } = stage.listen('patient', measureProgressReported, hear, { database });
    await eventually(() => expect(counts.handled).toBeGreaterThan(50));
    line.block();
    // On a busy machine it may just be joining anew, and pauses what it is given then.
    await eventually(() => {
      expect(() => inbox.progress.check()).toThrow('waits for its database');
      const paused = inbox.paused.map(({ topic, partitions }) => ({ topic, partitions: partitions.sort() }));
      expect(paused).toEqual([{ topic: `${stage.prefix}.measures`, partitions: [0, 1, 2] }]);
    });
    const before = counts.handled;
    await sleep(600);
    expect(counts.handled).toBe(before);
    line.restore();
    await publishOne('patient-last');
    // On a busy machine its session may have run out meanwhile: then it joins anew first.
    await eventually(async () => expect((await effects('patient'))['patient-last']).toEqual([1]), {
      within: 40_000,
    });
    for (const sequences of Object.values(await effects('patient')))
      expect(sequences).toEqual(upTo(sequences.length));
    expect(counts.dead).toBeUndefined();
    await joined();
    await eventually(() => expect(inbox.paused).toEqual([]));
    await inbox.close();
    await database.onApplicationShutdown();
    await line.close();
  });

  it('drops a message that comes twice', async () => {
    const listener = stage.listen('twice', measureProgressReported, (event, delivery) =>
      note(event, delivery, 'twice'),
    );
    await publishOne('doubled');
    await publishOne('doubled');
    await eventually(async () => expect((await effects('twice'))['doubled']).toEqual([1, 2]));
    const messages = await stage.journal(
      'measures',
      (so) => so.filter(({ key }) => key === 'doubled').length === 2,
    );
    const copies = messages.filter(({ key }) => key === 'doubled');
    await stage.produce('measures', [...copies, ...copies]);
    await eventually(() => expect(listener.counts.stale).toBe(4));
    expect((await effects('twice'))['doubled']).toEqual([1, 2]);
  });
});
