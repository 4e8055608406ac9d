import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Desk, noticeOn } from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

/*
 * A clock that runs into a year whose calendar is not loaded is refused, and can be set as soon as two people have loaded
 * it. The year is fictitious: no notice for it was read, so it has only what the law itself fixes.
 */

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
const lead = peopleOf('hlj.business-environment');
const labour = peopleOf('hlj.human-resources');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2026-12-30');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const year = {
  year: 2027,
  holidays: ['2027-01-01', '2027-10-01'],
  workingWeekends: [],
  basis: '关于2027年部分节假日安排的通知（虚构）',
};
const post = (actor: typeof lead.handler, path: string, body: object, version?: number) =>
  desk.call(actor, 'POST', `/api/calendars/${path}`, {
    body,
    key: randomUUID(),
    ...(version ? { ifMatch: `"${String(version)}"` } : {}),
  });
const knownUntil = async (): Promise<number> => {
  const text = (await desk.file(undefined, '/metrics')).bytes.toString();
  return Number(/^working_calendar_known_until_timestamp_seconds (\S+)$/m.exec(text)![1]);
};

it('refuses a day in a year that is not loaded, until two people of the lead department have loaded it', async () => {
  const { subject, record } = await desk.knownPenalty();
  const walk = await desk.open(labour.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'wage.mass-incident',
    clockFrom: '2026-12-01',
  });
  const notice = async () => walk.try(labour.handler, 'notice', noticeOn('2026-12-30'));
  const refused = await notice();
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'calendar.year-unknown', facts: { year: 2027 } },
  });
  expect(String(refused.body['cureZh'])).toContain('2027');
  // The end of 2026, at 24:00 in China: the alarm CalendarEnding counts from here.
  expect(await knownUntil()).toBe(Date.parse('2027-01-01T00:00:00+08:00') / 1000);

  expect((await post(labour.handler, 'drafts', year)).status).toBe(403);
  const { body: draft } = await post(lead.handler, 'drafts', year);
  expect(draft).toMatchObject({ status: 'draft', version: 1 });
  const publish = `drafts/${String(draft['id'])}/publication`;
  const same = { ...person('approver', 'hlj.business-environment'), id: lead.handler.id };
  expect((await post(same, publish, {}, 1)).body['code']).toBe('calendar.second-person');
  expect((await notice()).status).toBe(409);
  expect((await post(lead.approver, publish, {}, 1)).body).toMatchObject({ status: 'published' });

  expect((await notice()).status).toBe(200);
  // Five working days: 12-31, 01-04, 01-05, 01-06, 01-07.
  expect(await walk.read()).toMatchObject({ notice: { defenceUntil: '2027-01-07' } });
  expect(await knownUntil()).toBe(Date.parse('2028-01-01T00:00:00+08:00') / 1000);
  const { items } = await desk.get(lead.handler, '/api/calendars');
  expect(items.map((one) => one['year'])).toContain(2027);
});

it('counts what a party handed in before the calendar came, and shows it to whom it waits at', async () => {
  running.moveTo('2027-12-30');
  const unit = 'hlj.city.230100.housing';
  const { handler } = peopleOf(unit);
  const { subject, record } = await desk.knownPenalty(
    {},
    {
      documentNo: '（虚构）哈建罚〔2027〕7号',
      decidedOn: '2027-02-26',
      severity: 'general',
      publishedUntil: '2030-02-26',
      provider: unit,
    },
  );
  const hands = async (path: string, body: object) => {
    const key = randomUUID();
    const said = { recordId: record.id, statement: '（虚构）', materials: ['凭证（虚构）'], ...body };
    const answer = await desk.call(partyLogin(subject.code!), 'POST', path, { body: said, key });
    expect(answer.status).toBe(201);
    return String(answer.body['id']);
  };
  const objection = await hands('/api/objections', {
    about: 'content',
    asked: { documentNo: '17号（虚构）' },
  });
  const repair = await hands('/api/repairs', { correctedOn: '2027-03-01', commitment: true });
  const waiting = async (path: string) => {
    const { items } = await desk.get(handler, `/api/${path}?dueBy=2028-01-31`);
    return items.map(({ id, clocks }) => [id, (clocks as { dueOn: string }[])[0]?.dueOn]);
  };
  expect([await waiting('objections'), await waiting('repairs')]).toEqual([[], []]);

  const next = {
    ...year,
    year: 2028,
    holidays: ['2028-01-01', '2028-10-01'],
    basis: year.basis.replace('2027', '2028'),
  };
  const { body: draft } = await post(lead.handler, 'drafts', next);
  await post(lead.approver, `drafts/${String(draft['id'])}/publication`, {}, 1);
  await running.sweep();
  // 12-31, 01-03, 01-04; three working days both, the ordinance's art. 39 and those for acceptance by order 36.
  expect(await waiting('objections')).toEqual([[objection, '2028-01-04']]);
  expect(await waiting('repairs')).toEqual([[repair, '2028-01-04']]);

  running.moveTo('2028-01-05');
  await running.sweep();
  const late = async (path: string) => (await desk.get(handler, path))['overdue'];
  expect(await late(`/api/objections/${objection}`)).toEqual(['decision']);
  expect(await late(`/api/repairs/${repair}`)).toEqual(['acceptance']);
});
