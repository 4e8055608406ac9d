import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadAllSeeds } from '#seeds';
import { type TestDatabase, testDatabase } from '#testing';
import { seedMeasures } from './seeding.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('measures');
});
afterAll(() => database.drop());

async function stored(): Promise<unknown> {
  const read = async (sql: string) => (await database.db.query(sql)).rows;
  return {
    units: await read('SELECT * FROM unit ORDER BY id'),
    measures: await read('SELECT * FROM measure ORDER BY number'),
    catalogue: await read('SELECT * FROM discipline_catalogue ORDER BY id'),
    rules: await read('SELECT * FROM discipline_rule ORDER BY id, valid_from'),
  };
}

describe('loading the seeds', () => {
  it('again, and by two replicas at once, changes nothing', async () => {
    const seeds = loadAllSeeds();
    await Promise.all([seedMeasures(database.db, seeds), seedMeasures(database.db, seeds)]);
    const once = await stored();
    await seedMeasures(database.db, loadAllSeeds());
    expect(await stored()).toEqual(once);
  });

  it('takes a rule away that the seeds hold no more', async () => {
    const seeds = loadAllSeeds();
    seeds['discipline-rules'] = seeds['discipline-rules'].filter((rule) => rule.id !== 'wage.travel');
    await seedMeasures(database.db, seeds);
    expect((await database.db.query(`SELECT 1 FROM discipline_rule WHERE id = 'wage.travel'`)).rowCount).toBe(
      0,
    );
    await seedMeasures(database.db, loadAllSeeds());
  });

  it('refuses rows that contradict each other, and leaves what was there', async () => {
    const before = await stored();
    const seeds = loadAllSeeds();
    seeds['discipline-rules'].find((rule) => rule.id === 'wage.lending')!.mode = 'required';
    await expect(seedMeasures(database.db, seeds)).rejects.toThrow(/wage.lending.*reference only/);
    expect(await stored()).toEqual(before);
  });
});
