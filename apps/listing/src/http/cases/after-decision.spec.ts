import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  disciplineCorrectionApplied,
  gradeCorrectionApplied,
  recordCorrectionApplied,
  type RecordRef,
  recordWithdrawn,
  type SubjectRef,
} from '#contracts';
import type { Actor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import {
  type Answer,
  type CaseDesk,
  decisionNo,
  Desk,
  noticeOn,
  passed,
  repairOf,
  servedOn,
  toList,
} from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { refOf } from '../../../specs/receipts.js';
import { RunningListing } from '../../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
let walk: CaseDesk;
let subject: SubjectRef;
let record: RecordRef;

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2026-04-07');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const unit = 'hlj.human-resources';
const people = peopleOf(unit);
const another = person('approver', unit, 'another.approver');
const party = () => partyLogin(subject.code!);

/** A wage case of the province, in force and published, under order 36. */
beforeEach(async () => {
  running.moveTo('2026-04-07');
  ({ subject, record } = await desk.knownPenalty());
  walk = await desk.open(people.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'wage.amount-of-crime',
    clockFrom: '2026-04-03',
  });
  await walk.does(people.handler, 'notice', noticeOn('2026-04-07'));
  running.moveTo('2026-04-15');
  await running.sweep();
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
  running.moveTo('2026-04-21');
  await walk.does(people.handler, 'decision', decisionNo(`列决${randomUUID()}（虚构）`));
  await walk.does(people.handler, 'service', servedOn('2026-04-21'));
  await walk.does(people.secrecy, 'publication', passed);
});

const told = async (topic?: string): Promise<string[]> =>
  (await running.told(subject.id, topic)).map(({ type }) => type.split('.').slice(2, -1).join('.'));
const onRegister = async () => (await desk.get(undefined, `/public/listings?code=${subject.code}`)).items;

const files = () => `/api/listings/${walk.id}/attachments`;

async function grant(
  request: ReturnType<typeof repairOf> & { aim?: string; rulingNo?: string },
): Promise<string> {
  const handedIn = await desk.handedIn(party(), files(), request.correctedOn);
  const repair = await walk.does(party(), 'repairs', { ...request, handedIn });
  const id = String(repair['id']);
  await walk.does(people.handler, `repairs/${id}/acceptance`, { accepted: true, text: '齐全' });
  await walk.verifies(people.handler, id);
  await walk.does(people.approver, `repairs/${id}/decision`, { granted: true, reasons: '符合条件' });
  return id;
}

/** A step on an objection, naming the version that was read just before. */
async function objectionStep(
  actor: Parameters<Desk['call']>[0],
  objection: Answer['body'],
  path: string,
  body?: object,
): Promise<Answer> {
  const { version } = await desk.get(people.handler, `/api/objections/${String(objection['id'])}`);
  return desk.call(actor, 'POST', `/api/objections/${String(objection['id'])}/${path}`, {
    ifMatch: `"${String(version)}"`,
    key: randomUUID(),
    ...(body ? { body } : {}),
  });
}

async function object(about: string, more: object = {}): Promise<Answer['body']> {
  const answer = await desk.call(party(), 'POST', `/api/listings/${walk.id}/objections`, {
    key: randomUUID(),
    body: { about, statement: '工资已在限期内付清（虚构）', materials: ['银行流水（虚构）'], ...more },
  });
  if (answer.status !== 201) throw new Error(`objection: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

describe('early removal and 信用中国, two clocks', () => {
  it('tells from when each may be asked, refuses too early with the day, and ends them one by one', async () => {
    const eligible = () =>
      desk.get(party(), `/api/listings/${walk.id}/repairs/eligibility?correctedOn=2026-05-05`);
    expect(await eligible()).toMatchObject({
      removal: { from: '2026-11-06', mayAsk: false },
      site: { kind: 'serious', repairableFrom: '2027-04-22', endsOn: '2029-04-21', mayAsk: false },
    });
    const may = async (): Promise<unknown> => {
      const { items } = await desk.get(party(), `/api/listings/${walk.id}/actions`);
      const asks = items.filter(({ action }) => String(action).endsWith('repair-request'));
      return asks.map(({ action, allowed, why }) => [action, allowed, why]);
    };
    const refused = (code: string, facts: object) => expect.objectContaining({ code, facts });
    const site = refused('listing.site-too-early', { eligibleOn: '2027-04-22' });
    // Whoever corrected at once: six months from the listing (order 45).
    expect(await may()).toEqual([
      ['repair-request', false, refused('listing.removal-too-early', { eligibleOn: '2026-10-22' })],
      ['site-repair-request', false, site],
    ]);
    running.moveTo('2026-10-22');
    expect(await may()).toEqual([
      ['repair-request', true, undefined],
      ['site-repair-request', false, site],
    ]);
    running.moveTo('2026-10-09');
    expect((await walk.try(party(), 'repairs', repairOf('2026-05-05'))).body).toMatchObject({
      code: 'listing.removal-too-early',
      facts: { eligibleOn: '2026-11-06' },
    });
    running.moveTo('2026-11-06');
    await grant(repairOf('2026-05-05'));
    expect(await walk.read()).toMatchObject({ status: 'ended', site: { status: 'shown' } });
    expect(
      (await walk.try(party(), 'repairs', { ...repairOf('2026-05-05'), aim: 'site' })).body,
    ).toMatchObject({
      code: 'listing.site-too-early',
      facts: { eligibleOn: '2027-04-22' },
    });
  });

  it('a gap is named once, and told as such', async () => {
    running.moveTo('2026-11-06');
    const handedIn = await desk.handedIn(party(), files(), '2026-05-06');
    const repair = await walk.does(party(), 'repairs', { ...repairOf('2026-05-05'), handedIn });
    await walk.does(people.handler, `repairs/${String(repair['id'])}/acceptance`, {
      accepted: false,
      text: '缺少支付凭证',
    });
    expect((await told()).at(-1)).toBe('listing.removal-incomplete');
  });

  it('false material: the removal is revoked, three years run anew, and the bar shows', async () => {
    running.moveTo('2026-11-06');
    const id = await grant(repairOf('2026-05-05'));
    running.moveTo('2026-12-01');
    const found = { cause: 'false-material', reasons: '支付凭证系伪造（虚构）' };
    expect((await walk.try(people.approver, `repairs/${id}/false-application`, found)).body).toMatchObject({
      code: 'listing.found-false-second-person',
    });
    expect(await walk.does(another, `repairs/${id}/false-application`, found)).toMatchObject({
      status: 'in-force',
      termEndsOn: '2029-12-01',
      site: { status: 'shown', endsOn: '2029-12-01' },
    });
    const letters = (await desk.get(party(), `/api/listings/${walk.id}/documents`)).items;
    expect(letters.map(({ kind }) => kind)).toContain('false-application');
    expect((await told()).slice(-3)).toEqual([
      'listing.false-application',
      'listing.restored',
      'listing.site-publication-started',
    ]);
    expect((await walk.try(party(), 'repairs', repairOf('2026-05-05'))).body).toMatchObject({
      code: 'listing.repair-barred-until',
      facts: { until: '2029-12-01' },
    });
    const { items } = await desk.get(party(), `/api/listings/${walk.id}/actions`);
    for (const action of ['repair-request', 'site-repair-request'])
      expect(items.find((one) => one['action'] === action)).toMatchObject({
        allowed: false,
        why: { code: 'listing.repair-barred-until', facts: { until: '2029-12-01' } },
      });
  });

  it('an approved bankruptcy plan lifts provisionally; off the register, and back when it fails', async () => {
    running.moveTo('2026-05-06');
    await grant({ ...repairOf('2026-04-30'), aim: 'suspension', rulingNo: '（虚构）（2026）黑01破1号之一' });
    expect(await walk.read()).toMatchObject({ status: 'suspended' });
    expect(await onRegister()).toEqual([]);
    expect((await told()).slice(-2)).toEqual(['listing.suspended', 'listing.site-publication-masked']);
    expect(await walk.read()).toMatchObject({ site: { status: 'masked', maskedOn: '2026-05-06' } });
    running.moveTo('2026-08-03');
    await walk.does(people.approver, 'plan-failure', { documentNo: '（虚构）之二', reasons: '不能执行' });
    const [shown] = await onRegister();
    expect((await told()).slice(-2)).toEqual(['listing.restored', 'listing.site-publication-resumed']);
    expect(await walk.read()).toMatchObject({ site: { status: 'shown', endsOn: '2029-04-21' } });
    // The event tells what the register shows: published since the first day, masked in between.
    const again = (await running.told(subject.id, 'public')).at(-1)!.data;
    expect([again['publishedOn'], shown?.['publishedOn']]).toEqual(['2026-04-21', '2026-04-21']);
    expect(await told('public')).toEqual([
      'register.entry-added',
      'register.entry-removed',
      'register.entry-added',
    ]);
  });

  it('a stay of execution lifts the entry everywhere, and back when the decision is upheld', async () => {
    running.moveTo('2026-06-03');
    const ordered = {
      in: 'suit',
      body: '松江铁路运输法院（虚构）',
      orderNo: '（虚构）（2026）黑7101行初1号之一',
      orderedOn: '2026-06-01',
      reasons: '执行会造成难以弥补的损失',
    };
    expect((await walk.try(people.handler, 'stay', ordered)).status).toBe(403);
    const may = async (): Promise<unknown[]> =>
      (await desk.get(people.approver, `/api/listings/${walk.id}/actions`)).items.map(({ action }) => action);
    expect(await may()).toEqual(expect.arrayContaining(['stay']));
    expect(await walk.does(people.approver, 'stay', ordered)).toMatchObject({
      status: 'suspended',
      termEndsOn: '2029-04-21',
      stay: { in: 'suit', orderNo: ordered.orderNo, basis: [{ instrument: '行政诉讼法', article: '56' }] },
    });
    expect(await onRegister()).toEqual([]);
    const lifted = (await running.told(subject.id)).find(({ type }) => type.endsWith('listing.suspended.v1'));
    expect(lifted?.data).toMatchObject({
      because: 'suit',
      rulingNo: ordered.orderNo,
      orderedBy: ordered.body,
    });
    // What lifts it tells which of the ends is offered: that of the stay, and not that of a plan.
    expect(await may()).toEqual(expect.arrayContaining(['stay-end', 'revocation']));
    expect(await may()).not.toEqual(expect.arrayContaining(['plan-failure']));
    running.moveTo('2026-08-10');
    const upheld = {
      why: 'upheld',
      documentNo: '（虚构）（2026）黑7101行初1号',
      endedOn: '2026-08-07',
      reasons: '驳回原告的诉讼请求',
    };
    expect(await walk.does(people.approver, 'stay-end', upheld)).toMatchObject({
      status: 'in-force',
      termEndsOn: '2029-04-21',
      stay: null,
    });
    expect(await onRegister()).toMatchObject([{ publishedOn: '2026-04-21' }]);
    const again = (await running.told(subject.id)).find(({ type }) => type.endsWith('listing.restored.v1'));
    expect(again?.data).toMatchObject({ cause: 'stay-ended', restoredOn: '2026-08-10' });
    expect(await told('public')).toEqual([
      'register.entry-added',
      'register.entry-removed',
      'register.entry-added',
    ]);
  });

  it('a plan carried out ends the entry for good, on its own ruling', async () => {
    running.moveTo('2026-05-06');
    await grant({ ...repairOf('2026-04-30'), aim: 'suspension', rulingNo: '（虚构）（2026）黑01破1号之一' });
    running.moveTo('2026-08-03');
    await walk.does(people.approver, 'plan-completion', { documentNo: '（虚构）之三', reasons: '执行完毕' });
    expect(await walk.read()).toMatchObject({
      status: 'ended',
      end: {
        kind: 'early-removal',
        endedOn: '2026-08-03',
        repair: { ground: 'bankruptcy-plan-completed' },
      },
    });
    expect(await onRegister()).toEqual([]);
    expect(await told()).toContain('listing.ended');
    expect(await told('public')).toEqual(['register.entry-added', 'register.entry-removed']);
    const failed = { documentNo: '（虚构）之二', reasons: '不能执行' };
    expect((await walk.try(people.approver, 'plan-failure', failed)).body).toMatchObject({
      code: 'listing.ended-already',
    });
  });
});

describe('an objection', () => {
  it('marks the entry at once, everywhere; upheld by another person, the entry is off the list as wrong', async () => {
    running.moveTo('2026-06-01');
    const objection = await object('listing');
    expect(objection).toMatchObject({ status: 'open', clocks: [{ clock: 'decision', dueOn: '2026-06-04' }] });
    expect(await walk.read()).toMatchObject({ objections: [{ about: 'listing', since: '2026-06-01' }] });
    expect(await onRegister()).toMatchObject([{ objectionSince: '2026-06-01' }]);
    expect((await told()).slice(-2)).toEqual(['objection.filed', 'objection.marked']);

    const upheld = { outcome: 'upheld', reasons: '经复核,工资已在限期内付清（虚构）' };
    expect((await objectionStep(people.approver, objection, 'decision', upheld)).body).toMatchObject({
      code: 'objection.another-person',
    });
    const decided = await objectionStep(another, objection, 'decision', upheld);
    expect(decided).toMatchObject({ status: 200, body: { status: 'decided' } });
    expect(await walk.read()).toMatchObject({ status: 'ended', end: { kind: 'corrected' }, objections: [] });
    expect(await onRegister()).toEqual([]);
    // The party gets the answer beside the revocation, each under its own number.
    const letters = (await desk.get(party(), `/api/listings/${walk.id}/documents`)).items;
    const numbers = letters.filter(({ fact }) => fact === 'objection-settled' || fact === 'ended');
    expect(numbers.map(({ kind }) => kind).sort()).toEqual(['objection-decision', 'revocation']);
    expect(new Set(numbers.map(({ no }) => no)).size).toBe(2);
    expect(await told()).toEqual(expect.arrayContaining(['objection.decided', 'objection.unmarked']));
    expect((await objectionStep(another, objection, 'decision', upheld)).body).toMatchObject({
      code: 'objection.action-not-possible',
    });
  });

  it('marks the entry in every place where it is read, as long as one is open, and in none afterwards', async () => {
    const since = async (): Promise<Record<string, unknown>> => {
      const { objections } = await walk.read();
      const [byCode, byName] = [`code=${subject.code}`, `name=${encodeURIComponent(subject.name)}&limit=200`];
      const found = async (query: string): Promise<unknown> =>
        (await desk.get(undefined, `/public/listings?${query}`)).items.find(
          ({ code }) => code === subject.code,
        );
      const changed = (await desk.get(undefined, '/public/listings/changes?after=0&limit=1000')).items;
      const { bytes } = await desk.file(undefined, '/public/listings/file');
      const lines = gunzipSync(bytes).toString('utf8').split('\n');
      const line = lines.find((one) => one.includes(subject.code!))!;
      const told = (await running.told(subject.id, 'public')).at(-1)!.data;
      const shown = [
        await found(byCode),
        await found(byName),
        changed.find(({ entryId }) => entryId === walk.id)?.['entry'],
        JSON.parse(line),
        told,
      ] as { objectionSince: string | null }[];
      const [code, name, changes, file, event] = shown.map(({ objectionSince }) => objectionSince);
      return {
        case: (objections as { since: string }[])[0]?.since ?? null,
        code,
        name,
        changes,
        file,
        event,
      };
    };
    const everywhere = (day: string | null) => ({
      ...{ case: day, code: day, name: day, changes: day, file: day, event: day },
    });
    running.moveTo('2026-06-01');
    const content = await object('content', { asked: { reasons: '欠付三十万元（虚构）' } });
    expect(content).toMatchObject({ markedOn: '2026-06-01', markDue: '2026-06-02' });
    expect(await since()).toEqual(everywhere('2026-06-01'));
    running.moveTo('2026-06-02');
    const period = await object('period');
    expect(await since()).toEqual(everywhere('2026-06-01'));
    // The one is withdrawn: the other is still open, since its own day.
    await objectionStep(party(), content, 'withdrawal');
    expect(await since()).toEqual(everywhere('2026-06-02'));
    running.moveTo('2026-06-04');
    const rejected = { outcome: 'rejected', reasons: '期限无误（虚构）' };
    expect((await objectionStep(another, period, 'decision', rejected)).status).toBe(200);
    expect(await since()).toEqual(everywhere(null));
    const letters = (await desk.get(party(), `/api/listings/${walk.id}/documents`)).items;
    expect(letters.map(({ kind }) => kind)).toContain('objection-decision');
  });

  it('to the period, from filing to end: the last day is corrected, and what it said before stays readable', async () => {
    running.moveTo('2026-06-01');
    const objection = await object('period', { asked: { termEndsOn: '2029-03-21' } });
    running.moveTo('2026-06-03');
    const upheld = {
      outcome: 'upheld',
      reasons: '期限计算有误（虚构）',
      corrected: { termEndsOn: '2029-03-21' },
    };
    const decided = await objectionStep(another, objection, 'decision', upheld);
    expect(decided).toMatchObject({
      status: 200,
      body: { status: 'decided', decision: { remedies: expect.stringContaining('行政复议') } },
    });
    expect(await walk.read()).toMatchObject({
      termEndsOn: '2029-03-21',
      objections: [],
      corrections: [
        {
          number: 1,
          on: '2026-06-03',
          objectionId: objection['id'],
          changes: [{ field: 'termEndsOn', from: '2029-04-21', to: '2029-03-21' }],
          awaited: ['records', 'measures', 'grading'],
        },
      ],
    });
    expect(await onRegister()).toMatchObject([{ termEndsOn: '2029-03-21', objectionSince: null }]);
    const clocks = (await desk.get(people.handler, `/api/listings/${walk.id}/clocks`)).items;
    expect(clocks.find(({ clock }) => clock === 'expiry')).toMatchObject({ dueOn: '2029-03-21' });
    expect(
      (await told()).filter((type) => type.startsWith('objection') || type === 'listing.corrected'),
    ).toEqual([
      'objection.filed',
      'objection.marked',
      'objection.decided',
      'objection.unmarked',
      'listing.corrected',
    ]);
  });

  it('to the answer of a repair, from filing to end: accepted, upheld, and the request is decided anew', async () => {
    running.moveTo('2026-11-06');
    const handedIn = await desk.handedIn(party(), files(), '2026-05-05');
    const repair = await walk.does(party(), 'repairs', { ...repairOf('2026-05-05'), handedIn });
    const repairId = String(repair['id']);
    await walk.does(people.handler, `repairs/${repairId}/acceptance`, { accepted: false, text: '缺少凭证' });
    running.moveTo('2026-11-09');
    const objection = await object('repair-result', { repairId, channel: 'credit-site' });
    expect(objection).toMatchObject({
      status: 'filed',
      basis: expect.stringContaining('第十八条'),
      clocks: [{ clock: 'acceptance', dueOn: '2026-11-10' }],
    });
    expect(await onRegister()).toMatchObject([{ objectionSince: '2026-11-09' }]);
    const accepted = await objectionStep(people.handler, objection, 'acceptance');
    expect(accepted.body).toMatchObject({
      status: 'open',
      clocks: [{ clock: 'decision', dueOn: '2026-11-18' }],
    });
    const acceptance = (await running.told(subject.id, 'cases')).at(-1)!;
    expect(acceptance.type).toBe('cn.chengxin.objection.accepted.v1');
    expect(acceptance.data).toMatchObject({ acceptedOn: '2026-11-09', decisionDue: '2026-11-18' });
    // A test stops the clock, and moves the day on which the party is answered.
    running.moveTo('2026-11-10');
    const paused = await objectionStep(people.handler, objection, 'pause', {
      why: 'test',
    });
    expect(paused.status).toBe(200);
    running.moveTo('2026-11-12');
    await objectionStep(people.handler, objection, 'resumption');
    const moved = (await running.told(subject.id, 'cases')).slice(-2);
    expect(moved.map(({ type, data }) => [type.split('.')[3], data])).toMatchObject([
      ['paused', { pausedOn: '2026-11-10', why: 'test' }],
      ['resumed', { resumedOn: '2026-11-12', decisionDue: '2026-11-20' }],
    ]);
    running.moveTo('2026-11-16');
    const upheld = { outcome: 'upheld', reasons: '凭证已经提交（虚构）' };
    expect((await objectionStep(another, objection, 'decision', upheld)).status).toBe(200);
    expect(await walk.read()).toMatchObject({
      status: 'in-force',
      objections: [],
      removalRequest: { id: repairId, status: 'requested' },
    });
    await walk.does(people.handler, `repairs/${repairId}/acceptance`, { accepted: true, text: '齐全' });
    await walk.verifies(people.handler, repairId);
    await walk.does(people.approver, `repairs/${repairId}/decision`, { granted: true, reasons: '符合条件' });
    expect(await walk.read()).toMatchObject({ status: 'ended', end: { kind: 'early-removal' } });
  });

  it('says to each what they may do now and why not otherwise, from its table', async () => {
    running.moveTo('2026-06-01');
    const objection = await object('content', { asked: { reasons: '欠付三十万元（虚构）' } });
    const url = `/api/objections/${String(objection['id'])}`;
    const may = async (actor: Actor) => {
      const { items } = await desk.get(actor, `${url}/actions`);
      return Object.fromEntries(
        items.map(({ action, allowed, why }) => [action, allowed ? true : (why as { code: string }).code]),
      );
    };
    const ofHandler = {
      'help-request': true,
      pause: true,
      resumption: 'objection.not-paused',
      'material-request': 'objection.material-not-nameable',
      'material-receipt': 'objection.material-not-awaited',
      extension: 'objection.not-extensible',
      withdrawal: true,
      termination: 'objection.goes-on',
    };
    expect(await may(party())).toEqual({
      'material-receipt': 'objection.material-not-awaited',
      withdrawal: true,
    });
    expect(await may(people.handler)).toEqual(ofHandler);
    expect(await may(people.approver)).toEqual({ decision: 'objection.another-person' });
    expect(await may(another)).toEqual({ decision: true });

    const question = { unit: 'hlj.finance', question: '是否到账？（虚构）' };
    const asked = await objectionStep(people.handler, objection, 'help-request', question);
    const [help] = asked.body['help'] as { id: string }[];
    const finance = person('handler', 'hlj.finance');
    // Another unit cannot answer in its place: not one that was not asked, nor one that was asked something else.
    const answer = { text: '未申报（虚构）' };
    const tax = person('handler', 'hlj.tax');
    const uninvited = await objectionStep(tax, objection, `help-answer/${help!.id}`, answer);
    expect([uninvited.status, uninvited.body['code']]).toEqual([403, 'request.other-department']);
    await objectionStep(people.handler, objection, 'help-request', { ...question, unit: 'hlj.tax' });
    const crossed = await objectionStep(tax, objection, `help-answer/${help!.id}`, answer);
    expect([crossed.status, crossed.body['code']]).toEqual([404, 'objection.help-unknown']);
    const own = (await desk.get(tax, `${url}/actions`)).items[0]!['href'] as string;
    expect((await objectionStep(tax, objection, own.slice(url.length + 1), answer)).status).toBe(200);
    expect((await desk.get(people.handler, url))['help']).toMatchObject([
      { unit: 'hlj.finance', answer: null },
      { unit: 'hlj.tax', answer: { text: '未申报（虚构）' } },
    ]);
    expect((await desk.get(finance, `${url}/actions`)).items).toEqual([
      { action: 'help-answer', to: ['open'], allowed: true, href: `${url}/help-answer/${help!.id}` },
    ]);
    expect((await desk.get(another, `${url}/actions`)).items).toEqual([
      expect.objectContaining({
        action: 'decision',
        allowed: false,
        why: expect.objectContaining({
          code: 'objection.help-awaited',
          zh: expect.any(String),
          en: expect.any(String),
          cure: expect.any(String),
          facts: { unit: 'hlj.finance', due: '2026-06-03' },
        }),
      }),
    ]);
    expect(
      (
        await objectionStep(another, objection, 'decision', {
          outcome: 'rejected',
          reasons: '不成立（虚构）',
        })
      ).body,
    ).toMatchObject({ code: 'objection.help-awaited' });
  });

  it('to the content, with help of another unit, corrects the entry, and every system confirms', async () => {
    running.moveTo('2026-06-01');
    const objection = await object('content', { asked: { reasons: '欠付三十万元（虚构）' } });
    const asked = await objectionStep(people.handler, objection, 'help-request', {
      unit: 'hlj.finance',
      question: '是否到账？（虚构）',
    });
    expect(asked.body).toMatchObject({
      clocks: [
        { clock: 'decision', dueOn: '2026-06-10' },
        { clock: 'help', dueOn: '2026-06-03' },
      ],
    });
    running.moveTo('2026-06-04');
    await running.sweep();
    expect((await told()).at(-1)).toBe('objection.overdue');
    const [help] = asked.body['help'] as { id: string }[];
    const finance = person('handler', 'hlj.finance');
    await objectionStep(finance, objection, `help-answer/${help!.id}`, { text: '已到账（虚构）' });
    const decided = await objectionStep(another, objection, 'decision', {
      outcome: 'upheld',
      reasons: '经核实（虚构）',
      corrected: { reasons: '欠付三十万元（虚构）' },
    });
    expect(decided.status).toBe(200);
    expect(await onRegister()).toMatchObject([{ reasons: '欠付三十万元（虚构）', objectionSince: null }]);
    expect(await walk.read()).toMatchObject({
      decision: { reasons: '欠付三十万元（虚构）' },
      corrections: [{ number: 1, confirmBy: '2026-06-09', awaited: ['records', 'measures', 'grading'] }],
    });

    const about = refOf(await walk.read());
    const data = { case: about, subject, correction: 1, appliedOn: '2026-06-04' };
    await running.tell(recordCorrectionApplied, subject.id, data);
    await running.tell(disciplineCorrectionApplied, subject.id, data);
    running.moveTo('2026-06-10');
    await running.sweep();
    expect(await walk.read()).toMatchObject({
      overdue: ['correction'],
      corrections: [{ awaited: ['grading'] }],
    });
    const late = async () =>
      (
        (await desk.get(people.handler, '/api/listings/laggards'))['corrections'] as { caseId: string }[]
      ).filter(({ caseId }) => caseId === walk.id);
    const since = { correction: 1, correctedOn: '2026-06-04', confirmBy: '2026-06-09', days: 6 };
    expect(await late()).toEqual([
      { system: 'grading', caseId: walk.id, caseNo: about.no, department: unit, ...since },
    ]);
    await running.tell(gradeCorrectionApplied, subject.id, data);
    expect(await walk.read()).toMatchObject({ overdue: [], corrections: [{ awaited: [] }] });
    expect(await late()).toEqual([]);
    expect((await told()).at(-1)).toBe('listing.correction-spread');
  });

  it('to the term, or a correction of it, is never beyond rule and decision, and none of the one who approved', async () => {
    running.moveTo('2026-06-01');
    const longer = { corrected: { termEndsOn: '2040-01-01' }, reasons: '录入有误（虚构）' };
    const alone = await walk.try(people.approver, 'correction', longer);
    expect([alone.status, alone.body['code']]).toEqual([403, 'listing.correction-second-person']);
    expect((await walk.try(another, 'correction', longer)).body).toMatchObject({
      code: 'listing.correction-beyond-term',
      facts: { latest: '2029-04-21' },
    });
    const objection = await object('period');
    const upheld = { outcome: 'upheld', ...longer };
    const refused = await objectionStep(another, objection, 'decision', upheld);
    expect([refused.status, refused.body['code']]).toEqual([422, 'listing.correction-beyond-term']);
  });

  it('taken down days after its receipt is marked late, and counts as late in the statistics', async () => {
    const share = async (): Promise<unknown> => {
      const url = '/api/listings/statistics?asOf=2026-06-05&listType=WAGE';
      const { requests } = (await desk.get(people.handler, url)) as unknown as {
        requests: { what: string; overdueShare: number }[];
      };
      return requests.find(({ what }) => what === 'entry-objection')?.overdueShare ?? 0;
    };
    running.moveTo('2026-06-05');
    const before = await share();
    const taken = await desk.call(people.handler, 'POST', `/api/listings/${walk.id}/objections`, {
      key: randomUUID(),
      body: {
        ...{ about: 'content', statement: '金额有误（虚构）', materials: [], receivedOn: '2026-06-02' },
        authorisation: '来信（虚构）',
      },
    });
    expect(taken.body).toMatchObject({ markedOn: '2026-06-05', markDue: '2026-06-03', markedLate: true });
    expect(await share()).not.toEqual(before);
  });

  it('that the finder lets lie is marked with its day', async () => {
    running.moveTo('2026-06-01');
    const objection = await object('period');
    running.moveTo('2026-06-05');
    await running.sweep();
    await running.sweep();
    expect(await desk.get(people.handler, `/api/objections/${String(objection['id'])}`)).toMatchObject({
      overdue: ['decision'],
    });
  });
});

describe('a penalty revoked on appeal', () => {
  it('takes the listing and an open objection with it, and leaves no entry', async () => {
    running.moveTo('2026-06-01');
    const objection = await object('listing');
    running.moveTo('2026-06-02');
    await running.tell(recordWithdrawn, subject.id, {
      record,
      subject,
      cause: 'revoked',
      reason: '行政复议决定撤销',
      withdrawnOn: '2026-06-02',
      changedOn: '2026-06-01',
    });
    expect(await walk.read()).toMatchObject({
      status: 'ended',
      end: { kind: 'revoked', removalDue: '2026-06-03' },
      site: { status: 'ended', how: 'undone' },
    });
    expect(await onRegister()).toEqual([]);
    expect(await desk.get(people.handler, `/api/objections/${String(objection['id'])}`)).toMatchObject({
      status: 'lapsed',
    });
  });

  it('after the end of the listing still takes what 信用中国 shows, and tells it', async () => {
    running.moveTo('2026-11-06');
    await grant(repairOf('2026-05-05'));
    expect(await walk.read()).toMatchObject({ status: 'ended', site: { status: 'shown' } });
    running.moveTo('2026-11-20');
    const revoked = { cause: 'revoked', reason: '行政复议决定撤销', withdrawnOn: '2026-11-20' } as const;
    await running.tell(recordWithdrawn, subject.id, { record, subject, ...revoked });
    expect(await walk.read()).toMatchObject({
      status: 'ended',
      end: { kind: 'early-removal' },
      records: [{ withdrawn: true }],
      site: { status: 'ended', how: 'undone', endedOn: '2026-11-20' },
    });
    expect((await told()).at(-1)).toBe('listing.site-publication-ended');
  });
});

// Last, since from here on 2027 is loaded: a fictitious calendar, with what the law itself fixes.
it('counts the days of a request as soon as the calendar comes that they waited for', async () => {
  running.moveTo('2026-12-30');
  const handedIn = await desk.handedIn(party(), files(), '2026-05-05');
  await walk.does(party(), 'repairs', { ...repairOf('2026-05-05'), handedIn });
  const request = async () => (await walk.read())['removalRequest'];
  expect(await request()).toMatchObject({ decisionDue: null });
  const lead = peopleOf('hlj.business-environment');
  const calendar = {
    ...{ year: 2027, holidays: ['2027-01-01', '2027-10-01'], workingWeekends: [] },
    basis: '关于2027年部分节假日安排的通知（虚构）',
  };
  const post = (actor: typeof lead.handler, path: string, more: object) =>
    desk.call(actor, 'POST', `/api/calendars/drafts${path}`, { key: randomUUID(), ...more });
  const { body: draft } = await post(lead.handler, '', { body: calendar });
  await post(lead.approver, `/${String(draft['id'])}/publication`, { body: {}, ifMatch: '"1"' });
  await running.sweep();
  // Order 45: 15 working days from receipt, the first on 12-31.
  expect(await request()).toMatchObject({ decisionDue: '2027-01-21' });
  const { rows } = await running.db.query<{ due_at: Date }>(
    `SELECT due_at FROM deadlines.deadline WHERE kind = 'listing.repair-decision' AND ref = $1 AND outcome IS NULL`,
    [walk.id],
  );
  expect(rows).toEqual([{ due_at: new Date('2027-01-22T00:00:00+08:00') }]);
  running.moveTo('2027-01-22');
  await running.sweep();
  const { items } = await desk.get(people.handler, '/api/listings/overdue');
  expect(items).toContainEqual(
    expect.objectContaining({ clock: 'repair-decision', oldestDueOn: '2027-01-21' }),
  );
});
