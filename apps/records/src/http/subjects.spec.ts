import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { maskCitizenId } from '#kernel';
import {
  type Answer,
  BUREAU,
  party,
  PERSON_NUMBER,
  person,
  personPenalty,
  penalty,
  type RunningRecords,
  startRecords,
  system,
} from '../../specs/running-records.js';

let records: RunningRecords;
beforeAll(async () => {
  records = await startRecords('2024-11-04T09:00:00+08:00');
});
afterAll(() => records.stop());

const handler = person('handler', BUREAU);
const PURPOSE = { 'x-purpose': encodeURIComponent('行政处罚案件办理,行政处罚法第三十六条') };

const register = (json: unknown, as = system(), headers: Record<string, string> = {}) =>
  records.call('POST', '/api/subjects', { as, json, headers });
const enterprise = (change: object = {}) => ({
  kind: 'enterprise',
  code: '91350100M000100Y43',
  name: '示例实业有限公司（虚构）',
  region: '230200',
  ...change,
});
const natural = (change: object = {}) => ({
  kind: 'natural-person',
  citizenId: '440524188001010014',
  name: '赵乙（虚构）',
  region: '230100',
  ...change,
});

async function refused(call: () => Promise<Answer>, status: number, code: string) {
  const before = await records.footprint();
  const answer = await call();
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
  expect(answer.body.cure).toEqual(expect.stringMatching(/.+/));
  expect(await records.footprint()).toEqual(before);
  return answer;
}

describe('registering a subject', () => {
  test('answers 201, and 200 with the same subject when it comes again', async () => {
    const first = await register(enterprise());
    expect(first).toMatchObject({
      status: 201,
      body: { kind: 'enterprise', code: '91350100M000100Y43', region: '230200', version: 1, existing: false },
    });
    const again = await register(enterprise({ name: '另一名称' }));
    expect(again).toMatchObject({
      status: 200,
      body: { id: first.body.id, name: '示例实业有限公司（虚构）', existing: true },
    });
  });

  test('gives every kind its number: a code to organisations, a citizen number to persons', async () => {
    await refused(() => register(enterprise({ code: '91350100M000100Y4Z' })), 422, 'subject.code-invalid');
    await refused(() => register(enterprise({ code: undefined })), 422, 'subject.identity-missing');
    await refused(() => register(enterprise({ citizenId: PERSON_NUMBER })), 422, 'subject.identity-missing');
    await refused(() => register(natural({ code: '91350100M000100Y43' })), 422, 'subject.identity-missing');
    await refused(() => register(enterprise({ kind: 'institute' })), 422, 'request.field-invalid');
    await refused(() => register(enterprise({ region: '2301' })), 422, 'request.field-invalid');
    await refused(() => register(enterprise({ kind: 'government-body' })), 409, 'subject.kind-differs');
    const wrong = '230199199001010005';
    const answer = await refused(
      () => register(natural({ citizenId: wrong })),
      422,
      'subject.citizen-id-invalid',
    );
    expect(answer.text).not.toContain(wrong);
  });

  test('under one idempotency key is one; with another body it is refused', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const code = '91110108551385082Q';
    const first = await register(enterprise({ code }), system(), key);
    expect(await register(enterprise({ code }), system(), key)).toMatchObject({
      status: 201,
      body: first.body,
    });
    await refused(
      () => register(enterprise({ code, name: '别名' }), system(), key),
      409,
      'request.idempotency-key-reused',
    );
  });
});

describe('a change of name', () => {
  const change = (id: string, json: object, ifMatch = '"1"', as = system()) =>
    records.call('PATCH', `/api/subjects/${id}`, {
      as,
      json: { reason: '工商变更登记（虚构）', ...json },
      headers: { 'if-match': ifMatch },
    });

  test('belongs to the unit that registered the subject, is told, and keeps what was before', async () => {
    const { body } = await register(enterprise({ code: '914403001922038216' }));
    await refused(
      () => change(body.id, { name: '新名称' }, '"1"', system('hlj.finance')),
      403,
      'request.other-department',
    );
    await refused(() => change(body.id, { name: '新名称' }, '"4"'), 412, 'request.if-match-stale');
    await refused(() => change(body.id, { name: body.name }), 422, 'subject.nothing-changed');
    const changed = await change(body.id, { name: '新名称（虚构）', region: '230600' });
    expect(changed).toMatchObject({
      status: 200,
      body: { id: body.id, name: '新名称（虚构）', region: '230600', version: 2 },
    });
    const { rows } = await records.database.db.query<{ envelope: string }>(
      `SELECT envelope FROM messaging.outbox WHERE topic = 'subjects' AND key = $1 ORDER BY id DESC`,
      [body.id],
    );
    expect(JSON.parse(rows[0]!.envelope)).toMatchObject({
      type: 'cn.chengxin.subject.changed.v1',
      data: { subject: { name: '新名称（虚构）' }, changed: ['name', 'region'] },
    });
    const history = await records.database.db.query(
      'SELECT version, name, region FROM subject_history WHERE subject_id = $1',
      [body.id],
    );
    expect(history.rows).toEqual([{ version: 1, name: '示例实业有限公司（虚构）', region: '230200' }]);
    await expect(records.database.db.query('DELETE FROM subject_history')).rejects.toThrow(/append-only/);
  });
});

describe('the credit file', () => {
  test('of an organisation is found by code and by id, with its records', async () => {
    const { body } = await records.call('POST', '/api/records', {
      as: system(),
      json: { type: 'penalty', payload: penalty() },
    });
    const byCode = await records.call('GET', `/api/subjects/${body.subject.code}`, { as: handler });
    expect(byCode).toMatchObject({
      status: 200,
      body: {
        subject: { ...body.subject, version: 1 },
        records: [{ id: body.id, severity: 'general', provider: BUREAU, published: true }],
        moreRecords: false,
        listings: [],
        grades: [],
        discipline: [],
        links: [],
      },
    });
    expect((await records.call('GET', `/api/subjects/${body.subject.id}`, { as: handler })).body).toEqual(
      byCode.body,
    );
  });

  test('is read across departments by those whose work needs it, and by a party its own', async () => {
    const read = (as: typeof handler, code = '91230100MA1ABCDE8J') =>
      records.call('GET', `/api/subjects/${code}`, { as });
    expect(await read(person('discipline-officer', 'hlj.finance'))).toMatchObject({ status: 200 });
    expect(await read(party('91230100MA1ABCDE8J'))).toMatchObject({ status: 200 });
    await refused(() => read(party('91350100M000100Y43')), 403, 'subject.not-own');
    await refused(() => read(person('operator')), 403, 'request.role-missing');
    await refused(() => records.call('GET', '/api/subjects/91230100MA1ABCDE8J'), 401, 'request.no-token');
  });

  test('of a code that is wrong, or that nobody has', async () => {
    const read = (what: string) => () => records.call('GET', `/api/subjects/${what}`, { as: handler });
    await refused(read('91350100M000100Y4Z'), 422, 'subject.code-invalid');
    await refused(read('%00'), 422, 'subject.code-invalid');
    await refused(read('91100000100003962T'), 404, 'request.not-found');
    await refused(read(randomUUID()), 404, 'request.not-found');
  });

  test('pages through many records in the order of their decisions', async () => {
    const days = ['2024-03-01', '2024-09-09', '2024-01-31', '2024-09-09'];
    for (const [index, day] of days.entries()) {
      const payload = penalty({ CF_WSH: `页-${index}`, CF_JDRQ: day, CF_XDR_SHXYM: '91110000802100433B' });
      await records.call('POST', '/api/records', { as: system(), json: { type: 'penalty', payload } });
    }
    const seen: string[] = [];
    let after = '';
    do {
      const { body } = await records.call('GET', `/api/subjects/91110000802100433B/records?limit=3${after}`, {
        as: handler,
      });
      seen.push(...body.items.map(({ decidedOn }: { decidedOn: string }) => decidedOn));
      after = body.next ? `&after=${body.next}` : '';
    } while (after);
    expect(seen).toEqual(['2024-09-09', '2024-09-09', '2024-03-01', '2024-01-31']);
    const other = Buffer.from(JSON.stringify(['no id'])).toString('base64url');
    await refused(
      () => records.call('GET', `/api/subjects/91110000802100433B/records?after=${other}`, { as: handler }),
      400,
      'request.cursor-invalid',
    );
  });
});

describe('search', () => {
  test('by part of the name, kind and division, page by page; persons only when asked for', async () => {
    const search = (query: string, headers: Record<string, string> = {}) =>
      records.call('GET', `/api/subjects?${query}`, { as: handler, headers });
    const found = await search(`name=${encodeURIComponent('示例')}&kind=enterprise&limit=1`);
    expect(found.body.items).toHaveLength(1);
    const next = await search(
      `name=${encodeURIComponent('示例')}&kind=enterprise&limit=1&after=${found.body.next}`,
    );
    expect(next.body.items[0].id).not.toBe(found.body.items[0].id);
    expect((await search(`name=${encodeURIComponent('%%')}`)).body.items).toEqual([]);
    await register(natural());
    const everything = await search('region=230100&limit=200');
    expect(everything.body.items.map(({ kind }: { kind: string }) => kind)).not.toContain('natural-person');
    await refused(() => search('kind=natural-person'), 428, 'subject.purpose-missing');
    const persons = await search('kind=natural-person', PURPOSE);
    expect(persons.body.items).toContainEqual(expect.objectContaining({ name: '赵*', code: null }));
    await refused(() => search('name=x'), 422, 'request.field-invalid');
  });
});

describe('a natural person', () => {
  let id: string;
  const read = (headers: Record<string, string> = {}, as = handler) =>
    records.call('GET', `/api/subjects/${id}`, { as, headers });

  test('is known by the number, which lies sealed and leaves by no way', async () => {
    const pushed = await records.call('POST', '/api/records', {
      as: system(),
      json: { type: 'penalty', payload: personPenalty() },
    });
    expect(pushed).toMatchObject({
      status: 201,
      body: {
        subject: { kind: 'natural-person', code: null, name: '钱*', region: '230100' },
        publishedUntil: null,
      },
    });
    id = pushed.body.subject.id;
    const again = await register(natural({ citizenId: PERSON_NUMBER, name: '钱甲（虚构）' }));
    expect(again).toMatchObject({ status: 200, body: { id, name: '钱*' } });

    for (const hidden of [PERSON_NUMBER, '钱甲']) {
      expect(pushed.text).not.toContain(hidden);
      expect(await everyTableAsText()).not.toContain(hidden);
    }
  });

  test('is looked at only with a purpose, and the look is in the log before the answer', async () => {
    await refused(() => read(), 428, 'subject.purpose-missing');
    await refused(() => read({ 'x-purpose': ' ' }), 428, 'subject.purpose-missing');
    const answer = await read(PURPOSE);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        subject: { id, name: '钱*', fullName: '钱甲（虚构）', citizenId: maskCitizenId(PERSON_NUMBER) },
      },
    });
    expect(answer.text).not.toContain(PERSON_NUMBER);
    const log = await records.call('GET', `/api/access-log?subject=${id}`, { as: person('auditor') });
    expect(log.body.items[0]).toMatchObject({
      actor: `person:handler.${BUREAU}@${BUREAU}`,
      department: BUREAU,
      subject: id,
      what: 'credit file',
      purpose: '行政处罚案件办理,行政处罚法第三十六条',
    });
    expect(await records.call('GET', '/api/access-log', { as: handler })).toMatchObject({ status: 403 });
    await expect(records.database.db.query(`UPDATE access_log SET purpose = 'x'`)).rejects.toThrow(
      /append-only/,
    );
    await expect(records.database.db.query('TRUNCATE access_log')).rejects.toThrow(/append-only/);
  });

  test('a record in full shows numbers and name masked, for a purpose only', async () => {
    const { body: file } = await read(PURPOSE);
    const path = `/api/records/${file.records[0].id}`;
    await refused(() => records.call('GET', path, { as: handler }), 428, 'subject.purpose-missing');
    const { body } = await records.call('GET', path, {
      as: handler,
      headers: { 'x-purpose': 'case work, art. 36' },
    });
    expect(body.payload).toMatchObject({
      CF_XDR_MC: '钱*',
      CF_XDR_ZJHM: maskCitizenId(PERSON_NUMBER),
      CF_XDR_ZJLX: '身份证',
      CF_WFXW: '生产不符合食品安全标准的食品',
    });
  });

  test('is found by the number in a body, never in an address', async () => {
    const match = (json: object, headers: Record<string, string> = {}) =>
      records.call('POST', '/api/subjects/match', { as: handler, json, headers });
    const by = { kind: 'natural-person', citizenId: PERSON_NUMBER };
    await refused(() => match(by), 428, 'subject.purpose-missing');
    expect((await match(by, PURPOSE)).body).toMatchObject({ subject: { id, name: '钱*' } });
    expect(
      (await match({ kind: 'natural-person', citizenId: '110105194912310012' }, PURPOSE)).body.code,
    ).toBe('subject.citizen-id-invalid');
    expect((await match({ kind: 'enterprise', code: '91100000100003962T' })).body).toEqual({ subject: null });
    const answer = await refused(
      () => records.call('GET', `/api/subjects/${PERSON_NUMBER}`, { as: handler, headers: PURPOSE }),
      400,
      'subject.citizen-id-in-address',
    );
    expect(answer.text).not.toContain(PERSON_NUMBER);
  });
});

describe('a link', () => {
  test('stands behind an organisation and is seen from both ends, persons masked', async () => {
    const organisation = (await records.call('GET', '/api/subjects/91350100M000100Y43', { as: handler })).body
      .subject;
    const behind = (await register(natural())).body;
    const json = { kind: 'legal-representative', party: behind.id, since: '2015-06-18' };
    const add = (body: object) =>
      records.call('POST', `/api/subjects/${organisation.id}/links`, { as: system(), json: body });
    const added = await add(json);
    expect(added).toMatchObject({
      status: 201,
      body: { organisationId: organisation.id, partyId: behind.id, provider: BUREAU },
    });
    expect(await add(json)).toMatchObject({ status: 200, body: { id: added.body.id } });
    // Told once, although it was said twice.
    const { rows: told } = await records.database.db.query<{ envelope: string }>(
      `SELECT envelope FROM messaging.outbox WHERE topic = 'subjects' AND key = $1 ORDER BY id`,
      [organisation.id],
    );
    const links = told
      .map(({ envelope }) => JSON.parse(envelope))
      .filter(({ type }) => type.includes('linked'));
    expect(links.map(({ data }) => data.link)).toEqual([
      { id: added.body.id, kind: json.kind, party: behind.id, since: json.since, until: null },
    ]);
    const file = await records.call('GET', `/api/subjects/${organisation.id}`, { as: handler });
    expect(file.body.links).toEqual([
      {
        id: added.body.id,
        kind: 'legal-representative',
        as: 'organisation',
        since: '2015-06-18',
        until: null,
        other: { id: behind.id, kind: 'natural-person', code: null, name: '赵*' },
      },
    ]);
    await refused(() => add({ ...json, party: organisation.id }), 422, 'subject.link-impossible');
    await refused(() => add({ ...json, party: randomUUID() }), 404, 'request.not-found');
  });
});

/** Every row of every table of the database, sealed columns and outbox included. */
async function everyTableAsText(): Promise<string> {
  const { db } = records.database;
  const { rows: tables } = await db.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'messaging', 'platform')`,
  );
  const texts = [];
  for (const { name } of tables) {
    const { rows } = await db.query<{ text: string }>(
      `SELECT coalesce(string_agg(t::text, E'\\n'), '') AS text FROM ${name} t`,
    );
    texts.push(rows[0]!.text);
  }
  return texts.join('\n');
}
