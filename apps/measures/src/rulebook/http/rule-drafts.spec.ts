import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, Role } from '#platform';
import { type DisciplineRule, loadAllSeeds } from '#seeds';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase } from '../../../specs/stories.js';
import { OrderActions } from '../../discipline/commands/order-actions.js';
import { FindActions } from '../../discipline/queries/find-actions.js';
import { seedMeasures } from '../../seeding.js';

let database: TestDatabase;
let running: RunningMeasures;

beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, (await testIssuer()).settings, '2024-11-14');
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const person = (id: string, role: Role = 'lead-unit', department = 'hlj.business-environment'): Actor => ({
  kind: 'person',
  id,
  name: `${id}（虚构）`,
  department,
  roles: [role],
});
const wang = person('wang');
const zhao = person('zhao');

interface Answer {
  status: number;
  body: {
    id: string;
    code: string;
    detail: string;
    changes: object[];
    state: { status: string };
    items: object[];
  };
}

let keys = 0;
async function post(actor: Actor, url: string, body: object = {}): Promise<Answer> {
  const response = await running.app.inject({
    method: 'POST',
    url: `/api/discipline/rules/drafts${url}`,
    headers: { authorization: `Bearer ${await issueToken(actor)}`, 'idempotency-key': `d-${(keys += 1)}` },
    payload: body,
  });
  return { status: response.statusCode, body: response.json() };
}

const seeded = (id: string): DisciplineRule =>
  structuredClone(loadAllSeeds()['discipline-rules'].find((rule) => rule.id === id)!);
const licensing = (change: Partial<DisciplineRule> = {}): DisciplineRule => ({
  ...seeded('samr.licensing'),
  mode: 'required',
  validFrom: '2024-12-01',
  ...change,
});
const orderedOn = async (inForceOn: string): Promise<string | undefined> => {
  const listed = foodCase({}, {}, { inForceOn });
  await running.db.transaction((tx) => running.app.get(OrderActions).run(tx, listed.inForce));
  const auditor = person('auditor', 'auditor');
  const { items } = await running.app
    .get(FindActions)
    .list(auditor, { caseId: listed.case.id }, { limit: 200 });
  return items.find(({ rule }) => rule === 'samr.licensing')?.mode;
};

describe('a rule by draft and second person', () => {
  it('is drafted, shows what it changes, is published by another, and holds from its day on, also after a restart', async () => {
    const { status, body } = await post(wang, '', { rule: licensing() });
    expect([status, body.state.status]).toEqual([201, 'draft']);
    expect(body.changes).toEqual([
      { field: 'mode', before: 'considered', after: 'required' },
      { field: 'validFrom', before: '2021-09-01', after: '2024-12-01' },
    ]);
    expect((await post(wang, `/${body.id}/publication`)).body.code).toBe('rules.second-person');
    expect(await orderedOn('2024-12-02')).toBe('considered');
    expect((await post(zhao, `/${body.id}/publication`)).body.state.status).toBe('published');
    expect((await post(zhao, `/${body.id}/publication`)).body.code).toBe('rules.draft-settled');
    expect((await post(wang, '', { rule: licensing() })).body.code).toBe('rules.day-taken');
    expect([await orderedOn('2024-11-30'), await orderedOn('2024-12-01')]).toEqual([
      'considered',
      'required',
    ]);
    await seedMeasures(running.db, loadAllSeeds());
    expect([await orderedOn('2024-11-30'), await orderedOn('2024-12-01')]).toEqual([
      'considered',
      'required',
    ]);
  });

  it('is rejected with a reason, and then changes nothing', async () => {
    const { body } = await post(wang, '', {
      rule: licensing({ validFrom: '2025-06-01', mode: 'considered' }),
    });
    expect((await post(wang, `/${body.id}/rejection`, { reason: '依据不足' })).body.state).toMatchObject({
      status: 'rejected',
      reason: '依据不足',
    });
    expect((await post(zhao, `/${body.id}/publication`)).body.code).toBe('rules.draft-settled');
  });

  it.each<[string, Partial<DisciplineRule>, string, RegExp]>([
    ['that reaches back', { validFrom: '2024-11-14' }, 'rules.backdated', /2024-11-14/],
    [
      'of class A without a direct basis',
      { ...seeded('wage.procurement'), validFrom: '2025-01-01', basis: [{ instrument: '组织默认设置' }] },
      'rules.basis-not-direct',
      /rule\.basis-not-direct/,
    ],
    [
      'of class C that would be ordered',
      { measure: '2024/14', fields: [] },
      'rules.class-c-ordered',
      /rule\.class-c-ordered/,
    ],
    ['outside the closed lists', { measure: '2024/99' }, 'rules.measure-unknown', /rule\.measure-unknown/],
    [
      'on a conduct that the list does not know',
      { conductKinds: ['samr.dancing'] },
      'rules.contradiction',
      /rule\.conduct-unknown/,
    ],
    [
      'for a kind of subject that cannot be on the list',
      { ...seeded('wage.bidding'), subjectKinds: ['government-body'], validFrom: '2025-09-01' },
      'rules.contradiction',
      /rule\.subject-not-on-list/,
    ],
    ['that nobody executes', { executors: { units: [] } }, 'rules.contradiction', /rule\.executor-missing/],
    [
      'by a provincial regulation without a term (ordinance art. 31)',
      { measure: 'hlj/other', basis: [{ instrument: '黑龙江省社会信用条例', article: '31' }] },
      'rules.term-required',
      /rule\.term-required/,
    ],
    [
      'of the provincial supplement without the local regulation',
      { measure: 'hlj/interview', basis: [{ instrument: '市场监督管理严重违法失信名单管理办法' }] },
      'rules.supplement-basis',
      /hlj|local regulation/,
    ],
    ['of a list that is none', { list: 'DANCE' as never }, 'rules.list-unknown', /DANCE/],
    [
      'that would put a measure of persons on a company',
      { ...seeded('court.company-office'), subjectKinds: ['enterprise'], validFrom: '2025-09-01' },
      'rules.person-measure',
      /2024\/3/,
    ],
    [
      'that takes the commitment procedure from whom the police found to have lent a card',
      { ...seeded('telecom.no-commitment'), conductKinds: null, validFrom: '2025-09-01' },
      'rules.beyond-serious',
      /telecom\.police-finding/,
    ],
    ['without a legal basis', { basis: [] }, 'rules.malformed', /shape/],
    ['with a field too many', { colour: 'red' } as never, 'rules.malformed', /shape/],
    ['from a day that does not exist', { validFrom: '2025-02-30' }, 'rules.malformed', /shape/],
  ])('%s is refused', async (_, change, code, why) => {
    const { status, body } = await post(wang, '', {
      rule: licensing({ validFrom: '2025-09-01', ...change }),
    });
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toMatch(why);
    expect(body).toMatchObject({ cure: expect.any(String), cureZh: expect.any(String) });
  });

  it('binds persons of a company where the article itself names them', async () => {
    const rule = {
      ...seeded('samr.representative-office'),
      validFrom: '2025-10-01',
      titleZh: '限制任职（虚构修改）',
    };
    expect((await post(wang, '', { rule })).status).toBe(201);
    const { reaches: _, ...without } = rule;
    expect((await post(wang, '', { rule: without })).body.code).toBe('rules.person-measure');
  });

  it('that would run into a later version is refused, with its day', async () => {
    const rule = licensing({ validFrom: '2024-11-20', validTo: null });
    const { status, body } = await post(wang, '', { rule });
    expect([status, body.code]).toEqual([409, 'rules.overlap']);
    expect(body.detail).toMatch(/2024-12-01/);
    expect((await post(wang, '', { rule: { ...rule, validTo: '2024-11-30' } })).status).toBe(201);
  });

  it('is the business of the lead unit alone', async () => {
    const other = person('li', 'lead-unit', 'hlj.finance');
    expect((await post(other, '', { rule: licensing() })).body.code).toBe('rules.not-lead-unit');
    expect((await post(person('officer', 'discipline-officer'), '', { rule: licensing() })).status).toBe(403);
    expect((await post(wang, '/rubbish/publication')).body.code).toBe('rules.not-found');
  });

  it('of two published at once for one day one stands, and the book has no overlap', async () => {
    const versions = await Promise.all(
      ['2025-03-01', '2025-03-01'].map((validFrom) => post(wang, '', { rule: licensing({ validFrom }) })),
    );
    const answers = await Promise.all(versions.map(({ body }) => post(zhao, `/${body.id}/publication`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { rows } = await running.db.query(
      `SELECT valid_from FROM discipline_rule WHERE id = 'samr.licensing' ORDER BY valid_from`,
    );
    expect(rows).toEqual([
      { valid_from: '2021-09-01' },
      { valid_from: '2024-12-01' },
      { valid_from: '2025-03-01' },
    ]);
  });
});
