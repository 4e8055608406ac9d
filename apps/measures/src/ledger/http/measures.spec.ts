import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultsOf } from '#contracts';
import type { Actor, Role } from '#platform';
import { loadSeeds } from '#seeds';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { toldEvents } from '../../../specs/told-events.js';
import { progressSnapshot } from '../events/snapshot.js';

let database: TestDatabase;
let running: RunningMeasures;

beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, (await testIssuer()).settings, '2024-12-02');
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const person = (role: Role, department?: string): Actor => ({
  kind: 'person',
  id: `${role}.${department}`,
  name: 'X',
  department,
  roles: [role],
});
const lead = (unit: string): Actor => person('lead-unit', unit);
let keys = 0;

async function call(
  actor: Actor,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
  headers: Record<string, string> = {},
) {
  const response = await running.app.inject({
    method,
    url,
    headers: {
      authorization: `Bearer ${await issueToken(actor)}`,
      ...(method === 'POST' ? { 'idempotency-key': `key-${keys++}` } : {}),
      ...headers,
    },
    ...(payload ? { payload } : {}),
  });
  return {
    status: response.statusCode,
    body: response.json<Record<string, unknown> & { items: Record<string, unknown>[]; next?: string }>(),
  };
}

const anyone = person('auditor');

describe('the ledger', () => {
  it('holds the 45 measures with the exact strings of the opinion', async () => {
    const { body } = await call(anyone, 'GET', '/api/measures');
    expect(body.items).toHaveLength(45);
    const seeds = loadSeeds('measures');
    for (const [index, seed] of seeds.entries()) {
      const view = body.items[index]!;
      expect(view).toMatchObject({
        no: seed.number,
        title: seed.title,
        text: seed.text,
        section: seed.section,
        deadline: seed.deadline,
      });
      const names = (units: unknown) => (units as { seedName: string }[]).map((unit) => unit.seedName);
      expect(names(view['leadUnits'])).toEqual(seed.leadUnits);
      expect(names(view['responsibleUnits'])).toEqual(seed.responsibleUnits);
    }
  });

  it('shows what is overdue on the day of the clock', async () => {
    const overdue = async () =>
      (await call(anyone, 'GET', '/api/measures?overdue=true&limit=200')).body.items.map(
        (view) => view['no'],
      );
    expect(await overdue()).toEqual([1, 5, 7, 13, 21, 39, 40]);
    await running.moveTo('2024-12-31');
    expect(await overdue()).toEqual([1, 5, 7, 13, 21, 39, 40]);
    await running.moveTo('2025-01-01');
    expect(await overdue()).toEqual([1, 5, 7, 13, 19, 20, 21, 36, 39, 40]);
    await running.moveTo('2026-01-01');
    expect(await overdue()).toHaveLength(45);
    await running.moveTo('2024-12-02');
  });

  it('names the accountable unit of measure 39, which has no lead, and the successor of a renamed body', async () => {
    const { body } = await call(anyone, 'GET', '/api/measures/39');
    expect(body).toMatchObject({
      leadUnits: [],
      accountable: ['hlj.business-environment'],
      undesignated: [],
    });
    expect(body['responsibleUnits']).toMatchObject([
      { seedName: '省营商环境局', successor: { id: 'hlj.data' } },
    ]);
  });

  it('says which collective lead nobody is designated for', async () => {
    expect((await call(anyone, 'GET', '/api/measures/37')).body['undesignated']).toEqual([
      'hlj.units-concerned',
    ]);
  });

  it('finds the measures of a unit, also of a city', async () => {
    const of = async (unit: string) =>
      (await call(anyone, 'GET', `/api/measures?unit=${unit}&limit=200`)).body.items.length;
    expect(await of('hlj.business-environment')).toBeGreaterThan(18);
    expect(await of('hlj.prefecture.232700')).toBe(44);
  });

  it('pages, and does not know a measure 46', async () => {
    const first = (await call(anyone, 'GET', '/api/measures?limit=30')).body;
    const second = (await call(anyone, 'GET', `/api/measures?limit=30&after=${first.next}`)).body;
    expect([first.items.length, second.items.length, second.next]).toEqual([30, 15, undefined]);
    for (const no of ['46', '0', 'x', '%00', '1e1']) {
      expect(await call(anyone, 'GET', `/api/measures/${no}`)).toMatchObject({
        status: 404,
        body: { code: 'measure.not-found' },
      });
    }
  });
});

describe('progress', () => {
  it('is reported by a lead or responsible unit, kept, told and counted', async () => {
    const first = await call(lead('hlj.science'), 'POST', '/api/measures/1/progress', {
      percent: 40,
      text: '承诺制已在省级计划施行（虚构）',
    });
    expect(first).toMatchObject({
      status: 201,
      body: { unit: 'hlj.science', percent: 40, reportedOn: '2024-12-02', nth: 1 },
    });
    await call(lead('hlj.science'), 'POST', '/api/measures/1/progress', {
      percent: 60,
      text: '已扩至市级（虚构）',
    });
    await call(lead('hlj.education'), 'POST', '/api/measures/1/progress', {
      percent: 90,
      text: '责任单位填报（虚构）',
    });
    const { body } = await call(anyone, 'GET', '/api/measures/1');
    // Two leads: one at 60, one silent.
    expect(body).toMatchObject({ percent: 30, done: false, overdue: true });
    const history = await call(anyone, 'GET', '/api/measures/1/progress?limit=2');
    expect(history.body.items.map((report) => [report['unit'], report['percent']])).toEqual([
      ['hlj.education', 90],
      ['hlj.science', 60],
    ]);
    const older = await call(anyone, 'GET', `/api/measures/1/progress?limit=2&after=${history.body.next}`);
    expect(older.body.items.map((report) => report['nth'])).toEqual([1]);
    const events = await toldEvents(running.db, 'measure-1');
    expect(events.map((event) => event.data['percent'])).toEqual([40, 60, 90]);
  });

  it('stands in a snapshot as the last report of each unit, in the order in which they came', async () => {
    const events = await toldEvents(running.db, 'measure-1');
    const last = new Map(events.map(({ data }) => [data['unit'], data]));
    expect(last.size).toBe(2);
    const standing = await progressSnapshot.standing(running.db, ['measure-1', 'measure-2']);
    expect([...standing.keys()]).toEqual(['measure-1']);
    const facts = standing.get('measure-1')!;
    expect(facts.map(({ data }) => data)).toEqual([...last.values()]);
    for (const { contract, data } of facts) expect(faultsOf(contract, data)).toEqual([]);
  });

  it('reported by two units at once counts both', async () => {
    const answers = await Promise.all(
      ['hlj.market-regulation', 'hlj.commerce'].map((unit) =>
        call(lead(unit), 'POST', '/api/measures/10/progress', { percent: 50, text: '联合整治（虚构）' }),
      ),
    );
    expect(answers.map((answer) => answer.body['nth']).sort()).toEqual([1, 2]);
  });

  it.each<[string, Actor, string, object, number, string]>([
    ['of another unit', lead('hlj.finance'), '8', { percent: 10, text: '无' }, 403, 'measure.not-named'],
    [
      'of a collective',
      lead('hlj.units-concerned'),
      '37',
      { percent: 10, text: '无' },
      403,
      'measure.collective-cannot-report',
    ],
    [
      'without the role',
      person('handler', 'hlj.human-resources'),
      '8',
      { percent: 10, text: '无' },
      403,
      'request.role-missing',
    ],
    [
      'without a department',
      lead(undefined as unknown as string),
      '8',
      { percent: 10, text: '无' },
      403,
      'request.other-department',
    ],
    [
      'of more than all',
      lead('hlj.human-resources'),
      '8',
      { percent: 101, text: '无' },
      422,
      'request.field-invalid',
    ],
    ['without words', lead('hlj.human-resources'), '8', { percent: 10 }, 422, 'request.field-invalid'],
    [
      'on no measure',
      lead('hlj.human-resources'),
      '46',
      { percent: 10, text: '无' },
      404,
      'measure.not-found',
    ],
  ])('%s is refused', async (_, actor, no, body, status, code) => {
    expect(await call(actor, 'POST', `/api/measures/${no}/progress`, body)).toMatchObject({
      status,
      body: { code, cure: expect.any(String) },
    });
  });

  it('is kept for ever', async () => {
    await expect(running.db.query('DELETE FROM measure_progress')).rejects.toThrow(/append-only/);
  });
});
