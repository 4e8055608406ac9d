import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measureProgressReported } from '#contracts';
import type { Actor } from '#platform';
import { eventually } from '#testing';
import { type Listener, openStage, type Stage, type Told, told } from '../../specs/stage.js';
import type { JointDelivery } from '../inbox/delivery.js';
import { publish } from '../outbox/publish.js';
import { Fills } from './fills.js';
import { Replays } from './replays.js';
import { SnapshotClient } from './snapshot-client.js';
import { type SnapshotEnd, snapshotOf, type SnapshotSource } from './snapshot.js';

/* The teller keeps a balance of each subject; a subscriber adds up what it hears, so a missing or a double event is wrong for ever. */

const operator: Actor = { kind: 'person', id: 'op-1', name: '运维', roles: ['operator'] };
const within = { within: 50_000 };
const LIMIT = 100; // what one event can carry

let stage: Stage;
let subscriber: Listener;
let writing = true;

/** What stands: as many events as the sum needs, the subscriber only adds up. */
const source: SnapshotSource = {
  topic: 'measures',
  async standing(db, subjects) {
    const { rows } = await db.query<{ subject: string; total: number }>(
      'SELECT subject, total FROM balance WHERE subject = ANY($1)',
      [subjects],
    );
    return new Map(
      rows.map(({ subject, total }) => [
        subject,
        Array.from({ length: Math.ceil(total / LIMIT) }, (_, n) => ({
          contract: measureProgressReported,
          time: '2026-11-27T00:00:00.000Z',
          data: {
            ...measureProgressReported.sample,
            percent: Math.min(LIMIT, total - n * LIMIT),
          },
        })),
      ]),
    );
  },
};
const add = async (events: Told[], { tx }: JointDelivery): Promise<void> => {
  await tx.query(
    `INSERT INTO heard (subject, total, events)
     SELECT subject, sum(percent), count(*) FROM unnest($1::text[], $2::int[]) AS e (subject, percent) GROUP BY subject ORDER BY 1
     ON CONFLICT (subject) DO UPDATE SET total = heard.total + excluded.total, events = heard.events + excluded.events`,
    [events.map(({ subject }) => subject), events.map(({ data }) => data.percent)],
  );
};
const subscribe = (): Listener =>
  stage.consume(
    'subscriber',
    ['measures'],
    [{ contract: measureProgressReported, together: true, feeds: 'heard', handler: add }],
    { models: ['heard'] },
  );
const parts = () => ({
  service: 'subscriber',
  consumes: ['measures'] as const,
  models: [{ name: 'heard', tables: ['heard'] }],
  prefix: stage.prefix,
  brokers: { brokers: stage.brokers, clientId: 'fills', logger: stage.logger },
  database: stage.database.db,
  inbox: subscriber.inbox,
  snapshots: new SnapshotClient(() => undefined),
});
async function write(writer: number): Promise<void> {
  for (let n = 0; writing; n += 1) {
    const subject = `subject-${(writer * 7 + n) % 60}`;
    const percent = 1 + (n % 9);
    await stage.database.db.transaction(async (tx) => {
      await publish(tx, told(subject, percent));
      await tx.query(
        `INSERT INTO balance VALUES ($1, $2) ON CONFLICT (subject) DO UPDATE SET total = balance.total + excluded.total`,
        [subject, percent],
      );
    });
    await sleep(4);
  }
}
const differences = async (): Promise<object[]> =>
  (
    await stage.database.db.query(
      `SELECT * FROM balance b FULL JOIN heard h USING (subject) WHERE b.total IS DISTINCT FROM h.total LIMIT 10`,
    )
  ).rows;
const heard = async (): Promise<number> =>
  (await stage.database.db.query<{ n: number }>('SELECT coalesce(sum(events), 0)::bigint AS n FROM heard'))
    .rows[0]!.n;

beforeAll(async () => {
  stage = await openStage(['measures'], 3);
  await stage.database.db.query(
    `CREATE TABLE balance (subject text PRIMARY KEY, total int);
     CREATE TABLE heard (subject text PRIMARY KEY, total int, events int)`,
  );
  stage.relay('relay').start();
});
afterAll(async () => {
  writing = false;
  await stage.strike();
});

describe('a new subscriber filled from a snapshot', () => {
  it('misses and doubles nothing while four write; one that broke off is sent again', async () => {
    const writers = [0, 1, 2, 3].map(write);
    await eventually(async () => {
      const { rows } = await stage.database.db.query<{ n: number }>(
        'SELECT count(*) AS n FROM messaging.outbox',
      );
      expect(rows[0]!.n).toBeGreaterThan(300);
    }, within);
    subscriber = subscribe();
    const replays = new Replays(parts());
    const fills = new Fills(parts(), replays);

    // The download breaks off behind 20 subjects: without its last line that is no snapshot.
    async function* brokenOff(): AsyncGenerator<string> {
      let n = 0;
      for await (const line of snapshotOf(stage.database.db, source)) {
        if (n === 20) return;
        yield line;
        n += 1;
      }
    }
    await expect(fills.fill('heard', brokenOff(), 'first try', operator)).rejects.toMatchObject({
      code: 'messaging.unfit-snapshot',
    });
    expect((await replays.list())[0]).toMatchObject({
      mode: 'fill',
      endedAt: null,
      fault: expect.stringContaining('is not complete'),
    });
    await eventually(
      () => expect(() => subscriber.inbox.progress.check()).toThrow('a snapshot is being read in'),
      within,
    );
    const filledOnly = await heard();
    await sleep(300);
    expect(await heard()).toBe(filledOnly);

    // Its process dies; the snapshot of now is sent to the next one.
    await subscriber.inbox.close();
    subscriber = subscribe();
    const again = new Replays(parts());
    let end: SnapshotEnd | undefined;
    async function* whole(): AsyncGenerator<string> {
      for await (const line of snapshotOf(stage.database.db, source)) {
        end = JSON.parse(line) as SnapshotEnd;
        yield line;
      }
    }
    const replay = await new Fills(parts(), again).fill('heard', whole(), 'second try', operator);
    expect(replay).toMatchObject({ mode: 'fill', generation: 3, filled: 60, startedBy: 'person:op-1' });
    expect(replay.snapshots).toEqual({ measures: { subjects: 60, sha256: end!.sha256 } });
    expect((await again.list())[1]).toMatchObject({ generation: 2, endedAt: expect.any(Date) });
    await subscriber.joined();
    await eventually(
      async () => expect((await again.list())[0]).toMatchObject({ mode: 'fill', left: 0 }),
      within,
    );
    writing = false;
    await Promise.all(writers);
    await eventually(async () => expect(await differences()).toEqual([]), within);
    expect(subscriber.counts.stale).toBeGreaterThan(50);
    expect(subscriber.counts.gaps).toBeUndefined();
    const { rows } = await stage.database.db.query<{ events: number; total: number }>(
      `SELECT (SELECT count(*) FROM messaging.outbox) AS events, (SELECT sum(total) FROM heard) AS total`,
    );
    process.stdout.write(
      `filled under load: 60 subjects, then the tail: ${rows[0]!.events} events written, ${subscriber.counts.stale} known from the snapshot, ` +
        `${subscriber.counts.handled} handled, sums equal (${rows[0]!.total})\n`,
    );
  });

  it('refuses lines that are not those that were given out', async () => {
    async function* altered(): AsyncGenerator<string> {
      for await (const line of snapshotOf(stage.database.db, source))
        yield line.replace(/"percent":(\d+)/, (_, percent) => `"percent":${(Number(percent) % LIMIT) + 1}`);
    }
    await expect(
      new Fills(parts(), new Replays(parts())).fill('heard', altered(), 'by a wrong hand', operator),
    ).rejects.toMatchObject({
      code: 'messaging.unfit-snapshot',
      facts: { fault: expect.stringContaining('not those that were given out') },
    });
  });

  it('refuses a line that is not fit, naming it', async () => {
    async function* odd(): AsyncGenerator<string> {
      yield await Promise.resolve(
        '{"topic":"measures","subject":"x","sequence":1,"facts":[{"type":"cn.chengxin.measure.progress-reported.v1","time":"2026-11-27T00:00:00Z","data":{}}]}',
      );
    }
    await expect(
      new Fills(parts(), new Replays(parts())).fill('heard', odd(), 'an odd one', operator),
    ).rejects.toMatchObject({ code: 'messaging.unfit-snapshot', facts: { line: 1 } });
  });

  it('that broke off is given up for a rebuild of its model, and for nothing less', async () => {
    const replays = new Replays(parts());
    const reason = 'the snapshot cannot be had';
    await expect(
      replays.start({ mode: 'again', topics: ['measures'], since: null, reason }, operator),
    ).rejects.toMatchObject({ code: 'messaging.replay-running' });
    await replays.start({ mode: 'rebuild', models: ['heard'], reason }, operator);
    await eventually(
      async () => expect((await replays.list())[0]).toMatchObject({ mode: 'rebuild', left: 0 }),
      within,
    );
    await eventually(async () => expect(await differences()).toEqual([]), within);
  });

  it('counts the subjects that it has overtaken', async () => {
    await subscriber.inbox.close();
    for (const subject of ['subject-1', 'subject-2', 'subject-2', 'new-1'])
      await stage.database.db.transaction(async (tx) => {
        await publish(tx, told(subject, 5));
        await tx.query(
          `INSERT INTO balance VALUES ($1, 5) ON CONFLICT (subject) DO UPDATE SET total = balance.total + 5`,
          [subject],
        );
      });
    const lines = snapshotOf(stage.database.db, source);
    const replay = await new Fills(parts(), new Replays(parts())).fill('heard', lines, 'behind', operator);
    // A subject that was never heard of is not behind.
    expect(replay).toMatchObject({ filled: 61, overtaken: 2 });
    subscriber = subscribe();
    await eventually(async () => expect(await differences()).toEqual([]), within);
  });

  it('empties nothing when the snapshot cannot be had', async () => {
    const before = await heard();
    const fills = new Fills(parts(), new Replays(parts()));
    await expect(
      fills.start({ model: 'heard', reason: 'no address' }, operator, 'Bearer x'),
    ).rejects.toMatchObject({
      code: 'messaging.snapshot-source-unknown',
      facts: { service: 'measures', setting: 'SERVICE_MEASURES_URL' },
    });
    const away = new SnapshotClient(() => 'http://127.0.0.1:1');
    await expect(
      new Fills({ ...parts(), snapshots: away }, new Replays(parts())).start(
        { model: 'heard', reason: 'nobody there' },
        operator,
        'Bearer x',
      ),
    ).rejects.toMatchObject({ code: 'messaging.snapshot-source-away' });
    expect(await heard()).toBe(before);
  });
});
