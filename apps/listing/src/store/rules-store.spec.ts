import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ListTypeVersion, loadSeeds } from '#seeds';
import { type TestDatabase, testDatabase } from '#testing';
import { v7 as uuidv7 } from 'uuid';
import { loadRules, readCalendar, readListTypes } from './rules-store.js';

let database: TestDatabase;
const lists = loadSeeds('list-types');
const years = loadSeeds('calendars');
const load = (rows: readonly ListTypeVersion[] = lists) =>
  database.db.transaction((tx) => loadRules(tx, rows, years, new Date()));
const samr = (changes: (list: ListTypeVersion) => ListTypeVersion) =>
  lists.map((list) => (list.key === 'SAMR' && list.version === '2021-09-01' ? changes(list) : list));

beforeAll(async () => {
  database = await testDatabase('listing');
  await load();
});
afterAll(() => database.drop());

describe('loading the law', () => {
  it('keeps every version and every calendar, and may be repeated', async () => {
    await load();
    await Promise.all([load(), load()]);
    expect(await readListTypes(database.db)).toHaveLength(lists.length);
    expect((await readCalendar(database.db)).map(({ year }) => year)).toEqual(years.map(({ year }) => year));
  });

  it('refuses versions of one list that overlap', async () => {
    await expect(load(samr((list) => ({ ...list, validTo: null })))).rejects.toThrow(
      /SAMR of 2021-09-01 is still valid on 2025-12-25/,
    );
    expect(
      (await readListTypes(database.db)).find((list) => list.version === '2021-09-01' && list.key === 'SAMR')
        ?.validTo,
    ).toBe('2025-12-24');
  });

  it('takes a correction as long as nothing was decided under the version', async () => {
    const longer = samr((list) => ({ ...list, removal: { count: 4, unit: 'working-day' } }));
    await load(longer);
    await load();
  });

  it('refuses to change a version under which a case was decided, and says what to do', async () => {
    const [subject, id] = [uuidv7(), uuidv7()];
    await database.db.query(
      `INSERT INTO subject (id, kind, name, region, told_at) VALUES ($1, 'enterprise', 'x', '230100', now())`,
      [subject],
    );
    await database.db.query(
      `INSERT INTO listing_case (id, file_id, no, version, status, list_type, rules_version, subject_id, department, region, conduct_kind, opened_on, decided_on, state)
       VALUES ($1, $1, 'SAMR-2024-000001', 1, 'decided', 'SAMR', '2021-09-01', $2, 'hlj.market-regulation', '230000', 'samr.food', '2024-11-04', '2024-11-13', '{}')`,
      [id, subject],
    );
    await expect(
      load(samr((list) => ({ ...list, removal: { count: 4, unit: 'working-day' } }))),
    ).rejects.toThrow(/version of its own/);
    // Where it was read, how far it is confirmed, until when it is valid: no rule changes by these.
    await load(
      samr((list) => ({
        ...list,
        confirmed: true,
        source: 'compared with the official text',
        validTo: '2025-12-23',
      })),
    );
    expect(
      (await readListTypes(database.db)).find((list) => list.version === '2021-09-01' && list.key === 'SAMR'),
    ).toMatchObject({ confirmed: true });
  });
});
