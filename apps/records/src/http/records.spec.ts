import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueToken } from '#testing';
import {
  BUREAU,
  party,
  penalty,
  person,
  type RunningRecords,
  startRecords,
  system,
} from '../../specs/running-records.js';

let records: RunningRecords;
beforeAll(async () => {
  records = await startRecords('2024-11-04T09:00:00+08:00');
});
afterAll(() => records.stop());

const push = (payload: unknown, as = system(), headers: Record<string, string> = {}) =>
  records.call('POST', '/api/records', { as, json: { type: 'penalty', payload }, headers });

/** Calls, expects a refusal with code and cure, and that nothing is left behind. */
async function refused(call: () => Promise<Awaited<ReturnType<typeof push>>>, status: number, code: string) {
  const before = await records.footprint();
  const answer = await call();
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  for (const text of ['cure', 'cureZh', 'detail', 'detailZh', 'title', 'type', 'traceId']) {
    expect(answer.body[text]).toEqual(expect.stringMatching(/.+/));
  }
  expect(await records.footprint()).toEqual(before);
  return answer.body;
}

describe('a penalty is pushed', () => {
  test('the record is taken with its subject, and both are told', async () => {
    const answer = await push(penalty());
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toEqual({
      id: expect.any(String),
      version: 1,
      type: 'penalty',
      subject: {
        id: expect.any(String),
        kind: 'enterprise',
        code: '91230100MA1ABCDE8J',
        name: '松江示例商贸有限公司（虚构）',
        region: '230100',
      },
      severity: 'general',
      documentNo: '哈市监罚〔2024〕101号（虚构）',
      decidedOn: '2024-10-28',
      publishedUntil: '2027-10-28',
      duplicate: false,
    });
    const { rows } = await records.database.db.query<{ topic: string; envelope: string }>(
      'SELECT topic, envelope FROM messaging.outbox ORDER BY topic DESC',
    );
    const events = rows.map(({ topic, envelope }) => ({ topic, event: JSON.parse(envelope) }));
    expect(events.map(({ topic }) => topic)).toEqual(['subjects', 'records']);
    expect(events[0]!.event).toMatchObject({
      type: 'cn.chengxin.subject.registered.v1',
      data: { subject: answer.body.subject },
    });
    expect(events[1]!.event).toMatchObject({
      type: 'cn.chengxin.record.accepted.v1',
      subject: answer.body.subject.id,
      sequence: '0000000001',
      actor: `system:system.${BUREAU}@${BUREAU}`,
      data: {
        subject: answer.body.subject,
        record: {
          id: answer.body.id,
          provider: BUREAU,
          fineYuan: 520000,
          conduct: '生产不符合食品安全标准的食品',
          category: '罚款',
        },
      },
    });
  });

  test('the same again is the same record, and nothing is added', async () => {
    const before = await records.footprint();
    const answer = await push({ ...penalty(), CF_JDRQ: '2024/10/28', CF_NR_FK: 52 });
    expect(answer).toMatchObject({ status: 200, body: { duplicate: true, version: 1 } });
    expect({ ...(await records.footprint()), 'platform.idempotency': 0 }).toEqual({
      ...before,
      'platform.idempotency': 0,
    });
  });

  test('other content under the same document is refused', async () => {
    const problem = await refused(
      () => push(penalty({ CF_NR_FK: '53' })),
      409,
      'record.conflicting-duplicate',
    );
    expect(problem).toMatchObject({
      field: 'CF_WSH',
      facts: { documentNo: '哈市监罚〔2024〕101号（虚构）' },
    });
  });

  test('read in full, its subject and publication are there', async () => {
    const { body } = await push(penalty());
    const read = await records.call('GET', `/api/records/${body.id}`, {
      as: person('handler', 'hlj.finance'),
    });
    expect(read).toMatchObject({
      status: 200,
      body: {
        published: true,
        status: 'counted',
        typeVersion: 1,
        severityRule: '58.other',
        payload: { CF_NR_FK: 52, CF_JDRQ: '2024-10-28', CF_FRDB: '张示例' },
        batch: null,
        withdrawal: null,
      },
    });
  });
});

describe('bad input is refused with its cure and leaves nothing behind', () => {
  test.each([
    [
      'wrong check character',
      { CF_XDR_SHXYM: '914403001922038217' },
      'CF_XDR_SHXYM',
      'record.credit-code-check-character',
    ],
    [
      'code outside the alphabet',
      { CF_XDR_SHXYM: '91350100M000100Y4Z' },
      'CF_XDR_SHXYM',
      'record.credit-code-alphabet',
    ],
    ['missing required field', { CF_WFXW: undefined }, 'CF_WFXW', 'record.field-required'],
    ['future decision date', { CF_JDRQ: '2024-11-05' }, 'CF_JDRQ', 'record.date-in-future'],
    ['unknown field', { CF_XYZ: '1' }, 'CF_XYZ', 'record.field-unknown'],
  ])('%s', async (_, change, field, code) => {
    const problem = await refused(() => push(penalty({ CF_WSH: 'bad', ...change })), 422, code);
    expect(problem.field).toBe(field);
  });

  test('several faults are told at once', async () => {
    const body = await refused(
      () => push(penalty({ CF_WSH: 'bad', CF_WFXW: '', CF_JDRQ: '2099-01-01' })),
      422,
      'request.field-invalid',
    );
    expect(body.errors).toEqual([
      {
        field: 'payload.CF_WFXW',
        code: 'record.field-required',
        reason: expect.any(String),
        cure: expect.any(String),
      },
      {
        field: 'payload.CF_JDRQ',
        code: 'record.date-in-future',
        reason: expect.any(String),
        cure: expect.any(String),
      },
    ]);
  });

  test('unknown record type', async () => {
    const call = () =>
      records.call('POST', '/api/records', { as: system(), json: { type: 'rumour', payload: {} } });
    expect(await refused(call, 422, 'record.type-unknown')).toMatchObject({ field: 'type' });
  });

  test('a body of 10 MB', async () => {
    await refused(() => push(penalty({ BZ: 'x'.repeat(10 * 1024 * 1024) })), 413, 'request.body-too-large');
  });

  const raw = (body: string) => () =>
    records.call('POST', '/api/records', {
      as: system(),
      body,
      headers: { 'content-type': 'application/json' },
    });

  test('JSON that is 20,000 deep', async () => {
    const body = `{"type":"penalty","payload":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`;
    await refused(raw(body), 400, 'request.body-too-deep');
  });

  test('__proto__, NUL, a lone surrogate, broken JSON', async () => {
    await refused(
      raw('{"type":"penalty","payload":{"__proto__":{"admin":true}}}'),
      400,
      'request.forbidden-key',
    );
    await refused(
      raw('{"type":"penalty","payload":{"CF_SY":"a\\u0000b"}}'),
      400,
      'request.forbidden-character',
    );
    await refused(
      raw('{"type":"penalty","payload":{"CF_SY":"a\\ud800b"}}'),
      400,
      'request.forbidden-character',
    );
    await refused(raw('{"type":"penalty",'), 400, 'request.body-malformed');
    await refused(raw('[]'), 422, 'request.field-invalid');
    await refused(raw('{"type":"penalty","payload":"text"}'), 422, 'request.field-invalid');
  });

  test('no token, an expired one, one signed by somebody else, a role that may not push', async () => {
    const json = { type: 'penalty', payload: penalty({ CF_WSH: 'bad' }) };
    await refused(() => records.call('POST', '/api/records', { json }), 401, 'request.no-token');
    const expired = await issueToken(system(), { expiresIn: -60 });
    await refused(
      () => records.call('POST', '/api/records', { token: expired, json }),
      401,
      'request.token-expired',
    );
    const foreign = await issueToken(system(), { foreignKey: true });
    await refused(
      () => records.call('POST', '/api/records', { token: foreign, json }),
      401,
      'request.token-invalid',
    );
    await refused(() => push(penalty({ CF_WSH: 'bad' }), person('evaluator')), 403, 'request.role-missing');
    await refused(
      () => push(penalty({ CF_WSH: 'bad' }), { ...system(), department: undefined }),
      403,
      'record.provider-missing',
    );
  });

  test('no idempotency key', async () => {
    await refused(
      () => push(penalty({ CF_WSH: 'bad' }), system(), { 'idempotency-key': '' }),
      400,
      'request.idempotency-key-invalid',
    );
  });

  test('the same idempotency key answers the first result; with another body it is refused', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await push(penalty({ CF_WSH: '同一键' }), system(), key);
    expect(first.status).toBe(201);
    const before = await records.footprint();
    const second = await push(penalty({ CF_WSH: '同一键' }), system(), key);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(await records.footprint()).toEqual(before);
    await refused(
      () => push(penalty({ CF_WSH: '另一文号' }), system(), key),
      409,
      'request.idempotency-key-reused',
    );
  });

  test('an id that is none, and one that nobody has', async () => {
    const as = person('handler', BUREAU);
    for (const id of ['1', '%00', "x'--", randomUUID()]) {
      await refused(() => records.call('GET', `/api/records/${id}`, { as }), 404, 'request.not-found');
    }
  });
});

describe('a withdrawal', () => {
  const body = { cause: 'revoked', reason: '行政复议决定撤销（虚构）' };
  const withdraw = (id: string, ifMatch: string | undefined, as = system(), json: unknown = body) =>
    records.call('POST', `/api/records/${id}/withdrawal`, {
      as,
      json,
      headers: ifMatch ? { 'if-match': ifMatch } : {},
    });

  test('needs the own department, the current version and a cause of the list', async () => {
    const { body: record } = await push(penalty({ CF_WSH: '撤回一' }));
    await refused(() => withdraw(record.id, '"1"', system('hlj.finance')), 403, 'request.other-department');
    await refused(() => withdraw(record.id, undefined), 428, 'request.if-match-missing');
    await refused(() => withdraw(record.id, 'W1'), 400, 'request.if-match-invalid');
    await refused(() => withdraw(record.id, '"7"'), 412, 'request.if-match-stale');
    await refused(
      () => withdraw(record.id, '"1"', system(), { ...body, cause: 'forgotten' }),
      422,
      'request.field-invalid',
    );
    await refused(() => withdraw(randomUUID(), '"1"'), 404, 'request.not-found');
  });

  test('is told, leaves the credit file, and does not come back by sending the record again', async () => {
    const payload = penalty({ CF_WSH: '撤回二' });
    const { body: record } = await push(payload);
    const withdrawn = await withdraw(record.id, '"1"');
    expect(withdrawn).toMatchObject({
      status: 200,
      body: { version: 2, status: 'withdrawn', withdrawnOn: '2024-11-04', cause: 'revoked' },
    });
    expect(withdrawn.headers.get('etag')).toBe('"2"');
    const { rows } = await records.database.db.query<{ envelope: string }>(
      'SELECT envelope FROM messaging.outbox WHERE topic = $1 ORDER BY id DESC',
      ['records'],
    );
    expect(JSON.parse(rows[0]!.envelope)).toMatchObject({
      type: 'cn.chengxin.record.withdrawn.v1',
      data: { record: { id: record.id }, cause: 'revoked', withdrawnOn: '2024-11-04' },
    });
    const file = await records.call('GET', `/api/subjects/${record.subject.code}`, {
      as: person('handler', BUREAU),
    });
    expect(file.body.records.map((one: { id: string }) => one.id)).not.toContain(record.id);
    await refused(() => withdraw(record.id, '"2"'), 409, 'record.already-withdrawn');
    await refused(() => push(payload), 409, 'record.was-withdrawn');
  });

  test('of a record sent by mistake lets the mended one in', async () => {
    const { body: record } = await push(penalty({ CF_WSH: '撤回三' }));
    expect(
      (await withdraw(record.id, '"1"', system(), { cause: 'sent-by-mistake', reason: '金额有误' })).status,
    ).toBe(200);
    await refused(() => push(penalty({ CF_WSH: '撤回三' })), 409, 'record.was-withdrawn');
    const mended = await push(penalty({ CF_WSH: '撤回三', CF_NR_FK: '5.2' }));
    expect(mended).toMatchObject({ status: 201, body: { duplicate: false } });
    expect(mended.body.id).not.toBe(record.id);
  });
});

test('ten first records of one new subject at once make one subject', async () => {
  const code = '91350100M000100Y43';
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => push(penalty({ CF_XDR_SHXYM: code, CF_WSH: `同时${index}` }))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
  expect(new Set(answers.map(({ body }) => body.subject.id)).size).toBe(1);
  const { rows } = await records.database.db.query<{ registered: number }>(
    `SELECT count(*)::int AS registered FROM messaging.outbox WHERE topic = 'subjects' AND key = $1`,
    [answers[0]!.body.subject.id],
  );
  expect(rows).toEqual([{ registered: 1 }]);
});

test('ten pushes of one record at once make one record', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => push(penalty({ CF_WSH: '并发' }))));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
});

test('the catalogue tells fields, schema, severity and legal basis, by day', async () => {
  const { body } = await records.call('GET', '/api/record-types', { as: party('91230100MA1ABCDE8J') });
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual([
    'commitment',
    'honour',
    'judgment',
    'penalty',
    'permit',
  ]);
  const entry = (await records.call('GET', '/api/record-types/penalty', { as: system() })).body;
  expect(entry).toMatchObject({
    version: 1,
    schema: { required: expect.arrayContaining(['CF_WSH']) },
    basis: expect.any(Array),
  });
  expect(entry.severityRules.length).toBeGreaterThan(5);
  await refused(
    () => records.call('GET', '/api/record-types/rumour', { as: system() }),
    422,
    'record.type-unknown',
  );
  await refused(
    () => records.call('GET', '/api/record-types?asOf=2024-02-30', { as: system() }),
    422,
    'request.field-invalid',
  );
});
