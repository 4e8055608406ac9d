import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { type TestDatabase, testDatabase, startTestIssuer, type TestIssuer } from '#testing';
import { type RunningIdentity, startIdentity } from '../../specs/running-identity.js';
import { LoadSeeds } from '../commands/load-seeds.js';
import { Sweep } from '../provider/sweep.js';
import { findRecord, putRecord } from '../store/provider-records.js';

let database: TestDatabase;
let issuer: TestIssuer;
let running: RunningIdentity;
let token: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([testDatabase('identity'), startTestIssuer()]);
  running = await startIdentity(database.url, issuer.settings);
  token = await issuer.issueToken({ kind: 'person', id: 'anyone', name: 'A', roles: ['auditor'] });
});

afterAll(async () => {
  await running.app.close();
  await issuer.close();
  await database.drop();
});

type Unit = Record<string, unknown> & { id: string };

async function read<T>(path: string): Promise<{ status: number; body: T }> {
  const response = await fetch(`${running.base}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as T };
}

describe('units', () => {
  it('are all there, each with its basis and whether it was confirmed', async () => {
    const { body } = await read<{ items: Unit[] }>('/api/units');
    const seeds = loadSeeds('units');
    expect(body.items.map(({ id }) => id).sort()).toEqual(seeds.map(({ id }) => id).sort());
    for (const unit of body.items) expect(unit).toMatchObject({ basis: expect.any(Array), standing: true });
    expect(body.items.find(({ id }) => id === 'hlj.business-environment')).toMatchObject({
      successor: 'hlj.data',
    });
  });

  it('are found by level, region, parent and kind', async () => {
    const ids = async (query: string): Promise<string[]> =>
      (await read<{ items: Unit[] }>(`/api/units?${query}`)).body.items.map(({ id }) => id);
    expect(await ids('region=230100&kind=city-government')).toEqual(['hlj.city.230100']);
    expect(await ids('parent=hlj.city.230100')).toContain('hlj.city.230100.market-regulation');
    expect(await ids('parent=hlj.tax')).toHaveLength(3);
    expect((await ids('level=province')).every((id) => !id.startsWith('hlj.city.'))).toBe(true);
  });

  it('one unit comes with those below it; an unknown one is 404, an odd query 422', async () => {
    const { body } = await read<Unit>('/api/units/hlj.city.230100');
    expect(body).toMatchObject({
      name: '哈尔滨市人民政府',
      region: '230100',
      children: expect.arrayContaining(['hlj.city.230100.finance']),
    });
    for (const id of ['hlj.nothing', '%00', "x'--"]) {
      expect(await read(`/api/units/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'identity.unit-unknown' },
      });
    }
    expect((await read('/api/units?asOf=2024-02-30')).status).toBe(422);
    expect((await read('/api/units?level=country')).status).toBe(422);
    expect((await fetch(`${running.base}/api/units`)).status).toBe(401);
  });

  it('end on their last day', async () => {
    await database.db.query(`UPDATE unit SET valid_to = '2023-10-31' WHERE id = 'hlj.business-environment'`);
    const standing = async (day: string): Promise<boolean> =>
      (await read<{ items: Unit[] }>(`/api/units?asOf=${day}`)).body.items.some(
        ({ id }) => id === 'hlj.business-environment',
      );
    expect([await standing('2023-10-31'), await standing('2023-11-01')]).toEqual([true, false]);
    expect((await read<Unit>('/api/units/hlj.business-environment')).body).toMatchObject({ standing: false });
  });

  it('loaded again are what the seeds say, and unchanged rows are not written', async () => {
    const versions = async (): Promise<Map<string, string>> =>
      new Map(
        (await database.db.query<{ id: string; xmin: string }>('SELECT id, xmin::text FROM unit')).rows.map(
          ({ id, xmin }) => [id, xmin],
        ),
      );
    const before = await versions();
    await running.app.get(LoadSeeds).run();
    const after = await versions();
    expect([...after].filter(([id, xmin]) => before.get(id) !== xmin).map(([id]) => id)).toEqual([
      'hlj.business-environment',
    ]);
  });

  it('with another issuer there are no demo logins to guess', async () => {
    const { rows } = await database.db.query('SELECT 1 FROM person UNION ALL SELECT 1 FROM machine_client');
    expect(rows).toEqual([]);
  });
});

describe('bad input over real HTTP', () => {
  const post = async (body: string | Buffer, type = 'application/json'): Promise<[number, string]> => {
    const response = await fetch(`${running.base}/api/identity/parties`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type, 'idempotency-key': 'k' },
      body,
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return [response.status, ((await response.json()) as { code: string }).code];
  };

  it('gets its problem, also where the provider sits beside the controllers', async () => {
    expect(await post('{')).toEqual([400, 'request.body-malformed']);
    expect(await post('x', 'foo/bar')).toEqual([415, 'request.unsupported-media-type']);
    expect(await post('{}')).toEqual([403, 'request.role-missing']);
  });

  it('10 MB: the caller is told every time, not cut off', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024, ' ');
    for (let i = 0; i < 20; i++) expect(await post(body)).toEqual([413, 'request.body-too-large']);
  });
});

describe('records of the provider', () => {
  it('are not answered once they have expired, and are swept', async () => {
    await putRecord(database.db, 'Session', 'old', { uid: 'u1' }, -1);
    await putRecord(database.db, 'Session', 'young', { uid: 'u2' }, 60);
    const found = async (key: 'id' | 'uid', value: string): Promise<boolean> =>
      (await findRecord(database.db, 'Session', key, value)) !== undefined;
    expect([
      await found('id', 'old'),
      await found('uid', 'u1'),
      await found('id', 'young'),
      await found('uid', 'u2'),
    ]).toEqual([false, false, true, true]);
    await running.app.get(Sweep).run();
    const { rows } = await database.db.query<{ id: string }>('SELECT id FROM provider_record');
    expect(rows.map(({ id }) => id)).toEqual(['young']);
  });
});
