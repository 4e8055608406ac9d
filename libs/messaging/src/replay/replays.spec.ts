import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disciplineApplied, disciplineOrdered, type EventOf, gradeComputed } from '#contracts';
import type { Actor } from '#platform';
import { eventually } from '#testing';
import { type Listener, openStage, type Stage } from '../../specs/stage.js';
import type { Delivery, JointDelivery } from '../inbox/delivery.js';
import { publish } from '../outbox/publish.js';
import { Replays } from './replays.js';

const operator: Actor = { kind: 'person', id: 'op-1', name: '运维', roles: ['operator'] };
const within = { within: 50_000 };
const SUBJECTS = 24;

let stage: Stage;
let keeper: Listener;
let replays: Replays;
let writing = true;
/** Nothing more is fed once so many have been told again, until this resolves: a rebuild is met in the middle. */
const ENOUGH = 20;
let held: Promise<void> | undefined;
let toldHere = 0;

/** Feeds the model: no key anywhere, so that what is missing or doubled shows. */
const feed = async (
  events: EventOf<typeof disciplineOrdered>[],
  { tx, rebuilding }: JointDelivery,
): Promise<void> => {
  await tx.query(
    'INSERT INTO model (subject, sequence, again) SELECT *, $3 FROM unnest($1::text[], $2::int[])',
    [events.map(({ subject }) => subject), events.map(({ sequence }) => Number(sequence)), rebuilding],
  );
  if (rebuilding && held && (toldHere += events.length) >= ENOUGH) await held;
};
/** Feeds it, too, and tells: once and never again. */
const feedAndTell = async (
  event: EventOf<typeof disciplineApplied>,
  { tx, rebuilding }: Delivery,
): Promise<void> => {
  await tx.query('INSERT INTO model (subject, sequence, again) VALUES ($1, $2, $3)', [
    event.subject,
    Number(event.sequence),
    rebuilding,
  ]);
  if (!rebuilding)
    await publish(tx, { contract: gradeComputed, subject: event.subject, data: gradeComputed.sample });
};
const hearings = [
  { contract: disciplineOrdered, together: true, feeds: 'model', handler: feed },
  { contract: disciplineApplied, together: false, feeds: 'model', handler: feedAndTell },
];
const keep = (): Listener => stage.consume('keeper', ['discipline'], hearings, { models: ['model'] });
const makeReplays = (): Replays =>
  new Replays({
    service: 'keeper',
    consumes: ['discipline'],
    models: [{ name: 'model', tables: ['model'] }],
    prefix: stage.prefix,
    brokers: { brokers: stage.brokers, clientId: 'replays', logger: stage.logger },
    database: stage.database.db,
    inbox: keeper.inbox,
  });

const count = async (sql: string): Promise<number> =>
  (await stage.database.db.query<{ n: number }>(sql)).rows[0]!.n;
const written = (): Promise<number> =>
  count(`SELECT count(*) AS n FROM messaging.outbox WHERE topic = 'discipline'`);
const told = (): Promise<number> =>
  count(`SELECT count(*) AS n FROM messaging.outbox WHERE topic = 'grades'`);
const applied = (): Promise<number> =>
  count(`SELECT count(*) AS n FROM messaging.outbox WHERE topic = 'discipline' AND sequence % 5 = 0`);

/** What differs between the events that were committed and the table that was filled from them. */
const differences = async (table: string): Promise<object[]> => {
  const { rows } = await stage.database.db.query(
    `SELECT coalesce(w.key, m.subject) AS subject, coalesce(w.sequence, m.sequence) AS sequence, coalesce(m.times, 0) AS times
     FROM (SELECT key, sequence FROM messaging.outbox WHERE topic = 'discipline') w
     FULL JOIN (SELECT subject, sequence, count(*) AS times FROM ${table} GROUP BY 1, 2) m
       ON m.subject = w.key AND m.sequence = w.sequence
     WHERE m.times IS DISTINCT FROM 1 OR w.key IS NULL LIMIT 20`,
  );
  return rows;
};
/** In the order in which the model was told: 1, 2, 3, … of each subject. */
const disorder = async (table: string): Promise<object[]> => {
  const { rows } = await stage.database.db.query(
    `SELECT * FROM (SELECT subject, sequence, row_number() OVER (PARTITION BY subject ORDER BY at) AS nth FROM ${table}) o
     WHERE sequence <> nth LIMIT 5`,
  );
  return rows;
};
/** Writes one event after another of a few subjects; each fifth is of the kind that tells. */
async function write(writer: number): Promise<void> {
  for (let n = 0; writing; n += 1) {
    await writeOne(`subject-${(writer + n * 4) % SUBJECTS}`);
    await sleep(3);
  }
}
function writeOne(subject: string): Promise<void> {
  return stage.database.db.transaction(async (tx) => {
    const { rows } = await tx.query<{ last: number }>(
      `SELECT coalesce((SELECT last_sequence FROM messaging.stream WHERE topic = 'discipline' AND key = $1), 0) AS last`,
      [subject],
    );
    const contract = (rows[0]!.last + 1) % 5 === 0 ? disciplineApplied : disciplineOrdered;
    await publish(tx, { contract, subject, data: contract.sample } as Parameters<typeof publish>[1]);
  });
}
/** As after a restore: of some subjects the last events are not there, neither receipts nor positions nor effects. */
const forget = (subjects: readonly string[], events: number): Promise<void> =>
  stage.database.db.transaction(async (tx) => {
    for (const subject of subjects) {
      const { rows } = await tx.query<{ last: number }>(
        `UPDATE messaging.position SET last_sequence = last_sequence - $2, rebuilt_sequence = rebuilt_sequence - $2
         WHERE consumer = 'keeper' AND key = $1 RETURNING last_sequence AS last`,
        [subject, events],
      );
      await tx.query('DELETE FROM model WHERE subject = $1 AND sequence > $2', [subject, rows[0]!.last]);
      await tx.query(
        `DELETE FROM messaging.inbox USING messaging.outbox o
         WHERE o.key = $1 AND o.topic = 'discipline' AND o.sequence > $2 AND consumer = 'keeper'
           AND event_id = (o.envelope::jsonb ->> 'id')::uuid`,
        [subject, rows[0]!.last],
      );
    }
  });

beforeAll(async () => {
  stage = await openStage(['discipline', 'grades'], 3);
  await stage.database.db.query(
    `CREATE TABLE model (at bigserial, subject text, sequence int, again boolean);
     CREATE TABLE other (at bigserial, subject text, sequence int)`,
  );
  stage.relay('relay').start();
  keeper = keep();
  replays = makeReplays();
  stage.consume(
    'other',
    ['discipline'],
    [
      {
        contract: disciplineOrdered,
        together: true,
        handler: (events: EventOf<typeof disciplineOrdered>[], { tx }: JointDelivery) =>
          tx.query('INSERT INTO other (subject, sequence) SELECT * FROM unnest($1::text[], $2::int[])', [
            events.map(({ subject }) => subject),
            events.map(({ sequence }) => Number(sequence)),
          ]),
      },
    ],
  );
});
afterAll(async () => {
  writing = false;
  await stage.strike();
});

describe('a read model that is rebuilt while others write', () => {
  it('has each event once, in order; nothing is told twice; another consumer notices nothing; a dying process changes nothing', async () => {
    // Four writers with six subjects each, so that the sequence of a subject tells which kind its next event is.
    const writers = [0, 1, 2, 3].map(write);
    await eventually(
      async () => expect(await count('SELECT count(*) AS n FROM model')).toBeGreaterThan(400),
      within,
    );

    let goOn = (): void => undefined;
    held = new Promise((resolve) => (goOn = resolve));
    const before = await count('SELECT count(*) AS n FROM model');
    const replay = await replays.start({ mode: 'rebuild', models: ['model'], reason: 'a spec' }, operator);
    expect(replay).toMatchObject({
      generation: 2,
      mode: 'rebuild',
      topics: ['discipline'],
      startedBy: 'person:op-1',
    });
    await expect(
      replays.start({ mode: 'rebuild', models: ['model'], reason: 'at once again' }, operator),
    ).rejects.toMatchObject({ code: 'messaging.replay-running' });

    // In the middle its process ends, and nothing of its offsets is known to the next.
    await eventually(() => expect(toldHere).toBeGreaterThanOrEqual(ENOUGH), within);
    const closing = keeper.inbox.close();
    goOn();
    await closing;
    const firstLife = keeper.counts.rebuilt ?? 0;
    expect(firstLife).toBeGreaterThan(0);
    await stage.forgetOffsets('keeper.2');
    held = undefined;
    keeper = keep();
    replays = makeReplays();

    await eventually(async () => {
      const [latest] = await replays.list();
      expect(latest!.endedAt).not.toBeNull();
      expect(latest!.left).toBe(0);
    }, within);
    await sleep(300);
    writing = false;
    await Promise.all(writers);
    const expected = await written();
    await eventually(
      async () => expect(await count('SELECT count(*) AS n FROM model')).toBeGreaterThanOrEqual(expected),
      within,
    );
    expect(await differences('model')).toEqual([]);
    expect(await disorder('model')).toEqual([]);
    expect(await told()).toBe(await applied());
    // Each event of the time before is told again once, by one life of the keeper or the other; their shares are chance.
    const toldAgain = firstLife + (keeper.counts.rebuilt ?? 0);
    expect(toldAgain).toBeGreaterThanOrEqual(before);
    expect(toldAgain).toBe(await count('SELECT count(*) AS n FROM model WHERE again'));
    const others = await count(
      `SELECT count(*) AS n FROM messaging.outbox WHERE topic = 'discipline' AND sequence % 5 <> 0`,
    );
    await eventually(async () => expect(await count('SELECT count(*) AS n FROM other')).toBe(others), within);
    expect(await count('SELECT count(*) AS n FROM messaging.dead_letter')).toBe(0);
    process.stdout.write(
      `rebuilt under load: ${expected} events, ${toldAgain} of them told again (${firstLife} before the process ended), 0 missing, 0 doubled, ${await told()} told once\n`,
    );
  });

  it('once more: a handler that would tell again cannot, and the event shows itself as a dead letter', async () => {
    writing = true;
    const subject = 'subject-0';
    await keeper.inbox.close();
    keeper = stage.consume(
      'keeper',
      ['discipline'],
      [
        hearings[0]!,
        {
          ...hearings[1]!,
          handler: (event: EventOf<typeof disciplineApplied>, { tx, actor }: Delivery) =>
            feedAndTell(event, { tx, event, actor, rebuilding: false }),
        },
      ] as typeof hearings,
      { models: ['model'] },
    );
    replays = makeReplays();
    const before = await told();
    await replays.start({ mode: 'rebuild', models: ['model'], reason: 'a careless handler' }, operator);
    const events = await applied();
    await eventually(
      async () =>
        expect(
          await count(`SELECT count(*) AS n FROM messaging.dead_letter WHERE cause = 'not-rebuilt'`),
        ).toBe(events),
      within,
    );
    expect(await told()).toBe(before);
    const { rows } = await stage.database.db.query(
      `SELECT error_class FROM messaging.dead_letter WHERE key = $1 LIMIT 1`,
      [subject],
    );
    expect(rows).toEqual([{ error_class: 'Muted' }]);
    // The right handler is back: redriven, the model is whole.
    await keeper.inbox.close();
    keeper = keep();
    replays = makeReplays();
    await keeper.joined();
    const { rows: letters } = await stage.database.db.query<{ id: string }>(
      `SELECT id FROM messaging.dead_letter WHERE state = 'open' ORDER BY sequence`,
    );
    for (const { id } of letters)
      expect(await keeper.inbox.redrive.redrive(id, operator)).toMatchObject({ outcome: 'redriven' });
    await eventually(async () => expect(await differences('model')).toEqual([]), within);
    expect(await told()).toBe(before);
  });
});

describe('reading again', () => {
  it('heals what is missing in a database that is older than its offsets, and doubles nothing', async () => {
    await forget(['subject-1', 'subject-2'], 4);
    expect(await differences('model')).toHaveLength(8);
    const replay = await replays.start(
      { mode: 'again', topics: ['discipline'], since: null, reason: 'restored from a backup' },
      operator,
    );
    expect(replay.mode).toBe('again');
    await eventually(async () => expect(await differences('model')).toEqual([]), within);
    await eventually(async () => expect((await replays.list())[0]!.endedAt).not.toBeNull(), within);
  });

  it('from a chosen time begins there: what is missing since is healed, the others notice nothing', async () => {
    const { rows } = await stage.database.db.query<{ at: Date; n: number }>(
      `SELECT clock_timestamp() AS at, count(*) AS n FROM messaging.outbox WHERE topic = 'discipline'`,
    );
    const [{ at: since, n }] = rows as [{ at: Date; n: number }];
    await sleep(50);
    const late = ['subject-3', 'subject-4', 'subject-6'];
    for (const subject of late) await writeOne(subject);
    await eventually(async () => expect(await differences('model')).toEqual([]), within);
    const heardByOthers = (): Promise<number> => count('SELECT count(*) AS n FROM other');
    const others = await count(
      `SELECT count(*) AS n FROM messaging.outbox WHERE topic = 'discipline' AND sequence % 5 <> 0`,
    );
    await eventually(async () => expect(await heardByOthers()).toBe(others), within);
    const toldBefore = await told();
    await forget(['subject-3'], 1);
    // Of long before: reading from the chosen time does not come there.
    await forget(['subject-5'], 2);

    const before = keeper.counts.stale ?? 0;
    await replays.start(
      { mode: 'again', topics: ['discipline'], since, reason: 'the last moments' },
      operator,
    );
    await eventually(async () => expect((await replays.list())[0]!.endedAt).not.toBeNull(), within);
    await eventually(async () => expect(await differences('model')).toHaveLength(2), within);
    expect((await differences('model')).map((row) => (row as { subject: string }).subject)).toEqual([
      'subject-5',
      'subject-5',
    ]);
    expect((keeper.counts.stale ?? 0) - before).toBe(late.length - 1);
    expect(n).toBeGreaterThan(10 * late.length);
    expect(await heardByOthers()).toBe(others);
    expect((await told()) - toldBefore).toBeLessThanOrEqual(1); // by the one that was handled anew, if it is of the kind that tells
  });
});
