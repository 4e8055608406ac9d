import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, Database } from '#platform';
import { type Caller, eventually, type Json } from '../tour/api.js';
import { CaseWalk } from '../tour/case-walk.js';
import { fictitiousOrganisation, penalty } from '../tour/fictitious.js';
import { underEnforcement } from '../tour/listed.js';
import { subscribe, walkMainJob } from '../tour/main-job.js';
import { silentNarrator } from '../tour/narrator.js';
import { Receiver } from '../tour/receiver.js';
import { wageArrears } from '../tour/stories.js';
import { World } from '../tour/world.js';

/*
 * The credit file of the records service, filled over HTTP from the snapshot of the listing service, again and again
 * while the main job goes on. What it then holds must be what the topic tells from its first event, row for row.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) + 50_000) % 100_000_000;
const MODEL = 'credit-file-listings';
const at = (service: string, what: string): string => `/api/operations/${service}/messaging/${what}`;
const operator = world.person('operator');
let receiver: Receiver;
let unsubscribe: () => Promise<void>;
let records: Database;

beforeAll(async () => {
  const url = new URL(process.env['DATABASE_ADMIN_URL']!);
  url.pathname = '/chengxin_stories_records';
  records = new Database({ DATABASE_URL: url.href, DATABASE_POOL: 2 }, createLogger('fill', 'silent'));
  receiver = await Receiver.listen();
  unsubscribe = await subscribe(world, receiver);
});
afterAll(async () => {
  await unsubscribe?.();
  await receiver?.close();
  await records.onApplicationShutdown();
});

/** Without the places of the events behind it: a snapshot tells everything at the place where it was taken. */
const shown = ({
  objections: _,
  standing_told: __,
  published_told: ___,
  unpublished_told: ____,
  content_told: _____,
  ...row
}: Record<string, unknown>): Record<string, unknown> => row;

/**
 * Of an entry whose publication is withheld or held back the term runs from that day, which no event tells: there the
 * snapshot knows more than the topic, and the term is left out.
 */
const file = async (): Promise<object[]> => {
  const { rows } = await records.query('SELECT * FROM file_listing ORDER BY case_id');
  return rows
    .map(shown)
    .map((row) =>
      row['published_on'] === null && row['publication_ended_on'] === null
        ? { ...row, term_ends_on: 'not compared' }
        : row,
    );
};
const newest = async (): Promise<Json> => (await world.read(operator, at('records', 'replays'))).items[0];
const fill = async (reason: string): Promise<Json> =>
  (await world.post(operator, at('records', 'fills'), { model: MODEL, reason }, 202)).body;
const ended = (id: string): Promise<Json> =>
  eventually(`the end of ${id}`, async () => {
    const replay = await newest();
    if (replay.fault) throw new Error(replay.fault);
    return replay.id === id && replay.endedAt !== null && replay;
  });

/** So many are load enough; more only make the story longer. */
const MOST = 40;

/** Load on the topic beside the main job: one listing after another by a court, whose decision binds when it is made. */
class Listings {
  inForce = 0;
  enough = false;

  async follow(): Promise<void> {
    const unit = 'hlj.court';
    const by = (role: string): Caller => world.person(`${role}.${unit}`);
    const servedOn = wageArrears.days.opened;
    for (; !this.enough && this.inForce < MOST; this.inForce += 1) {
      const number = run + 1_000 + this.inForce;
      const party = fictitiousOrganisation('11', number);
      const payload = penalty(party, `（虚构）填充〔${number}〕号`, { CF_JDRQ: servedOn });
      const body = { type: 'penalty', payload };
      const record = (await world.post(world.system(unit), '/api/records', body, 201)).body;
      const walk = await CaseWalk.open(world, by('handler'), {
        listType: 'COURT',
        subjectId: record.subject.id,
        recordIds: [record.id],
        conductKind: 'court.evasion',
      });
      const noticeNo = `（虚构）告知〔${number}〕号`;
      const reasons = '规避执行（虚构）';
      await walk.act(by('handler'), 'notice', { noticeNo, reasons, way: 'personal', servedOn }, 'noticed');
      await walk.act(by('reviewer'), 'review', { opinion: 'list', text: '事实清楚（虚构）' }, 'reviewed');
      await walk.act(by('approver'), 'approval', { text: '同意（虚构）' }, 'approved');
      const fields = [{ code: 'responsible', value: '李示例（虚构）' }, ...underEnforcement];
      const decisionNo = `（虚构）列入决定〔${number}〕号`;
      await walk.act(by('handler'), 'decision', { decisionNo, reasons, fields }, 'in-force');
    }
  }
}

/** Nothing lies before the records service any more; the broker is asked for that once in five seconds. */
const caughtUp = async (): Promise<void> => {
  await pause(5_100);
  await eventually('records to have caught up', async () => {
    const { consumer } = await world.read(operator, `/api/operations/records/messaging`);
    const lag = consumer.lag as { lag: number }[] | null;
    return lag !== null && lag.every((partition) => partition.lag === 0);
  });
};

describe('the credit file, filled from what the listing service holds', () => {
  it('is an act of operators, and empties nothing when it cannot begin', async () => {
    const before = await newest();
    const handler = world.person('handler.hlj.market-regulation');
    const order = { model: MODEL, reason: '试填充（虚构）' };
    await world.post(handler, at('records', 'fills'), order, 403);
    const snapshot = `${at('listing', 'snapshots/listings')}?reason=test`;
    expect((await world.get(handler, snapshot)).status).toBe(403);
    expect((await world.get(operator, at('listing', 'snapshots/listings'))).status).toBe(422); // nobody said why
    expect(
      (await world.get(operator, `${at('listing', 'snapshots/grades')}?reason=test`)).body,
    ).toMatchObject({
      code: 'messaging.no-snapshot',
    });
    expect(
      (await world.post(operator, at('records', 'fills'), { ...order, model: 'no-such' }, 422)).body,
    ).toMatchObject({ code: 'messaging.nothing-to-replay' });
    expect(await newest()).toEqual(before);
  });

  it('while the main job goes on, holds in the end what the topic tells from its first event', async () => {
    let under: Json | undefined;
    const fills: Json[] = [];
    const listings = new Listings();
    let following: Promise<void> | undefined;
    const between = async (step: string): Promise<void> => {
      following ??= listings.follow(); // by now the clock is that of the story
      if (step === 'removal requested') listings.enough = true;
      // What follows reads the file at once: the consumer must not stand still there.
      if (step === 'removal granted') return void (await ended(under!.id));
      if (under && (await newest()).endedAt === null) return;
      under = await fill(`填充演练（虚构）: ${step}`);
      fills.push(under);
    };
    await walkMainJob({ world, receiver, run, between }, wageArrears);
    await following;
    await ended(under!.id);
    await caughtUp();
    expect(fills.length).toBeGreaterThanOrEqual(2);
    const filled = await file();
    expect(filled.length).toBeGreaterThan(0);

    const given = (await world.read(operator, at('listing', 'snapshots'))).items as Json[];
    const replays = (await world.read(operator, at('records', 'replays'))).items as Json[];
    for (const { id } of fills) {
      const { snapshots, filled: subjects, startedBy, reason } = replays.find((each) => each.id === id);
      // The auditor's look: what was filled in is what was given out, to whom and why.
      expect(given).toContainEqual(
        expect.objectContaining({ ...snapshots.listings, givenTo: startedBy, reason, topic: 'listings' }),
      );
      expect(snapshots.listings.subjects).toBe(subjects);
    }

    const rebuild = { mode: 'rebuild', models: [MODEL], reason: '与快照核对（虚构）' };
    const { body } = await world.post(operator, at('records', 'replays'), rebuild, 202);
    await ended(body.id);
    const told = await file();
    expect(filled).toEqual(told);

    const again = await fill('静止时再填充（虚构）');
    const { filled: subjects, overtaken } = await ended(again.id);
    expect(overtaken).toBe(0);
    expect(subjects).toBeGreaterThan(listings.inForce);
    expect(listings.inForce).toBeGreaterThan(0);
    expect(await file()).toEqual(told);
    await expect(world.read(operator, at('records', 'dead-letters'))).resolves.toMatchObject({ items: [] });
    process.stdout.write(
      `credit file filled over HTTP ${fills.length} times while ${listings.inForce} others were listed and one went its whole way, and once after it: ` +
        `${subjects} subjects, ${told.length} entries, each as the topic tells from its start\n`,
    );
  }, 400_000);

  it.each([
    ['credit-file-grades', 'grades', 'file_grade', 'subject_id, model'],
    ['credit-file-discipline', 'discipline', 'file_discipline', 'action_id'],
  ])(
    '%s holds the same, told from the first event and filled from what stands',
    async (model, topic, table, order) => {
      const held = async (): Promise<object[]> =>
        (await records.query(`SELECT * FROM ${table} ORDER BY ${order}`)).rows;
      const rebuild = { mode: 'rebuild', models: [model], reason: '与快照核对（虚构）' };
      await caughtUp();
      const heard = await held();
      const { body } = await world.post(operator, at('records', 'replays'), rebuild, 202);
      await ended(body.id);
      expect(await held()).toEqual(heard);
      const filling = { model, reason: '以快照填充（虚构）' };
      const { id } = (await world.post(operator, at('records', 'fills'), filling, 202)).body;
      const { filled, snapshots } = await ended(id);
      expect(snapshots[topic].subjects).toBe(filled);
      expect(heard.length).toBeGreaterThan(0);
      expect(await held()).toEqual(heard);
    },
    200_000,
  );
});
