import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventOf, faultsOf, gradeComputed } from '#contracts';
import type { Delivery } from '#messaging';
import type { Actor, Tx } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, inForceEvent, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { DisciplineInbox } from '../../discipline/events/inbox.js';
import { disciplineSnapshot } from '../../discipline/events/snapshot.js';
import { IncentivesInbox } from '../events/inbox.js';
import type { TaskView } from '../queries/find-tasks.js';

let database: TestDatabase;
let running: RunningMeasures;
let next = 0;

// Each story begins anew on Thursday 2024-11-14.
beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, (await testIssuer()).settings, '2024-11-14');
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

/** A fictitious enterprise of its own for each story. */
const enterprise = (region?: string): ListedCase =>
  foodCase({}, { code: `91230100${String((next += 1)).padStart(10, '0')}`, ...(region ? { region } : {}) });
const hear = (work: (tx: Tx) => Promise<void>): Promise<void> => running.db.transaction(work);
const delivered = (tx: Tx): Delivery => ({ tx }) as Delivery;
const graded = (who: ListedCase, grade: string): Promise<void> =>
  hear((tx) =>
    running.app
      .get(IncentivesInbox)
      .gradeComputed(
        { data: { ...gradeComputed.sample, subject: who.subject, grade, changed: true } } as EventOf<
          typeof gradeComputed
        >,
        delivered(tx),
      ),
  );
const listed = (who: ListedCase): Promise<void> =>
  hear((tx) => running.app.get(DisciplineInbox).listingsInForce([inForceEvent(who)], delivered(tx)));

const officer = (department: string): Actor => ({
  kind: 'person',
  id: `officer.${department}`,
  name: '办（虚构）',
  roles: ['discipline-officer'],
  department,
});
const auditor: Actor = { kind: 'person', id: 'auditor', name: '审（虚构）', roles: ['auditor'] };

async function call(
  actor: Actor,
  method: 'GET' | 'POST',
  path: string,
  version?: number,
  payload?: object,
): Promise<{ status: number; body: TaskView & { code: string; items: TaskView[] } }> {
  const response = await running.app.inject({
    method,
    url: `/api/discipline/incentives/tasks${path}`,
    headers: {
      authorization: `Bearer ${await issueToken(actor)}`,
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      ...(method === 'POST' ? { 'idempotency-key': `k-${(next += 1)}` } : {}),
    },
    ...(payload ? { payload } : {}),
  });
  return { status: response.statusCode, body: response.json() };
}
const tasksOf = async (who: ListedCase, actor: Actor = auditor): Promise<TaskView[]> =>
  (await call(actor, 'GET', `?subject=${who.subject.code}&limit=50`)).body.items;
/** The fewer inspections of one subject, given by one department. */
const inspection = async (who: ListedCase): Promise<TaskView> =>
  (await tasksOf(who)).find(({ incentive }) => incentive.incentive === 'incentive/fewer-inspections')!;
const told = async (who: ListedCase, task: string): Promise<string[]> =>
  (await toldEvents(running.db, who.subject.id))
    .filter(({ data }) => (data as { task?: string }).task === task)
    .map(shortType);
interface Word {
  type: string;
  data: Record<string, unknown>;
}
/** What a subscriber keeps: of each incentive whether it stands, of each department its last word and the end. */
function kept(words: readonly Word[]): object {
  const incentives = new Map<unknown, object>();
  const departments = new Map<unknown, { word?: object; ended?: object }>();
  for (const { type, data } of words) {
    const word = type.split('.')[3]!;
    // Days that are open, and what an answer said before it was corrected, are of the moment.
    const { answerDue: _, endDue: __, corrected: ___, ...rest } = data;
    const of = { ...departments.get(data['task']) };
    if (word === 'granted' || word === 'withdrawn')
      incentives.set((data['incentive'] as { id: string }).id, { word, ...rest });
    else if (word === 'ended') departments.set(data['task'], { ...of, ended: rest });
    else if (['received', 'applied', 'not-applied'].includes(word))
      departments.set(data['task'], { ...of, word: { word, ...rest } });
  }
  return { incentives: [...incentives].sort(), departments: [...departments].sort() };
}
/** Whoever is filled holds what one holds that has heard everything from the first event. */
async function expectFilledAsHeard(who: ListedCase): Promise<void> {
  const { id } = who.subject;
  const ofIncentives = ({ type }: { type: string }): boolean => type.split('.')[2] === 'incentive';
  const heard = (await toldEvents(running.db, id)).filter(ofIncentives);
  const facts = (await disciplineSnapshot.standing(running.db, [id])).get(id)!;
  for (const { contract, data } of facts)
    expect([contract.type, faultsOf(contract, data)]).toEqual([contract.type, []]);
  const filled = facts.map(({ contract, data }) => ({ type: contract.type, data: data as Word['data'] }));
  expect(heard.length).toBeGreaterThan(0);
  expect(kept(filled.filter(ofIncentives))).toEqual(kept(heard));
}
const given = { result: 'applied', on: '2024-11-14', note: '已降低抽查比例' };

describe('a grade that brings incentives', () => {
  it('asks each department that gives one, with the day for its answer', async () => {
    const who = enterprise();
    await graded(who, 'B');
    const tasks = await tasksOf(who);
    expect(tasks.length).toBeGreaterThanOrEqual(3);
    expect(tasks.every(({ status, answerDue }) => status === 'granted' && answerDue === '2024-11-28')).toBe(
      true,
    );
    const granted = (await toldEvents(running.db, who.subject.id)).filter(
      (event) => shortType(event) === 'granted',
    );
    expect(granted.every(({ data }) => (data as { answerDue: string }).answerDue === '2024-11-28')).toBe(
      true,
    );
  });

  it('is received and given, told step by step, and kept in its history', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { id, executor } = await inspection(who);
    expect((await call(officer(executor), 'POST', `/${id}/receipt`, 1)).body).toMatchObject({
      status: 'received',
      version: 2,
      mayDo: ['answer-applied', 'answer-not-applied'],
    });
    await expectFilledAsHeard(who);
    expect((await call(officer(executor), 'POST', `/${id}/answer`, 2, given)).body.status).toBe('applied');
    expect(await told(who, id)).toEqual(['received', 'applied']);
    const { body } = await call(officer(executor), 'GET', `/${id}/history`);
    expect((body.items as unknown as { fact: { type: string } }[]).map(({ fact }) => fact.type)).toEqual([
      'granted',
      'received',
      'answered',
    ]);
    await expectFilledAsHeard(who);
  });

  it('is answered in one go, each answer for itself', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { id, executor } = await inspection(who);
    const other = (await tasksOf(who)).find((task) => task.executor !== executor)!;
    const { body } = await call(officer(executor), 'POST', '/answers', undefined, {
      answers: [
        { id, version: 1, ...given },
        { id: other.id, version: 1, ...given },
      ],
    });
    expect(body.items).toMatchObject([
      { outcome: 'done', status: 'applied' },
      { outcome: 'refused', code: 'request.other-department' },
    ]);
  });
});

describe('many tasks at once', () => {
  it('are taken in hand, and their ends confirmed, each for itself', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { id, executor } = await inspection(who);
    const other = (await tasksOf(who)).find((task) => task.executor !== executor)!;
    const both = (version: number, said: object = {}): object[] => [
      { id, version, ...said },
      { id: other.id, version: 1, ...said },
    ];
    const received = await call(officer(executor), 'POST', '/receipts', undefined, { receipts: both(1) });
    expect(received.body.items).toMatchObject([
      { outcome: 'done', status: 'received', version: 2 },
      { outcome: 'refused', code: 'request.other-department' },
    ]);
    await listed(who);
    const ends = both(3, { on: '2024-11-14', note: '已移出（虚构）' });
    const ended = await call(officer(executor), 'POST', '/ends', undefined, { ends });
    expect(ended.body.items).toMatchObject([
      { outcome: 'done', status: 'ended' },
      { outcome: 'refused', code: 'request.other-department' },
    ]);
  });
});

describe('a list of the seriously dishonest', () => {
  it('orders the end of what was given at once, and the department confirms', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { id, executor } = await inspection(who);
    await call(officer(executor), 'POST', `/${id}/answer`, 1, given);
    await listed(who);
    expect(await inspection(who)).toMatchObject({
      status: 'end-ordered',
      end: { why: 'serious-list', orderedOn: '2024-11-14' },
      endDue: '2024-11-19',
    });
    const withdrawn = (await toldEvents(running.db, who.subject.id)).find(
      (event) => shortType(event) === 'withdrawn',
    );
    expect(withdrawn!.data).toMatchObject({ why: 'serious-list', endDue: '2024-11-19' });
    await expectFilledAsHeard(who);
    const ended = await call(officer(executor), 'POST', `/${id}/end`, 3, {
      on: '2024-11-14',
      note: '已恢复',
    });
    expect(ended.body).toMatchObject({ status: 'ended', ended: { how: 'confirmed' }, mayDo: [] });
    expect(await told(who, id)).toEqual(['applied', 'ended']);
    await expectFilledAsHeard(who);
  });

  it('leaves nothing to confirm where it was not given', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { id, executor } = await inspection(who);
    await call(officer(executor), 'POST', `/${id}/answer`, 1, {
      result: 'not-applied',
      on: '2024-11-14',
      reason: 'no-business-with-subject',
      note: '无业务',
    });
    await listed(who);
    expect(await inspection(who)).toMatchObject({ status: 'ended', ended: { how: 'never-given' } });
    expect(await told(who, id)).toEqual(['not-applied', 'ended']);
    await expectFilledAsHeard(who);
  });
});

describe('refused', () => {
  it('an answer of another department, on an old version, without a reason, or after the end', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { id, executor } = await inspection(who);
    const codes = [
      await call(officer('hlj.finance'), 'POST', `/${id}/answer`, 1, given),
      await call(officer(executor), 'POST', `/${id}/answer`, 7, given),
      await call(officer(executor), 'POST', `/${id}/answer`, 1, { ...given, result: 'not-applied' }),
      await call(officer(executor), 'POST', `/${id}/end`, 1, { on: '2024-11-14', note: '已恢复' }),
      await call(officer(executor), 'GET', '/no-id'),
      await call(officer('hlj.finance'), 'GET', `/${id}`),
    ].map(({ body }) => body.code);
    await listed(who);
    const late = await call(officer(executor), 'POST', `/${id}/answer`, 2, given);
    expect([...codes, late.body.code]).toEqual([
      'request.other-department',
      'request.if-match-stale',
      'incentive.reason-missing',
      'incentive.end-not-ordered',
      'incentive.task-not-found',
      'request.other-department',
      'incentive.answer-after-end',
    ]);
  });
});

describe('who looks', () => {
  it('sees what it executes, and a party what is about itself', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { executor } = await inspection(who);
    const own = await tasksOf(who, officer(executor));
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((task) => task.executor === executor)).toBe(true);
    const party: Actor = { kind: 'person', id: 'p', name: 'P', roles: ['party'], party: who.subject.code! };
    expect((await tasksOf(who, party)).length).toBe((await tasksOf(who)).length);
    expect((await tasksOf(who, party)).every(({ mayDo }) => mayDo.length === 0)).toBe(true);
  });
});

describe('the worklist', () => {
  it('holds what is owed, what is due first first, by department, incentive, city, subject and status', async () => {
    const who = enterprise('230500');
    await graded(who, 'A');
    const one = await inspection(who);
    const mine = officer(one.executor);
    const read = async (actor: Actor, query: string): Promise<TaskView[]> => {
      const { status, body } = await call(actor, 'GET', `/worklist?limit=200&${query}`);
      expect(status).toBe(200);
      return body.items;
    };
    const all = await read(mine, '');
    const keys = all.map(({ answerDue, endDue, id }) => `${answerDue ?? endDue} ${id}`);
    expect(keys).toEqual([...keys].sort());
    expect(all.every(({ executor, status }) => executor === one.executor && status !== 'ended')).toBe(true);
    for (const query of [
      `subject=${who.subject.code}&incentive=${encodeURIComponent(one.incentive.incentive)}`,
      `subject=${who.subject.id}&incentive=${encodeURIComponent(one.incentive.incentive)}&city=230500&status=granted`,
      `subject=${encodeURIComponent('松江示例')}&city=230500&incentive=${encodeURIComponent(one.incentive.incentive)}`,
    ])
      expect((await read(auditor, query)).map(({ id }) => id)).toEqual([one.id]);
    expect(await read(mine, `subject=${who.subject.code}&overdue=true`)).toEqual([]);
    expect(await read(officer('hlj.tax'), `department=${one.executor}`)).toEqual([]);
    const ends = await read(auditor, 'status=end-ordered');
    expect(ends.length).toBeGreaterThan(0);
    expect(ends.every(({ endDue }) => endDue !== null)).toBe(true);
    expect((await call(mine, 'GET', '/worklist?status=ended')).status).toBe(422);
  });
});

describe('the clocks', () => {
  it('remind, mark overdue and tell the lead unit, which sees it from then on; a rule that ends takes its own away', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { id } = await inspection(who);
    await running.db.query(
      `UPDATE incentive_rule SET valid_to = '2024-12-31', content = content || '{"validTo": "2024-12-31"}'
       WHERE id = 'incentive/fewer-inspections'`,
    );
    const later = enterprise();
    await graded(later, 'B');
    await running.moveTo('2024-11-26');
    await running.moveTo('2024-11-29');
    expect(await inspection(who)).toMatchObject({ overdue: true });
    await running.moveTo('2024-12-06');
    expect(await told(who, id)).toEqual(['reminded', 'overdue', 'escalated']);
    const { body } = await call(
      { ...officer('hlj.business-environment'), roles: ['lead-unit'] },
      'GET',
      `?subject=${who.subject.code}&escalated=true&overdue=true`,
    );
    expect(body.items.map((task) => task.id)).toContain(id);
    expect((await inspection(later)).status).toBe('granted');
    await running.moveTo('2025-01-02');
    const ending = await inspection(later);
    expect(ending).toMatchObject({ status: 'end-ordered', end: { why: 'rule-ended' } });
    // Chased as answers are: two working days before, on the day after it, and a week later.
    const since = (await told(later, ending.id)).length;
    for (const day of ['2025-01-03', '2025-01-08', '2025-01-15']) await running.moveTo(day);
    expect((await told(later, ending.id)).slice(since)).toEqual(['reminded', 'overdue', 'escalated']);
  });
});

it('incentives are taken out as CSV by who gives them, and by auditors, with a purpose that is logged', async () => {
  await running.moveTo('2024-11-14');
  const who = enterprise();
  await graded(who, 'A');
  const task = await inspection(who);
  const exported = async (actor: Actor, purpose?: string) => {
    const response = await running.app.inject({
      method: 'GET',
      url: '/api/discipline/incentives/export?from=2024-11-14',
      headers: {
        authorization: `Bearer ${await issueToken(actor)}`,
        ...(purpose && { 'x-purpose': encodeURIComponent(purpose) }),
      },
    });
    const lines = response.body.trimEnd().split('\r\n');
    return {
      status: response.statusCode,
      lines,
      own: lines.filter((line) => line.includes(who.subject.code!)),
    };
  };
  expect((await exported(auditor)).status).toBe(428);
  expect((await exported({ ...auditor, roles: ['lead-unit'] }, '核对')).status).toBe(403);
  const own = await exported(officer(task.executor), '核对（虚构）');
  expect(own.lines.every((line, nth) => nth === 0 || line.includes(`,${task.executor},`))).toBe(true);
  expect(own.own).toContainEqual(
    expect.stringMatching(
      new RegExp(
        `,incentive/fewer-inspections,.*,A \\(hlj-market-entity\\),2024-11-14,2024-12-31,,,${task.executor},granted,,,,$`,
      ),
    ),
  );
  const all = await exported(auditor, '审计（虚构）');
  expect(all.own).toHaveLength((await tasksOf(who)).length);
  const { rows } = await running.db.query(
    `SELECT purpose, department FROM discipline_export WHERE what = 'incentives' ORDER BY id`,
  );
  expect(rows).toEqual([
    { purpose: '核对（虚构）', department: task.executor },
    { purpose: '审计（虚构）', department: null },
  ]);
});
