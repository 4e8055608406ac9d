import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventOf } from '#contracts';
import { type Delivery, publishAll } from '#messaging';
import { eventually } from '#testing';
import { type Listener, openStage, type Stage } from '../../libs/messaging/specs/stage.js';
import { assessedN, assessedN1, assessedTwo, releaseN, releaseN1 } from './two-releases.js';

/*
 * Release N and release N+1 of sender and hearer at once, over the real broker and database, as in every rolling
 * upgrade. What a release is, in this process: its contracts and its handlers.
 */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(['measures']);
  await stage.database.db.query(
    `CREATE TABLE effect (place bigserial, hearer text, release text, subject text, sequence int, points int, remark text)`,
  );
  stage.relay('relay').start();
});
afterAll(() => stage.strike());

async function note(
  { tx, event }: Delivery,
  as: { hearer: string; release: 'N' | 'N+1' },
  { points, remark }: { points: number; remark: string | null },
): Promise<void> {
  await tx.query(
    'INSERT INTO effect (hearer, release, subject, sequence, points, remark) VALUES ($1, $2, $3, $4, $5, $6)',
    [as.hearer, as.release, event.subject, Number(event.sequence), points, remark],
  );
}

const hearsN = (hearer: string): Listener =>
  stage.listen(
    hearer,
    assessedN,
    ({ data }: EventOf<typeof assessedN>, delivery) =>
      note(delivery, { hearer, release: 'N' }, { points: data.points, remark: null }),
    { contracts: releaseN, resumeMs: 200 },
  );

/** Has a handler of the second version alone. */
const hearsN1 = (hearer: string): Listener =>
  stage.listen(
    hearer,
    assessedTwo,
    ({ data }: EventOf<typeof assessedTwo>, delivery) =>
      note(delivery, { hearer, release: 'N+1' }, { points: data.score.points, remark: data.remark }),
    { contracts: releaseN1, resumeMs: 200 },
  );

type Sender = (subject: string, points: number) => Promise<unknown>;
const send =
  (publication: (points: number) => Omit<Parameters<typeof publishAll>[1][number], 'subject'>): Sender =>
  (subject, points) =>
    stage.database.db.transaction((tx) => publishAll(tx, [{ subject, ...publication(points) }]));
const sendsN = send((points) => ({ contract: assessedN, data: { measure: 8, points } }));
const sendsN1 = send((points) => ({
  contract: assessedN1,
  data: { measure: 8, points, remark: '按期完成' },
}));
const sendsTwo = send((points) => ({
  contract: assessedTwo,
  data: { measure: 8, score: { points, of: 100 }, remark: '按期完成' },
}));

interface Effect {
  release: string;
  subject: string;
  sequence: number;
  points: number;
  remark: string | null;
}

/** Of these subjects: a new group also hears what the steps before it have told. */
const effects = async (hearer: string, subjects: readonly string[]): Promise<Effect[]> => {
  const { rows } = await stage.database.db.query<Effect>(
    'SELECT release, subject, sequence, points, remark FROM effect WHERE hearer = $1 AND subject = ANY ($2) ORDER BY place',
    [hearer, subjects],
  );
  return rows;
};

/** What every hearer must have at last: each event once, in the order of its subject, with its points. */
async function expectAll(hearer: string, subjects: readonly string[], events: number): Promise<Effect[]> {
  await eventually(async () =>
    expect(await effects(hearer, subjects)).toHaveLength(subjects.length * events),
  );
  const found = await effects(hearer, subjects);
  for (const subject of subjects) {
    const own = found.filter((effect) => effect.subject === subject);
    expect(own.map(({ sequence, points }) => [sequence, points])).toEqual(
      Array.from({ length: events }, (_, n) => [n + 1, n * 10]),
    );
  }
  return found;
}

const openLetters = async (hearer: string): Promise<string[]> => {
  const { rows } = await stage.database.db.query<{ cause: string }>(
    `SELECT cause FROM messaging.dead_letter WHERE consumer = $1 AND state = 'open'`,
    [hearer],
  );
  return rows.map(({ cause }) => cause);
};

const named = (name: string): string[] => Array.from({ length: 12 }, (_, n) => `${name}-${n}`);

describe('releases N and N+1 at once', () => {
  it('both senders, both hearers: each event has one right effect in each', async () => {
    const [before, after] = [hearsN('before'), hearsN1('after')];
    const subjects = named('both');
    for (let n = 0; n < 10; n += 1)
      await Promise.all(subjects.map((subject, s) => ((n + s) % 2 ? sendsN : sendsN1)(subject, n * 10)));
    const old = await expectAll('before', subjects, 10);
    expect(new Set(old.map(({ release, remark }) => `${release} ${remark}`))).toEqual(new Set(['N null']));
    const now = await expectAll('after', subjects, 10);
    expect(now.filter(({ remark }) => remark === '按期完成')).toHaveLength(60);
    expect(now.filter(({ remark }) => remark === null)).toHaveLength(60);
    expect([await openLetters('before'), await openLetters('after')]).toEqual([[], []]);
    await Promise.all([before.inbox.close(), after.inbox.close()]);
  });

  it('one group is rolled from N to N+1 while both send', async () => {
    const subjects = named('rolled');
    const round = (n: number) =>
      Promise.all(subjects.map((subject, s) => ((n + s) % 2 ? sendsN : sendsN1)(subject, n * 10)));
    const first = hearsN('rolled');
    for (let n = 0; n < 10; n += 1) await round(n);
    await eventually(() => expect(first.counts.handled).toBeGreaterThan(0));
    const second = hearsN1('rolled');
    for (let n = 10; n < 20; n += 1) await round(n);
    await second.joined();
    for (let n = 20; n < 30; n += 1) await round(n);
    await eventually(() => expect(second.counts.handled).toBeGreaterThan(0));
    await first.inbox.close();
    for (let n = 30; n < 40; n += 1) await round(n);
    const found = (await expectAll('rolled', subjects, 40)).map(({ release }) => release);
    expect(new Set(found)).toEqual(new Set(['N', 'N+1']));
    expect(await openLetters('rolled')).toEqual([]);
    await second.inbox.close();
  });

  it('a version that N cannot read waits with its subject, and N+1 takes it up by itself', async () => {
    const subjects = named('early');
    const [early, ...calm] = subjects;
    const first = hearsN('early');
    for (const subject of subjects) await sendsN(subject, 0);
    await sendsTwo(early!, 10);
    await sendsN(early!, 20);
    for (const subject of calm) for (const points of [10, 20]) await sendsN(subject, points);
    await eventually(async () => expect(await openLetters('early')).toEqual(['unknown-type']));
    // The others flow on.
    await eventually(async () => expect(await effects('early', calm)).toHaveLength(33));
    const second = hearsN1('early');
    await expectAll('early', subjects, 3);
    expect(await effects('early', [early!])).toMatchObject([
      { release: 'N', points: 0, remark: null },
      { release: 'N+1', points: 10, remark: '按期完成' },
      { release: 'N+1', points: 20 },
    ]);
    expect(await openLetters('early')).toEqual([]);
    const { rows } = await stage.database.db.query(
      `SELECT a.action, a.actor, a.outcome FROM messaging.redrive_audit a JOIN messaging.dead_letter d ON d.id = a.dead_letter_id WHERE d.consumer = 'early'`,
    );
    expect(rows).toEqual([{ action: 'redrive', actor: 'system:chengxin-early', outcome: 'redriven' }]);
    await Promise.all([first.inbox.close(), second.inbox.close()]);
  });
});
