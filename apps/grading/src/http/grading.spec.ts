import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, Role } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { HeardSubject } from '../../specs/heard-events.js';
import { type RunningGrading, startGrading } from '../../specs/running-grading.js';
import { HearListing } from '../commands/hear-listing.js';
import { HearRecord } from '../commands/hear-record.js';

let database: TestDatabase;
let running: RunningGrading;
const CODE = '91230100MA1ABCDE8J';
const caseId = uuidv7();
let subject: HeardSubject;

beforeAll(async () => {
  database = await testDatabase('grading');
  running = await startGrading(database.url, (await testIssuer()).settings, '2024-11-04');
  subject = new HeardSubject(
    { db: running.db, records: running.app.get(HearRecord), listings: running.app.get(HearListing) },
    { code: CODE },
  );
  await subject.record('accepted', subject.penalty());
  await running.moveTo('2024-11-14');
  await subject.inForce(caseId);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const person = (role: Role, party?: string): Actor => ({
  kind: 'person',
  id: role,
  name: 'X',
  party,
  roles: [role],
});

async function get(url: string, actor: Actor | undefined = person('handler')) {
  const headers = actor ? { authorization: `Bearer ${await issueToken(actor)}` } : {};
  const response = await running.app.inject({ method: 'GET', url, headers });
  return {
    status: response.statusCode,
    etag: response.headers['etag'],
    body: response.json<Record<string, unknown> & { items: Record<string, unknown>[] }>(),
  };
}

describe('a grade', () => {
  it('is found by code and by id, with the veto and the listing behind it', async () => {
    for (const key of [CODE, subject.subject.id]) {
      expect(await get(`/api/grades/${key}`)).toMatchObject({
        status: 200,
        etag: '"2"',
        body: {
          grade: 'E',
          gradeClass: '严重失信',
          previous: 'C',
          score: 67,
          veto: { code: 'veto.serious-list', caseId, text: '列入严重失信主体名单' },
          model: 'hlj-market-entity',
          modelVersion: 1,
          computedOn: '2024-11-14',
          subject: { code: CODE },
        },
      });
    }
  });

  it('of a past day is the one that stood then', async () => {
    expect((await get(`/api/grades/${CODE}?asOf=2024-11-13`)).body).toMatchObject({
      grade: 'C',
      veto: null,
      computedOn: '2024-11-04',
    });
    expect((await get(`/api/grades/${CODE}?asOf=2024-11-14`)).body).toMatchObject({ grade: 'E' });
    expect(await get(`/api/grades/${CODE}?asOf=2024-11-03`)).toMatchObject({
      status: 404,
      body: { code: 'grade.not-found' },
    });
  });

  it('is explained step by step in Chinese and English', async () => {
    const { body } = await get(`/api/grades/${CODE}/explanation`);
    expect(body).toMatchObject({
      grade: 'E',
      modelName: { zh: '黑龙江省市场主体信用等级评价' },
      class: { zh: '严重失信', en: 'Seriously dishonest' },
      explanation: {
        zh: '基础分85分;严重行政处罚1项,-18分;合计67分,对应C级;因列入严重失信主体名单,直接评为E级。',
        en: 'base 85 points; 1 × serious penalty: -18; score 67, which is grade C; on a list of the seriously dishonest: graded E.',
        base: 85,
        scored: 'C',
        veto: { caseId, basis: [{ instrument: '黑龙江省社会信用条例' }, expect.anything()] },
      },
    });
    const { lines } = body['explanation'] as { lines: Record<string, unknown>[] };
    expect(lines.find((line) => line['code'] === 'penalty.serious')).toMatchObject({
      zh: '严重行政处罚',
      counted: [expect.any(String)],
      points: -18,
      cap: 45,
      decayMonths: 36,
    });
    expect((await get(`/api/grades/${CODE}/explanation?asOf=2024-11-04`)).body).toMatchObject({
      grade: 'C',
      explanation: { veto: null },
    });
  });

  it('is shown to its own party, and to no other', async () => {
    expect((await get(`/api/grades/${CODE}`, person('party', CODE))).status).toBe(200);
    for (const key of [CODE, '91230100MA1ABCDE9G', 'x']) {
      expect(await get(`/api/grades/${key}`, person('party', '91230100MA1ABCDF6E'))).toMatchObject({
        status: 403,
        body: { code: 'grade.other-party' },
      });
    }
  });

  it.each<[string, Actor]>([
    ['an operator', person('operator')],
    ['a lead unit', person('lead-unit')],
    ['a login without roles', { ...person('party'), roles: [] }],
    ['a party without a code', person('party')],
  ])('is not shown to %s', async (_, actor) => {
    for (const path of ['', '/explanation'])
      expect((await get(`/api/grades/${CODE}${path}`, actor)).status).toBe(403);
  });

  it.each([
    ['an unknown code', '91230100MA1ABCDE9G', 404, 'grade.not-found'],
    ['an unknown id', '0192f0c4-6c00-7000-8000-00000000dead', 404, 'grade.not-found'],
    ['neither', "x'--", 404, 'grade.not-found'],
    ['NUL', '%00', 404, 'grade.not-found'],
    ['a day that does not exist', `${CODE}?asOf=2024-02-30`, 422, 'request.field-invalid'],
  ])('%s is refused with a cure', async (_, key, status, code) => {
    expect(await get(`/api/grades/${key}`)).toMatchObject({
      status,
      body: { code, cure: expect.any(String), cureZh: expect.any(String) },
    });
  });

  it('needs a token', async () => {
    const response = await running.app.inject({ method: 'GET', url: `/api/grades/${CODE}` });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([401, 'request.no-token']);
  });
});

describe('the models', () => {
  it('are listed and shown in full with scale, indicators, vetoes and how far they are confirmed', async () => {
    expect((await get('/api/grading/models')).body.items).toMatchObject([
      { id: 'hlj-market-entity', modelVersion: 1, subjectKinds: expect.arrayContaining(['enterprise']) },
    ]);
    expect((await get('/api/grading/models/hlj-market-entity')).body).toMatchObject({
      modelVersion: 1,
      versions: [1],
      confirmed: false,
      scale: expect.arrayContaining([{ grade: 'A', class: 'trustworthy', from: 90 }]),
    });
    expect((await get('/api/grading/models/hlj-market-entity?version=1')).status).toBe(200);
  });

  it.each([
    '/api/grading/models/none',
    '/api/grading/models/hlj-market-entity?version=9',
    '/api/grading/models/%00',
  ])('%s is not there', async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, body: { code: 'grade.model-not-found' } });
  });
});
