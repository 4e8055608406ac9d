import { createHash, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { extractText, getDocumentProxy } from 'unpdf';
import { addDays, Refusal } from '#kernel';
import { Clock, platformActor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, decisionNo, Desk, noticeOn, passed, servedOn, toList } from '../../specs/desk.js';
import { underEnforcement } from '../../specs/fields.js';
import { peopleOf, person } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';
import { CaseChanges } from '../commands/case-changes.js';
import { FollowRecords } from '../commands/follow-records.js';
import type { ListingCase } from '../domain/case/case.js';
import type { Command } from '../domain/case/commands.js';
import { Cases } from '../store/cases.js';
import { Register } from '../store/register.js';
import { RuleBook } from '../store/rule-book.js';
import { Subjects } from '../store/subjects.js';
import { Snapshots } from './snapshots.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
const people = peopleOf('hlj.human-resources');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2024-11-04');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

let cases = 0;
async function opened(name: string): Promise<{ walk: CaseDesk; code: string; subjectId: string }> {
  const { subject, record } = await desk.knownPenalty({ name });
  const walk = await desk.open(people.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'wage.amount-of-crime',
  });
  return { walk, code: subject.code!, subjectId: subject.id };
}

/** By the shortest way onto the register. */
async function listed(name: string, on: string): Promise<Awaited<ReturnType<typeof opened>>> {
  running.moveTo(on);
  const one = await opened(name);
  await one.walk.does(people.handler, 'notice', noticeOn(on));
  running.moveTo(addDays(on, 14));
  await one.walk.does(people.reviewer, 'review', toList);
  await one.walk.does(people.approver, 'approval', { text: '同意' });
  await one.walk.does(people.handler, 'decision', decisionNo(`（虚构）列入决定${++cases}号`));
  await one.walk.does(people.handler, 'service', servedOn(addDays(on, 14)));
  await one.walk.does(people.secrecy, 'publication', passed);
  return one;
}

const search = (query: string) => desk.get(undefined, `/public/listings?${query}`);
const names = async (query: string) => (await search(query)).items.map(({ name }) => name);

interface Standing {
  position: number;
  entryId: string;
  entry: { name: string; termEndsOn: string | null } | null;
}
/** A downstream reader: follows the changes page by page from where it stopped. */
class Follower {
  position = 0;
  readonly held = new Map<string, string>();
  readonly lastDays = new Map<string, string | null>();

  async follow(limit = 2): Promise<void> {
    for (;;) {
      const answer = await desk.get(
        undefined,
        `/public/listings/changes?after=${this.position}&limit=${limit}`,
      );
      for (const { entryId, entry } of answer.items as unknown as Standing[]) {
        this.lastDays.set(entryId, entry?.termEndsOn ?? null);
        if (entry) this.held.set(entryId, entry.name);
        else this.held.delete(entryId);
      }
      this.position = answer['next'] as unknown as number;
      if (answer['upToDate'] === true) return;
    }
  }
}

async function file(): Promise<{
  first: Record<string, unknown>;
  lines: string[];
  last: Record<string, unknown>;
}> {
  const { status, bytes } = await desk.file(undefined, '/public/listings/file');
  expect(status).toBe(200);
  const lines = gunzipSync(bytes).toString('utf8').trimEnd().split('\n');
  const last = JSON.parse(lines.pop()!) as Record<string, unknown>;
  return { first: JSON.parse(lines.shift()!) as Record<string, unknown>, lines, last };
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the public register', () => {
  it('finds a name by any part of two characters, written wide or narrow', async () => {
    const name = '松江示例ABC商贸有限公司（虚构）';
    await listed(name, '2024-11-04');
    for (const part of ['松江', '示例ABC', 'ａｂｃ商贸', '公司(虚构)', '限公']) {
      expect(await names(`name=${encodeURIComponent(part)}`)).toEqual([name]);
    }
    expect(await names(`name=${encodeURIComponent('江松')}`)).toEqual([]);
    // Pairs alone would find it: 商贸 and 贸有 are there, 商贸商贸有 is not.
    expect(await names(`name=${encodeURIComponent('商贸商贸有')}`)).toEqual([]);
  });

  it('shows a day in the past only of those who are still on it', async () => {
    const staying = await listed('黑水示例甲有限公司（虚构）', '2024-12-02');
    const leaving = await listed('黑水示例乙有限公司（虚构）', '2024-12-02');
    const query = `name=${encodeURIComponent('黑水示例')}`;
    expect(await names(`${query}&asOf=2024-12-15`)).toEqual([]);
    expect(await names(`${query}&asOf=2024-12-16`)).toHaveLength(2);
    running.moveTo('2025-02-10');
    await leaving.walk.does(people.approver, 'revocation', { reason: '认定事实有误（虚构）' });
    await running.db.transaction((tx) =>
      tx.query('UPDATE subject SET name = $2 WHERE id = $1', [staying.subjectId, '黑水新名有限公司（虚构）']),
    );
    expect(await names(`${query}&asOf=2025-01-10`)).toEqual(['黑水示例甲有限公司（虚构）']);
  });

  it('shows nobody whose last day is over, also before the sweep comes round', async () => {
    const one = await listed('嫩江示例有限公司（虚构）', '2022-03-01');
    const { termEndsOn } = await one.walk.read();
    const part = `name=${encodeURIComponent('嫩江示例')}`;
    const found = async () => [
      (await names(`code=${one.code}`)).length,
      (await names(part)).length,
      (await names(`${part}&asOf=2022-06-01`)).length,
      (await file()).lines.filter((line) => line.includes('嫩江示例')).length,
      JSON.stringify(await desk.get(undefined, '/public/listings/changes?after=0&limit=1000')).split(
        '嫩江示例',
      ).length - 1,
    ];
    running.moveTo(String(termEndsOn));
    expect(await found()).toEqual([1, 1, 1, 1, 1]);
    running.moveToInstant(new Date(`${addDays(String(termEndsOn), 1)}T00:00:01+08:00`));
    expect(await one.walk.read()).toMatchObject({ status: 'in-force' });
    expect(await found()).toEqual([0, 0, 0, 0, 0]);
    await running.sweep();
    expect(await one.walk.read()).toMatchObject({ status: 'ended' });
    expect(await found()).toEqual([0, 0, 0, 0, 0]);
  });

  it('shows a day in the past of an entry that was taken off and is shown again since', async () => {
    const one = await listed('扎龙示例有限公司（虚构）', '2025-02-10'); // shown from 2025-02-24
    const { state } = await running.app.get(Cases).read(running.db, one.walk.id);
    const shown = state as Extract<ListingCase, { status: 'in-force' }>;
    const off = {
      ...shown,
      publication: { status: 'withheld', on: '2025-04-01', reason: '' },
    } as ListingCase;
    const again = {
      ...shown,
      publication: { status: 'published', publishedOn: '2025-06-02' },
    } as ListingCase;
    const follow = (day: string, before: ListingCase, after: ListingCase): Promise<void> => {
      running.moveTo(day);
      const { list } = running.app.get(RuleBook).rulesFor(after, day);
      return running.db.transaction((tx) => running.app.get(Register).follow(tx, [{ before, after, list }]));
    };
    await follow('2025-04-01', shown, off);
    await follow('2025-06-02', off, again);
    const onThatDay = async (day: string): Promise<number[]> =>
      Promise.all(
        [`code=${one.code}`, `name=${encodeURIComponent('扎龙示例')}`, 'listType=WAGE'].map(
          async (query) =>
            (await search(`${query}&asOf=${day}`)).items.filter(({ entryId }) => entryId === one.walk.id)
              .length,
        ),
      );
    expect(await onThatDay('2025-02-23')).toEqual([0, 0, 0]);
    expect(await onThatDay('2025-02-24')).toEqual([1, 1, 1]);
    expect(await onThatDay('2025-05-01')).toEqual([0, 0, 0]);
    expect(await onThatDay('2025-06-02')).toEqual([1, 1, 1]);
  });

  it('is followed by its changes, and whoever left is told without a name', async () => {
    const reader = new Follower();
    await reader.follow();
    const one = await listed('牡丹示例有限公司（虚构）', '2025-03-03');
    await reader.follow();
    expect(reader.held.get(one.walk.id)).toBe('牡丹示例有限公司（虚构）');
    await one.walk.does(people.approver, 'revocation', { reason: '认定事实有误（虚构）' });
    const from = await desk.get(undefined, '/public/listings/changes?after=0&limit=1000');
    expect(JSON.stringify(from)).not.toContain('牡丹示例');
    await reader.follow();
    expect(reader.held.has(one.walk.id)).toBe(false);
    expect(await desk.get(undefined, `/public/listings/changes?after=${reader.position}`)).toMatchObject({
      items: [],
      upToDate: true,
    });
  });

  it('misses no change of a transaction that commits after later ones', async () => {
    const { subjectId } = await listed('绥芬示例甲有限公司（虚构）', '2025-04-01');
    const other = await listed('绥芬示例乙有限公司（虚构）', '2025-04-01');
    const reader = new Follower();
    let commit = (): void => undefined;
    const held = new Promise<void>((done) => (commit = done));
    let written = (): void => undefined;
    const writing = new Promise<void>((done) => (written = done));
    const slow = running.db.transaction(async (tx) => {
      const { kind, code, region } = (await running.app.get(Subjects).find(tx, subjectId))!;
      const renamed = { id: subjectId, kind, code, region, name: '绥芬改名有限公司（虚构）' };
      const told = running.app.get(Clock).now().toISOString();
      await running.app.get(FollowRecords).subject(tx, renamed, told, platformActor('records'));
      written();
      await held;
    });
    await writing;
    await other.walk.does(people.approver, 'revocation', { reason: '认定事实有误（虚构）' });
    await reader.follow();
    expect([...reader.held.values()]).toContain('绥芬示例甲有限公司（虚构）');
    commit();
    await slow;
    await reader.follow();
    expect([...reader.held.values()]).toContain('绥芬改名有限公司（虚构）');
    expect([...reader.held.values()]).not.toContain('绥芬示例甲有限公司（虚构）');
  });

  it('as one file is complete and checked by its last line; each night its digest is kept', async () => {
    const { first, lines, last } = await file();
    expect(last).toEqual({
      end: true,
      version: first['version'],
      entries: lines.length,
      sha256: sha256(lines.map((line) => `${line}\n`).join('')),
    });
    const shown = (await search('limit=200')).items;
    expect(lines.map((line) => JSON.parse(line) as Record<string, unknown>)).toEqual(
      shown.sort((a, b) => (String(a['entryId']) < String(b['entryId']) ? -1 : 1)),
    );
    running.moveToInstant(new Date('2025-06-02T02:30:00+08:00'));
    await running.sweep();
    const { items } = await desk.get(undefined, '/public/listings/snapshots');
    const whole = await running.app.get(Snapshots).take();
    expect(items[0]).toMatchObject({ version: whole.version, entries: whole.entries, sha256: whole.sha256 });
    const { rows } = await running.db.query<{ due: Date }>(
      `SELECT due_at AS due FROM deadlines.deadline WHERE kind = 'listing.register-snapshot' AND outcome IS NULL`,
    );
    expect(rows.map(({ due }) => due.toISOString())).toEqual(['2025-06-02T18:00:00.000Z']);
  });

  it('can be proven later: the digest of a snapshot follows from the changes up to it', async () => {
    await listed('呼兰示例有限公司（虚构）', '2025-06-03');
    const snapshot = await running.app.get(Snapshots).take();
    running.moveTo('2025-06-20');
    await listed('呼兰另一示例有限公司（虚构）', '2025-07-01');
    const { rows } = await running.db.query<{ entry: string | null }>(
      `SELECT entry FROM (SELECT DISTINCT ON (case_id) case_id, entry::text FROM register_change
         WHERE position <= $1 ORDER BY case_id, id DESC) c WHERE entry IS NOT NULL ORDER BY case_id`,
      [snapshot.version],
    );
    expect(sha256(rows.map(({ entry }) => `${entry}\n`).join(''))).toBe(snapshot.sha256);
    await expect(running.db.query('DELETE FROM register_change')).rejects.toThrow('append-only');
  });
});

describe('whatever is tried with a case', () => {
  const commands: ((today: string) => Command)[] = [
    (today) => ({ type: 'notice', ...noticeOn(today) }) as Command,
    () => ({ type: 'review', ...toList }) as Command,
    () => ({ type: 'approval', text: '同意' }),
    () => ({ type: 'decision', ...decisionNo(`（虚构）列入决定${++cases}号`) }),
    (today) => ({ type: 'service', ...servedOn(today) }) as Command,
    () => ({ type: 'publication', ...passed }) as Command,
    () => ({ type: 'publication', secrecyReview: 'not-passed', text: '涉密（虚构）' }),
    () => ({ type: 'revocation', reason: '认定事实有误（虚构）' }),
    () => ({ type: 'expire' }),
    () => ({ type: 'withdrawal', reason: '终止（虚构）', ground: 'other' }),
  ];
  // Mostly forward, each by another person; now and then something else, or a leap over the whole term.
  const walk = fc.array(
    fc.record({
      step: fc.nat({ max: commands.length - 1 }),
      forward: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
      days: fc.constantFrom(0, 1, 14, 14, 1200),
    }),
    { minLength: 8, maxLength: 16 },
  );

  it('it is found exactly while it is published, and neither search, file nor changes show another', async () => {
    const reader = new Follower();
    const seen = new Set<string>();
    let number = 0;
    let last = '2022-03-01';
    await fc.assert(
      fc.asyncProperty(walk, async (steps) => {
        running.moveTo('2022-03-01');
        const name = `随机示例${++number}号有限公司（虚构）`;
        const { walk: one, code } = await opened(name);
        let day = '2022-03-01';
        let next = 0;
        for (const { step, forward, days } of steps) {
          day = addDays(day, days > 1000 && next < 6 ? 14 : days);
          if (day > '2026-10-01') break;
          running.moveTo(day);
          last = day;
          const command = commands[forward && next < 6 ? next : step]!(day);
          const actor = { ...platformActor('spec'), id: `login-${next}-${step}` };
          try {
            await running.db.transaction((tx) =>
              running.app.get(CaseChanges).change(tx, { id: one.id, actor, command }),
            );
            if (forward) next += 1;
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
          const { state } = await running.app.get(Cases).read(running.db, one.id);
          const published = state.status === 'in-force' && state.publication.status === 'published';
          seen.add(published ? 'published' : 'publication' in state ? state.publication.status : 'undecided');
          const over = 'term' in state && state.term.endsOn !== null && state.term.endsOn < day;
          const found = published && !over ? [name] : [];
          expect(await names(`code=${code}`)).toEqual(found);
          expect(await names(`name=${encodeURIComponent(name)}`)).toEqual(found);
          await reader.follow(50);
          expect(reader.held.has(one.id)).toBe(published);
        }
      }),
      { numRuns: 25 },
    );
    const { lines } = await file();
    expect(lines.map((line) => (JSON.parse(line) as { entryId: string }).entryId).sort()).toEqual(
      [...reader.held.keys()].filter((id) => (reader.lastDays.get(id) ?? last) >= last).sort(),
    );
    expect([...seen]).toEqual(expect.arrayContaining(['published', 'ended', 'undecided']));
  });
});

const court = peopleOf('hlj.court');
const valuesOf = (entry: unknown): string[] =>
  (entry as { fields: { value: string }[] }).fields.map(({ value }) => value);

describe('an entry of the court list', () => {
  it('shows duty, performance and enforcement case as its law says, everywhere alike, and as corrected; the decision is refused without', async () => {
    running.moveTo('2025-03-03');
    const { subject, record } = await desk.knownPenalty({ name: '呼兰示例建材有限公司（虚构）' });
    const performance = underEnforcement.filter(({ code }) => code === 'performance');
    const decided = underEnforcement.map((field) =>
      field.code === 'performance' ? { ...field, value: '部分未履行' } : field,
    );
    const walk = await desk.open(court.handler, {
      listType: 'COURT',
      subjectId: subject.id,
      recordIds: [record.id],
      conductKind: 'court.evasion',
      fields: performance,
    });
    await walk.does(court.handler, 'notice', noticeOn('2025-03-03'));
    await walk.does(court.reviewer, 'review', toList);
    await walk.does(court.approver, 'approval', { text: '同意' });
    const numbered = decisionNo('（虚构）执行决定1号');
    const refused = await walk.try(court.handler, 'decision', { ...numbered, fields: [] });
    expect(refused).toMatchObject({ status: 422, body: { code: 'listing.fields-missing' } });
    expect(JSON.stringify(refused.body)).toContain('尚缺: 法定代表人或者负责人姓名、生效法律文书确定的义务');
    expect(JSON.stringify(refused.body)).toContain('Enforcement case number');
    await walk.does(court.handler, 'decision', { ...numbered, fields: decided });
    await walk.does(court.secrecy, 'publication', passed);

    // What was said otherwise in the decision wins; the name of a person is masked in what everyone sees.
    const whole = decided.map(({ value }) => value);
    const shown = ['李*', ...whole.slice(1)];
    expect(valuesOf(await walk.read())).toEqual(whole);
    expect(valuesOf((await search(`code=${subject.code!}`)).items[0])).toEqual(shown);
    const line = (await file()).lines.map((text) => JSON.parse(text) as { entryId: string });
    expect(valuesOf(line.find(({ entryId }) => entryId === walk.id))).toEqual(shown);
    const told = async (topic: 'listings' | 'public', type: string) =>
      (await running.told(subject.id, topic)).find((event) => event.type.includes(type))!.data;
    expect(valuesOf((await told('public', 'entry-added'))['entry'])).toEqual(shown);
    expect(valuesOf(await told('listings', 'listing.decided'))).toEqual(shown);

    const letters = (await desk.get(court.handler, `/api/listings/${walk.id}/documents`)).items;
    const decision = letters.find(({ kind }) => kind === 'decision')!;
    const path = `/api/listings/${walk.id}/documents/${String(decision['id'])}`;
    const pdf = await getDocumentProxy(new Uint8Array((await desk.file(court.handler, path)).bytes));
    const text = (await extractText(pdf, { mergePages: true })).text.replace(/\s/g, '');
    expect(text).toContain('法定代表人或者负责人姓名：李示例');
    expect(text).toContain('被执行人的履行情况：部分未履行');
    expect(text).toContain('立案时间：2024年11月20日');

    // A correction is everywhere at once, and names of persons are masked in its event, too; the old value is kept.
    running.moveTo('2025-04-01');
    const fields = [
      { code: 'responsible', value: '王示例' },
      { code: 'performance', value: '全部未履行' },
    ];
    const wrong = {
      corrected: { fields: [{ code: 'filed-on', value: '2025-04-02' }] },
      reasons: '录入有误（虚构）',
    };
    expect(await walk.try(court.approver, 'correction', wrong)).toMatchObject({
      status: 422,
      body: { code: 'listing.field-invalid' },
    });
    await walk.does(court.approver, 'correction', { corrected: { fields }, reasons: '录入有误（虚构）' });
    const now = shown.map((value, at) => (at === 0 ? '王*' : at === 2 ? '全部未履行' : value));
    expect(valuesOf(await walk.read())).toEqual(['王示例', ...now.slice(1)]);
    expect(valuesOf((await search(`code=${subject.code!}`)).items[0])).toEqual(now);
    const republished = await told('public', 'entry-corrected');
    expect([republished['correction'], valuesOf(republished['entry'])]).toEqual([1, now]);
    const corrected = await told('listings', 'listing.corrected');
    // The whole as it reads now, so that of two that overtake each other the later is enough.
    expect([corrected['correction'], valuesOf(corrected)]).toEqual([1, now]);
    expect(corrected['changes']).toEqual([
      { field: 'caseField', code: 'responsible', from: '李*', to: '王*' },
      { field: 'caseField', code: 'performance', from: '部分未履行', to: '全部未履行' },
    ]);
    const before = await desk.get(court.handler, `/api/listings/${walk.id}?asOf=2025-03-31`);
    expect(valuesOf(before)).toEqual(whole);

    const key = () => randomUUID();
    const objected = await desk.call(court.handler, 'POST', `/api/listings/${walk.id}/objections`, {
      key: key(),
      body: {
        about: 'content',
        statement: '履行情况有误（虚构）',
        materials: ['履行凭证（虚构）'],
        authorisation: '授权委托书（虚构）',
      },
    });
    expect(objected.status).toBe(201);
    const decide = (code: string, value: string) =>
      desk.call(
        person('approver', 'hlj.court', 'other'),
        'POST',
        `/api/objections/${String(objected.body['id'])}/decision`,
        {
          ...{ key: key(), ifMatch: '"1"' },
          body: {
            outcome: 'upheld',
            reasons: '已部分履行（虚构）',
            corrected: { fields: [{ code, value }] },
          },
        },
      );
    expect(await decide('address', '某街1号（虚构）')).toMatchObject({
      status: 422,
      body: { code: 'listing.field-unknown' },
    });
    expect(await decide('performance', '部分未履行')).toMatchObject({ status: 200 });
    expect(valuesOf(await walk.read())[2]).toBe('部分未履行');
  });
});
