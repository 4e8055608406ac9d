import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordWithdrawn, type RecordRef, type SubjectRef } from '#contracts';
import type { Actor } from '#platform';
import { issueToken, pdfFile, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type Answer, Desk } from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

/* The repair of a penalty that carries no listing, from the request to its end, over HTTP on PostgreSQL. */

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
let subject: SubjectRef;
let record: RecordRef;

const unit = 'hlj.city.230100.housing';
const people = peopleOf(unit);
const party = () => partyLogin(subject.code!);

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2026-07-07');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});
beforeEach(async () => {
  running.moveTo('2026-07-07');
  const known = await desk.knownPenalty(
    {},
    {
      documentNo: '（虚构）哈建罚〔2026〕7号',
      decidedOn: '2026-04-06',
      severity: 'general',
      publishedUntil: '2027-04-06',
      provider: unit,
    },
  );
  [subject, record] = [known.subject, known.record];
});

const request = () => ({
  recordId: record.id,
  correctedOn: '2026-04-20',
  commitment: true,
  statement: '罚款已缴清,已整改（虚构）',
  materials: ['缴款凭证（虚构）'],
});
const files = () => `/api/repairs/attachments?recordId=${record.id}`;
const ask = async (actor: Actor, change: object = {}): Promise<Answer> => {
  const handedIn = await desk.handedIn(actor, files(), '2026-07-01');
  const body = { ...request(), handedIn, ...change };
  return desk.call(actor, 'POST', '/api/repairs', { body, key: randomUUID() });
};

async function step(
  actor: Actor,
  id: string,
  action: string,
  body: object,
  version?: number,
): Promise<Answer> {
  const known = version ?? (await desk.get(people.handler, `/api/repairs/${id}`))['version'];
  return desk.call(actor, 'POST', `/api/repairs/${id}/${action}`, {
    body,
    ifMatch: `"${String(known)}"`,
    key: randomUUID(),
  });
}
const met = ['minimum-publication-reached', 'corrected', 'public-commitment'].map((code) => ({
  code,
  met: true,
}));

/** Asked, accepted and verified. */
async function verified(): Promise<string> {
  const id = (await ask(party())).body['id'] as string;
  running.moveTo('2026-07-08');
  await step(people.handler, id, 'acceptance', { accepted: true, text: '材料齐全' });
  await step(people.handler, id, 'verification', { text: '经核实（虚构）', conditions: met });
  return id;
}
const told = async (): Promise<string[]> =>
  (await running.told(subject.id)).map(({ type }) => type.split('.').slice(2, -1).join('.'));

describe('the repair of a bare penalty', () => {
  it('is accepted on what was handed in, which the handler reads and the history keeps (order 36 art. 15, 16)', async () => {
    const from = `/api/repairs/eligibility?recordId=${record.id}`;
    expect(await desk.get(party(), from)).toMatchObject({
      materials: [
        { kind: 'proof', article: '15(1)' },
        { kind: 'commitment' },
        { kind: 'ruling', for: 'plan' },
      ],
      commitment: { template: 'ndrc-36/1' },
    });
    const id = (await ask(party(), { handedIn: undefined })).body['id'] as string;
    const yes = { accepted: true, text: '材料齐全' };
    const bare = await step(people.handler, id, 'acceptance', yes);
    expect([bare.status, bare.body['code']]).toEqual([409, 'repair.materials-missing']);
    // Nobody else's file, and none of the other side.
    const stranger = partyLogin('91230100MA1ABCDE8J');
    expect((await desk.upload(stranger, files(), '别人的.pdf')).status).toBe(403);
    const scanned = await desk.upload(people.handler, files(), '扫描件.pdf');
    const notOwn = { papers: [{ kind: 'proof', name: '—', files: [scanned.body['id']] }] };
    expect((await step(party(), id, 'supplement', notOwn)).body).toMatchObject({
      code: 'attachment.not-found',
    });

    const { papers, commitment } = (await desk.handedIn(party(), files(), '2026-07-06')) as Record<
      string,
      object
    >;
    expect((await step(party(), id, 'supplement', { papers })).status).toBe(200);
    // The letter came on paper: a handler enters it with its scan.
    const letter = { ...commitment, files: [scanned.body['id']] };
    const entered = await step(people.handler, id, 'supplement', { commitment: letter });
    expect(entered.body['handedIn']).toMatchObject({
      papers: [
        { kind: 'proof', onBehalf: false, files: [{ mediaType: 'application/pdf' }] },
        { kind: 'ruling' },
      ],
      commitment: {
        template: 'ndrc-36/1',
        signedBy: '李某（虚构）',
        signedOn: '2026-07-06',
        onBehalf: true,
        by: { id: people.handler.id },
        files: [{ id: scanned.body['id'], digest: scanned.body['digest'] }],
      },
    });
    expect((await step(people.handler, id, 'acceptance', yes)).status).toBe(200);
    const history = (await desk.get(people.handler, `/api/repairs/${id}/history`)).items;
    expect(history.map(({ fact }) => fact)).toEqual([
      'requested',
      'supplemented',
      'supplemented',
      'accepted',
    ]);
    const bytes = await desk.file(
      people.handler,
      `/api/repairs/attachments/${String(scanned.body['id'])}?recordId=${record.id}`,
      { 'x-purpose': 'x' },
    );
    expect([bytes.status, bytes.bytes.equals(pdfFile('（虚构）扫描件.pdf'))]).toEqual([200, true]);
    expect(bytes.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="[0-9a-f-]{36}"; filename\*=UTF-8''/,
      ),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await desk.upload(people.handler, files(), '\u202efdp.exe')).status).toBe(422);
    expect((await step(party(), id, 'withdrawal', {})).status).toBe(200);
    const own = (await desk.get(party(), files())).items;
    expect(own.map(({ name }) => name).sort()).toEqual(
      ['信用承诺书.pdf', '缴款凭证.pdf', '裁定书.pdf'].sort(),
    );
  });

  it('is asked when its shortest publication is over, decided by another person, and told', async () => {
    running.moveTo('2026-07-06');
    const early = await ask(party());
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'repair.too-early', facts: { eligibleOn: '2026-07-07' } },
    });
    const from = `/api/repairs/eligibility?recordId=${record.id}`;
    expect(await desk.get(party(), from)).toMatchObject({
      kind: 'general',
      eligibleOn: '2026-07-07',
      publishedUntil: '2027-04-06',
      mayAsk: false,
    });

    running.moveTo('2026-07-07');
    const asked = await ask(party());
    expect(asked).toMatchObject({
      status: 201,
      body: {
        status: 'requested',
        department: unit,
        clocks: [
          { clock: 'acceptance', dueOn: '2026-07-10' },
          { clock: 'decision', dueOn: '2026-07-21' },
        ],
      },
    });
    expect((await ask(party())).body['code']).toBe('repair.open-already');
    const id = asked.body['id'] as string;
    expect((await desk.get(people.handler, '/api/repairs?open=true')).items).toEqual([
      expect.objectContaining({ id, record: expect.objectContaining({ documentNo: record.documentNo }) }),
    ]);

    running.moveTo('2026-07-08');
    await step(people.handler, id, 'acceptance', { accepted: true, text: '材料齐全' });
    expect((await step(people.approver, id, 'decision', { granted: true, reasons: '—' })).body['code']).toBe(
      'repair.not-verified',
    );
    await step(people.handler, id, 'verification', { text: '经核实（虚构）', conditions: met });
    const may = (await desk.get(people.approver, `/api/repairs/${id}/actions`)).items;
    expect(may.map(({ action, allowed }) => [action, allowed])).toEqual([
      ['extension', true],
      ['decision', true],
    ]);
    const granted = await step(people.approver, id, 'decision', { granted: true, reasons: '已履行（虚构）' });
    expect(granted).toMatchObject({ status: 200, body: { status: 'granted', clocks: [] } });
    expect(await told()).toEqual(['repair.requested', 'repair.accepted', 'repair.granted']);
    expect(await desk.get(party(), from)).toMatchObject({ published: false, mayAsk: false });
    expect((await ask(party())).body['code']).toBe('repair.not-published');

    const seen = await desk.get(party(), `/api/repairs/${id}/history`);
    expect(seen.items.map(({ fact }) => fact)).toEqual(['requested', 'accepted', 'granted']);
    expect(JSON.stringify(seen)).not.toContain(people.approver.id);
  });

  it('is marked when its day passes without an answer, and extended before that', async () => {
    const id = (await ask(party())).body['id'] as string;
    running.moveTo('2026-07-13');
    await running.sweep();
    expect(await desk.get(people.handler, `/api/repairs/${id}`)).toMatchObject({ overdue: ['acceptance'] });
    const late = { department: unit, what: 'record-repair', clock: 'acceptance', cases: 1 };
    expect((await desk.get(people.handler, '/api/listings/overdue')).items).toEqual([
      { ...late, oldestDueOn: '2026-07-10', daysLate: 3 },
    ]);
    const waiting = async (query: string) =>
      (await desk.get(people.handler, `/api/repairs?${query}`)).items.map((one) => one['clocks']);
    expect(await waiting('dueBy=2026-07-10')).toEqual([
      [
        expect.objectContaining({
          clock: 'acceptance',
          overdue: true,
          zh: '受理信用修复申请',
          byItself: false,
        }),
        expect.objectContaining({ clock: 'decision', dueOn: '2026-07-21', overdue: false }),
      ],
    ]);
    expect(await waiting('dueBy=2026-07-09')).toEqual([]);
    await step(people.handler, id, 'acceptance', { accepted: true, text: '材料齐全' });
    const longer = await step(people.approver, id, 'extension', { reasons: '需要实地核实' });
    // Seven working days from 2026-07-13, and ten more.
    expect(longer.body).toMatchObject({ decisionDue: '2026-08-05', extended: { instead: '2026-07-22' } });
    running.moveTo('2026-08-06');
    await running.sweep();
    await running.sweep();
    expect(await told()).toEqual([
      'repair.requested',
      'repair.overdue',
      'repair.accepted',
      'repair.extended',
      'repair.overdue',
    ]);
  });

  it('that was false bars another for three years, and the party sees until when', async () => {
    const id = await verified();
    await step(people.approver, id, 'decision', { granted: true, reasons: '已履行（虚构）' });
    running.moveTo('2026-09-01');
    const body = { cause: 'false-material', reasons: '缴款凭证系伪造（虚构）' };
    // Nobody judges what they granted.
    const own = await step(people.approver, id, 'false-application', body);
    expect([own.status, own.body['code']]).toEqual([403, 'repair.another-person']);
    await step(person('approver', unit, 'approver.other'), id, 'false-application', body);
    expect((await told()).at(-1)).toBe('repair.found-false');
    expect(await ask(party())).toMatchObject({
      status: 409,
      body: { code: 'repair.barred', facts: { until: '2029-09-01' } },
    });
    expect(await desk.get(party(), `/api/repairs/eligibility?recordId=${record.id}`)).toMatchObject({
      published: true,
      barredUntil: '2029-09-01',
      mayAsk: false,
    });
  });

  it('lapses with the record', async () => {
    const id = await verified();
    const gone = { cause: 'revoked', reason: '行政复议决定撤销（虚构）', withdrawnOn: '2026-07-09' } as const;
    await running.tell(recordWithdrawn, subject.id, { record, subject, ...gone });
    expect(await desk.get(people.handler, `/api/repairs/${id}`)).toMatchObject({
      status: 'lapsed',
      reason: gone.reason,
    });
    expect((await told()).at(-1)).toBe('repair.lapsed');
  });

  it('is asked at the entry where the record carries one', async () => {
    const { subject: other, record: ofWage } = await desk.knownPenalty(
      {},
      { decidedOn: '2026-04-07', severity: 'general', publishedUntil: '2027-04-07', provider: unit },
    );
    const wage = peopleOf('hlj.human-resources');
    const walk = await desk.open(wage.handler, {
      listType: 'WAGE',
      subjectId: other.id,
      recordIds: [ofWage.id],
      conductKind: 'wage.mass-incident',
    });
    const { no } = (await walk.read()) as unknown as { no: string };
    expect((await ask(partyLogin(other.code!), { recordId: ofWage.id })).body).toMatchObject({
      code: 'repair.record-listed',
      facts: { caseNo: no, caseId: walk.id },
    });
  });
});

describe('a penalty while a plan is carried out (order 36 art. 20)', () => {
  const masking = async (aim: 'plan' | 'stay' = 'plan') =>
    desk.call(party(), 'POST', '/api/repairs/masking', {
      body: {
        recordId: record.id,
        aim,
        rulingNo: '（虚构）（2026）黑01破1号之一',
        statement: '重整计划执行期间,申请临时屏蔽（虚构）',
        handedIn: await desk.handedIn(party(), files(), '2026-05-01'),
        materials: ['裁定书（虚构）'],
      },
      key: randomUUID(),
    });
  async function masked(): Promise<string> {
    running.moveTo('2026-05-06');
    const asked = await masking();
    expect(asked).toMatchObject({
      status: 201,
      body: { aim: 'plan', clocks: [{ clock: 'decision', dueOn: '2026-05-19' }] },
    });
    const id = asked.body['id'] as string;
    await step(people.handler, id, 'acceptance', { accepted: true, text: '材料齐全' });
    const conditions = [{ code: 'bankruptcy-plan-approved', met: true }];
    await step(people.handler, id, 'verification', { text: '经核实（虚构）', conditions });
    const answer = await step(people.approver, id, 'decision', {
      granted: true,
      reasons: '临时屏蔽（虚构）',
    });
    expect(answer).toMatchObject({ status: 200, body: { status: 'masked' } });
    return id;
  }
  const eligibility = () => desk.get(party(), `/api/repairs/eligibility?recordId=${record.id}`);

  it('is masked, and shown again when the plan fails', async () => {
    const id = await masked();
    expect(await told()).toEqual(['repair.requested', 'repair.accepted', 'repair.masked']);
    running.moveTo('2026-07-07');
    expect(await eligibility()).toMatchObject({ published: false, mayAsk: false });
    expect((await ask(party())).body['code']).toBe('repair.not-published');
    const fails = { documentNo: '（虚构）之二', reasons: '重整计划不能执行' };
    expect((await step(people.handler, id, 'resumption', fails)).status).toBe(403);
    expect((await step(people.approver, id, 'resumption', fails)).body).toMatchObject({ status: 'resumed' });
    expect((await told()).at(-1)).toBe('repair.resumed');
    expect(await eligibility()).toMatchObject({ published: true, mayAsk: true });
  });

  it('is repaired for good by the ruling that the plan is carried out', async () => {
    const id = await masked();
    running.moveTo('2026-11-10');
    await step(people.approver, id, 'completion', { documentNo: '（虚构）之三', reasons: '执行完毕' });
    expect((await told()).at(-1)).toBe('repair.granted');
    expect(await eligibility()).toMatchObject({ published: false });
  });

  it('falls away when the penalty is revoked meanwhile', async () => {
    const id = await masked();
    const gone = { cause: 'revoked', reason: '撤销（虚构）', withdrawnOn: '2026-05-06' } as const;
    await running.tell(recordWithdrawn, subject.id, { record, subject, ...gone });
    expect(await desk.get(people.handler, `/api/repairs/${id}`)).toMatchObject({ status: 'lapsed' });
  });
});

describe('who may', () => {
  it('ask: the party itself, or the finder for it; read: both, the level above and auditors', async () => {
    expect((await ask(partyLogin('91230100MA1ABCDE8J'))).body['code']).toBe('repair.not-your-record');
    expect((await ask(peopleOf('hlj.finance').handler)).body['code']).toBe('request.other-department');
    const id = (await ask(people.handler)).body['id'] as string;
    const status = async (actor: Actor) => (await desk.call(actor, 'GET', `/api/repairs/${id}`)).status;
    const auditor: Actor = { kind: 'person', id: 'auditor', name: 'auditor', roles: ['auditor'] };
    expect(await status(party())).toBe(200);
    expect(await status(auditor)).toBe(200);
    expect(await status(person('approver', 'hlj.housing'))).toBe(200);
    expect(await status(person('approver', 'hlj.finance'))).toBe(403);
    expect(await status(partyLogin('91230100MA1ABCDE8J'))).toBe(403);
    const elsewhere = await step(person('handler', 'hlj.finance'), id, 'acceptance', {
      accepted: true,
      text: '—',
    });
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([403, 'request.other-department']);
  });

  it('be second: whoever decides on an older version has to read again; one of two decides', async () => {
    const id = await verified();
    const { version } = (await desk.get(people.handler, `/api/repairs/${id}`)) as unknown as {
      version: number;
    };
    const other = person('approver', unit, 'approver.other');
    const answers = await Promise.all([
      step(people.approver, id, 'decision', { granted: true, reasons: '已履行' }, version),
      step(other, id, 'decision', { granted: false, reasons: '未整改' }, version),
    ]);
    const statuses = answers.map((answer) => answer.status).sort();
    expect([
      [200, 409],
      [200, 412],
    ]).toContainEqual(statuses);
    const { rows } = await running.db.query(
      `SELECT fact FROM record_repair_history WHERE repair_id = $1 AND fact IN ('granted', 'refused')`,
      [id],
    );
    expect(rows).toHaveLength(1);
    await expect(running.db.query('DELETE FROM record_repair_history')).rejects.toThrow('append-only');
  });
});
