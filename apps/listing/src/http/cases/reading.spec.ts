import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, decisionNo, Desk, noticeOn, passed, servedOn, toList } from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { allReceiptsOf } from '../../../specs/receipts.js';
import { RunningListing } from '../../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
let listed: CaseDesk;
let proposed: CaseDesk;
let ofPerson: CaseDesk;
let code: string;

const unit = 'hlj.human-resources';
const people = peopleOf(unit);
const court = peopleOf('hlj.court');
const auditor: Actor = { kind: 'person', id: 'auditor', name: 'auditor', roles: ['auditor'] };

async function open(
  handler: Actor,
  list: object,
  of: object = {},
): Promise<{ walk: CaseDesk; code: string | null }> {
  const { subject, record } = await desk.knownPenalty(of);
  const walk = await desk.open(handler, { subjectId: subject.id, recordIds: [record.id], ...list });
  return { walk, code: subject.code };
}
const wage = { listType: 'WAGE', conductKind: 'wage.amount-of-crime' };

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-03-03');
  desk = new Desk(running, issueToken);
  const first = await open(people.handler, wage, { name: '=松江示例,商贸有限公司（虚构）' });
  [listed, code] = [first.walk, first.code!];
  await listed.does(people.handler, 'notice', noticeOn('2025-03-03'));
  running.moveTo('2025-03-12');
  await listed.does(people.reviewer, 'review', toList);
  await listed.does(people.approver, 'approval', { text: '同意' });
  await listed.does(people.handler, 'decision', decisionNo('（虚构）列入决定〔2025〕1号'));
  await listed.does(people.handler, 'service', servedOn('2025-03-12'));
  running.moveTo('2025-03-13');
  await running.sweep();
  await listed.does(people.secrecy, 'publication', passed);
  // Due on the 20th working day after the payment limit, so before the end of the term of the first.
  const second = await open(people.handler, {
    ...wage,
    correctionOrdered: { paymentLimit: '2025-03-10' },
  });
  proposed = second.walk;
  const natural = { kind: 'natural-person' as const, code: null, name: '张*' };
  ofPerson = (
    await open(
      court.handler,
      { listType: 'COURT', conductKind: 'court.obstruction', bornOn: '1980-05-05' },
      natural,
    )
  ).walk;
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const worklist = async (actor: Actor, query = '') =>
  (await desk.get(actor, `/api/listings/worklist?${query}`)).items;

describe('worklists', () => {
  it('show the open cases of the unit, what is due first first, page by page', async () => {
    expect(await worklist(people.handler)).toEqual([
      expect.objectContaining({
        id: proposed.id,
        stage: 'proposed',
        dueClock: 'decision',
        dueOn: '2025-04-08',
        region: '230000',
        subjectName: '松江示例商贸有限公司（虚构）',
      }),
      expect.objectContaining({ id: listed.id, stage: 'in-force', dueClock: 'expiry', dueOn: '2028-03-12' }),
    ]);
    const first = await desk.get(people.handler, '/api/listings/worklist?limit=1');
    const rest = await worklist(people.handler, `limit=1&after=${first.next}`);
    expect([...first.items, ...rest].map(({ id }) => id)).toEqual([proposed.id, listed.id]);
  });

  it('are narrowed by stage, list, due date, division and search', async () => {
    const ids = async (query: string, actor = people.handler) =>
      (await worklist(actor, query)).map(({ id }) => id);
    expect(await ids('stage=in-force')).toEqual([listed.id]);
    expect(await ids('dueBy=2025-04-30')).toEqual([proposed.id]);
    expect(await ids(`search=${code}`)).toEqual([listed.id]);
    expect(await ids(`search=${encodeURIComponent('示例,商')}`)).toEqual([listed.id]);
    expect(await ids(`search=WAGE-2025-000002`)).toEqual([proposed.id]);
    expect(await ids('region=230100')).toEqual([]);
    expect(await ids('region=230000', auditor)).toHaveLength(3);
    expect(await ids('listType=COURT', auditor)).toEqual([ofPerson.id]);
    expect(await ids('', person('handler', 'hlj.finance'))).toEqual([]);
  });

  it('are not for parties, operators, or other departments', async () => {
    const status = async (actor: Actor, query = '') =>
      (await desk.call(actor, 'GET', `/api/listings/worklist?${query}`)).status;
    expect(await status(partyLogin(code))).toBe(403);
    expect(await status({ ...auditor, roles: ['operator'] })).toBe(403);
    expect(await status(person('handler', 'hlj.finance'), `department=${unit}`)).toBe(403);
    expect(await status(people.handler, `after=${Buffer.from('["x","y"]').toString('base64url')}`)).toBe(400);
    expect(await status(people.handler, 'search=x')).toBe(422);
  });

  it('mark what is late, and report it by unit and clock', async () => {
    running.moveTo('2025-04-10');
    await running.sweep();
    expect((await worklist(people.handler, 'overdue=true')).map(({ id }) => id)).toEqual([proposed.id]);
    expect((await desk.get(people.handler, '/api/listings/overdue')).items).toEqual([
      { department: unit, what: 'case', clock: 'decision', cases: 1, oldestDueOn: '2025-04-08', daysLate: 2 },
    ]);
    expect((await desk.get(court.handler, '/api/listings/overdue')).items).toEqual([]);
  });

  it('tell of each clock what happens then, by itself or by somebody', async () => {
    const clocks = async ({ id }: CaseDesk) =>
      (await desk.get(people.handler, `/api/listings/${id}/clocks`)).items;
    expect(await clocks(proposed)).toEqual([
      {
        clock: 'decision',
        dueOn: '2025-04-08',
        overdue: true,
        zh: '作出决定',
        en: 'the decision is due',
        byItself: false,
      },
    ]);
    expect(await clocks(listed)).toContainEqual({
      clock: 'expiry',
      dueOn: '2028-03-12',
      overdue: false,
      zh: '期满移出',
      en: 'the term ends and with it the listing',
      byItself: true,
    });
  });
});

describe('a case as it was', () => {
  const at = async (asOf: string, actor = people.handler) =>
    desk.call(actor, 'GET', `/api/listings/${listed.id}?asOf=${asOf}`);

  it('stands as at the end of the day asked', async () => {
    expect((await at('2025-03-03')).body).toMatchObject({ status: 'noticed', version: 2, decision: null });
    expect((await at('2025-03-12')).body).toMatchObject({
      decidedOn: '2025-03-12',
      publication: { status: 'none' },
    });
    const now = await desk.get(people.handler, `/api/listings/${listed.id}`);
    expect((await at('2025-04-10')).body).toEqual(now);
    expect((await at('2025-03-02')).status).toBe(404);
  });

  it('has a line for each step: actor, rule version, letters; up to the day asked', async () => {
    const lines = (await desk.get(people.handler, `/api/listings/${listed.id}/history?asOf=2025-03-12`))
      .items;
    expect(lines.map(({ fact }) => fact)).not.toContain('published');
    expect(lines.find(({ fact }) => fact === 'decided')).toMatchObject({
      actor: { id: people.handler.id },
      rulesVersion: '2022-01-01',
      documents: [{ kind: 'decision', no: '（虚构）列入决定〔2025〕1号' }, { kind: 'repair-notice' }],
    });
    expect(lines.find(({ fact }) => fact === 'reviewed')).toMatchObject({ documents: [] });
  });
});

describe('the file of a natural person', () => {
  it('is opened for a purpose, and the look is in the log before the answer', async () => {
    const path = `/api/listings/${ofPerson.id}`;
    const parts = ['', '/history', '/documents', '/attachments', '/repairs', '/objections'];
    for (const part of parts) {
      const without = await desk.call(court.handler, 'GET', `${path}${part}`, {
        headers: { 'x-purpose': '' },
      });
      expect(without.body).toMatchObject({ status: 428, code: 'listing.purpose-missing' });
    }
    const purpose = encodeURIComponent('执行案件复核（虚构）');
    const read = await desk.call(court.handler, 'GET', path, { headers: { 'x-purpose': purpose } });
    expect(read.status).toBe(200);
    const log = (await desk.get(auditor, '/api/listings/access-log?limit=1')).items;
    expect(log).toEqual([
      expect.objectContaining({
        what: 'case',
        caseId: ofPerson.id,
        purpose: '执行案件复核（虚构）',
        department: 'hlj.court',
      }),
    ]);
    expect((await desk.call(court.handler, 'GET', '/api/listings/access-log')).status).toBe(403);
    await expect(running.db.query('DELETE FROM access_log')).rejects.toThrow('append-only');
  });

  it('of an organisation needs none', async () => {
    const read = await desk.call(people.handler, 'GET', `/api/listings/${listed.id}`, {
      headers: { 'x-purpose': '' },
    });
    expect(read.status).toBe(200);
  });
});

describe('an export', () => {
  it('needs the right and a purpose, is logged before its first line, and runs no formula', async () => {
    const headers = { 'x-purpose': encodeURIComponent('年度检查（虚构）') };
    expect((await desk.file(people.handler, '/api/listings/export', headers)).status).toBe(403);
    expect((await desk.file(people.approver, '/api/listings/export')).status).toBe(428);
    const { status, bytes } = await desk.file(people.approver, '/api/listings/export?listType=WAGE', headers);
    expect(status).toBe(200);
    const [title, ...lines] = bytes.toString('utf8').trimEnd().split('\r\n');
    expect(title).toMatch(/^\ufeff案号,名单,阶段,/);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`"'=松江示例,商贸有限公司（虚构）",${code},${unit},230000,2025-03-03`);
    const [newest] = (await desk.get(auditor, '/api/listings/access-log?limit=1')).items;
    expect(newest).toMatchObject({
      what: 'export',
      purpose: '年度检查（虚构）',
      detail: { listType: 'WAGE' },
    });
  });
});

describe('statistics', () => {
  const on = async (query: string) =>
    (await desk.get(people.handler, `/api/listings/statistics?${query}`)).items;
  const counted = async (query: string) => (await on(query)).map(({ key, cases }) => [key, cases]);

  it('count of any day by list, region, department and stage, with durations and the share that was late', async () => {
    const city = person('handler', 'hlj.city.230100.human-resources');
    await open(city, wage);
    expect(await on('asOf=2025-03-03')).toEqual([
      expect.objectContaining({ key: 'WAGE', cases: 1, noticed: 1, inForce: 0, overdueShare: 0 }),
    ]);
    expect(await on('by=list')).toEqual([
      expect.objectContaining({ key: 'COURT', cases: 1, proposed: 1, daysToDecision: null }),
      expect.objectContaining({ key: 'WAGE', cases: 3, inForce: 1, daysToDecision: 9, overdueShare: 0.3333 }),
    ]);
    expect(await counted('by=stage')).toEqual([
      ['in-force', 1],
      ['proposed', 3],
    ]);
    expect(await counted('by=region')).toEqual([
      ['230000', 3],
      ['230100', 1],
    ]);
    expect(await counted('by=department')).toEqual([
      [city.department, 1],
      ['hlj.court', 1],
      [unit, 2],
    ]);
    expect((await desk.call(partyLogin(code), 'GET', '/api/listings/statistics')).status).toBe(403);
  });

  it('of cases opened on a day or later, and of one list', async () => {
    expect(await counted('from=2025-03-13')).toEqual([
      ['COURT', 1],
      ['WAGE', 2],
    ]);
    expect(await counted('from=2025-03-14')).toEqual([['WAGE', 1]]);
    expect(await counted('from=2025-03-13&asOf=2025-03-13&by=stage')).toEqual([['proposed', 2]]);
    expect(await counted('listType=COURT')).toEqual([['COURT', 1]]);
    expect(await counted('listType=WAGE&by=department&from=2025-03-14')).toEqual([
      ['hlj.city.230100.human-resources', 1],
    ]);
  });
});

describe('laggards', () => {
  it('are named by unit with the days since the end, as long as a receipt is missing', async () => {
    await listed.does(people.approver, 'revocation', { reason: '认定事实有误（虚构）' });
    running.moveTo('2025-04-30');
    const report = await desk.get(people.handler, '/api/listings/laggards');
    expect(report).toMatchObject({ today: '2025-04-30', complete: true });
    expect(report.items.map(({ unit: by, kind }) => `${String(kind)} ${String(by)}`)).toEqual([
      'sharing-stopped records',
      'discipline-lifted measures',
      'grade-computed grading',
      `party-told ${code}`,
      `departments-told ${unit}`,
    ]);
    expect(report.items[0]).toMatchObject({ caseId: listed.id, endedOn: '2025-04-10', days: 20, late: true });
    expect((report['units'] as unknown as object[])[0]).toMatchObject({ receipts: 1, late: 1, days: 20 });
    expect((await desk.get(person('handler', 'hlj.finance'), '/api/listings/laggards')).items).toEqual([]);
  });

  it('when the last receipt has come, the days on the list and to the closure are counted', async () => {
    const days = async (asOf: string) => {
      const query = `asOf=${asOf}&listType=WAGE&from=2025-03-03`;
      const [row] = (await desk.get(people.handler, `/api/listings/statistics?${query}`)).items;
      return [row!['ended'], row!['closed'], row!['daysOnList'], row!['daysToClosure']];
    };
    await allReceiptsOf(listed, running, { endedOn: '2025-04-10', told: [unit] });
    expect(await listed.read()).toMatchObject({ status: 'closed', closedOn: '2025-04-30' });
    // In force on 2025-03-12, revoked on 2025-04-10.
    expect(await days('2025-04-09')).toEqual([0, 0, null, null]);
    expect(await days('2025-04-29')).toEqual([1, 0, 29, null]);
    expect(await days('2025-04-30')).toEqual([0, 1, 29, 20]);
  });
});
