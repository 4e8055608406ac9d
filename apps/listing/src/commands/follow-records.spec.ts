import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CaseRef,
  type correctionConfirmations,
  disciplineCorrectionApplied,
  gradeCorrectionApplied,
  listingCorrected,
  listingCorrectionSpread,
  publicEntryCorrected,
  recordAccepted,
  recordCorrectionApplied,
  recordCorrected,
  type RecordRef,
  recordWithdrawn,
  subjectChanged,
  type SubjectRef,
} from '#contracts';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';
import { type CaseDesk, nextDecision, Desk, noticeOn, passed, servedOn, toList } from '../../specs/desk.js';
import { peopleOf, person } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-03-03');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const people = peopleOf('hlj.human-resources');
let subject: SubjectRef;
let record: RecordRef;
let walk: CaseDesk;
const opening = () => ({
  listType: 'WAGE',
  subjectId: subject.id,
  recordIds: [record.id],
  conductKind: 'wage.mass-incident',
});

beforeEach(async () => {
  running.moveTo('2025-03-03');
  ({ subject, record } = await desk.knownPenalty());
  walk = await desk.open(people.handler, opening());
});

async function published(): Promise<void> {
  await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
  running.moveTo('2025-03-11');
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
  await walk.does(people.handler, 'decision', nextDecision());
  await walk.does(people.handler, 'service', servedOn('2025-03-11'));
  await walk.does(people.secrecy, 'publication', passed);
}

const shownTo = async (query: string) =>
  (await desk.get(undefined, `/public/listings?code=${subject.code}${query}`)).items;

const withdrawn = () =>
  running.tell(recordWithdrawn, subject.id, {
    record,
    subject,
    cause: 'revoked',
    reason: '行政复议决定撤销',
    withdrawnOn: '2025-03-11',
  });

describe('a record that falls away', () => {
  it('revokes the listing that rests on it, in the name of who withdrew it', async () => {
    await published();
    // The day before is over, and so is a snapshot of the day on which it stood.
    running.moveTo('2025-03-13');
    expect(await shownTo('&asOf=2025-03-12')).toHaveLength(1);
    await withdrawn();
    expect(await walk.read()).toMatchObject({
      status: 'ended',
      end: { kind: 'revoked', endedOn: '2025-03-13' },
      publication: { status: 'ended' },
    });
    // No bad record is left: not today, not of the days on which it stood, in no file and in no change.
    for (const day of ['', '&asOf=2025-03-11', '&asOf=2025-03-12', '&asOf=2025-03-13'])
      expect([day, await shownTo(day)]).toEqual([day, []]);
    const file = gunzipSync((await desk.file(undefined, '/public/listings/file')).bytes).toString();
    const changes = JSON.stringify(await desk.get(undefined, '/public/listings/changes?after=0&limit=1000'));
    expect(file).toContain('"entries"');
    for (const told of [file, changes]) expect(told).not.toContain(subject.code);
    expect((await running.told(subject.id)).at(-2)).toMatchObject({
      type: 'cn.chengxin.listing.ended.v1',
      actor: 'system:system.elsewhere@hlj.data',
    });
    await withdrawn();
    expect(
      (await running.told(subject.id)).filter(({ type }) => type === 'cn.chengxin.listing.ended.v1'),
    ).toHaveLength(1);
  });

  it('withdraws a case that is not decided', async () => {
    await withdrawn();
    expect(await walk.read()).toMatchObject({ status: 'withdrawn', withdrawal: { ground: 'basis-lost' } });
  });

  it('carries no case any more; the record of a revoked listing may carry a new one only if it stands', async () => {
    await withdrawn();
    const again = await desk.call(people.handler, 'POST', '/api/listings', {
      body: opening(),
      key: randomUUID(),
    });
    expect(again.body).toMatchObject({ code: 'listing.record-withdrawn' });
  });

  it('stays withdrawn whatever older word comes later', async () => {
    await withdrawn();
    await running.tell(recordAccepted, subject.id, { record, subject }, new Date('2025-03-01T00:00:00Z'));
    const again = await desk.call(people.handler, 'POST', '/api/listings', {
      body: opening(),
      key: randomUUID(),
    });
    expect(again.body).toMatchObject({ code: 'listing.record-withdrawn' });
  });
});

it('a withdrawn case gives its record free for a new one', async () => {
  await walk.does(people.handler, 'withdrawal', { reason: '立案有误', ground: 'opened-by-mistake' });
  expect(await (await desk.open(people.handler, opening())).read()).toMatchObject({ status: 'proposed' });
});

describe('a corrected record', () => {
  it('is shown by its cases as it now stands', async () => {
    const corrected = { ...record, documentNo: '更正后的文号（虚构）', decidedOn: '2025-02-21' };
    const data = { record: corrected, subject, reason: '录入有误', changed: ['documentNo'] };
    await running.tell(recordCorrected, subject.id, data);
    expect(await walk.read()).toMatchObject({
      version: 2,
      records: [{ documentNo: '更正后的文号（虚构）', decidedOn: '2025-02-21' }],
    });
    const publishedUntil = '2025-08-21';
    const shorter = { ...data, record: { ...corrected, publishedUntil }, changed: ['publishedUntil'] };
    await running.tell(recordCorrected, subject.id, shorter);
    expect(await walk.read()).toMatchObject({ version: 2 });
  });

  it('whose document is the same, but the fine or the conduct another, brings its cases before a person', async () => {
    await published();
    const milder = { ...record, fineYuan: 5_000, conduct: '逾期支付工资（虚构）' };
    const changed = ['fineYuan', 'conduct'];
    await running.tell(recordCorrected, subject.id, { record: milder, subject, reason: '录入有误', changed });
    expect(await walk.read()).toMatchObject({
      status: 'in-force',
      basisQuestions: [{ recordId: record.id, change: 'corrected', due: '2025-03-12' }],
    });
    const other = person('reviewer', 'hlj.human-resources', 'reviewer.second');
    await walk.does(other, 'basis-review', { outcome: 'falls', reasons: '不足以列入（虚构）' });
    expect(await walk.read()).toMatchObject({ status: 'ended', end: { kind: 'revoked' } });
  });
});

describe('a subject', () => {
  it('that is renamed is listed under its new name, everywhere', async () => {
    await published();
    const renamed = { ...subject, name: '松江新名商贸有限公司（虚构）' };
    await running.tell(subjectChanged, subject.id, { subject: renamed, changed: ['name'] });
    expect(await walk.read()).toMatchObject({ subject: { name: renamed.name } });
    expect((await desk.get(undefined, `/public/listings?code=${subject.code}`)).items).toMatchObject([
      { name: renamed.name },
    ]);
    await walk.does(people.approver, 'revocation', { reason: '—' });
    expect((await running.told(subject.id)).at(-1)!.data).toMatchObject({ subject: { name: renamed.name } });
  });

  it('whose name is corrected has its entry told with its version, which each holder of a copy confirms', async () => {
    await published();
    const names = [subject.name, '松江新名商贸有限公司（虚构）', '松江又新名商贸有限公司（虚构）'];
    const named = (name: string) =>
      running.tell(subjectChanged, subject.id, { subject: { ...subject, name }, changed: ['name'] });
    const told = async (type: string, topic: string) =>
      (await running.told(subject.id, topic)).filter((event) => event.type === type).map(({ data }) => data);
    const confirm = async (correction: number, ...by: (typeof correctionConfirmations)[number][]) => {
      const { case: about } = (await told(listingCorrected.type, 'listings'))[0]!;
      const data = { case: about as unknown as CaseRef, subject, correction, appliedOn: '2025-03-11' };
      for (const contract of by) await running.tell(contract, subject.id, data);
    };
    const awaited = async () =>
      ((await walk.read())['corrections'] as unknown as { awaited: string[] }[]).map((one) => one.awaited);

    await named(names[1]!);
    await named(names[1]!);
    expect(await told(listingCorrected.type, 'listings')).toMatchObject([
      {
        subject: { name: names[1] },
        correction: 1,
        changes: [{ field: 'subjectName', from: names[0], to: names[1] }],
        confirmBy: '2025-03-14',
      },
    ]);
    await confirm(1, disciplineCorrectionApplied, gradeCorrectionApplied);
    expect(await awaited()).toEqual([['records']]);
    await named(names[2]!);
    expect(await told(publicEntryCorrected.type, 'public')).toMatchObject([
      { entry: { name: names[1] }, correction: 1 },
      { entry: { name: names[2] }, correction: 2 },
    ]);

    // Late, and of what the entry read before: it is no word on what it reads now.
    await confirm(1, recordCorrectionApplied);
    const all = ['records', 'measures', 'grading'];
    expect(await awaited()).toEqual([[], all]);
    expect(await told(listingCorrectionSpread.type, 'listings')).toMatchObject([{ correction: 1 }]);
    await confirm(2, gradeCorrectionApplied);
    await confirm(3, recordCorrectionApplied);
    running.moveTo('2025-03-17');
    await running.sweep();
    const late = async () =>
      ((await desk.get(people.handler, '/api/listings/laggards'))['corrections'] as { caseId: string }[])
        .filter(({ caseId }) => caseId === walk.id)
        .map(({ caseId: _, ...laggard }) => laggard);
    const since = { correction: 2, correctedOn: '2025-03-11', confirmBy: '2025-03-14', days: 6 };
    expect(await late()).toMatchObject([
      { system: 'records', ...since },
      { system: 'measures', ...since },
    ]);
    await confirm(2, recordCorrectionApplied, disciplineCorrectionApplied);
    expect([await awaited(), await late()]).toEqual([[[], []], []]);
    expect(await told(listingCorrectionSpread.type, 'listings')).toMatchObject([
      { correction: 1 },
      { correction: 2 },
    ]);
  });

  it('is known from its first record, and older words do not undo newer ones', async () => {
    const other = { ...subject, id: uuidv7(), name: '新名（虚构）' };
    await running.tell(recordAccepted, other.id, { record: { ...record, id: uuidv7() }, subject: other });
    await running.tell(
      subjectChanged,
      other.id,
      { subject: { ...other, name: '旧名（虚构）' }, changed: ['name'] },
      new Date('2020-01-01T00:00:00Z'),
    );
    const { rows } = await running.db.query('SELECT name FROM subject WHERE id = $1', [other.id]);
    expect(rows).toEqual([{ name: '新名（虚构）' }]);
  });

  it('who is a natural person is published masked, without code, and not found by name', async () => {
    const known = await desk.knownPenalty({ kind: 'natural-person', code: null, name: '张*' });
    ({ subject, record } = known);
    running.moveTo('2025-03-03');
    walk = await desk.open(people.handler, { ...opening(), bornOn: '1980-01-01' });
    await published();
    const shown = (await desk.get(undefined, '/public/listings')).items.filter(
      ({ entryId }) => entryId === walk.id,
    );
    expect(shown).toMatchObject([{ name: '张*', code: null, reasons: '' }]);
    expect((await desk.get(undefined, `/public/listings?name=${encodeURIComponent('张*')}`)).items).toEqual(
      [],
    );
    const [added] = await running.told(subject.id, 'public');
    expect(added!.data).toMatchObject({ entry: { name: '张*', code: null } });
  });
});
