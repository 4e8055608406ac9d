import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordWithdrawn, type RecordRef, type SubjectRef } from '#contracts';
import type { Actor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type Answer, Desk } from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

/* Objections to a penalty that carries no listing (ordinance art. 39, order 36 art. 18), over HTTP on PostgreSQL. */

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
let subject: SubjectRef;
let record: RecordRef;

const unit = 'hlj.city.230100.housing';
const people = peopleOf(unit);
const above = person('approver', 'hlj.housing');
const party = () => partyLogin(subject.code!);

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2026-06-01');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});
beforeEach(async () => {
  running.moveTo('2026-06-01');
  const known = await desk.knownPenalty(
    {},
    {
      documentNo: '（虚构）哈建罚〔2026〕7号',
      decidedOn: '2026-02-27',
      severity: 'general',
      publishedUntil: '2029-02-27',
      provider: unit,
    },
  );
  [subject, record] = [known.subject, known.record];
});

const object = (actor: Actor, change: object = {}): Promise<Answer> =>
  desk.call(actor, 'POST', '/api/objections', {
    body: {
      recordId: record.id,
      about: 'content',
      statement: '文号录入有误（虚构）',
      materials: ['处罚决定书（虚构）'],
      asked: { documentNo: '（虚构）哈建罚〔2026〕17号' },
      ...change,
    },
    key: randomUUID(),
  });

async function step(
  actor: Actor,
  id: string,
  action: string,
  body: object,
  of: 'objections' | 'repairs' = 'objections',
): Promise<Answer> {
  const { version } = await desk.get(people.handler, `/api/${of}/${id}`);
  return desk.call(actor, 'POST', `/api/${of}/${id}/${action}`, {
    body,
    ifMatch: `"${String(version)}"`,
    key: randomUUID(),
  });
}
const told = async () =>
  (await running.told(subject.id)).map(({ type, data }) => ({
    type: type.split('.').slice(2, -1).join('.'),
    data: data as Record<string, unknown>,
  }));
const facts = async (): Promise<string[]> => (await told()).map(({ type }) => type);

describe('an objection to a bare penalty', () => {
  it('is marked at once, decided in three working days by the finder, and the right text is told', async () => {
    const filed = await object(party());
    expect(filed).toMatchObject({
      status: 201,
      body: {
        status: 'open',
        department: unit,
        recordId: record.id,
        markedOn: '2026-06-01',
        markDue: '2026-06-02',
        clocks: [{ clock: 'decision', dueOn: '2026-06-04' }],
      },
    });
    expect(await facts()).toEqual(['objection.record-filed', 'objection.record-marked']);
    expect((await object(party())).body['code']).toBe('objection.same-open');
    const id = filed.body['id'] as string;
    const waiting = (actor: Actor) => desk.get(actor, '/api/objections?limit=200');
    expect((await waiting(people.handler)).items.at(-1)).toEqual({
      id,
      about: 'content',
      status: 'open',
      recordId: record.id,
      documentNo: record.documentNo,
      department: unit,
      receivedOn: '2026-06-01',
      dueOn: '2026-06-04',
      dueClock: 'decision',
      awaiting: null,
      overdue: [],
      markedLate: false,
      clocks: [
        {
          clock: 'decision',
          dueOn: '2026-06-04',
          helpId: null,
          overdue: false,
          zh: '作出异议处理决定',
          en: 'the objection must be decided',
          byItself: false,
        },
      ],
      version: 1,
    });
    expect((await waiting(party())).items).toEqual([]);
    const { items } = await desk.get(people.approver, `/api/objections/${id}/actions`);
    expect(items.map(({ action, allowed }) => [action, allowed])).toEqual([['decision', true]]);

    const wrongField = { outcome: 'upheld', reasons: '—', corrected: { decisionNo: '—' } };
    expect((await step(people.approver, id, 'decision', wrongField)).body['code']).toBe(
      'objection.field-not-correctable',
    );
    const right = { documentNo: '（虚构）哈建罚〔2026〕17号' };
    const decided = await step(people.approver, id, 'decision', {
      outcome: 'upheld',
      reasons: '文号录入有误（虚构）',
      corrected: right,
    });
    expect(decided).toMatchObject({ status: 200, body: { status: 'decided', clocks: [] } });
    expect((await facts()).slice(2)).toEqual([
      'objection.record-decided',
      'objection.record-upheld',
      'objection.record-unmarked',
    ]);
    const upheld = (await told()).find(({ type }) => type === 'objection.record-upheld')!;
    expect(upheld.data).toMatchObject({
      corrected: right,
      recordObjection: { record: { id: record.id, documentNo: record.documentNo } },
    });
    expect((await desk.get(party(), `/api/objections?recordId=${record.id}`)).items).toHaveLength(1);
  });

  it('shows who of the finder acted to the finder alone; to the party and a helping unit it acts as a department', async () => {
    const id = (await object(party())).body['id'] as string;
    const question = { unit: 'hlj.finance', question: '是否缴清？（虚构）' };
    await step(people.handler, id, 'help-request', question);
    const read = async (actor: Actor): Promise<string> =>
      JSON.stringify([
        await desk.get(actor, `/api/objections/${id}`),
        await desk.get(actor, `/api/objections/${id}/history`),
        ...(actor.department === 'hlj.finance'
          ? []
          : [await desk.get(actor, `/api/objections?recordId=${record.id}`)]),
      ]);
    const { name } = people.handler;
    expect(await read(people.approver)).toContain(name);
    for (const outside of [party(), person('handler', 'hlj.finance')]) {
      const seen = await read(outside);
      expect(seen).not.toContain(name);
      expect(seen).toContain(unit);
      expect(seen).toContain('help-requested');
    }
  });

  it('takes seven with help of another unit, which reads and answers it; late, it is marked', async () => {
    const id = (await object(party())).body['id'] as string;
    const question = { unit: 'hlj.finance', question: '是否缴清？（虚构）' };
    const asked = await step(people.handler, id, 'help-request', question);
    expect(asked.body['clocks']).toMatchObject([
      { clock: 'decision', dueOn: '2026-06-10' },
      { clock: 'help', dueOn: '2026-06-03' },
    ]);
    const finance = person('handler', 'hlj.finance');
    const waiting = async (actor: Actor, query = '') =>
      (await desk.get(actor, `/api/objections?${query}`)).items.map((one) => [one['id'], one['dueOn']]);
    expect(await waiting(finance)).toContainEqual([id, '2026-06-03']);
    expect(await waiting(finance, 'dueBy=2026-06-02')).not.toContainEqual([id, '2026-06-03']);
    running.moveTo('2026-06-04');
    await running.sweep();
    expect((await facts()).at(-1)).toBe('objection.record-overdue');
    const late = async (actor: Actor) => (await desk.get(actor, '/api/listings/overdue')).items;
    const line = { what: 'objection', clock: 'help', oldestDueOn: '2026-06-03', daysLate: 1 };
    expect(await late(finance)).toContainEqual({ ...line, department: 'hlj.finance', cases: 2 });
    expect(await late(people.handler)).not.toContainEqual(expect.objectContaining({ clock: 'help' }));
    const [help] = asked.body['help'] as { id: string }[];
    const answer = { text: '已缴清（虚构）' };
    const wrong = await step(person('handler', 'hlj.tax'), id, `help-answer/${help!.id}`, answer);
    expect([wrong.status, wrong.body['code']]).toEqual([403, 'request.other-department']);
    const given = await step(person('handler', 'hlj.finance'), id, `help-answer/${help!.id}`, answer);
    expect(given).toMatchObject({ status: 200, body: { overdue: [] } });
    expect(await waiting(finance)).not.toContainEqual([id, '2026-06-03']);
    // It was late once, and stays counted.
    const { requests } = await desk.get(people.handler, '/api/listings/statistics?by=list');
    expect(requests).toEqual([{ what: 'objection', requests: 3, overdueShare: 0.6667 }]);
    const rejected = { outcome: 'rejected', reasons: '记载无误（虚构）' };
    expect((await step(people.handler, id, 'decision', rejected)).status).toBe(403);
    expect((await step(above, id, 'decision', rejected)).status).toBe(200);
    expect((await facts()).slice(-2)).toEqual(['objection.record-decided', 'objection.record-unmarked']);
  });

  it('to the period stays between the shortest and the longest (order 58: 3 months to 3 years)', async () => {
    const until = (publishedUntil: string) => object(party(), { about: 'period', asked: { publishedUntil } });
    for (const day of ['2026-05-26', '2029-02-28'])
      expect((await until(day)).body).toMatchObject({
        code: 'objection.period-beyond',
        facts: { earliest: '2026-05-27', latest: '2029-02-27' },
      });
    const filed = await until('2028-02-27');
    expect(filed.status).toBe(201);
    const decided = await step(people.approver, filed.body['id'] as string, 'decision', {
      outcome: 'upheld',
      reasons: '公示期限有误（虚构）',
      corrected: { publishedUntil: '2028-02-27' },
    });
    expect(decided.status).toBe(200);
  });

  it('to the answer of a repair: upheld, the request is answered anew by its own clocks', async () => {
    const request = {
      recordId: record.id,
      correctedOn: '2026-04-20',
      commitment: true,
      statement: '已整改（虚构）',
      materials: [],
      handedIn: await desk.handedIn(party(), `/api/repairs/attachments?recordId=${record.id}`, '2026-04-20'),
    };
    const asked = await desk.call(party(), 'POST', '/api/repairs', { body: request, key: randomUUID() });
    const repairId = asked.body['id'] as string;
    await step(people.handler, repairId, 'acceptance', { accepted: true, text: '齐全' }, 'repairs');
    await step(people.approver, repairId, 'decision', { granted: false, reasons: '未整改' }, 'repairs');
    const about = { about: 'repair-result', repairId, asked: {} };
    const filed = await object(party(), about);
    expect(filed.body).toMatchObject({
      status: 'filed',
      clocks: [{ clock: 'acceptance', dueOn: '2026-06-02' }],
    });
    const id = filed.body['id'] as string;
    await step(people.handler, id, 'acceptance', {});
    const upheld = { outcome: 'upheld', reasons: '整改材料漏看（虚构）' };
    // Nobody judges what they answered.
    expect((await step(people.approver, id, 'decision', upheld)).body['code']).toBe(
      'objection.another-person',
    );
    expect((await step(above, id, 'decision', upheld)).status).toBe(200);
    expect(await desk.get(people.handler, `/api/repairs/${repairId}`)).toMatchObject({
      status: 'requested',
      clocks: [{ clock: 'acceptance' }, { clock: 'decision' }],
    });
    expect((await facts()).at(-1)).toBe('repair.reopened');

    // Answered anew, it is not opened a second time by the service of the decision that opened it.
    await step(people.handler, repairId, 'acceptance', { accepted: true, text: '齐全' }, 'repairs');
    await step(people.approver, repairId, 'decision', { granted: false, reasons: '仍未整改' }, 'repairs');
    const served = await step(people.handler, id, 'service', { way: 'personal', servedOn: '2026-06-01' });
    expect(served.status).toBe(200);
    expect(await desk.get(people.handler, `/api/repairs/${repairId}`)).toMatchObject({ status: 'refused' });
  });

  it('of a natural person is looked at for a purpose, and the look is in the log', async () => {
    const natural = { kind: 'natural-person' as const, code: null, name: '张*' };
    const known = await desk.knownPenalty(natural, { publishedUntil: null, provider: unit });
    const itself = partyLogin(known.subject.id);
    const filed = await object(itself, { recordId: known.record.id });
    expect(filed.status).toBe(201);
    const paths = [
      `/api/objections/${String(filed.body['id'])}`,
      `/api/objections?recordId=${known.record.id}`,
    ];
    for (const path of paths) {
      const without = await desk.call(people.handler, 'GET', path, { headers: { 'x-purpose': '' } });
      expect([without.status, without.body['code']]).toEqual([428, 'listing.purpose-missing']);
      expect((await desk.call(people.handler, 'GET', path)).status).toBe(200);
      expect((await desk.call(itself, 'GET', path, { headers: { 'x-purpose': '' } })).status).toBe(200);
    }
    const { rows } = await running.db.query(
      'SELECT what, detail FROM access_log WHERE subject_id = $1 ORDER BY id',
      [known.subject.id],
    );
    const detail = { recordId: known.record.id };
    expect(rows).toEqual([
      { what: 'objection', detail },
      { what: 'objections', detail },
    ]);
  });

  it('lapses with the record, and is nobody else’s', async () => {
    const id = (await object(party())).body['id'] as string;
    const stranger = partyLogin('91230100MA1ABCDE8J');
    expect((await object(stranger, { about: 'period', asked: {} })).body['code']).toBe(
      'repair.not-your-record',
    );
    expect((await desk.call(stranger, 'GET', `/api/objections/${id}`)).status).toBe(403);
    const gone = { cause: 'revoked', reason: '行政复议决定撤销（虚构）', withdrawnOn: '2026-06-02' } as const;
    await running.tell(recordWithdrawn, subject.id, { record, subject, ...gone });
    expect(await desk.get(people.handler, `/api/objections/${id}`)).toMatchObject({ status: 'lapsed' });
    expect((await facts()).at(-1)).toBe('objection.record-unmarked');
    expect((await object(party())).body['code']).toBe('objection.nothing-to-object-to');
  });
});
