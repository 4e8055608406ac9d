import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '#testing';
import { IdempotencySweep } from './idempotency-sweep.js';
import { createLogger } from '../logger.js';

let database: TestDatabase;
const store = (key: string, many: number, age: string): Promise<unknown> =>
  database.db.query(
    `INSERT INTO platform.idempotency (caller, key, route, digest, created_at)
     SELECT 'person:1', $1 || n, 'POST /x', 'd', now() - $3::interval FROM generate_series(1, $2::int) n`,
    [key, many, age],
  );

beforeAll(async () => {
  database = await testDatabase('platform');
});
afterAll(() => database.drop());

describe('idempotency keys', () => {
  it('are forgotten after seven days, however many, by several replicas at once', async () => {
    await store('old-', 12_000, '7 days 1 minute');
    await store('young-', 10, '6 days 23 hours');
    const [one, other] = [1, 2].map(() => new IdempotencySweep(database.db, createLogger('spec', 'silent')));
    const [first, second] = await Promise.all([one!.sweep(), other!.sweep()]);
    expect(first + second + (await one!.sweep())).toBe(12_000);
    const { rows } = await database.db.query<{ n: number; young: number }>(
      `SELECT count(*) AS n, count(*) FILTER (WHERE key LIKE 'young-%') AS young FROM platform.idempotency`,
    );
    expect(rows).toEqual([{ n: 10, young: 10 }]);
  });
});
