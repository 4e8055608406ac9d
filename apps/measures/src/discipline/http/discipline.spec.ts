import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, Database, type Role } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { FollowSubject } from '../commands/follow-subject.js';
import { OrderActions } from '../commands/order-actions.js';
import { OrderLifts } from '../commands/order-lifts.js';
import { disciplineSnapshot } from '../events/snapshot.js';
import type { ActionView } from '../queries/action-view.js';

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

interface Answer {
  status: number;
  etag: string | undefined;
  // Bodies are looked at field by field.
  body: Record<string, unknown> & { items: Record<string, unknown>[]; next?: string };
}

const person = (role: Role, department?: string, party?: string): Actor => ({
  kind: 'person',
  id: `${role}.${department}`,
  name: 'X',
  department,
  party,
  roles: [role],
});
const officer = (unit: string): Actor => person('discipline-officer', unit);
const handler = person('handler', 'hlj.city.230100.market-regulation');

async function call(
  actor: Actor | undefined,
  method: 'GET' | 'POST',
  url: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await running.app.inject({
    method,
    url,
    headers: { ...(actor ? { authorization: `Bearer ${await issueToken(actor)}` } : {}), ...headers },
    ...(body ? { payload: body } : {}),
  });
  return {
    status: response.statusCode,
    etag: response.headers['etag'] as string | undefined,
    body: response.json(),
  };
}

async function listedCase(...given: Parameters<typeof foodCase>): Promise<ListedCase> {
  const listed = foodCase(...given);
  await running.db.transaction((tx) => running.app.get(OrderActions).run(tx, listed.inForce));
  return listed;
}

async function actionsOf(listed: ListedCase, actor = handler): Promise<ActionView[]> {
  return (await call(actor, 'GET', `/api/discipline/actions?caseId=${listed.case.id}&limit=200`)).body
    .items as unknown as ActionView[];
}

const applied = { result: 'applied', on: '2024-11-14', note: '已取消评优资格（虚构）' };

describe('an answer over HTTP', () => {
  it('is given by the executing department, with the version it read', async () => {
    const [action] = await actionsOf(await listedCase());
    const by = officer(action!.executor);
    const read = await call(by, 'GET', `/api/discipline/actions/${action!.id}`);
    expect(read).toMatchObject({
      status: 200,
      etag: '"1"',
      body: {
        status: 'ordered',
        mayDo: ['receive', 'check', 'assign', 'answer-applied', 'answer-not-applied'],
      },
    });
    const answered = await call(by, 'POST', `/api/discipline/actions/${action!.id}/answer`, applied, {
      'if-match': read.etag!,
    });
    expect(answered).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { status: 'applied', answer: applied, version: 2, mayDo: ['correct-answer'] },
    });
    const history = await call(by, 'GET', `/api/discipline/actions/${action!.id}/history`);
    expect(history.body.items.map((entry) => entry['actor'])).toEqual([
      'system:chengxin-measures',
      `person:discipline-officer.${action!.executor}@${action!.executor}`,
    ]);
  });

  it('sent again with its key is answered the same, and counts once', async () => {
    const [action] = await actionsOf(await listedCase());
    const headers = { 'if-match': '"1"', 'idempotency-key': `answer-${action!.id}` };
    const path = `/api/discipline/actions/${action!.id}/answer`;
    const first = await call(officer(action!.executor), 'POST', path, applied, headers);
    const again = await call(officer(action!.executor), 'POST', path, applied, headers);
    expect([first.status, again.status, again.body['version']]).toEqual([200, 200, 2]);
    const other = await call(officer(action!.executor), 'POST', path, { ...applied, note: '别的' }, headers);
    expect(other).toMatchObject({ status: 409, body: { code: 'request.idempotency-key-reused' } });
  });

  it('is given by the body that followed the one that was named, as are the confirmation and what the lead unit does', async () => {
    const listed = await listedCase();
    const named = (await actionsOf(listed)).find(({ executor }) => executor === 'hlj.business-environment')!;
    const path = `/api/discipline/actions/${named.id}`;
    const [successor, stranger] = [officer('hlj.data'), officer('hlj.finance')];
    expect((await actionsOf(listed, successor)).map(({ id }) => id)).toContain(named.id);
    expect((await call(successor, 'GET', path)).body['mayDo']).toContain('answer-applied');
    expect(await call(stranger, 'POST', `${path}/answer`, applied, { 'if-match': '"1"' })).toMatchObject({
      status: 403,
      body: { code: 'request.other-department' },
    });
    expect(await call(successor, 'POST', `${path}/answer`, applied, { 'if-match': '"1"' })).toMatchObject({
      status: 200,
      body: { status: 'applied' },
    });
    await running.db.transaction((tx) =>
      running.app.get(OrderLifts).run(tx, listed.ended('revoked', '2024-11-14')),
    );
    const confirmed = { on: '2024-11-14', note: '已恢复（虚构）' };
    const { etag } = await call(successor, 'GET', path);
    expect(await call(successor, 'POST', `${path}/lift`, confirmed, { 'if-match': etag! })).toMatchObject({
      status: 200,
      body: { status: 'lifted' },
    });
    const draft = { rule: { id: 'spec.shapeless' } };
    const draftedBy = async (unit: string): Promise<unknown> => {
      const key = { 'idempotency-key': `draft-by-${unit}` };
      const lead = person('lead-unit', unit);
      return (await call(lead, 'POST', '/api/discipline/rules/drafts', draft, key)).body['code'];
    };
    expect([await draftedBy('hlj.finance'), await draftedBy('hlj.data')]).toEqual([
      'rules.not-lead-unit',
      'rules.malformed',
    ]);
  });

  interface Attempt {
    /** the officer of the executing unit when absent */
    by?: Actor | null;
    path?: string;
    body?: object;
    ifMatch?: string | null;
  }

  it.each<[string, number, string, Attempt]>([
    ['without token', 401, 'request.no-token', { by: null }],
    ['by a handler', 403, 'request.role-missing', { by: handler }],
    ['by another department', 403, 'request.other-department', { by: officer('hlj.statistics') }],
    ['without If-Match', 428, 'request.if-match-missing', { ifMatch: null }],
    ['on an old version', 412, 'request.if-match-stale', { ifMatch: '"7"' }],
    [
      'not applied, without reason',
      422,
      'discipline.reason-missing',
      { body: { ...applied, result: 'not-applied' } },
    ],
    [
      'with a reason that is no code',
      422,
      'discipline.reason-unknown',
      { body: { ...applied, result: 'not-applied', reason: 'x' } },
    ],
    ['of tomorrow', 422, 'discipline.date-in-future', { body: { ...applied, on: '2024-11-15' } }],
    ['with a field too many', 422, 'request.field-invalid', { body: { ...applied, measure: 'B/1' } }],
    ['with NUL in the note', 400, 'request.forbidden-character', { body: { ...applied, note: 'a\0b' } }],
    [
      'lift of what was not applied',
      409,
      'discipline.lift-of-unapplied',
      { path: '{id}/lift', body: { on: '2024-11-14', note: '无' } },
    ],
    [
      'of no action',
      404,
      'discipline.action-not-found',
      { path: '0192f0c4-6c00-7000-8000-00000000dead/answer' },
    ],
    ['of no id', 404, 'discipline.action-not-found', { path: '%00/answer' }],
  ])('%s is refused with %d %s and a cure, and changes nothing', async (_, status, code, attempt) => {
    const listed = await listedCase();
    const [action] = await actionsOf(listed);
    const { by = officer(action!.executor), path = '{id}/answer', body = applied, ifMatch = '"1"' } = attempt;
    const url = `/api/discipline/actions/${path.replace('{id}', action!.id)}`;
    const refused = await call(by ?? undefined, 'POST', url, body, ifMatch ? { 'if-match': ifMatch } : {});
    expect(refused).toMatchObject({
      status,
      body: { code, cure: expect.any(String), cureZh: expect.any(String) },
    });
    expect((await actionsOf(listed))[0]).toEqual(action);
  });
});

describe('the way to an answer over HTTP', () => {
  const act = (
    by: Actor,
    action: ActionView,
    step: string,
    version: number,
    body?: object,
  ): Promise<Answer> =>
    call(by, 'POST', `/api/discipline/actions/${action.id}/${step}`, body, { 'if-match': `"${version}"` });

  it('goes by receipt, check, assignment, answer and correction, and the history keeps each', async () => {
    const [action] = await actionsOf(await listedCase());
    const chief = officer(action!.executor);
    const named: Actor = { ...chief, id: 'named', name: '李示例（虚构）' };
    expect((await act(chief, action!, 'receipt', 1)).body).toMatchObject({ status: 'received', version: 2 });
    const check = { on: '2024-11-14', hit: true, note: '在审项目一个（虚构）' };
    expect((await act(chief, action!, 'check', 2, check)).body).toMatchObject({
      status: 'checked',
      handling: { receivedOn: '2024-11-14', check },
    });
    // Named before the officer has ever logged in, an action would wait for nobody.
    const to = { officer: named.id };
    for (const nobody of [to, { officer: `discipline-officer.hlj.statistics` }])
      expect(await act(chief, action!, 'assignment', 3, nobody)).toMatchObject({
        status: 422,
        body: { code: 'discipline.officer-unknown' },
      });
    await call(officer('hlj.statistics'), 'GET', '/api/discipline/actions');
    expect(
      (await act(chief, action!, 'assignment', 3, { officer: 'discipline-officer.hlj.statistics' })).status,
    ).toBe(422);
    await call(named, 'GET', '/api/discipline/actions');
    const officers = await call(chief, 'GET', '/api/discipline/officers');
    expect(officers.body.items).toContainEqual({ id: named.id, name: named.name });
    expect(officers.body.items.map(({ id }) => id)).not.toContain('discipline-officer.hlj.statistics');
    expect((await act(chief, action!, 'assignment', 3, to)).body).toMatchObject({ mayDo: ['assign'] });
    expect(await act(chief, action!, 'answer', 4, applied)).toMatchObject({
      status: 403,
      body: { code: 'discipline.assigned-to-another' },
    });
    expect((await act(named, action!, 'answer', 4, applied)).body).toMatchObject({ status: 'applied' });
    const correction = {
      result: 'not-applied',
      reason: 'no-business-with-subject',
      on: '2024-11-14',
      note: '已核实',
    };
    expect((await act(named, action!, 'correction', 5, { ...correction, why: '误填' })).body).toMatchObject({
      status: 'not-applied',
      version: 6,
    });
    const history = await call(chief, 'GET', `/api/discipline/actions/${action!.id}/history`);
    expect(history.body.items.map((entry) => (entry['fact'] as { type: string }).type)).toEqual([
      'ordered',
      'received',
      'checked',
      'assigned',
      'answered',
      'answer-corrected',
    ]);
    const mine = await call(chief, 'GET', '/api/discipline/actions?assignee=named');
    expect(mine.body.items.map(({ id }) => id)).toEqual([action!.id]);
  });

  it('answers many at once: each stands or is refused for itself', async () => {
    const listed = await listedCase();
    const bureau = 'hlj.city.230100.market-regulation';
    const own = (await actionsOf(listed)).filter(({ executor }) => executor === bureau);
    const foreign = (await actionsOf(listed)).find(({ executor }) => executor === 'hlj.city.230100.housing')!;
    const answers = [
      { id: own[0]!.id, version: 1, ...applied },
      { id: foreign.id, version: 1, ...applied },
      { id: own[1]!.id, version: 9, ...applied },
      { id: own[1]!.id, version: 1, ...applied, result: 'not-applied', reason: 'no-business-with-subject' },
    ];
    const { status, body } = await call(officer(bureau), 'POST', '/api/discipline/actions/answers', {
      answers,
    });
    expect(status).toBe(200);
    expect(body.items.map((item) => item['code'] ?? item['status'])).toEqual([
      'applied',
      'request.other-department',
      'request.if-match-stale',
      'not-applied',
    ]);
  });

  it('takes many in hand, and confirms many lifts, at once', async () => {
    const listed = await listedCase();
    const bureau = 'hlj.city.230100.market-regulation';
    const own = (await actionsOf(listed)).filter(({ executor }) => executor === bureau);
    expect(own.length).toBeGreaterThan(1);
    const by = officer(bureau);
    const stepsOf = async (what: string, said: object, version: number): Promise<unknown[]> => {
      const { status, body } = await call(by, 'POST', `/api/discipline/actions/${what}`, {
        [what]: [
          ...own.map(({ id }) => ({ id, version, ...said })),
          { id: listed.case.id, version, ...said },
        ],
      });
      expect(status).toBe(200);
      return body.items.map((item) => item['code'] ?? item['status']);
    };
    const unknown = 'discipline.action-not-found';
    expect(await stepsOf('receipts', {}, 1)).toEqual([...own.map(() => 'received'), unknown]);
    expect(await stepsOf('answers', applied, 2)).toEqual([...own.map(() => 'applied'), unknown]);
    await running.db.transaction((tx) =>
      running.app.get(OrderLifts).run(tx, listed.ended('revoked', '2024-11-14')),
    );
    const lift = { on: '2024-11-14', note: '已恢复（虚构）' };
    expect(await stepsOf('lifts', lift, 4)).toEqual([...own.map(() => 'lifted'), unknown]);
  });
});

describe('a lift over HTTP', () => {
  it('is confirmed by the department that applied the measure; an answer is refused by then', async () => {
    const listed = await listedCase();
    const [action] = await actionsOf(listed);
    const by = officer(action!.executor);
    await call(by, 'POST', `/api/discipline/actions/${action!.id}/answer`, applied, { 'if-match': '"1"' });
    const early = await call(
      by,
      'POST',
      `/api/discipline/actions/${action!.id}/lift`,
      { on: '2024-11-14', note: '恢复' },
      { 'if-match': '"2"' },
    );
    expect(early).toMatchObject({ status: 409, body: { code: 'discipline.lift-not-ordered' } });
    await running.db.transaction((tx) =>
      running.app.get(OrderLifts).run(tx, listed.ended('early-removal', '2024-11-14')),
    );
    const late = await call(by, 'POST', `/api/discipline/actions/${action!.id}/answer`, applied, {
      'if-match': '"3"',
    });
    expect(late).toMatchObject({ status: 409, body: { code: 'discipline.answer-after-lift' } });
    const lifted = await call(
      by,
      'POST',
      `/api/discipline/actions/${action!.id}/lift`,
      { on: '2024-11-14', note: '已恢复（虚构）' },
      { 'if-match': '"3"' },
    );
    expect(lifted).toMatchObject({
      status: 200,
      etag: '"4"',
      body: { status: 'lifted', lifted: { how: 'confirmed', on: '2024-11-14' } },
    });
  });
});

describe('who sees which actions', () => {
  let listed: ListedCase;
  beforeAll(async () => {
    listed = await listedCase({}, { code: '91230100MA1ABCDE9G' });
  });

  it('the deciding department, the auditor and the operator all of a case', async () => {
    for (const actor of [handler, person('auditor'), person('operator')])
      expect(await actionsOf(listed, actor)).toHaveLength(12);
  });

  it('an executing department its own', async () => {
    const housing = officer('hlj.city.230100.housing');
    expect((await actionsOf(listed, housing)).map((action) => action.executor)).toEqual([
      'hlj.city.230100.housing',
    ]);
    const other = (await actionsOf(listed)).find((action) => action.executor === 'hlj.finance')!;
    expect(await call(housing, 'GET', `/api/discipline/actions/${other.id}`)).toMatchObject({
      status: 403,
      body: { code: 'request.other-department' },
    });
    expect((await call(housing, 'GET', '/api/discipline/actions?executor=hlj.finance')).body.items).toEqual(
      [],
    );
  });

  it('why the other rules of its list ordered nothing, by who decided it, by the subject, and by nobody else', async () => {
    const path = `/api/discipline/cases/${listed.case.id}/rules`;
    const { status, body } = await call(officer(listed.case.department), 'GET', path);
    expect(status).toBe(200);
    const items = body.items as unknown as { rule: string; why: { code: string } | null }[];
    const ordered = new Set((await actionsOf(listed)).map(({ rule }) => rule));
    expect(new Set(items.filter(({ why }) => why === null).map(({ rule }) => rule))).toEqual(ordered);
    expect(items.find(({ rule }) => rule === 'samr.no-honours')!.why).toEqual({
      code: 'other-subject-kind',
      zh: '该规则不适用于此类主体',
      en: 'The rule is not for this kind of subject.',
    });
    const party = person('party', undefined, '91230100MA1ABCDE9G');
    expect((await call(party, 'GET', path)).status).toBe(200);
    expect((await call(officer('hlj.finance'), 'GET', path)).body.code).toBe('request.other-department');
    expect((await call(party, 'GET', '/api/discipline/cases/none/rules')).body.code).toBe(
      'discipline.case-not-found',
    );
  });

  it('a party what is about itself, and nothing of others', async () => {
    expect(await actionsOf(listed, person('party', undefined, '91230100MA1ABCDE9G'))).toHaveLength(12);
    expect(await actionsOf(listed, person('party', undefined, '91230100MA1ABCDE8J'))).toEqual([]);
  });

  it('a natural person, too, whose login is known by the id of the subject', async () => {
    const of = await listedCase(
      { conductKind: 'samr.drug-device-cosmetics' },
      { kind: 'natural-person', code: null, name: '张*' },
    );
    const self = person('party', undefined, of.subject.id);
    const own = await actionsOf(of, self);
    expect(own.length).toBeGreaterThan(0);
    expect(await actionsOf(of)).toHaveLength(own.length);
    expect((await call(self, 'GET', `/api/discipline/actions/${own[0]!.id}`)).status).toBe(200);
    expect(await actionsOf(listed, self)).toEqual([]);
    const other = person('party', undefined, '0192f0c4-6c00-7000-8000-00000000dead');
    expect((await call(other, 'GET', `/api/discipline/actions/${own[0]!.id}`)).status).toBe(403);
  });

  it('page by page, each once', async () => {
    const seen: unknown[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: Answer = await call(
        handler,
        'GET',
        `/api/discipline/actions?caseId=${listed.case.id}&limit=4${next ? `&after=${next}` : ''}`,
      );
      seen.push(...page.body.items.map((action) => action['id']));
      next = page.body.next;
    }
    expect(new Set(seen).size).toBe(12);
    expect(seen).toHaveLength(12);
  });

  it('by status and executor; odd queries are refused, not answered with an error of ours', async () => {
    expect(
      (await call(handler, 'GET', `/api/discipline/actions?caseId=${listed.case.id}&status=lifted`)).body
        .items,
    ).toEqual([]);
    for (const query of [
      'caseId=1',
      'status=done',
      'limit=0',
      'limit=1000',
      'executor=%00',
      'overdue=maybe',
      'x=1',
    ]) {
      expect({
        query,
        status: (await call(handler, 'GET', `/api/discipline/actions?${query}`)).status,
      }).toEqual({ query, status: 422 });
    }
    const foreign = Buffer.from('["x"]').toString('base64url');
    expect((await call(handler, 'GET', `/api/discipline/actions?after=${foreign}`)).status).toBe(400);
  });
});

describe('catalogue and rules', () => {
  it('hold the 14 measures, the supplement and the constraints apart, each with its basis', async () => {
    const { items } = (await call(handler, 'GET', '/api/discipline/catalogue?limit=200')).body;
    const national = items.filter((entry) => entry['part'] === 'national');
    expect(['A', 'B', 'C'].map((each) => national.filter((entry) => entry['class'] === each).length)).toEqual(
      [6, 6, 2],
    );
    const text = expect.stringMatching(/./);
    const said = { zh: text, contentZh: text, targetZh: text, executedByZh: text };
    const inEnglish = { en: text, content: text, target: text, executedBy: text };
    // Its official name was not read anywhere: no entry claims so.
    for (const entry of national)
      expect(entry).toMatchObject({ ...said, ...inEnglish, edition: '2024', nameConfirmed: false });
    expect(new Set(items.map((entry) => entry['part']))).toEqual(
      new Set(['national', 'supplement', 'constraint']),
    );
    for (const entry of items)
      expect(entry).toMatchObject({ basis: expect.any(Array), confirmed: expect.anything() });
  });

  it('show who executes what for a list', async () => {
    const { items } = (await call(handler, 'GET', '/api/discipline/rules?list=WAGE&limit=200')).body;
    expect(items.find((rule) => rule['id'] === 'wage.fiscal-funds')).toMatchObject({
      mode: 'required',
      executors: { units: expect.arrayContaining(['hlj.finance']) },
      basis: [{ instrument: '保障农民工工资支付条例', article: '48' }],
    });
    expect(
      (await call(handler, 'GET', '/api/discipline/rules?list=WAGE&asOf=2021-12-31')).body.items,
    ).toEqual([]);
  });

  it('and the reasons for not applying', async () => {
    const { items } = (await call(officer('hlj.finance'), 'GET', '/api/discipline/reasons')).body;
    expect(items.map((reason) => reason['code'])).toContain('no-business-with-subject');
  });
});

describe('reconciliation', () => {
  it('is for operators and auditors', async () => {
    expect(await call(handler, 'GET', '/api/operations/measures/reconciliation')).toMatchObject({
      status: 403,
    });
    const { status, body } = await call(person('operator'), 'GET', '/api/operations/measures/reconciliation');
    expect({ status, disagreements: body['disagreements'] }).toEqual({ status: 200, disagreements: [] });
  });
});

describe('what was escalated to the lead unit', () => {
  const lead = person('lead-unit', 'hlj.business-environment');
  const about = (action: ActionView): string => `/api/discipline/actions/${action.id}`;

  it('is seen by that unit from then on, in a worklist of its own, and by no other lead unit', async () => {
    const listed = await listedCase({}, { code: '91230100MA1ABCDEXR' });
    const [owed, answered] = await actionsOf(listed);
    await call(officer(answered!.executor), 'POST', `${about(answered!)}/answer`, applied, {
      'if-match': '"1"',
    });
    expect((await call(lead, 'GET', about(owed!))).status).toBe(403);
    // 10 working days for the answer, 5 more until the lead unit is told
    await running.moveTo('2024-11-29');
    await running.moveTo('2024-12-06');
    const worklist = `/api/discipline/actions?escalated=true&caseId=${listed.case.id}&limit=200`;
    const { items } = (await call(lead, 'GET', worklist)).body;
    expect(items).toHaveLength(11);
    expect(items[0]).toMatchObject({
      status: 'ordered',
      overdue: true,
      handling: { escalated: { to: 'hlj.business-environment', on: '2024-12-06' } },
      mayDo: [],
    });
    expect(items.map(({ id }) => id)).not.toContain(answered!.id);
    expect((await call(lead, 'GET', about(owed!))).status).toBe(200);
    expect((await call(lead, 'GET', `${about(owed!)}/history`)).body.items.length).toBeGreaterThan(1);
    expect((await call(lead, 'GET', about(answered!))).status).toBe(403);
    const other = person('lead-unit', 'hlj.finance-office');
    expect((await call(other, 'GET', worklist)).body.items).toEqual([]);
    expect((await call(handler, 'GET', worklist)).body.items).toHaveLength(11);
    const settled = `/api/discipline/actions?escalated=false&caseId=${listed.case.id}`;
    expect((await call(handler, 'GET', settled)).body.items.map(({ id }) => id)).toEqual([answered!.id]);
  });
});

describe('the worklist of a department', () => {
  const auditor = person('auditor');
  const read = async (actor: Actor, query: string): Promise<ActionView[]> => {
    const answer = await call(actor, 'GET', `/api/discipline/worklist?limit=200&${query}`);
    expect(answer.status).toBe(200);
    return answer.body.items as unknown as ActionView[];
  };
  const dueOf = ({ answerDue, liftDue }: ActionView): string => (answerDue ?? liftDue)!;
  const FORMER = '鹤岗前名粮油有限公司（虚构）';
  let lifted: ListedCase;
  let renamed: ListedCase;
  let executor: string;

  beforeAll(async () => {
    renamed = await listedCase({}, { code: '91230100MA1WRKXX01', name: FORMER }, { inForceOn: '2024-12-06' });
    lifted = await listedCase({}, { code: '91230100MA1WRKXX02' }, { inForceOn: '2024-12-06' });
    executor = (await actionsOf(renamed)).find((action) => action.executor.startsWith('hlj.city.'))!.executor;
    await running.db.transaction((tx) =>
      running.app.get(OrderLifts).run(tx, lifted.ended('revoked', '2024-12-06')),
    );
    const moved = { ...renamed.subject, name: '鹤岗新名粮油有限公司（虚构）', region: '230402' };
    await running.db.transaction((tx) =>
      running.app.get(FollowSubject).changed(tx, { subject: moved, changed: ['name', 'region'] }, 2),
    );
  });

  it('holds what it owes and nothing else, what is due first first, over any number of pages', async () => {
    const all = await read(officer(executor), '');
    expect(new Set(all.map((action) => action.executor))).toEqual(new Set([executor]));
    expect(all.every(({ status }) => !['applied', 'not-applied', 'lifted'].includes(status))).toBe(true);
    const keys = all.map((action) => `${dueOf(action)} ${action.id}`);
    expect(keys).toEqual([...keys].sort());
    const paged: string[] = [];
    let after: string | undefined = '';
    do {
      const page: Answer = await call(
        officer(executor),
        'GET',
        `/api/discipline/worklist?limit=3${after ? `&after=${after}` : ''}`,
      );
      paged.push(...page.body.items.map(({ id }) => id as string));
      after = page.body.next;
    } while (after);
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  it('lists lifts to be confirmed, late duties, and those of one list, measure, city and subject', async () => {
    const mine = officer(executor);
    const cases = (actions: ActionView[]): Set<string> => new Set(actions.map(({ caseId }) => caseId));
    const lifts = await read(mine, 'status=lift-ordered&subject=91230100ma1wrkxx02');
    expect(lifts.length).toBeGreaterThan(0);
    expect(lifts.every(({ liftDue, caseId }) => liftDue === '2024-12-11' && caseId === lifted.case.id)).toBe(
      true,
    );
    expect((await read(mine, 'overdue=true')).every(({ overdue }) => overdue)).toBe(true);
    expect((await read(mine, 'overdue=false')).some(({ overdue }) => overdue)).toBe(false);
    expect(await read(mine, 'list=TAX')).toEqual([]);
    const [one] = await read(mine, `subject=${renamed.subject.id}`);
    const same = await read(mine, `measure=${encodeURIComponent(one!.measure)}&list=SAMR`);
    expect(same.map(({ id }) => id)).toContain(one!.id);
    expect(new Set(same.map(({ measure }) => measure))).toEqual(new Set([one!.measure]));
    // Where it is now, and by what it is and was called; who executes is who was ordered to.
    expect(cases(await read(mine, 'city=230400'))).toEqual(new Set([renamed.case.id]));
    for (const name of ['鹤岗新名', '前名粮油'])
      expect(cases(await read(mine, `subject=${encodeURIComponent(name)}`))).toEqual(
        new Set([renamed.case.id]),
      );
    expect(one).toMatchObject({
      subject: { name: '鹤岗新名粮油有限公司（虚构）', region: '230402' },
      orderedAs: { name: FORMER, region: '230100' },
      executor,
    });
    const ofDay = 'from=2024-12-06&to=2024-12-06';
    const cities = await call(auditor, 'GET', `/api/discipline/statistics?by=city&list=SAMR&${ofDay}`);
    expect(cities.body.items).toContainEqual(expect.objectContaining({ key: '230400', pushed: 12 }));
    const told = await disciplineSnapshot.standing(running.app.get(Database), [renamed.subject.id]);
    expect(
      new Set(
        told.get(renamed.subject.id)!.map(({ data }) => (data as { subject: { name: string } }).subject.name),
      ),
    ).toEqual(new Set(['鹤岗新名粮油有限公司（虚构）']));
    expect((await read(mine, 'dueBy=2024-12-11')).map(({ id }) => id)).toEqual(
      (await read(mine, '')).filter((action) => dueOf(action) <= '2024-12-11').map(({ id }) => id),
    );
  });

  it('is that of the own department, with what was escalated to it; auditors see all', async () => {
    expect(await read(officer(executor), 'department=hlj.tax')).toEqual([]);
    const told = await read(person('lead-unit', 'hlj.business-environment'), 'overdue=true');
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ handling }) => handling.escalated?.to === 'hlj.business-environment')).toBe(true);
    expect(await read(person('discipline-officer'), '')).toEqual([]);
    const seen = await read(auditor, `subject=${renamed.subject.id}`);
    expect(seen).toHaveLength(12);
    expect(await read(auditor, `subject=${renamed.subject.id}&department=${executor}`)).toEqual(
      seen.filter((action) => action.executor === executor),
    );
  });

  it('refuses what it cannot answer', async () => {
    const status = async (actor: Actor, query: string): Promise<number> =>
      (await call(actor, 'GET', `/api/discipline/worklist?${query}`)).status;
    const mine = officer(executor);
    const foreign = (parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
    for (const query of ['status=applied', 'subject=x', 'city=2301', 'overdue=maybe', 'dueBy=2024-02-30'])
      expect([query, await status(mine, query)]).toEqual([query, 422]);
    expect(await status(mine, `after=${foreign(['x', renamed.case.id])}`)).toBe(400);
    expect(await status(mine, `after=${foreign([renamed.case.id])}`)).toBe(400);
    expect(await status(person('party', undefined, renamed.subject.code!), '')).toBe(403);
  });
});
