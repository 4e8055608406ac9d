import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadAllSeeds, type Seeds } from '#seeds';
import { type TestDatabase, testDatabase } from '#testing';
import { seedModels } from './seeding.js';
import { ModelStore } from './store/model.store.js';

let database: TestDatabase;
let models: ModelStore;
let seeds: Seeds;

beforeAll(async () => {
  database = await testDatabase('grading');
});
beforeEach(() => {
  models = new ModelStore(database.db);
  seeds = loadAllSeeds();
});
afterAll(() => database.drop());

const versions = async () =>
  (await new ModelStore(database.db).all()).map((model) => [model.version, model.base, model.validTo]);

describe('publishing the grade models of the seeds', () => {
  it('again, and by two replicas at once, changes nothing', async () => {
    await Promise.all([
      seedModels(database.db, models, seeds),
      seedModels(database.db, new ModelStore(database.db), loadAllSeeds()),
    ]);
    await seedModels(database.db, models, loadAllSeeds());
    expect(await versions()).toEqual([[1, 85, null]]);
  });

  it('refuses another content under a published version: a grade must be repeatable', async () => {
    seeds['grade-models'][0]!.base = 80;
    await expect(seedModels(database.db, models, seeds)).rejects.toMatchObject({
      code: 'grade-model.changed',
      facts: { models: 'hlj-market-entity version 1' },
    });
    seeds = loadAllSeeds();
    seeds['grade-models'][0]!.indicators[0]!.points = -3;
    await expect(seedModels(database.db, models, seeds)).rejects.toMatchObject({
      code: 'grade-model.changed',
    });
    expect(await versions()).toEqual([[1, 85, null]]);
  });

  it('takes a note that it was confirmed, and a new version that follows the old one', async () => {
    const [first] = seeds['grade-models'];
    seeds['grade-models'] = [
      { ...first!, validTo: '2026-12-31', confirmed: 'text' },
      { ...first!, version: 2, base: 80, validFrom: '2027-01-01' },
    ];
    await seedModels(database.db, models, seeds);
    expect(await versions()).toEqual([
      [2, 80, null],
      [1, 85, '2026-12-31'],
    ]);
    expect((await models.forKind('enterprise', '2026-12-31'))?.version).toBe(1);
    expect((await models.forKind('enterprise', '2027-01-01'))?.version).toBe(2);
  });

  it('refuses two models that grade one kind on one day', async () => {
    const [first] = seeds['grade-models'];
    seeds['grade-models'] = [first!, { ...first!, id: 'other-model' }];
    await expect(seedModels(database.db, models, seeds)).rejects.toMatchObject({
      code: 'grade-model.faulty',
    });
  });
});
