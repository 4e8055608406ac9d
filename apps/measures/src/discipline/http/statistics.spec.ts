import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordAccepted } from '#contracts';
import type { Actor, Role } from '#platform';
import { loadAllSeeds } from '#seeds';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { AnswerHit } from '../../checks/commands/answer-hit.js';
import { AskCheck } from '../../checks/commands/ask-check.js';
import { ActOnTask } from '../../incentives/commands/act-on-task.js';
import { FollowGrounds } from '../../incentives/commands/follow-grounds.js';
import { ActOnAction, type OfficerCommand } from '../commands/act-on-action.js';
import { OrderActions } from '../commands/order-actions.js';
import { OrderLifts } from '../commands/order-lifts.js';
import { FindActions } from '../queries/find-actions.js';
import { csvOf, type LoopFigures, type StatisticsAnswer } from '../queries/statistics.js';

let database: TestDatabase;
let running: RunningMeasures;
let harbin: ListedCase;
const seeds = loadAllSeeds();

const person = (role: Role, department?: string): Actor => ({
  kind: 'person',
  id: `${role}.${department}`,
  name: 'X',
  department,
  roles: [role],
});
const act = async (listed: ListedCase, executor: string, rule: string, ...commands: OfficerCommand[]) => {
  const { items } = await running.app
    .get(FindActions)
    .list(person('auditor'), { caseId: listed.case.id }, { limit: 200 });
  const action = items.find((each) => each.executor === executor && each.rule === rule)!;
  let { version } = action;
  for (const command of commands) {
    const changed = await running.db.transaction((tx) =>
      running.app
        .get(ActOnAction)
        .run(tx, person('discipline-officer', executor), action.id, version, command),
    );
    version = changed.version;
  }
};

beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, (await testIssuer()).settings, '2024-11-14');
  harbin = foodCase();
  const daqing = foodCase({}, { region: '230602', code: '91230602MA1ABCDE5X' });
  for (const listed of [harbin, daqing])
    await running.db.transaction((tx) => running.app.get(OrderActions).run(tx, listed.inForce));
  await running.moveTo('2024-11-18');
  await act(harbin, 'hlj.city.230100.finance', 'samr.restricted-dealings', {
    type: 'check',
    on: '2024-11-18',
    hit: true,
    note: '（虚构）',
  });
  await running.moveTo('2024-11-20');
  const applied = { type: 'answer', result: 'applied', on: '2024-11-20', note: '（虚构）' } as const;
  await act(harbin, 'hlj.city.230100.finance', 'samr.restricted-dealings', applied);
  await act(harbin, 'hlj.finance', 'samr.fiscal-funds', {
    ...applied,
    result: 'not-applied',
    reason: 'no-business-with-subject',
  });
  await running.db.transaction((tx) =>
    running.app.get(OrderLifts).run(tx, harbin.ended('revoked', '2024-11-20')),
  );
  await running.moveTo('2024-11-21');
  await act(harbin, 'hlj.city.230100.finance', 'samr.restricted-dealings', {
    type: 'confirm-lift',
    on: '2024-11-21',
    note: '（虚构）',
  });
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

async function read(
  actor: Actor,
  query: string,
): Promise<StatisticsAnswer & { status: number; text: string }> {
  const response = await running.app.inject({
    method: 'GET',
    url: `/api/discipline/statistics${query}`,
    headers: { authorization: `Bearer ${await issueToken(actor)}` },
  });
  const json = response.headers['content-type']?.toString().includes('json') ? response.json() : {};
  return { status: response.statusCode, text: response.body, ...json };
}
const lead = person('lead-unit', 'hlj.business-environment');
const year = 'from=2024-01-01&to=2024-12-31';

describe('how far what was ordered has come', () => {
  it('by department: pushed, received, checked, hit, applied, not applied, fed back, lifted, with rates and delays', async () => {
    const { items } = await read(lead, `?by=department&${year}`);
    const nothing = { late: 0, overdue: 0, overdueLifts: 0, escalated: 0, name: null };
    const approvals = { hits: 0, answered: 0, applied: 0, overdue: 0 };
    // The finance department of Harbin answers for procurement there, the provincial one for money of the province.
    expect(items.find(({ key }) => key === 'hlj.city.230100.finance')).toEqual({
      key: 'hlj.city.230100.finance',
      ...nothing,
      pushed: 1,
      received: 1,
      checked: 1,
      hit: 1,
      applied: 1,
      notApplied: 0,
      fedBack: 1,
      lifted: 1,
      approvals,
      feedbackRate: 1,
      liftRate: 1,
      feedbackDays: { p50: 6, p90: 6 },
      liftDays: { p50: 1, p90: 1 },
    });
    expect(items.find(({ key }) => key === 'hlj.finance')).toEqual({
      key: 'hlj.finance',
      ...nothing,
      pushed: 2,
      received: 1,
      checked: 0,
      hit: 0,
      applied: 0,
      notApplied: 1,
      fedBack: 1,
      lifted: 1,
      approvals,
      feedbackRate: 0.5,
      liftRate: null,
      feedbackDays: { p50: 6, p90: 6 },
      // What was never applied took nobody time to lift.
      liftDays: null,
    });
  });

  it('by city of the subject, by list and by month, and in all', async () => {
    const told = async (query: string) =>
      (await read(lead, `${query}&${year}`)).items.map(
        ({ key, pushed, fedBack, lifted, feedbackDays, liftDays }) => [
          key,
          pushed,
          fedBack,
          lifted,
          feedbackDays?.p50 ?? null,
          liftDays?.p90 ?? null,
        ],
      );
    expect(await told('?by=city')).toEqual([
      ['230100', 12, 2, 2, 6, 1],
      ['230600', 12, 0, 0, null, null],
    ]);
    const ofFinance = await told('?by=measure&department=hlj.finance');
    expect(ofFinance.map(([, ...figures]) => figures)).toEqual([[2, 1, 1, 6, null]]);
    expect(await told('?by=month&department=hlj.city.230100.finance')).toEqual([['2024-11', 1, 1, 1, 6, 1]]);
    expect(await told('?by=department&city=230600&department=hlj.finance')).toEqual([
      ['hlj.finance', 1, 0, 0, null, null],
    ]);
    const byClass = await told('?by=class');
    expect(byClass.map(([key]) => key)).toContain('constraint');
    expect(byClass.reduce((sum, [, pushed]) => sum + Number(pushed), 0)).toBe(24);
    const [[measure]] = ofFinance as [[string]];
    expect(await told(`?by=list&measure=${encodeURIComponent(measure)}`)).toHaveLength(1);
    expect((await read(lead, `?by=list&${year}`)).items.map(({ key, pushed }) => [key, pushed])).toEqual([
      ['SAMR', 24],
    ]);
    const { items, total } = await read(lead, `?by=month&${year}`);
    expect(items.map(({ key }) => key)).toEqual(['2024-11']);
    expect(total).toMatchObject({ pushed: 24, fedBack: 2 });
  });

  it('of a time without orders says nothing, not a division by zero', async () => {
    expect(await read(lead, '?by=measure&from=2020-01-01&to=2020-12-31')).toMatchObject({
      status: 200,
      items: [],
      total: null,
    });
  });

  it('a department sees its own figures only; a party none; odd queries are refused', async () => {
    const { items } = await read(
      person('discipline-officer', 'hlj.city.230600.housing'),
      `?by=department&${year}`,
    );
    expect(items.map(({ key }) => key)).toEqual(['hlj.city.230600.housing']);
    expect((await read(person('party'), `?by=department&${year}`)).status).toBe(403);
    expect((await read(lead, '?by=colour&from=2024-01-01&to=2024-12-31')).status).toBe(422);
  });

  it('as a table for spreadsheets', async () => {
    const { text } = await read(lead, `/export?by=list&${year}`);
    expect(text).toBe(
      '\uFEFFkey,pushed,received,checked,hit,applied,notApplied,fedBack,late,lifted,overdue,overdueLifts,escalated,feedbackRate,' +
        'liftRate,name,approvalHits,approvalAnswered,approvalApplied,approvalOverdue,feedbackDaysP50,feedbackDaysP90,liftDaysP50,liftDaysP90\r\n' +
        `SAMR,24,2,1,1,1,1,2,0,2,0,0,0,${2 / 24},${1 / 11},,0,0,0,0,6,6,1,1\r\n`,
    );
  });

  it('a key that a spreadsheet would take for a formula is defused', () => {
    const [row] = csvOf([{ key: '=1+1' } as LoopFigures])
      .split('\r\n')
      .slice(1);
    expect(row).toMatch(/^'=1\+1,/);
  });
});

describe('what the loop alone does not show', () => {
  const finance = person('discipline-officer', 'hlj.finance');

  it('the measures of the catalogue, by its number and name, however the rules word them', async () => {
    const { items } = await read(lead, `?by=measure&${year}`);
    expect(items.reduce((sum, { pushed }) => sum + pushed, 0)).toBe(24);
    for (const { key, name } of items) {
      const entry = [
        ...seeds['discipline-catalogue'],
        ...seeds['discipline-supplement'],
        ...seeds.constraints,
      ].find(({ id }) => id === key)!;
      expect(name).toEqual({ zh: entry.zh, en: entry.en });
    }
    expect(items.length).toBeLessThan(12);
  });

  it('an answer after its day is late, and stays so', async () => {
    const listed = foodCase({}, { code: '91230100MA1ABCDE72' });
    await running.db.transaction((tx) => running.app.get(OrderActions).run(tx, listed.inForce));
    // Ordered on 2024-11-21: ten working days end on 2024-12-05.
    await running.moveTo('2024-12-06');
    await act(listed, 'hlj.finance', 'samr.fiscal-funds', {
      type: 'answer',
      result: 'applied',
      on: '2024-12-02',
      note: '（虚构）',
    });
    await running.db.transaction((tx) =>
      running.app.get(OrderLifts).run(tx, listed.ended('revoked', '2024-12-06')),
    );
    expect((await read(finance, `?by=department&${year}`)).items).toMatchObject([
      { key: 'hlj.finance', fedBack: 2, late: 1 },
    ]);
  });

  it('approvals in which a measure bound the subject, and what was made of it', async () => {
    const listed = foodCase({}, { code: '91230100MA1ABCDE64' });
    await running.db.transaction((tx) => running.app.get(OrderActions).run(tx, listed.inForce));
    const asking = person('discipline-officer', 'hlj.education');
    const before = (await read(lead, `?by=list&${year}`)).items[0]!.approvals;
    const { id, bound } = await running.app.get(AskCheck).run(asking, {
      subjects: [listed.subject.code!, '91230100MA1ABCDE56'],
      field: 'procurement',
      item: '（虚构）',
      purpose: '（虚构）',
    });
    const { hits } = bound[0]!;
    await running.db.transaction((tx) =>
      running.app.get(AnswerHit).run(tx, asking, id, hits[0]!.id, { result: 'applied', note: '（虚构）' }),
    );
    const after = await read(lead, `?by=list&${year}`);
    expect(after.items[0]!.approvals).toEqual({
      hits: before.hits + hits.length,
      answered: before.answered + 1,
      applied: before.applied + 1,
      overdue: before.overdue,
    });
    const own = await read(asking, `?by=department&${year}`);
    expect(own.checks).toEqual({
      asked: 1,
      subjects: 2,
      bound: 1,
      hits: hits.length,
      answered: 1,
      applied: 1,
      overdue: 0,
    });
  });

  it('incentives that were granted, withdrawn and are held', async () => {
    const honest = foodCase({}, { code: '91230100MA1ABCDE48' });
    const record = {
      ...recordAccepted.sample.record,
      type: 'honour',
      documentNo: '（虚构）诚信之星〔2024〕3号',
    };
    const honoured = (stands: boolean): Promise<void> =>
      running.db.transaction((tx) =>
        running.app.get(FollowGrounds).recorded(tx, honest.subject, record, stands),
      );
    await honoured(true);
    const granted = (await read(lead, `?by=list&${year}`)).incentives;
    expect(granted.length).toBeGreaterThan(0);
    for (const each of granted) expect(each).toMatchObject({ granted: 1, withdrawn: 0, held: 1 });
    await honoured(false);
    for (const each of (await read(lead, `?by=list&${year}`)).incentives)
      expect(each).toMatchObject({ granted: 1, withdrawn: 1, held: 0 });
    expect((await read(lead, '?by=list&from=2023-01-01&to=2023-12-31')).incentives).toEqual([]);
  });

  it('incentives apart from discipline: what was pushed to whom, answered, and ended', async () => {
    const honest = foodCase({}, { code: '91230200MA1ABCDE57', region: '230202' });
    const record = {
      ...recordAccepted.sample.record,
      id: '0192f0c4-6c00-7000-8000-00000000aa01',
      type: 'honour',
      documentNo: '（虚构）诚信之星〔2024〕4号',
    };
    const honoured = (stands: boolean): Promise<void> =>
      running.db.transaction((tx) =>
        running.app.get(FollowGrounds).recorded(tx, honest.subject, record, stands),
      );
    const city = async () =>
      (await read(lead, `?by=city&${year}`)).incentiveTasks.items.find(({ key }) => key === '230200');
    expect(await city()).toBeUndefined();
    await honoured(true);
    const { pushed } = (await city())!;
    expect(pushed).toBeGreaterThan(0);
    const { rows } = await running.db.query<{ id: string; executor: string }>(
      'SELECT id, executor FROM incentive_task WHERE subject_id = $1 ORDER BY id',
      [honest.subject.id],
    );
    const [{ id, executor }] = rows as [{ id: string; executor: string }];
    await running.db.transaction((tx) =>
      running.app.get(ActOnTask).run(tx, person('discipline-officer', executor), id, 1, {
        type: 'answer',
        result: 'applied',
        on: '2024-12-06',
        note: '已优先推荐',
      }),
    );
    expect(await city()).toMatchObject({
      received: 1,
      applied: 1,
      notApplied: 0,
      fedBack: 1,
      late: 0,
      overdue: 0,
      endOrdered: 0,
      feedbackRate: 1 / pushed,
      endRate: null,
    });
    await honoured(false);
    expect(await city()).toMatchObject({ endOrdered: pushed, ended: 0, endRate: 0 });
    const own = await read(person('discipline-officer', executor), `?by=department&${year}`);
    expect(own.incentiveTasks.items.map(({ key }) => key)).toEqual([executor]);
    const { total, items } = (await read(lead, `?by=list&${year}`)).incentiveTasks;
    expect(total!.pushed).toBe(items.reduce((sum, each) => sum + each.pushed, 0));
    expect(items.every(({ key }) => key.startsWith('incentive/'))).toBe(true);
  });
});
