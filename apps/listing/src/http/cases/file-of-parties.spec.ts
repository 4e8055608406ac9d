import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordWithdrawn, subjectRegistered } from '#contracts';
import type { Actor } from '#platform';
import { issueToken, pdfFile, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { v7 as uuidv7 } from 'uuid';
import {
  CaseDesk,
  decisionNo,
  Desk,
  noticeOn,
  passed,
  repairOf,
  servedOn,
  toList,
} from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

/* Employer and legal representative from a clue to their end, and what is handed in for them, over HTTP on PostgreSQL. */

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
const people = peopleOf('hlj.human-resources');

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

async function naturalPerson(): Promise<string> {
  const subject = { ...subjectRegistered.sample.subject, id: uuidv7(), code: null, name: '张*' };
  const known = { ...subject, kind: 'natural-person' as const };
  await running.tell(subjectRegistered, known.id, { subject: known });
  return known.id;
}

async function openFile(
  of: object = {},
): Promise<{ employer: CaseDesk; representative: CaseDesk; codes: string[] }> {
  const { subject, record } = await desk.knownPenalty();
  const personId = await naturalPerson();
  const employer = await desk.open(people.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'wage.amount-of-crime',
    correctionOrdered: { paymentLimit: '2025-02-28' },
    persons: [{ subjectId: personId, capacity: 'legal-representative', bornOn: '1980-05-05' }],
    ...of,
  });
  const { companions } = (await employer.read())['file'] as { companions: string[] };
  return {
    employer,
    representative: new CaseDesk(desk, people.handler, companions[0]!),
    codes: [subject.code!, personId],
  };
}

describe('employer and responsible person', () => {
  it('go one way together, each with its own service, events and end', async () => {
    running.moveTo('2025-03-03');
    const { employer, representative, codes } = await openFile();
    const [code, personId] = codes as [string, string];
    await employer.does(people.handler, 'notice', noticeOn('2025-03-03'));
    expect(await representative.read()).toMatchObject({ status: 'noticed', defenceUntil: '2025-03-10' });
    await representative.does(partyLogin(personId), 'defence', { text: '我已督促支付（虚构）' });
    running.moveTo('2025-03-11');
    await running.sweep();
    await employer.does(people.reviewer, 'review', toList);
    await employer.does(people.approver, 'approval', { text: '同意' });
    await employer.does(people.handler, 'decision', decisionNo('（虚构）列决〔2025〕7号'));
    await employer.does(people.handler, 'service', servedOn('2025-03-11'));
    expect(await representative.read()).toMatchObject({ status: 'decided' });
    running.moveTo('2025-03-14');
    await representative.does(people.handler, 'service', servedOn('2025-03-14'));
    await representative.does(people.secrecy, 'publication', passed);

    const inForce = (await running.told(personId)).find(({ type }) => type.endsWith('listing.in-force.v1'))!;
    expect(inForce.data).toMatchObject({
      inForceOn: '2025-03-14',
      case: { boundWith: { caseId: employer.id, capacity: 'legal-representative' } },
      subject: { kind: 'natural-person', name: '张*' },
    });

    running.moveTo('2025-10-13');
    const alone = await representative.try(partyLogin(personId), 'repairs', repairOf('2025-04-01'));
    expect(alone.body['code']).toBe('listing.removal-employer-only');
    const asked = await employer.try(partyLogin(code), 'repairs', repairOf('2025-04-01'));
    const repairId = asked.body['id'] as string;
    await employer.does(people.handler, `repairs/${repairId}/acceptance`, { accepted: true, text: '齐全' });
    await employer.verifies(people.handler, repairId);
    await employer.does(people.approver, `repairs/${repairId}/decision`, {
      granted: true,
      reasons: '已支付',
    });
    expect(await representative.read()).toMatchObject({
      status: 'ended',
      end: { kind: 'early-removal', endedOn: '2025-10-13' },
      publication: { status: 'ended' },
    });
  });

  it('state each what the list asks for of it, or the decision is made for none (order 54 art. 12)', async () => {
    running.moveTo('2025-03-03');
    const officers = peopleOf('hlj.tax');
    const { subject, record } = await desk.knownPenalty();
    const personId = await naturalPerson();
    const taxpayer = await desk.open(officers.handler, {
      listType: 'TAX',
      subjectId: subject.id,
      recordIds: [record.id],
      conductKind: 'tax.evasion',
      persons: [
        {
          subjectId: personId,
          capacity: 'legal-representative',
          bornOn: '1980-05-05',
          fields: [{ code: 'sex', value: 'female' }],
        },
      ],
    });
    const { companions } = (await taxpayer.read())['file'] as { companions: string[] };
    const bound = new CaseDesk(desk, officers.handler, companions[0]!);
    await taxpayer.does(officers.handler, 'notice', noticeOn('2025-03-03'));
    running.moveTo('2025-03-11');
    await taxpayer.does(officers.reviewer, 'review', toList);
    await taxpayer.does(officers.approver, 'approval', { text: '同意' });
    const number = decisionNo('（虚构）税列决〔2025〕7号');
    const without = await taxpayer.try(officers.handler, 'decision', number);
    expect([without.status, without.body['code'], (await taxpayer.read())['status']]).toEqual([
      422,
      'listing.person-fields-missing',
      'approved',
    ]);
    const persons = [{ listingId: bound.id, fields: [{ code: 'identity-number', value: 'E00000000' }] }];
    const elsewhere = await taxpayer.try(officers.handler, 'decision', { ...number, persons, alone: true });
    expect(elsewhere.body['code']).toBe('listing.person-not-of-file');
    await taxpayer.does(officers.handler, 'decision', { ...number, persons });
    expect((await bound.read())['fields']).toMatchObject([
      { code: 'sex', value: 'female' },
      { code: 'identity-number', value: expect.stringMatching(/\*/) },
    ]);

    // It objects to its own entry, field by field, and is answered so.
    await bound.does(officers.handler, 'service', servedOn('2025-03-11'));
    const wrong = (fields: object[]) =>
      desk.call(partyLogin(personId), 'POST', `/api/listings/${bound.id}/objections`, {
        body: { about: 'content', statement: '记载有误（虚构）', materials: [], asked: { fields } },
        key: randomUUID(),
      });
    const same = await wrong([{ code: 'sex', value: 'female' }]);
    expect([same.status, same.body['code']]).toEqual([409, 'objection.asked-as-it-reads']);
    const objection = await wrong([
      { code: 'sex', value: 'male' },
      { code: 'identity-number', value: 'E12345678' },
    ]);
    const decision = {
      outcome: 'partly-upheld',
      reasons: '护照号码录入有误（虚构）',
      adopted: ['identity-number'],
    };
    const decide = (more: object) =>
      desk.call(
        person('approver', 'hlj.tax', 'another-approver'),
        'POST',
        `/api/objections/${String(objection.body['id'])}/decision`,
        { ifMatch: '"1"', key: randomUUID(), body: { ...decision, ...more } },
      );
    expect((await decide({})).body['code']).toBe('objection.asked-unanswered');
    const decided = await decide({ refused: [{ field: 'sex', reasons: '护照记载为女（虚构）' }] });
    expect(decided.body).toMatchObject({
      status: 'decided',
      decision: {
        answers: [
          { field: 'sex', value: 'male', answer: 'refused', reasons: '护照记载为女（虚构）' },
          { field: 'identity-number', answer: 'adopted' },
        ],
      },
    });
    expect(JSON.stringify(decided.body)).not.toContain('E12345678');
    const { fields } = await bound.read();
    expect(fields).toMatchObject([
      { code: 'sex', value: 'female' },
      { code: 'identity-number', value: 'E12******' },
    ]);
  });

  it('a step that one of them forbids is taken for none', async () => {
    running.moveTo('2025-03-03');
    const { employer, representative } = await openFile();
    await employer.does(people.handler, 'notice', { ...noticeOn('2025-03-03'), alone: true });
    running.moveTo('2025-03-06');
    await representative.does(people.handler, 'notice', noticeOn('2025-03-06'));
    running.moveTo('2025-03-11');
    await running.sweep();
    const refused = await employer.try(people.reviewer, 'review', toList);
    expect([refused.status, refused.body['code']]).toEqual([409, 'listing.defence-open']);
    expect([(await employer.read())['status'], (await representative.read())['status']]).toEqual([
      'silent',
      'noticed',
    ]);
    await employer.does(people.reviewer, 'review', { ...toList, alone: true });
    expect((await representative.read())['status']).toBe('noticed');
  });

  it('are free together when the objection of the employer is upheld, and not when that of the person is', async () => {
    const another = person('approver', 'hlj.human-resources', 'another-approver');
    const objectAndUphold = async (party: Actor, caseId: string) => {
      const filed = await desk.call(party, 'POST', `/api/listings/${caseId}/objections`, {
        body: { about: 'listing', statement: '工资已付清（虚构）', materials: [] },
        key: randomUUID(),
      });
      return desk.call(another, 'POST', `/api/objections/${String(filed.body['id'])}/decision`, {
        ifMatch: '"1"',
        key: randomUUID(),
        body: { outcome: 'upheld', reasons: '经复核成立（虚构）' },
      });
    };
    for (const [by, expected] of [
      ['person', ['in-force', 'ended']],
      ['employer', ['ended', 'ended']],
    ] as const) {
      running.moveTo('2025-03-03');
      const { employer, representative, codes } = await openFile();
      const [code, personId] = codes as [string, string];
      await employer.does(people.handler, 'notice', noticeOn('2025-03-03'));
      running.moveTo('2025-03-11');
      await employer.does(people.reviewer, 'review', toList);
      await employer.does(people.approver, 'approval', { text: '同意' });
      await employer.does(people.handler, 'decision', decisionNo(`（虚构）列决〔2025〕8号（${by}）`));
      for (const one of [employer, representative])
        await one.does(people.handler, 'service', servedOn('2025-03-11'));
      const [party, of] = by === 'person' ? [personId, representative] : [code, employer];
      expect((await objectAndUphold(partyLogin(party), of.id)).status).toBe(200);
      expect([(await employer.read())['status'], (await representative.read())['status']]).toEqual(expected);
      const told = (await running.told(personId)).map(({ type }) => type.split('.').slice(2, 4).join('.'));
      expect(told).toContain('listing.ended');
      expect(await representative.read()).toMatchObject({
        end: { kind: 'corrected', endedOn: '2025-03-11' },
      });
    }
  });

  it('rest on one record, and fall with it', async () => {
    running.moveTo('2025-03-03');
    const { subject, record } = await desk.knownPenalty();
    const personId = await naturalPerson();
    const opening = {
      listType: 'WAGE',
      subjectId: subject.id,
      recordIds: [record.id],
      conductKind: 'wage.amount-of-crime',
      persons: [{ subjectId: personId, capacity: 'legal-representative', bornOn: '1980-05-05' }],
    };
    const employer = await desk.open(people.handler, opening);
    const again = await desk.call(people.handler, 'POST', '/api/listings', {
      body: opening,
      key: randomUUID(),
    });
    expect([again.status, again.body['code']]).toEqual([409, 'listing.record-in-use']);

    const revoked = {
      cause: 'revoked',
      reason: '责令支付决定被撤销（虚构）',
      withdrawnOn: '2025-03-03',
    } as const;
    await running.tell(recordWithdrawn, subject.id, { record, subject, ...revoked });
    const { companions } = (await employer.read())['file'] as { companions: string[] };
    for (const id of [employer.id, companions[0]!]) {
      expect(await new CaseDesk(desk, people.handler, id).read()).toMatchObject({
        status: 'withdrawn',
        withdrawal: { ground: 'basis-lost' },
      });
    }
  });
});

describe('a clue', () => {
  const clue = { source: 'complaint', content: '某工地拖欠工资（虚构）', about: '松江示例（虚构）' };
  const document = {
    no: '（虚构）核查〔2025〕1号',
    issuer: '劳动保障监察',
    title: '核查笔录',
    issuedOn: '2025-03-03',
  };

  it('carries a case once it is verified, and one only', async () => {
    running.moveTo('2025-03-03');
    const { subject } = await desk.knownPenalty();
    const { body } = await desk.call(people.handler, 'POST', '/api/clues', { body: clue, key: randomUUID() });
    const url = `/api/clues/${String(body['id'])}`;
    const opening = {
      listType: 'WAGE',
      subjectId: subject.id,
      conductKind: 'wage.mass-incident',
      clueId: body['id'],
    };
    const open = () =>
      desk.call(people.handler, 'POST', '/api/listings', { body: opening, key: randomUUID() });
    const actions = async (actor = people.handler) => (await desk.get(actor, `${url}/actions`)).items;
    expect(await actions()).toEqual([
      { action: 'answer', to: ['verified', 'dropped'], allowed: true, href: `${url}/answer` },
    ]);
    expect(await actions(people.approver)).toEqual([]);
    expect((await open()).body['code']).toBe('clue.not-verified');
    // Two who answer at once: the second is told that it is answered. Two who open a case on it at once: it carries one.
    const answers = await Promise.all(
      [people.handler, person('handler', 'hlj.human-resources', 'handler.other')].map((actor) =>
        desk.call(actor, 'POST', `${url}/answer`, {
          body: { verified: true, reason: '属实', document },
          ifMatch: '"1"',
          key: randomUUID(),
        }),
      ),
    );
    expect(answers.map((one) => one.body['code'] ?? one.body['status']).sort()).toEqual([
      'clue.answered-already',
      'verified',
    ]);
    expect(await actions()).toEqual([
      { action: 'opening', to: ['used'], allowed: true, href: '/api/listings' },
    ]);
    const both = await Promise.all([open(), open()]);
    const opened = both.find(({ status }) => status === 201)!;
    expect(both.map((one) => one.body['code'] ?? one.body['status']).sort()).toEqual([
      'clue.used-already',
      'proposed',
    ]);
    expect(await actions()).toEqual([]);
    expect(opened.body).toMatchObject({
      status: 'proposed',
      origin: { kind: 'clue' },
      documents: [document],
    });
    expect((await open()).body['code']).toBe('clue.used-already');
    expect(await desk.get(people.handler, url)).toMatchObject({ status: 'used', caseId: opened.body['id'] });
    const elsewhere = await desk.call(peopleOf('hlj.civil-affairs').handler, 'GET', url);
    expect(elsewhere.status).toBe(403);
  });
});

describe('a clue whose law gives it clocks', () => {
  const industry = peopleOf('hlj.industry');
  const housing = peopleOf('hlj.city.230100.housing');
  const science = peopleOf('hlj.science');
  const handIn = async (
    actor: Parameters<Desk['call']>[0],
    more: object,
  ): Promise<Record<string, unknown>> => {
    const told = { source: 'complaint', content: '拖欠工程款（虚构）', about: '松江示例（虚构）', ...more };
    const { body } = await desk.call(actor, 'POST', '/api/clues', { body: told, key: randomUUID() });
    return body;
  };
  const step = (
    actor: Parameters<Desk['call']>[0],
    id: unknown,
    path: string,
    version: number,
    body: object,
  ) =>
    desk.call(actor, 'POST', `/api/clues/${String(id)}/${path}`, {
      ...{ body, key: randomUUID(), ifMatch: `"${version}"` },
    });
  const waiting = async (actor: Parameters<Desk['get']>[0], query = ''): Promise<unknown[]> =>
    (await desk.get(actor, `/api/clues?open=true${query}`)).items.map(({ id, dueOn }) => [id, dueOn]);
  const told = async (id: unknown) =>
    (await running.told(String(id), 'cases')).map(({ type, data }) => [type.split('.')[3], data]);

  it('is handed to the unit that handles it, put off by its head, and told late once, however it is swept', async () => {
    running.moveTo('2026-04-08');
    const general = await handIn(industry.handler, { receivedOn: '2026-04-07' });
    const { id } = await handIn(industry.handler, { kind: 'arrears', receivedOn: '2026-04-07' });
    expect((await step(industry.handler, id, 'forwarding', 1, { to: 'hlj.finance' })).body['code']).toBe(
      'clue.action-not-possible',
    );
    expect(
      (await step(industry.handler, id, 'acceptance', 1, { accepted: true, reason: '受理' })).body,
    ).toMatchObject({
      ...{ status: 'accepted', dueOn: '2026-04-22', dueClock: 'forwarding' },
      clocks: [{ clock: 'forwarding', zh: '转交处理部门', overdue: false, byItself: false }],
    });
    // What has a day comes first, though it came in later.
    expect(await waiting(industry.handler)).toEqual([
      [id, '2026-04-22'],
      [general['id'], null],
    ]);
    const first = await desk.get(industry.handler, '/api/clues?open=true&limit=1');
    expect(await waiting(industry.handler, `&limit=1&after=${first.next}`)).toEqual([[general['id'], null]]);
    expect(await waiting(industry.handler, '&kind=arrears&dueBy=2026-04-21')).toEqual([]);

    running.moveTo('2026-04-23');
    await Promise.all([running.sweep(), running.sweep()]);
    await running.sweep();
    const about = { id, kind: 'arrears', name: '拖欠中小企业款项投诉', receivedOn: '2026-04-07' };
    const late = [
      'overdue',
      { clue: { ...about, department: 'hlj.industry' }, clock: 'forwarding', due: '2026-04-22' },
    ];
    expect(await told(id)).toEqual([late]);
    expect(await waiting(industry.approver, '&overdue=true')).toEqual([[id, '2026-04-22']]);
    expect((await desk.get(industry.handler, '/api/listings/overdue')).items).toEqual([
      {
        department: 'hlj.industry',
        what: 'clue',
        clock: 'forwarding',
        cases: 1,
        oldestDueOn: '2026-04-22',
        daysLate: 1,
      },
    ]);

    const handOn = (to: string) => step(industry.handler, id, 'forwarding', 3, { to });
    expect((await handOn('hlj.nowhere')).body['code']).toBe('clue.unit-unknown');
    expect((await handOn('hlj.city.230100.housing')).body).toMatchObject({
      status: 'handled',
      dueOn: '2026-05-25',
    });
    // Only the unit that has it takes steps; the one that handed it on goes on reading it.
    expect(
      (await step(industry.approver, id, 'extension', 4, { until: '2026-07-01', reasons: '—' })).status,
    ).toBe(403);
    expect((await desk.get(industry.handler, `/api/clues/${String(id)}/actions`)).items).toEqual([]);
    expect((await desk.get(housing.handler, `/api/clues/${String(id)}/actions`)).items).toMatchObject([
      { action: 'feedback', allowed: true },
      { action: 'urging-letter', allowed: true },
      { action: 'interview', allowed: false, why: { code: 'clue.urge-first' } },
      { action: 'answer', allowed: true },
    ]);
    const putOff = (until: string) =>
      step(housing.approver, id, 'extension', 4, { until, reasons: '情况复杂（虚构）' });
    expect((await putOff('2026-07-23')).body).toMatchObject({
      code: 'clue.extension-too-long',
      facts: { until: '2026-07-22' },
    });
    expect(
      (await step(housing.handler, id, 'extension', 4, { until: '2026-07-01', reasons: '—' })).status,
    ).toBe(403);
    expect((await putOff('2026-07-22')).body).toMatchObject({ dueOn: '2026-07-22', dueClock: 'result' });
    running.moveTo('2026-05-26');
    await running.sweep();
    expect(await waiting(housing.handler, '&overdue=true')).toEqual([]);
    // Art. 25 (3): who owes is urged, and pressed once the day of the letter is over; nobody else is told.
    const letter = { letterNo: '（虚构）督办〔2026〕1号', text: '限期反馈（虚构）', answerBy: '2026-05-27' };
    expect((await step(housing.handler, id, 'urging-letter', 5, letter)).status).toBe(200);
    const met = { heldOn: '2026-05-28', with: '主要负责人', minutes: '承诺支付（虚构）' };
    running.moveTo('2026-05-28');
    expect((await step(housing.handler, id, 'interview', 6, met)).status).toBe(200);
    const order = { orderNo: '（虚构）责整1号', text: '支付无争议部分（虚构）', correctBy: '2026-06-30' };
    expect((await step(housing.handler, id, 'correction-order', 7, order)).status).toBe(403);
    expect((await step(housing.approver, id, 'correction-order', 7, order)).body).toMatchObject({
      status: 'handled',
      pressed: [{ what: 'urging-letter' }, { what: 'interview' }, { what: 'correction-order' }],
    });
    const named = { circularNo: '（虚构）通报1号', to: '上级机关', text: '拒不配合（虚构）' };
    expect((await step(housing.approver, id, 'circular', 8, named)).status).toBe(200);
    const toldLate = { receivedOn: '2026-05-28', text: '已付清（虚构）', asPrescribed: true };
    expect((await step(housing.handler, id, 'feedback', 9, toldLate)).status).toBe(200);
    const dropped = { verified: false, reason: '款项已付清（虚构）' };
    expect((await step(housing.handler, id, 'answer', 10, dropped)).body).toMatchObject({
      status: 'dropped',
      dueOn: null,
    });
    running.moveTo('2026-07-23');
    await running.sweep();
    const clue = { ...about, department: 'hlj.city.230100.housing' };
    expect(await told(id)).toEqual([
      late,
      ['forwarded', { clue, from: 'hlj.industry', forwardedOn: '2026-04-23', resultDue: '2026-05-25' }],
      ['answered', { clue, outcome: 'dropped', answeredOn: '2026-05-28', unit: 'hlj.industry' }],
    ]);
    const { items } = await desk.get(industry.handler, '/api/clues?forwarded=true');
    expect(items).toMatchObject([{ id, status: 'dropped', overdue: ['forwarding'] }]);
  });

  it('of research is accepted in its days, and the case that is opened on it counts from there', async () => {
    running.moveTo('2026-04-07');
    expect((await desk.get(science.handler, '/api/clues/kinds')).items).toMatchObject([
      { kind: 'research', list: 'RESEARCH', confirmed: 'text' },
      { kind: 'arrears', list: 'GOV', validFrom: '2025-06-01' },
    ]);
    const ahead = await handIn(science.handler, { kind: 'research', receivedOn: '2026-04-08' });
    expect(ahead).toMatchObject({ code: 'clue.received-ahead', field: 'receivedOn' });
    const { id, dueOn } = await handIn(science.handler, { kind: 'research', source: 'report' });
    expect(dueOn).toBe('2026-04-28');
    running.moveTo('2026-04-28');
    await running.sweep();
    await step(science.handler, id, 'acceptance', 1, { accepted: true, reason: '有可查证线索（虚构）' });
    expect(await waiting(science.handler)).toEqual([[id, '2026-10-28']]);
    running.moveTo('2026-05-06');
    const document = {
      no: '（虚构）调查〔2026〕1号',
      issuer: '科技厅',
      title: '调查报告',
      issuedOn: '2026-05-06',
    };
    await step(science.handler, id, 'answer', 2, { verified: true, reason: '属实（虚构）', document });
    const { subject } = await desk.knownPenalty();
    const opening = {
      listType: 'RESEARCH',
      conductKind: 'research.paper-trade',
      subjectId: subject.id,
      clueId: id,
    };
    const { body } = await desk.call(science.handler, 'POST', '/api/listings', {
      body: opening,
      key: randomUUID(),
    });
    expect(body).toMatchObject({ status: 'proposed', clockFrom: '2026-04-28', decisionDue: '2026-10-28' });
    expect(await told(id)).toEqual([]);
  });
});

describe('files handed in', () => {
  const pdf = pdfFile('（虚构）整改报告');
  const upload = async (actor: Parameters<Desk['call']>[0], caseId: string, name: string, payload: Buffer) =>
    running.app.inject({
      method: 'POST',
      url: `/api/listings/${caseId}/attachments?name=${encodeURIComponent(name)}`,
      headers: {
        authorization: `Bearer ${await issueToken(actor!)}`,
        'content-type': 'application/octet-stream',
      },
      payload,
    });

  it('are known by their bytes: type, digest, once; the name is text and no path', async () => {
    running.moveTo('2025-03-03');
    const { employer, codes } = await openFile();
    await employer.does(people.handler, 'notice', noticeOn('2025-03-03'));
    const party = partyLogin(codes[0]!);
    const sent = (await upload(party, employer.id, '../../etc/整改报告.exe', pdf)).json<{
      id: string;
      digest: string;
    }>();
    expect(sent).toMatchObject({
      mediaType: 'application/pdf',
      name: '../../etc/整改报告.exe',
      size: pdf.length,
    });
    expect((await upload(party, employer.id, 'again.pdf', pdf)).json()).toEqual(sent);
    const heard = await employer.does(party, 'defence', { text: '见附件', attachments: [sent.id] });
    expect(heard['defences']).toMatchObject([{ attachments: [{ id: sent.id, digest: sent.digest }] }]);

    const file = await running.app.inject({
      url: `/api/listings/${employer.id}/attachments/${sent.id}`,
      headers: { authorization: `Bearer ${await issueToken(people.reviewer)}` },
    });
    expect(file.rawPayload.equals(pdf)).toBe(true);
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename="${sent.id}"; filename*=UTF-8''${encodeURIComponent('_.._etc_整改报告.exe.pdf')}`,
    );
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(file.headers['x-content-type-options']).toBe('nosniff');
    expect(file.headers['content-security-policy']).toBe("default-src 'none'; sandbox");

    for (const name of ['\u202egnp.exe', '报告\u0000.pdf', '报告\r\n.pdf', '报'.repeat(201), '']) {
      const refused = await upload(party, employer.id, name, pdf);
      expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
        422,
        'request.field-invalid',
      ]);
    }
  });

  it('of a natural person, and its objections, are looked at for a purpose, and each look is in the log', async () => {
    running.moveTo('2025-03-03');
    const { employer, representative, codes } = await openFile();
    await employer.does(people.handler, 'notice', noticeOn('2025-03-03'));
    const party = partyLogin(codes[1]!);
    const sent = (await upload(party, representative.id, '身份说明.pdf', pdf)).json<{ id: string }>();
    running.moveTo('2025-03-11');
    await employer.does(people.reviewer, 'review', toList);
    await employer.does(people.approver, 'approval', { text: '同意' });
    await employer.does(people.handler, 'decision', decisionNo('（虚构）列决〔2025〕9号'));
    const filed = await desk.call(party, 'POST', `/api/listings/${representative.id}/objections`, {
      body: { about: 'listing', statement: '不是直接责任人员（虚构）', materials: [] },
      key: randomUUID(),
    });
    expect(filed.status).toBe(201);

    const file = `/api/listings/${representative.id}/attachments/${sent.id}`;
    const objection = `/api/objections/${String(filed.body['id'])}`;
    for (const path of [file, objection, `${objection}/history`]) {
      const without = await desk.call(people.reviewer, 'GET', path, { headers: { 'x-purpose': '' } });
      expect([without.status, without.body['code']]).toEqual([428, 'listing.purpose-missing']);
    }
    const purpose = { 'x-purpose': encodeURIComponent('异议处理（虚构）') };
    const read = await desk.file(people.reviewer, file, purpose);
    expect([read.status, read.bytes.equals(pdf)]).toEqual([200, true]);
    expect((await desk.call(people.reviewer, 'GET', objection, { headers: purpose })).status).toBe(200);
    // The person itself needs none for its own file.
    expect((await desk.file(party, file)).status).toBe(200);
    expect((await desk.file(people.reviewer, file.replace(representative.id, employer.id))).status).toBe(404);

    const { rows } = await running.db.query<{ what: string; purpose: string }>(
      'SELECT what, purpose FROM access_log WHERE case_id = $1 AND actor_name = $2 ORDER BY id',
      [representative.id, people.reviewer.name],
    );
    expect(rows).toEqual([
      { what: 'attachment', purpose: '异议处理（虚构）' },
      { what: 'objection', purpose: '异议处理（虚构）' },
    ]);
  });

  it('that are something else, too large, or of another side are refused', async () => {
    running.moveTo('2025-03-03');
    const { employer, codes } = await openFile();
    await employer.does(people.handler, 'notice', noticeOn('2025-03-03'));
    const party = partyLogin(codes[0]!);
    const page = Buffer.concat([pdf, Buffer.from('<script>alert(1)</script>')]);
    const polyglot = await upload(party, employer.id, '报告.pdf', page);
    expect([polyglot.statusCode, polyglot.json<{ code: string }>().code]).toEqual([
      415,
      'attachment.more-inside',
    ]);
    const program = await upload(party, employer.id, '报告.pdf', Buffer.from('MZ program'));
    expect([program.statusCode, program.json<{ code: string }>().code]).toEqual([415, 'attachment.type']);
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, pdf);
    const tooLarge = await upload(party, employer.id, '报告.pdf', large);
    expect([tooLarge.statusCode, tooLarge.json<{ code: string }>().code]).toEqual([
      413,
      'attachment.too-large',
    ]);
    expect((await upload(people.reviewer, employer.id, '报告.pdf', pdf)).statusCode).toBe(403);
    const own = (await upload(people.handler, employer.id, '来信.pdf', pdf)).json<{ id: string }>();
    const taken = await employer.try(party, 'defence', { text: '见附件', attachments: [own.id] });
    expect([taken.status, taken.body['code']]).toEqual([404, 'attachment.not-found']);
    const seen = await desk.get(party, `/api/listings/${employer.id}/attachments`);
    expect(seen.items).toEqual([]);
  });
});

describe('a government body on the court list', () => {
  it('is reported above, and every open answer shows among the actions and the clocks', async () => {
    running.moveTo('2025-03-03');
    const court = peopleOf('hlj.court');
    const { subject } = await desk.knownPenalty({ kind: 'government-body' });
    const listed = await desk.open(court.handler, {
      listType: 'COURT',
      subjectId: subject.id,
      conductKind: 'court.able-refuses',
      documents: [
        {
          no: '（2025）黑01执12号（虚构）',
          issuer: '哈尔滨市中级人民法院',
          title: '执行裁定书',
          issuedOn: '2025-02-10',
        },
      ],
      reason: '依职权',
    });
    await listed.does(court.handler, 'notice', noticeOn('2025-03-03'));
    await listed.does(court.reviewer, 'review', toList);
    await listed.does(court.approver, 'approval', { text: '同意' });
    await listed.does(court.handler, 'decision', decisionNo('（2025）黑01执12号之一（虚构）'));
    expect(await listed.read()).toMatchObject({ oversight: { missing: ['superior', 'audit'] } });
    const letter = {
      letterNo: '（虚构）通报1号',
      to: 'superior',
      unit: 'hlj.finance',
      text: '该单位被纳入失信被执行人名单',
      answerDue: '2025-04-03',
    };
    expect((await listed.try(court.handler, 'letters', { ...letter, unit: 'hlj.nobody' })).body['code']).toBe(
      'listing.addressee-unknown',
    );
    const told = await listed.does(court.handler, 'letters', letter);
    const letterId = (told['oversight'] as { letters: { id: string }[] }).letters[0]!.id;
    const { items } = await desk.get(court.handler, `/api/listings/${listed.id}/actions`);
    expect(items.find(({ action }) => action === 'letter-answer')).toMatchObject({
      href: `/api/listings/${listed.id}/letters/${letterId}/answer`,
    });
    const facts = async () => (await running.told(subject.id)).map(({ type }) => type.split('.')[3]);
    // Two working days before the 3rd: the unit is urged on the 1st, and the case stands in the worklist by that day.
    running.moveTo('2025-03-31');
    await running.sweep();
    expect(await facts()).not.toContain('letter-urged');
    const ofLetter = async () =>
      (await desk.get(court.handler, `/api/listings/${listed.id}/clocks`)).items
        .filter((one) => one['letterId'] === letterId)
        .map(({ clock, dueOn, overdue }) => [clock, dueOn, overdue]);
    expect(await ofLetter()).toEqual([
      ['letter-reminder', '2025-04-01', false],
      ['letter-answer', '2025-04-03', false],
    ]);
    running.moveTo('2025-04-01');
    await running.sweep();
    await running.sweep();
    expect((await facts()).filter((fact) => fact === 'letter-urged')).toHaveLength(1);
    expect(await ofLetter()).toEqual([['letter-answer', '2025-04-03', false]]);
    running.moveTo('2025-04-04');
    await running.sweep();
    expect(await listed.read()).toMatchObject({ overdue: ['letter-answer'] });
    expect(await ofLetter()).toEqual([['letter-answer', '2025-04-03', true]]);
    const overdue = (await running.told(subject.id)).find(({ type }) => type.includes('step-overdue'))!;
    expect(overdue.data).toMatchObject({ due: '2025-04-03', letterNo: letter.letterNo, unit: letter.unit });
    await listed.does(court.handler, `letters/${letterId}/answer`, {
      answeredOn: '2025-04-04',
      text: '已督促',
    });
    expect(await listed.read()).toMatchObject({ overdue: [] });

    // Two more, both late: each is marked and told for itself, and once.
    const late = async () =>
      (await running.told(subject.id)).filter(({ type }) => type.includes('step-overdue')).length;
    for (const [to, answerDue] of [
      ['audit', '2025-04-10'],
      ['superior', '2025-04-11'],
    ])
      await listed.does(court.handler, 'letters', { ...letter, to, answerDue });
    running.moveTo('2025-04-14');
    await running.sweep();
    expect([await late(), (await listed.read())['overdue']]).toEqual([3, ['letter-answer']]);
    const { letters } = (await listed.read())['oversight'] as { letters: { id: string }[] };
    await listed.does(court.handler, `letters/${letters[1]!.id}/answer`, {
      answeredOn: '2025-04-14',
      text: '已审计',
    });
    await running.sweep();
    expect([await late(), (await listed.read())['overdue']]).toEqual([3, ['letter-answer']]);
  });
});
