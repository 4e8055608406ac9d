import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { measureProgressReported } from '#contracts';
import { defineRefusals } from '#kernel';
import { type Actor } from '#platform';
import { eventually, type Forked, forkTypescript } from '#testing';
import type { ReplicaSettings } from '../../specs/replica.js';
import { openStage, type Stage, type Told, told } from '../../specs/stage.js';
import type { Delivery } from '../inbox/delivery.js';
import { listAudit } from '../inbox/redrive-audit.js';
import { publishAll } from '../outbox/publish.js';
import { doneOf, type Job, listItems } from './job-store.js';
import { RedriveJobs } from './jobs.js';

const operator: Actor = { kind: 'person', id: 'op-1', name: '运维', roles: ['operator'] };
const colleague: Actor = { ...operator, id: 'op-2' };
const refusals = defineRefusals({
  'spec.refused': { kind: 'conflict', zh: '不予受理', en: 'Refused.', cureZh: '无', cureEn: 'None.' },
});

let stage: Stage;
let jobs: RedriveJobs;
/** More than the pace allows while the spec looks, however long a look takes. */
const PACED = 300;
/** Subjects that the handler of this process refuses. */
const refused = new Set<string>();

const query = async <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> =>
  (await stage.database.db.query<R>(sql, params)).rows;
const count = async (sql: string, params: unknown[] = []): Promise<number> =>
  (await query<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, params))[0]!.n;

/**
 * Subjects whose first event is an open dead letter and whose later ones are parked behind it, as a consumer
 * leaves them: through the tables, because thousands of refusals one by one would take minutes.
 */
async function setAside(
  consumer: string,
  subjects: readonly string[],
  events = 1,
  letter: { cause?: string; errorClass?: string; error?: string } = {},
): Promise<void> {
  const { cause = 'refused', errorClass = 'Refusal', error = 'spec.refused: Refused.' } = letter;
  await stage.database.db.transaction(async (tx) => {
    await publishAll(
      tx,
      subjects.flatMap((subject) => Array.from({ length: events }, () => told(subject))),
    );
    const ours = `messaging.outbox o WHERE o.key = ANY ($2)`;
    await tx.query(
      `INSERT INTO messaging.dead_letter (id, consumer, topic, key, event_id, type, sequence, cause, error_class, error,
         origin_topic, origin_partition, origin_offset, attempts, first_failed_at, last_failed_at, payload)
       SELECT (envelope::json->>'id')::uuid, $1, topic, key, (envelope::json->>'id')::uuid, envelope::json->>'type', sequence,
         $3, $4, $5, 'spec', 0, id, 1, now(), now(), convert_to(envelope, 'UTF8')
       FROM ${ours} AND o.sequence = 1`,
      [consumer, subjects, cause, errorClass, error],
    );
    await tx.query(
      `INSERT INTO messaging.position (consumer, topic, key, blocked_by, blocked_sequence)
       SELECT $1, topic, key, (envelope::json->>'id')::uuid, 1 FROM ${ours} AND o.sequence = 1`,
      [consumer, subjects],
    );
    await tx.query(
      `INSERT INTO messaging.parked (consumer, topic, key, sequence, event_id, origin_partition, origin_offset, payload)
       SELECT $1, topic, key, sequence, (envelope::json->>'id')::uuid, 0, id, convert_to(envelope, 'UTF8')
       FROM ${ours} AND o.sequence > 1`,
      [consumer, subjects],
    );
  });
}

const names = (prefix: string, many: number): string[] =>
  Array.from({ length: many }, (_, number) => `${prefix}-${number}`);
const inState = (id: string, state: Job['state'], within = 40_000): Promise<Job> =>
  eventually(
    async () => {
      const job = await jobs.read(id);
      expect(job.state).toBe(state);
      return job;
    },
    { within },
  );

beforeAll(async () => {
  stage = await openStage(['measures']);
  await query('CREATE TABLE effect (place bigserial, subject text, sequence int, pid int)');
  const hearer = stage.listen('hearer', measureProgressReported, async (event: Told, delivery: Delivery) => {
    await delivery.tx.query('INSERT INTO effect (subject, sequence) VALUES ($1, $2)', [
      event.subject,
      Number(event.sequence),
    ]);
    if (refused.has(event.subject) || refused.has(`${event.subject}/${Number(event.sequence)}`))
      refusals.refuse('spec.refused');
  });
  jobs = new RedriveJobs(stage.database.db, 'hearer');
  // On a busy machine joining its group takes longer than any wait below.
  await hearer.joined();
});
beforeEach(() => refused.clear());
afterAll(() => stage.strike());

describe('a redrive of many letters', () => {
  it('does nothing before it is started, then each letter with all that waits behind it, in order', async () => {
    const subjects = names('ordered', 30);
    await setAside('hearer', subjects, 4);
    const job = await jobs.create(
      { action: 'redrive', selection: { type: measureProgressReported.type }, perSecond: 1_000 },
      operator,
    );
    expect(job).toMatchObject({ state: 'ready', items: 30, redriven: 0, createdBy: 'person:op-1' });
    await sleep(700);
    expect(await count(`effect WHERE subject LIKE 'ordered-%'`)).toBe(0);
    await jobs.act(job.id, 'start', colleague);
    expect(await inState(job.id, 'finished')).toMatchObject({ redriven: 30, failed: 0, skipped: 0 });
    for (const subject of subjects) {
      const rows = await query('SELECT sequence FROM effect WHERE subject = $1 ORDER BY place', [subject]);
      expect(rows).toEqual([1, 2, 3, 4].map((sequence) => ({ sequence })));
    }
    expect(await count(`messaging.parked WHERE key LIKE 'ordered-%'`)).toBe(0);
    expect(await count(`messaging.position WHERE key LIKE 'ordered-%' AND blocked_by IS NOT NULL`)).toBe(0);
  });

  it('tells what came of each: failed with why, skipped behind an earlier letter, settled meanwhile', async () => {
    await setAside('hearer', ['mixed-good', 'mixed-bad', 'mixed-gone'], 2);
    // A message without a readable place that came while its subject waited: a letter of its own.
    await stage.produce('measures', [{ key: 'mixed-bad', value: '{"half": ' }]);
    await eventually(
      async () => expect(await count(`messaging.dead_letter WHERE key = 'mixed-bad'`)).toBe(2),
      { within: 30_000 },
    );
    const job = await jobs.create(
      { action: 'redrive', selection: { topic: 'measures' }, perSecond: 1_000 },
      operator,
    );
    expect(job.items).toBe(4);
    await query(
      `UPDATE messaging.dead_letter SET state = 'discarded', settled_at = now() WHERE key = 'mixed-gone'`,
    );
    refused.add('mixed-bad');
    await jobs.act(job.id, 'start', operator);
    await inState(job.id, 'finished');
    const items = await listItems(stage.database.db, job.id, { limit: 10 });
    const of = (subject: string) => items.filter((item) => item.subject === subject);
    expect(of('mixed-good')).toMatchObject([{ outcome: 'redriven', code: null, error: null }]);
    expect(of('mixed-bad')).toMatchObject([
      { outcome: 'failed', code: 'spec.refused', error: 'spec.refused: Refused.' },
      { outcome: 'skipped', code: 'messaging.earlier-letter-first' },
    ]);
    expect(of('mixed-gone')).toMatchObject([{ outcome: 'skipped', code: 'messaging.dead-letter-settled' }]);
    expect(await jobs.read(job.id)).toMatchObject({ redriven: 1, failed: 1, skipped: 2 });
    // What failed left no effect and is as open as before.
    expect(await count(`effect WHERE subject = 'mixed-bad'`)).toBe(0);
    expect(await count(`messaging.dead_letter WHERE key = 'mixed-bad' AND state = 'open'`)).toBe(2);

    const acts = await listAudit(stage.database.db, { job: job.id, limit: 20 });
    expect(
      acts.map(({ action, outcome, actor }) => [action, outcome.split(':')[0], actor]).reverse(),
    ).toEqual([
      ['create', 'ready', 'person:op-1'],
      ['start', 'running', 'person:op-1'],
      ...items.map(({ outcome }) => ['redrive', outcome, 'person:op-1']),
      ['finish', 'finished', 'person:op-1'],
    ]);
  });

  it('sweeps in nothing that is set aside after its cut-off, not even by its own releases', async () => {
    await setAside('hearer', ['cut-1', 'cut-2'], 3);
    const cutOff = await moment();
    await setAside('hearer', ['cut-late'], 1);
    const selection = { topic: 'measures', cutOff };
    expect(await jobs.dryRun({ ...selection, subject: 'cut-late' })).toMatchObject({ letters: 0 });
    const all = await jobs.create(
      { action: 'redrive', selection: { ...selection, first: 50 }, perSecond: 1_000 },
      operator,
    );
    // After the job was made, and before it runs; and one more that its own release brings up.
    await setAside('hearer', ['cut-later'], 1);
    refused.add('cut-2/3');
    await jobs.act(all.id, 'start', operator);
    await inState(all.id, 'finished');
    const items = await listItems(stage.database.db, all.id, { limit: 50 });
    const subjects = items.map(({ subject }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(['cut-1', 'cut-2']));
    expect(subjects.filter((subject) => subject === 'cut-2')).toHaveLength(1);
    for (const late of ['cut-late', 'cut-later']) expect(subjects).not.toContain(late);
    expect(
      await query(
        `SELECT key, sequence FROM messaging.dead_letter WHERE key LIKE 'cut-%' AND state = 'open' ORDER BY id`,
      ),
    ).toEqual(
      expect.arrayContaining([
        { key: 'cut-late', sequence: 1 },
        { key: 'cut-later', sequence: 1 },
        { key: 'cut-2', sequence: 3 },
      ]),
    );
  });

  it('keeps to its pace, stops when it is paused, goes on, and is cancelled for good', async () => {
    await setAside('hearer', names('paced', PACED));
    const selection = {
      ids: (await query<{ id: string }>(`SELECT id FROM messaging.dead_letter WHERE key LIKE 'paced-%'`)).map(
        ({ id }) => id,
      ),
    };
    const { id } = await jobs.create({ action: 'redrive', selection, perSecond: 20 }, operator);
    await jobs.act(id, 'start', operator);
    await eventually(async () => expect(doneOf(await jobs.read(id))).toBeGreaterThanOrEqual(5));
    const paused = await jobs.act(id, 'pause', colleague);
    expect(paused).toMatchObject({ state: 'paused', endedAt: null });
    await sleep(600);
    expect(doneOf(await jobs.read(id))).toBe(doneOf(paused));
    await expect(jobs.act(id, 'start', operator)).rejects.toMatchObject({
      code: 'messaging.redrive-not-so',
      facts: { state: 'paused', action: 'start', possible: 'resume, cancel' },
    });
    await jobs.act(id, 'resume', operator);
    await eventually(async () => expect(doneOf(await jobs.read(id))).toBeGreaterThan(doneOf(paused) + 5));
    const cancelled = await jobs.act(id, 'cancel', colleague);
    const done = doneOf(cancelled);
    expect(done).toBeLessThan(PACED);
    await sleep(600);
    expect(await jobs.read(id)).toMatchObject({ state: 'cancelled', redriven: done });
    expect(await count(`messaging.dead_letter WHERE key LIKE 'paced-%' AND state = 'open'`)).toBe(
      PACED - done,
    );
    expect(await count(`effect WHERE subject LIKE 'paced-%'`)).toBe(done);
    await expect(jobs.act(id, 'resume', operator)).rejects.toMatchObject({
      code: 'messaging.redrive-not-so',
    });
    // Begun at least a twentieth apart, one at a time: a second sees 21 of them begin and end, and the end of one more.
    expect(await mostInASecond(id)).toBeLessThanOrEqual(22);
    const acts = await listAudit(stage.database.db, { job: id, limit: 100 });
    expect(acts.filter(({ letter }) => letter === null).map(({ action, actor }) => [action, actor])).toEqual([
      ['cancel', 'person:op-2'],
      ['resume', 'person:op-1'],
      ['pause', 'person:op-2'],
      ['start', 'person:op-1'],
      ['create', 'person:op-1'],
    ]);
  });

  it('gives up many with a reason: their subjects go on without them', async () => {
    await setAside('hearer', names('given-up', 25), 3, { error: 'no such measure' });
    const selection = { error: 'no such measure', first: 20 };
    await expect(
      jobs.create({ action: 'discard', selection, perSecond: 1_000 }, operator),
    ).rejects.toMatchObject({ code: 'messaging.discard-without-reason', field: 'reason' });
    const job = await jobs.create(
      { action: 'discard', reason: '来源系统已重报', selection, perSecond: 1_000 },
      operator,
    );
    await jobs.act(job.id, 'start', operator);
    expect(await inState(job.id, 'finished')).toMatchObject({ items: 20, discarded: 20, redriven: 0 });
    expect(
      await query(
        `SELECT sequence, count(*) AS n FROM effect WHERE subject LIKE 'given-up-%' GROUP BY sequence ORDER BY sequence`,
      ),
    ).toEqual([
      { sequence: 2, n: 20 },
      { sequence: 3, n: 20 },
    ]);
    expect(
      await query(
        `SELECT DISTINCT state, settled_by FROM messaging.dead_letter WHERE key LIKE 'given-up-%' AND state <> 'open'`,
      ),
    ).toEqual([{ state: 'discarded', settled_by: 'person:op-1' }]);
    expect(
      await count(
        `messaging.redrive_audit WHERE job_id = $1 AND action = 'discard' AND reason = '来源系统已重报'`,
        [job.id],
      ),
    ).toBe(20);
  });
});

describe('a dry run', () => {
  it('counts by every criterion and changes nothing', async () => {
    await setAside('dry', names('dry-refused', 6), 3);
    const between = await moment();
    await setAside('dry', names('dry-bug', 3), 1, {
      cause: 'failed',
      errorClass: 'TypeError',
      error: 'undefined is not a list',
    });
    const dry = new RedriveJobs(stage.database.db, 'dry');
    const state = (): Promise<object[]> =>
      query(
        `SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS content FROM (
           SELECT d::text AS t FROM messaging.dead_letter d UNION ALL SELECT p::text FROM messaging.parked p
           UNION ALL SELECT p::text FROM messaging.position p UNION ALL SELECT j::text FROM messaging.redrive_job j
           UNION ALL SELECT i::text FROM messaging.redrive_item i UNION ALL SELECT a::text FROM messaging.redrive_audit a) t`,
      );
    const before = await state();
    const all = await dry.dryRun({ cutOff: await moment() });
    expect(all).toMatchObject({
      letters: 9,
      subjects: 9,
      withoutSubject: 0,
      parkedBehind: 12,
      byTopic: { measures: 9 },
      byType: { [measureProgressReported.type]: 9 },
      byCause: { refused: 6, failed: 3 },
      byErrorClass: { Refusal: 6, TypeError: 3 },
    });
    expect(await dry.dryRun({ errorClass: 'TypeError' })).toMatchObject({ letters: 3, parkedBehind: 0 });
    expect(await dry.dryRun({ cause: 'refused', first: 2 })).toMatchObject({ letters: 2, parkedBehind: 4 });
    expect(await dry.dryRun({ error: 'not a list', subject: 'dry-bug-1' })).toMatchObject({ letters: 1 });
    expect(await dry.dryRun({ from: between, topic: 'measures' })).toMatchObject({ letters: 3 });
    expect(await dry.dryRun({ cutOff: between })).toMatchObject({ letters: 6 });
    expect(await dry.dryRun({ topic: 'records' })).toMatchObject({ letters: 0, subjects: 0, oldest: null });
    expect(await state()).toEqual(before);
  });

  it('refuses what means nothing, what lies in the future, what is not open', async () => {
    await expect(jobs.dryRun({})).rejects.toMatchObject({ code: 'messaging.selection-empty' });
    await expect(jobs.dryRun({ cutOff: new Date(Date.now() + 60_000) })).rejects.toMatchObject({
      code: 'messaging.cut-off-in-future',
    });
    await expect(jobs.dryRun({ ids: ['0192f0c4-6c00-7000-8000-00000000dead'] })).rejects.toMatchObject({
      code: 'messaging.letters-not-open',
    });
    await expect(
      jobs.create({ action: 'redrive', selection: { topic: 'records' }, perSecond: 1 }, operator),
    ).rejects.toMatchObject({ code: 'messaging.nothing-selected' });
  });
});

/** CHENGXIN_LETTERS=5000 takes half a minute. */
const LETTERS = Number(process.env['CHENGXIN_LETTERS'] ?? 2_000);

describe('thousands of letters, two replicas, kill -9', () => {
  const replicas: Forked[] = [];
  const settings = (): ReplicaSettings => ({
    service: 'bulk',
    prefix: stage.prefix,
    brokers: stage.brokers,
    databaseUrl: stage.database.url,
    slowMs: 0,
  });
  const start = (): Forked => {
    const replica = forkTypescript(new URL('../../specs/replica.ts', import.meta.url), {
      REPLICA: JSON.stringify(settings()),
    });
    replicas.push(replica);
    return replica;
  };
  afterAll(() => Promise.all(replicas.map((replica) => replica.kill())));

  it('each is done once, at the pace, by whoever lives', async () => {
    const BEHIND = LETTERS / 10;
    const SOME = LETTERS / 10;
    const PER_SECOND = 400;
    await setAside('bulk', names('bulk', LETTERS - BEHIND));
    await setAside('bulk', names('bulk-followed', BEHIND), 2);
    const bulk = new RedriveJobs(stage.database.db, 'bulk');
    const doneBy = (replica: Forked): Promise<number> => count('effect WHERE pid = $1', [replica.pid]);
    const done = async (): Promise<number> => doneOf(await bulk.read(id));
    const [first, second] = [start(), start()];
    // Both are up: or the one that starts sooner could be through before the other has begun.
    await Promise.all([first, second].map(({ process }) => once(process, 'message')));
    const { id } = await bulk.create(
      { action: 'redrive', selection: { cause: 'refused' }, perSecond: PER_SECOND },
      operator,
    );
    await bulk.act(id, 'start', operator);

    await eventually(
      async () => {
        expect(await done()).toBeGreaterThan(SOME);
        for (const replica of [first, second]) expect(await doneBy(replica)).toBeGreaterThan(0);
      },
      { within: 45_000 },
    );
    await first.kill();
    const atKill = await done();
    expect(atKill).toBeLessThan(LETTERS);
    await eventually(async () => expect(await done()).toBeGreaterThan(atKill + SOME), { within: 30_000 });
    // Now nobody is left: the job waits, and is taken up by one that starts.
    await second.kill();
    const alone = await done();
    expect(alone).toBeLessThan(LETTERS);
    expect((await bulk.read(id)).state).toBe('running');
    const third = start();
    await eventually(async () => expect((await bulk.read(id)).state).toBe('finished'), { within: 150_000 });

    expect(await bulk.read(id)).toMatchObject({ redriven: LETTERS, failed: 0, skipped: 0 });
    expect(await doneBy(third)).toBeGreaterThan(0);
    // Where a replica was killed between a letter and its release, the round of another goes on with that.
    await eventually(async () => expect(await count(`messaging.parked WHERE consumer = 'bulk'`)).toBe(0), {
      within: 30_000,
    });
    expect(
      await query(
        `SELECT sequence, count(*) AS effects, count(DISTINCT subject) AS subjects
         FROM effect WHERE subject LIKE 'bulk-%' GROUP BY sequence ORDER BY sequence`,
      ),
    ).toEqual([
      { sequence: 1, effects: LETTERS, subjects: LETTERS },
      { sequence: 2, effects: BEHIND, subjects: BEHIND },
    ]);
    expect(
      await count(
        `(SELECT subject FROM effect WHERE subject LIKE 'bulk-%'
          GROUP BY subject HAVING array_agg(sequence ORDER BY place) <> array_agg(sequence ORDER BY sequence)) AS disordered`,
      ),
    ).toBe(0);
    expect(
      await query(
        `SELECT count(*) AS acts, count(DISTINCT dead_letter_id) AS letters, min(actor) AS actor
         FROM messaging.redrive_audit WHERE job_id = $1 AND action = 'redrive' AND outcome = 'redriven'`,
        [id],
      ),
    ).toEqual([{ acts: LETTERS, letters: LETTERS, actor: 'person:op-1' }]);
    expect(await mostInASecond(id)).toBeLessThanOrEqual(PER_SECOND * 1.1);
  }, 600_000);
});

/** A moment after everything that was set aside so far, and before what will be: Dates have milliseconds, rows have micros. */
async function moment(): Promise<Date> {
  await sleep(2);
  const [row] = await query<{ now: Date }>('SELECT clock_timestamp() AS now');
  await sleep(2);
  return row!.now;
}

/** The most items that any second has seen done; an item is noted when it ends, so a slow one moves a little. */
async function mostInASecond(job: string): Promise<number> {
  const [row] = await query<{ most: number }>(
    `SELECT max(n) AS most FROM (
       SELECT count(*) OVER (ORDER BY done_at RANGE BETWEEN CURRENT ROW AND interval '1 second' FOLLOWING) AS n
       FROM messaging.redrive_item WHERE job_id = $1 AND done_at IS NOT NULL) AS windows`,
    [job],
  );
  return row!.most;
}
