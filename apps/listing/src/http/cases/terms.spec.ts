import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, decisionNo, Desk, noticeOn, toList } from '../../../specs/desk.js';
import { peopleOf, person } from '../../../specs/people.js';
import { allReceiptsOf } from '../../../specs/receipts.js';
import { RunningListing } from '../../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-01-06');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const police = peopleOf('hlj.public-security');

/** Found by the police, up to the approval: the decision is next. */
async function found(subjectId: string, on: string): Promise<CaseDesk> {
  running.moveTo(on);
  const opened = await desk.open(police.handler, {
    listType: 'TELECOM',
    subjectId,
    conductKind: 'telecom.police-finding',
    documents: [
      { no: `认定〔${randomUUID()}〕（虚构）`, issuer: '哈尔滨市公安局', title: '认定书', issuedOn: on },
    ],
    reason: '公安机关认定（虚构）',
  });
  await opened.does(police.handler, 'notice', noticeOn(on));
  await opened.does(police.reviewer, 'review', toList);
  await opened.does(police.approver, 'approval', { text: '同意' });
  return opened;
}

const decide = (of: CaseDesk) =>
  of.try(police.handler, 'decision', decisionNo(`惩戒${randomUUID()}（虚构）`));
const serve = (of: CaseDesk, servedOn: string) =>
  of.does(police.handler, 'service', { way: 'personal', servedOn });

it('found again within the term: two years more after it, five years in a row at the longest (联合惩戒办法 art. 10)', async () => {
  const { subject } = await desk.knownPenalty();
  const ends: unknown[] = [];
  for (const on of ['2025-01-13', '2026-03-09', '2026-09-01']) {
    const one = await found(subject.id, on);
    expect((await decide(one)).status).toBe(200);
    ends.push((await serve(one, on))['termEndsOn']);
  }
  expect(ends).toEqual(['2027-01-13', '2029-01-13', '2030-01-13']);
  const other = await found((await desk.knownPenalty()).subject.id, '2026-09-01');
  await decide(other);
  expect((await serve(other, '2026-09-01'))['termEndsOn']).toBe('2028-09-01');
});

it('a finding that is revoked later takes with it what followed from its term, in a row of three', async () => {
  const { subject } = await desk.knownPenalty();
  const row: CaseDesk[] = [];
  for (const on of ['2025-01-13', '2026-03-09', '2026-09-01']) {
    const one = await found(subject.id, on);
    await decide(one);
    await serve(one, on);
    row.push(one);
  }
  const endsOn = async (of: CaseDesk) => (await of.read())['termEndsOn'];
  const [first, second, third] = row as [CaseDesk, CaseDesk, CaseDesk];
  expect(await endsOn(third)).toBe('2030-01-13');
  running.moveTo('2026-10-08');
  await first.does(police.approver, 'revocation', { reason: '认定有误（虚构）' });
  expect(await endsOn(second)).toBe('2028-03-09');
  expect(await endsOn(third)).toBe('2030-03-09');
  const corrected = (await running.told(subject.id, 'listings')).filter(({ type }) =>
    type.endsWith('.listing.corrected.v1'),
  );
  // Each is told once, as it stands in the end.
  expect(
    corrected.map(({ data }) => [(data['case'] as unknown as { id: string }).id, data['termEndsOn']]),
  ).toEqual([
    [second.id, '2028-03-09'],
    [third.id, '2030-03-09'],
  ]);
  running.moveTo('2028-03-10');
  await running.sweep();
  expect(await second.read()).toMatchObject({ status: 'ended', end: { kind: 'expired' } });
});

it('a revoked finding never counted; a decided one counts before it is served', async () => {
  const { subject } = await desk.knownPenalty();
  const revoked = await found(subject.id, '2025-01-13');
  await decide(revoked);
  await serve(revoked, '2025-01-13');
  await revoked.does(police.approver, 'revocation', { reason: '认定有误（虚构）' });
  const [first, second] = [await found(subject.id, '2026-03-09'), await found(subject.id, '2026-03-09')];
  const [one, two] = await Promise.all([decide(first), decide(second)]);
  expect([one.status, two.status]).toEqual([200, 200]);
  const ends = [
    (await serve(first, '2026-03-09'))['termEndsOn'],
    (await serve(second, '2026-03-09'))['termEndsOn'],
  ];
  expect(ends.sort()).toEqual(['2028-03-09', '2030-03-09']);
});

it('measures not lifted at the end: who has not is named on an appeal, urged, and closes the case (联合惩戒办法 art. 14 to 16)', async () => {
  const { subject } = await desk.knownPenalty();
  const one = await found(subject.id, '2024-12-02');
  await decide(one);
  await serve(one, '2024-12-02');
  const appeal = () =>
    desk.call(police.handler, 'POST', `/api/listings/${one.id}/objections`, {
      key: randomUUID(),
      body: {
        ...{ about: 'lifting', statement: '账户仍限制非柜面业务（虚构）', materials: [] },
        authorisation: '授权委托书（虚构）',
      },
    });
  const checked = async (id: unknown, body: object) => {
    const decider = person('reviewer', police.handler.department!, 'another.reviewer');
    return desk.call(decider, 'POST', `/api/objections/${String(id)}/decision`, {
      ...{ key: randomUUID(), ifMatch: '"1"', body: { reasons: '经核查（虚构）', ...body } },
    });
  };
  const late = async () =>
    (await desk.get(police.handler, '/api/listings/laggards')).items
      .filter(({ caseId, kind }) => caseId === one.id && kind === 'discipline-lifted')
      .map(({ unit, urged }) => [unit, urged]);
  const answers = (unit: string, liftedOn: string) =>
    one.does(police.handler, 'lifting-feedback', { unit, liftedOn, text: '已经解除（虚构）' });

  running.moveTo('2026-12-01');
  expect((await appeal()).body).toMatchObject({ code: 'objection.not-expired' });
  running.moveTo('2026-12-03');
  await running.sweep();
  expect(await one.read()).toMatchObject({ status: 'ended', end: { kind: 'expired' } });
  running.moveTo('2026-12-07');
  const { body: first } = await appeal();
  expect(first).toMatchObject({
    ...{ about: 'lifting', status: 'open' },
    clocks: [
      { clock: 'material', dueOn: '2026-12-10' },
      { clock: 'decision', dueOn: '2026-12-28' },
    ],
  });
  running.moveTo('2026-12-10');
  expect((await checked(first['id'], { outcome: 'upheld' })).body).toMatchObject({
    code: 'objection.unlifted-needed',
  });
  const named = ['hlj.financial-regulatory-administration', 'hlj.industry'];
  expect((await checked(first['id'], { outcome: 'upheld', unlifted: ['hlj.nowhere'] })).body).toMatchObject({
    code: 'objection.unlifted-unknown',
  });
  expect(await checked(first['id'], { outcome: 'upheld', unlifted: named })).toMatchObject({
    status: 200,
    body: { status: 'decided', decision: { unlifted: named } },
  });
  const letters = (await desk.get(police.handler, `/api/listings/${one.id}/documents`)).items;
  expect(letters.map(({ kind }) => kind)).toContain('objection-decision');
  const urged = { on: '2026-12-10', liftBy: '2026-12-24' };
  await allReceiptsOf(one, running, { endedOn: '2026-12-03', told: [police.handler.department!] });
  // Everybody else has confirmed: the case waits for those two alone.
  expect(await late()).toEqual(named.map((unit) => [unit, urged]));
  const told = (await running.told(subject.id)).filter(({ type }) => type.endsWith('.lifting-urged.v1'));
  expect(told.map(({ data }) => [data['unit'], data['liftBy']])).toEqual(
    named.map((unit) => [unit, '2026-12-24']),
  );
  expect(await answers(named[0]!, '2026-12-10')).toMatchObject({ status: 'ended' });
  expect(await late()).toEqual([[named[1], urged]]);
  expect(await answers(named[1]!, '2026-12-10')).toMatchObject({ status: 'closed' });
  expect(await late()).toEqual([]);

  // Closed, and found not to be so after all: named again, until it has answered; its certificate proves nothing meanwhile.
  const { rows } = await running.db.query<{ code: string }>(
    'SELECT code FROM closure_certificate WHERE case_id = $1',
    [one.id],
  );
  const certificate = () => desk.get(undefined, `/public/certificates/${rows[0]!.code}`);
  expect(await certificate()).toMatchObject({ valid: true, endedOn: '2026-12-03' });
  const { body: second } = await appeal();
  await checked(second['id'], { outcome: 'upheld', unlifted: [named[1]] });
  expect(await late()).toEqual([[named[1], urged]]);
  const unproven = await certificate();
  expect(unproven).toMatchObject({ valid: false, reasonZh: expect.stringContaining('惩戒措施尚未解除') });
  expect(unproven).not.toHaveProperty('closedOn');
  expect(await answers(named[1]!, '2026-12-10')).toMatchObject({ status: 'closed' });
  expect(await late()).toEqual([]);
  expect(await certificate()).toMatchObject({ valid: true, endedOn: '2026-12-03' });
});
