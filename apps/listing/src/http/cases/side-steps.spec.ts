import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordWithdrawn } from '#contracts';
import type { Actor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, Desk, nextDecision, noticeOn, servedOn, toList } from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

/* Steps beside the main line, over HTTP: who may take them, which bodies are refused, and what they bring about. */

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

const wage = peopleOf('hlj.human-resources');
const court = peopleOf('hlj.court');
const science = peopleOf('hlj.science');
const police = peopleOf('hlj.public-security');
type People = typeof wage;

const documents = [
  {
    no: '（2025）黑01执12号（虚构）',
    issuer: '哈尔滨市中级人民法院',
    title: '执行裁定书',
    issuedOn: '2025-02-10',
  },
];

async function opened(people: People, on: string, opening: object, kind = 'enterprise'): Promise<CaseDesk> {
  running.moveTo(on);
  const { subject, record } = await desk.knownPenalty({ kind: kind as 'enterprise' });
  return desk.open(people.handler, { subjectId: subject.id, recordIds: [record.id], ...opening });
}
const ofWages = (more: object = {}): Promise<CaseDesk> =>
  opened(wage, '2025-03-03', { listType: 'WAGE', conductKind: 'wage.amount-of-crime', ...more });

async function approved(walk: CaseDesk, people: People, notice: object, on: string): Promise<CaseDesk> {
  await walk.does(people.handler, 'notice', notice);
  running.moveTo(on);
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
  return walk;
}
const wagesApproved = async () => approved(await ofWages(), wage, noticeOn('2025-03-03'), '2025-03-11');
const courtApproved = async (conductKind = 'court.evasion', kind = 'enterprise') => {
  const opening = { listType: 'COURT', conductKind, recordIds: [], documents, reason: '申请执行人申请' };
  const walk = await opened(court, '2025-03-03', opening, kind);
  return approved(walk, court, noticeOn('2025-03-03'), '2025-03-03');
};
const researchApproved = async () => {
  const walk = await opened(science, '2026-04-07', {
    listType: 'RESEARCH',
    conductKind: 'research.paper-trade',
    clockFrom: '2026-03-30',
  });
  const notice = { ...noticeOn('2026-04-07'), defenceUntil: '2026-04-14' };
  return approved(walk, science, notice, '2026-04-15');
};
const served = async (walk: CaseDesk, people: People, on: string, more: object = {}) => {
  await walk.does(people.handler, 'decision', { ...nextDecision(), ...more });
  return walk.does(people.handler, 'service', servedOn(on));
};

/** A government body on the court list, of which its level above and audit were told. */
async function toldAbove(): Promise<CaseDesk> {
  const walk = await courtApproved('court.able-refuses', 'government-body');
  await walk.does(court.handler, 'decision', nextDecision());
  for (const to of ['superior', 'audit'])
    await walk.does(court.handler, 'letters', {
      letterNo: `（虚构）通报${to}号`,
      to,
      unit: 'hlj.finance',
      text: '该单位被纳入失信被执行人名单',
      answerDue: '2025-04-10',
    });
  return walk;
}
const interview = { heldOn: '2025-03-03', with: '主要负责人', minutes: '承诺履行（虚构）' };

/** One of two records behind an entry was withdrawn. */
async function questioned(): Promise<CaseDesk> {
  running.moveTo('2025-03-03');
  const { subject, record } = await desk.knownPenalty();
  const { record: other } = await desk.knownPenalty(subject);
  const recordIds = [record.id, other.id];
  const opening = { listType: 'WAGE', conductKind: 'wage.amount-of-crime', subjectId: subject.id, recordIds };
  const walk = await desk.open(wage.handler, opening);
  await served(await approved(walk, wage, noticeOn('2025-03-03'), '2025-03-11'), wage, '2025-03-11');
  const why = { cause: 'revoked' as const, reason: '复议撤销（虚构）', withdrawnOn: '2025-03-11' };
  await running.tell(recordWithdrawn, subject.id, { record, subject, ...why });
  return walk;
}

const STEPS: Record<
  string,
  {
    given: () => Promise<CaseDesk>;
    by: Actor;
    notBy: Actor;
    body: Record<string, unknown>;
    wrong: Record<string, unknown>;
    then: object;
  }
> = {
  extension: {
    given: () => ofWages({ clockFrom: '2025-02-28' }),
    by: wage.approver,
    notBy: wage.handler,
    body: { reason: '案情复杂（虚构）' },
    wrong: { reason: '长'.repeat(1001) },
    then: { status: 'proposed', decisionDue: '2025-04-27', extension: { instead: '2025-03-28' } },
  },
  'clock-start': {
    given: () => ofWages(),
    by: wage.handler,
    notBy: wage.approver,
    body: { from: '2025-02-28', source: '限期支付指令书（虚构）' },
    wrong: { from: '2025-02-30', source: '—' },
    then: { status: 'proposed', clockFrom: '2025-02-28', decisionDue: '2025-03-28' },
  },
  reminder: {
    given: () => ofWages(),
    by: wage.approver,
    notBy: wage.handler,
    body: {
      reminderNo: '（虚构）提醒〔2025〕1号',
      text: '今后应当依法经营',
      minor: true,
      oneOff: true,
      correctedOn: '2025-03-03',
      harmless: true,
    },
    wrong: { correctedOn: '2025-02-30' },
    then: { status: 'reminded' },
  },
  interview: {
    given: toldAbove,
    by: court.handler,
    notBy: court.approver,
    body: interview,
    wrong: { heldOn: '三月三日' },
    then: { status: 'in-force', oversight: { interviews: [{ with: '主要负责人', heldOn: '2025-03-03' }] } },
  },
  'performance-order': {
    given: async () => {
      const walk = await toldAbove();
      await walk.does(court.handler, 'interview', interview);
      return walk;
    },
    by: court.approver,
    notBy: court.handler,
    body: { orderNo: '（虚构）责令〔2025〕1号', performBy: '2025-06-30', text: '支付货款' },
    wrong: { performBy: 20250630 },
    then: { oversight: { order: { no: '（虚构）责令〔2025〕1号', performBy: '2025-06-30' } } },
  },
  'basis-review': {
    given: questioned,
    by: wage.approver,
    notBy: wage.handler,
    body: { outcome: 'falls', reasons: '其余处罚不足以支持列入（虚构）' },
    wrong: { outcome: 'perhaps' },
    then: { status: 'ended', end: { kind: 'revoked', endedOn: '2025-03-11' } },
  },
};

describe.each(Object.entries(STEPS))('%s', (action, { given, by, notBy, body, wrong, then }) => {
  it('is another role’s, refuses what is missing or of wrong form by its field, and does what it says', async () => {
    const walk = await given();
    const before = await walk.read();
    expect((await walk.try(notBy, action, body)).status).toBe(403);
    expect((await walk.try(undefined, action, body)).status).toBe(401);
    const fieldsOf = async (sent: object) => {
      const { status, body: answer } = await walk.try(by, action, sent);
      const errors = answer['errors'] as { field: string }[] | undefined;
      return [status, answer['code'], errors?.map(({ field }) => field)];
    };
    for (const field of Object.keys(body))
      expect(await fieldsOf({ ...body, [field]: undefined })).toEqual([
        422,
        'request.field-invalid',
        [field],
      ]);
    const [field] = Object.keys(wrong);
    expect(await fieldsOf({ ...body, ...wrong })).toEqual([422, 'request.field-invalid', [field]]);
    expect(await walk.read()).toEqual(before);
    await walk.does(by, action, body);
    expect(await walk.read()).toMatchObject(then);
  });
});

describe('a case whose decision clock waits for its day', () => {
  it('stands in a worklist of its own until the day is stated, which is told to the unit', async () => {
    const waiting = async (): Promise<unknown[]> => {
      const { items } = (await desk.get(wage.handler, '/api/listings/worklist?waitsForClock=true')) as {
        items: { id: string }[];
      };
      return items.filter(({ id }) => ids.includes(id));
    };
    const paymentLimit = { correctionOrdered: { paymentLimit: '2025-02-28' } };
    const [walk, withDay] = [await ofWages(), await ofWages(paymentLimit)];
    const ids = [walk.id, withDay.id];
    expect(await waiting()).toMatchObject([{ id: walk.id, waitsForClock: true, dueOn: null }]);
    const state = await walk.does(wage.handler, 'clock-start', {
      from: '2025-02-28',
      source: '限期支付指令书（虚构）',
    });
    expect(await waiting()).toEqual([]);
    const { id } = state['subject'] as { id: string };
    expect((await running.told(id)).at(-1)).toMatchObject({
      type: 'cn.chengxin.listing.decision-clock-started.v1',
      audience: 'restricted',
      data: {
        clockFrom: '2025-02-28',
        instead: null,
        decisionDue: '2025-03-28',
        document: '限期支付指令书（虚构）',
      },
    });
  });
});

const OVERSIGHT_FACTS = ['letter-sent', 'ordered-to-perform', 'held-accountable'];

describe('an order of the ordinance art. 32', () => {
  const order = { orderNo: '（虚构）责令〔2025〕1号', performBy: '2025-06-30', text: '支付货款' };
  const ordered = async (): Promise<CaseDesk> => {
    const walk = await toldAbove();
    await walk.does(court.handler, 'interview', interview);
    await walk.does(court.approver, 'performance-order', order);
    return walk;
  };
  const lastOf = async (walk: CaseDesk, type: string) => {
    const { subject } = await walk.read();
    const told = await running.told((subject as { id: string }).id);
    return told.filter((one) => one.type === `cn.chengxin.listing.${type}.v1`).map(({ data }) => data);
  };
  const clocks = async (walk: CaseDesk) =>
    (await desk.get(court.handler, `/api/listings/${walk.id}/clocks`)).items.map(({ clock }) => clock);

  it('that is missed is marked, told, and answered for with a public promise, which ends its clock', async () => {
    const walk = await ordered();
    const held = { on: '2025-07-10', text: '对主要负责人通报批评（虚构）', promise: '八月底前履行（虚构）' };
    expect((await walk.try(court.approver, 'accountability', held)).body['code']).toBe(
      'listing.order-running',
    );
    running.moveTo('2025-07-10');
    await running.sweep();
    expect((await walk.read())['overdue']).toEqual(['letter-answer', 'performance-order']);
    expect(await lastOf(walk, 'step-overdue')).toContainEqual(
      expect.objectContaining({ clock: 'performance-order', due: '2025-06-30' }),
    );
    expect((await walk.try(court.handler, 'accountability', held)).status).toBe(403);
    await walk.does(court.approver, 'accountability', held);
    expect(await walk.read()).toMatchObject({
      overdue: ['letter-answer'],
      oversight: { accountability: [{ on: '2025-07-10', promise: held.promise }] },
    });
    expect(await clocks(walk)).not.toContain('performance-order');
    const { orderNo, performBy } = order;
    expect(await lastOf(walk, 'held-accountable')).toEqual([
      expect.objectContaining({ orderNo, performBy, heldOn: '2025-07-10', promise: held.promise }),
    ]);
  });

  it('is a paper of its own, as are its letters and accountability, each for whom it is meant', async () => {
    const walk = await ordered();
    running.moveTo('2025-07-10');
    const held = { on: '2025-07-10', text: '通报批评（虚构）', promise: '八月底前履行（虚构）' };
    await walk.does(court.approver, 'accountability', held);
    const papers = async (actor: Actor) =>
      (await desk.get(actor, `/api/listings/${walk.id}/documents`)).items
        .filter(({ fact }) => OVERSIGHT_FACTS.includes(String(fact)))
        .map(({ kind, href }) => [String(kind), String(href)] as const);
    const ours = await papers(court.handler);
    const kinds = ['oversight-letter', 'oversight-letter', 'performance-order', 'accountability'];
    expect(ours.map(([kind]) => kind)).toEqual(kinds);
    const { subject } = await walk.read();
    const party = partyLogin((subject as { code: string }).code);
    expect((await papers(party)).map(([kind]) => kind)).toEqual(kinds.slice(2));
    expect((await papers(person('handler', 'hlj.finance'))).map(([kind]) => kind)).toEqual(kinds.slice(0, 2));
    expect(await papers(person('handler', 'hlj.tax'))).toEqual([]);
    const [, , [, order], [, accountability]] = ours as [
      never,
      never,
      readonly [string, string],
      readonly [string, string],
    ];
    for (const href of [order, accountability]) {
      const first = await desk.file(court.handler, href);
      expect([first.status, first.headers['content-type']]).toEqual([200, 'application/pdf']);
      expect((await desk.file(party, href)).bytes.equals(first.bytes)).toBe(true);
    }
    expect((await desk.file(party, ours[0]![1])).status).toBe(404);
  });

  it('that is performed in time is waited for no longer', async () => {
    const walk = await ordered();
    running.moveTo('2025-06-20');
    const performed = { performedOn: '2025-06-20', text: '货款已付清（虚构）' };
    expect((await walk.try(court.handler, 'order-performed', performed)).status).toBe(403);
    expect((await walk.try(court.approver, 'order-performed', {})).body['code']).toBe(
      'request.field-invalid',
    );
    await walk.does(court.approver, 'order-performed', performed);
    expect(await clocks(walk)).not.toContain('performance-order');
    running.moveTo('2025-07-10');
    await running.sweep();
    expect((await walk.read())['overdue']).toEqual(['letter-answer']);
    expect(await lastOf(walk, 'order-performed')).toEqual([
      expect.objectContaining({ performBy: '2025-06-30', performedOn: '2025-06-20' }),
    ]);
  });
});

describe('a decision', () => {
  const grace = { publication: { status: 'held-back', ground: 'grace', until: '2025-05-03' } };
  termField('graceUntil', courtApproved, court, { graceUntil: '2025-05-03' }, grace, 'listing.grace-length', {
    graceUntil: '2025-03-20',
  });
  const longer = { termEndsOn: '2030-03-03' };
  termField('extraYears', courtApproved, court, { extraYears: 3 }, longer, 'listing.term-extra', {
    extraYears: 4,
  });
  const twoYears = { gravity: 'limited', termMonths: 24 };
  termField(
    'termMonths',
    researchApproved,
    science,
    twoYears,
    { termEndsOn: '2028-04-15' },
    'listing.gravity-needed',
    {
      termMonths: 24,
    },
  );
  const forGood = { gravity: 'grave', permanent: true };
  termField('permanent', researchApproved, science, forGood, { termEndsOn: null }, 'listing.term-twice', {
    ...forGood,
    termMonths: 72,
  });

  /** What is said of the term is taken within the rule, refused beyond it, and refused in form. */
  function termField(
    field: string,
    given: () => Promise<CaseDesk>,
    people: People,
    said: object,
    then: object,
    code: string,
    beyond: object,
  ): void {
    it(`names ${field} only as the rule of the list allows`, async () => {
      const walk = await given();
      const decide = (more: object) => walk.try(people.handler, 'decision', { ...nextDecision(), ...more });
      expect((await decide({ ...said, [field]: { odd: 1 } })).body['code']).toBe('request.field-invalid');
      expect((await decide(beyond)).body['code']).toBe(code);
      await served(walk, people, people === science ? '2026-04-15' : '2025-03-03', said);
      expect(await walk.read()).toMatchObject({ status: 'in-force', ...then });
    });
  }

  it('knows three gravities', async () => {
    const walk = await researchApproved();
    const sent = { ...nextDecision(), gravity: 'terrible', termMonths: 24 };
    expect((await walk.try(science.handler, 'decision', sent)).body).toMatchObject({
      code: 'request.field-invalid',
      errors: [{ field: 'gravity' }],
    });
  });
});

describe('service', () => {
  it.each([
    ['left', '见证人：居委会（虚构）'],
    ['post', 'EMS 1234567890123'],
    ['electronic', '当事人签署的送达地址确认书（虚构）'],
    ['entrusted', '哈尔滨市人力资源和社会保障局（虚构）'],
  ])('%s needs its proof and its day, and takes effect on it', async (way, proof) => {
    const walk = await wagesApproved();
    await walk.does(wage.handler, 'decision', nextDecision());
    const serve = (body: object) => walk.try(wage.handler, 'service', { way, ...body });
    expect((await serve({ servedOn: '2025-03-11' })).body).toMatchObject({
      code: 'listing.service-proof-missing',
      facts: { way },
    });
    expect((await serve({ proof })).body['code']).toBe('listing.service-day-needed');
    expect((await serve({ proof, servedOn: '2025-03-12' })).body['code']).toBe('listing.date-in-future');
    expect((await serve({ proof, servedOn: '2025-03-11' })).status).toBe(200);
    expect(await walk.read()).toMatchObject({
      status: 'in-force',
      inForceOn: '2025-03-11',
      service: { way, servedOn: '2025-03-11', proof },
    });
  });

  it('knows no other way', async () => {
    const walk = await wagesApproved();
    await walk.does(wage.handler, 'decision', nextDecision());
    const pigeon = { way: 'pigeon', servedOn: '2025-03-11', proof: randomUUID() };
    expect((await walk.try(wage.handler, 'service', pigeon)).body).toMatchObject({
      code: 'request.field-invalid',
      errors: [{ field: 'way' }],
    });
  });
});

describe('an objection to a list that has a procedure of its own', () => {
  it('of the court list goes on to the court above once it was rejected, in its ten days, and takes the entry off', async () => {
    const walk = await courtApproved();
    await served(walk, court, '2025-03-03');
    const other = { ...court.approver, id: 'another-approver', name: '另一批准人（虚构）' };
    const object = (receivedOn: string, more: object = {}) =>
      desk.call(court.handler, 'POST', `/api/listings/${walk.id}/objections`, {
        key: randomUUID(),
        body: {
          ...{ about: 'listing', receivedOn, statement: '不应列入（虚构）', materials: [] },
          ...{ authorisation: '授权委托书（虚构）', ...more },
        },
      });
    const decide = (id: unknown, outcome: string) =>
      desk.call(other, 'POST', `/api/objections/${String(id)}/decision`, {
        ...{ key: randomUUID(), ifMatch: '"1"' },
        body: { outcome, reasons: '经审查（虚构）' },
      });
    running.moveTo('2025-03-10');
    const first = await object('2025-03-10');
    expect(await decide(first.body['id'], 'rejected')).toMatchObject({
      status: 200,
      body: { status: 'decided' },
    });
    const review = { of: first.body['id'], court: '上一级人民法院（虚构）', servedOn: '2025-03-11' };
    running.moveTo('2025-03-24');
    const late = await object('2025-03-24', { review });
    expect(late).toMatchObject({ status: 409, body: { code: 'objection.review-too-late' } });
    expect(JSON.stringify(late.body)).toContain('the time to ask for a review was over on 2025-03-21');
    const asked = await object('2025-03-21', { review });
    expect(asked).toMatchObject({
      status: 201,
      body: { status: 'open', review, clocks: [{ clock: 'decision', dueOn: '2025-04-07' }] },
    });
    const waiting = (await desk.get(court.handler, '/api/objections')).items;
    expect(waiting.find(({ id }) => id === asked.body['id'])).toMatchObject({ dueOn: '2025-04-07' });
    // Meanwhile the decision is carried out.
    expect(await walk.read()).toMatchObject({ status: 'in-force' });
    expect((await decide(asked.body['id'], 'upheld')).status).toBe(200);
    expect(await walk.read()).toMatchObject({ status: 'ended', end: { kind: 'corrected' } });
  });

  it('of an intermediate court is reviewed by a person of the court above, in a letter of its own', async () => {
    const below = peopleOf('hlj.city.230100.court');
    const opening = { listType: 'COURT', conductKind: 'court.evasion', recordIds: [], documents };
    const open = await opened(below, '2025-03-03', { ...opening, reason: '申请执行人申请' });
    const walk = await approved(open, below, noticeOn('2025-03-03'), '2025-03-03');
    await served(walk, below, '2025-03-03');
    const file = (more: object) =>
      desk.call(below.handler, 'POST', `/api/listings/${walk.id}/objections`, {
        key: randomUUID(),
        body: {
          ...{ about: 'listing', statement: '已提供充分有效担保（虚构）', materials: [] },
          ...{ authorisation: '授权委托书（虚构）', ...more },
        },
      });
    const step = (actor: Actor, id: unknown, action: string, version: number, body: object) =>
      desk.call(actor, 'POST', `/api/objections/${String(id)}/${action}`, {
        ...{ key: randomUUID(), ifMatch: `"${version}"`, body },
      });
    const other = person('approver', 'hlj.city.230100.court', 'another.judge');
    const first = (await file({})).body['id'];
    await step(other, first, 'decision', 1, { outcome: 'rejected', reasons: '担保不足（虚构）' });
    running.moveTo('2025-03-04');
    const service = await step(below.handler, first, 'service', 2, servedOn('2025-03-04'));
    expect(service).toMatchObject({ status: 200, body: { service: { servedOn: '2025-03-04' } } });

    const review = { of: first, servedOn: '2025-03-04' };
    const asked = (await file({ review })).body;
    expect(asked).toMatchObject({ review: { unit: 'hlj.court', court: '省法院', servedOn: '2025-03-04' } });
    // It is told of it and, when its fifteen days are over, of that; of the objection below it is not.
    const { subject } = (await walk.read()) as unknown as { subject: { id: string } };
    const reviews = async (type: string) =>
      (await running.told(subject.id))
        .filter((event) => event.type === `cn.chengxin.objection.${type}.v1`)
        .map(({ data }) => data['review']);
    const above = { of: first, court: '省法院', unit: 'hlj.court' };
    expect(await reviews('filed')).toEqual([undefined, above]);
    running.moveTo('2025-03-20');
    await running.sweep();
    expect(await reviews('overdue')).toEqual([above]);
    // It waits at the court above, which may act on it, as nobody below may.
    const waiting = (await desk.get(court.approver, '/api/objections')).items;
    expect(waiting.map(({ id }) => id)).toContain(asked['id']);
    const may = async (actor: Actor) =>
      (await desk.get(actor, `/api/objections/${String(asked['id'])}/actions`)).items.find(
        ({ action }) => action === 'decision',
      );
    expect(await may(court.approver)).toMatchObject({ allowed: true });
    expect(await may(other)).toMatchObject({ allowed: false, why: { code: 'objection.decided-above' } });
    const upheld = {
      outcome: 'upheld',
      reasons: '担保充分（虚构）',
      decisionNo: '（2025）黑执复1号（虚构）',
    };
    expect((await step(other, asked['id'], 'decision', 2, upheld)).body['code']).toBe(
      'objection.decided-above',
    );
    expect((await step(court.approver, asked['id'], 'decision', 2, upheld)).status).toBe(200);
    expect(await walk.read()).toMatchObject({ status: 'ended', end: { kind: 'corrected' } });
    const letters = (await desk.get(below.handler, `/api/listings/${walk.id}/documents`)).items;
    const letter = letters.find(({ kind }) => kind === 'review-decision')!;
    expect(letter).toMatchObject({ no: '（2025）黑执复1号（虚构）', title: '复议决定书' });
    const { bytes } = await desk.file(below.handler, String(letter['href']));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const told = await step(court.handler, asked['id'], 'service', 3, servedOn('2025-03-20'));
    expect(told).toMatchObject({ status: 200, body: { service: { way: 'personal' } } });
  });

  it('is asked within its days, keeps the rule of that day, and is refused afterwards with what is left', async () => {
    const walk = await researchApproved();
    await served(walk, science, '2026-04-15', { gravity: 'limited', termMonths: 24 });
    const object = (about: string, receivedOn: string, more: object = {}) =>
      desk.call(science.handler, 'POST', `/api/listings/${walk.id}/objections`, {
        key: randomUUID(),
        body: {
          ...{ about, receivedOn, statement: '数据属实（虚构）', materials: [] },
          authorisation: '授权委托书（虚构）',
          ...more,
        },
      });
    running.moveTo('2026-05-06');
    // 15 calendar days from 15 April; content has no limit and the ordinance's three working days.
    expect(await object('listing', '2026-05-06')).toMatchObject({
      status: 409,
      body: { code: 'objection.filed-too-late', facts: { servedOn: '2026-04-15', lastDay: '2026-04-30' } },
    });
    expect((await object('content', '2026-05-06', { ground: 'anger' })).body).toMatchObject({
      code: 'request.field-invalid',
      errors: [{ field: 'ground' }],
    });
    expect(await object('content', '2026-05-06', { ground: 'obvious-error' })).toMatchObject({
      status: 201,
      body: { ground: 'obvious-error', status: 'open', clocks: [{ clock: 'decision', dueOn: '2026-05-09' }] },
    });
    const review = await object('listing', '2026-04-30');
    expect(review).toMatchObject({
      status: 201,
      body: {
        status: 'filed',
        basis: '科学技术活动违规行为调查处理规定第四十条、第五十二条',
        clocks: [{ clock: 'acceptance', dueOn: '2026-05-11' }],
      },
    });
    const accepted = await desk.call(
      science.handler,
      'POST',
      `/api/objections/${String(review.body['id'])}/acceptance`,
      { key: randomUUID(), ifMatch: '"1"' },
    );
    expect(accepted).toMatchObject({
      status: 200,
      body: { status: 'open', clocks: [{ clock: 'decision', dueOn: '2026-07-06' }] },
    });
    // A suit against the same decision: the review counts as withdrawn (art. 41), the other objection stays open.
    const ended = await desk.call(
      science.handler,
      'POST',
      `/api/objections/${String(review.body['id'])}/termination`,
      { key: randomUUID(), ifMatch: '"2"', body: { begun: 'suit', begunOn: '2026-05-06' } },
    );
    expect(ended).toMatchObject({ status: 200, body: { status: 'withdrawn', begun: 'suit', clocks: [] } });
    expect(await walk.read()).toMatchObject({ status: 'in-force', objections: [{ about: 'content' }] });

    // Asked once more, it is not accepted: by another person than those who decided, with reasons, in writing.
    const again = await object('listing', '2026-04-30');
    const refuse = (actor: Actor) =>
      desk.call(actor, 'POST', `/api/objections/${String(again.body['id'])}/non-acceptance`, {
        ...{ key: randomUUID(), ifMatch: '"1"', body: { reasons: '已经提起行政诉讼（虚构）' } },
      });
    expect((await refuse(science.approver)).body).toMatchObject({ code: 'objection.another-person' });
    expect(await refuse(person('approver', science.handler.department!, 'another.approver'))).toMatchObject({
      status: 200,
      body: { status: 'not-accepted', reasons: '已经提起行政诉讼（虚构）', clocks: [] },
    });
    expect(await walk.read()).toMatchObject({ objections: [{ about: 'content' }] });
    const letters = (await desk.get(science.handler, `/api/listings/${walk.id}/documents`)).items;
    expect(letters.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['objection-terminated', 'objection-not-accepted']),
    );
    const { id: subjectId } = (await walk.read())['subject'] as { id: string };
    const told = (await running.told(subjectId)).map(({ type }) => type.slice('cn.chengxin.'.length));
    expect(told.filter((type) => /terminated|not-accepted|unmarked/.test(type))).toEqual([
      'objection.terminated.v1',
      'objection.unmarked.v1',
      'objection.not-accepted.v1',
      'objection.unmarked.v1',
    ]);
  });

  /** An appeal to an entry of the telecom list, filed on the day of its service. */
  async function appealed() {
    const opening = { listType: 'TELECOM', conductKind: 'telecom.police-finding', clockFrom: '2026-05-28' };
    running.moveTo('2026-06-01');
    const walk = await approved(
      await opened(police, '2026-06-01', opening),
      police,
      noticeOn('2026-06-01'),
      '2026-06-01',
    );
    await served(walk, police, '2026-06-01');
    const { body: appeal } = await desk.call(police.handler, 'POST', `/api/listings/${walk.id}/objections`, {
      key: randomUUID(),
      body: {
        ...{ about: 'listing', statement: '未出借账户（虚构）', materials: [] },
        authorisation: '授权委托书（虚构）',
      },
    });
    return { walk, appeal };
  }

  it('names the material that is needed once, and counts from its receipt', async () => {
    const { walk, appeal } = await appealed();
    const clocks = [
      { clock: 'material', dueOn: '2026-06-04' },
      { clock: 'decision', dueOn: '2026-06-23' },
    ];
    expect(appeal).toMatchObject({ status: 'open', clocks });
    const step = (path: string, version: number, body: object) =>
      desk.call(police.handler, 'POST', `/api/objections/${String(appeal['id'])}/${path}`, {
        ...{ key: randomUUID(), ifMatch: `"${version}"`, body },
      });
    running.moveTo('2026-06-04');
    expect(await step('material-request', 1, { text: '银行流水（虚构）' })).toMatchObject({
      status: 200,
      body: { status: 'open', clocks: [], material: { on: '2026-06-04', receivedOn: null } },
    });
    // The party has it in writing; nothing is due, and the worklist says for what it waits.
    const letters = (await desk.get(police.handler, `/api/listings/${walk.id}/documents`)).items;
    expect(letters.map(({ kind }) => kind)).toContain('objection-material');
    const waiting = (await desk.get(police.handler, '/api/objections')).items;
    expect(waiting.find(({ id }) => id === appeal['id'])).toMatchObject({
      dueOn: null,
      awaiting: { what: 'material', since: '2026-06-04' },
    });
    running.moveTo('2026-06-08');
    expect(await step('material-receipt', 2, { materials: ['银行流水（虚构）'] })).toMatchObject({
      status: 200,
      body: { clocks: [{ clock: 'decision', dueOn: '2026-06-30' }] },
    });
  });

  it('says when nothing can be named any more, and is late with nothing by that', async () => {
    const { appeal } = await appealed();
    running.moveTo('2026-06-05');
    await running.sweep();
    expect(await desk.get(police.handler, `/api/objections/${String(appeal['id'])}`)).toMatchObject({
      clocks: [{ clock: 'decision', dueOn: '2026-06-23' }],
      overdue: [],
    });
  });
});
