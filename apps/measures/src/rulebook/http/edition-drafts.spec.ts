import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DisciplineMeasure, loadAllSeeds } from '#seeds';
import { type TestDatabase, testDatabase, testIssuer } from '#testing';
import { draftingAt, person } from '../../../specs/drafting.js';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { seedMeasures } from '../../seeding.js';

const TODAY = '2024-11-14';
const FIRST_DAY = '2024-12-01';
let database: TestDatabase;
let running: RunningMeasures;

beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, (await testIssuer()).settings, TODAY);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const wang = person('wang');
const zhao = person('zhao');
const { call, post, orderedOn } = draftingAt(() => running);

type Given = Omit<DisciplineMeasure, 'id' | 'edition' | 'validFrom' | 'validTo'>;
/** The edition of the release as it would be drafted anew, each entry following its own. */
const measures = (): Given[] =>
  loadAllSeeds()['discipline-catalogue'].map(({ id, edition: _, validFrom: __, validTo: ___, ...entry }) => ({
    ...structuredClone(entry),
    follows: id,
  }));
/** A fictitious edition that renames one entry, brings one, and drops 纳入重点监管范围 (10). */
const national = (change: object = {}) => ({
  part: 'national',
  edition: '2025',
  validFrom: FIRST_DAY,
  validTo: '2026-12-31',
  entries: [
    ...measures()
      .filter(({ number }) => number !== 10)
      .map((entry) => (entry.number === 8 ? { ...entry, zh: '限制评先评优（虚构改名）' } : entry)),
    { ...measures().find(({ number }) => number === 12)!, number: 99, follows: undefined },
  ],
  ...change,
});
const draft = (change: object = {}, replaces: string | null = '2024') =>
  post(wang, '', { content: national(change), ...(replaces && { replaces }) });
describe('an edition of the catalogue by draft and second person', () => {
  it('is drafted, shows what it changes, is published by another, and takes effect on its first day', async () => {
    const before = await orderedOn(TODAY);
    const { status, body } = await draft();
    expect([status, body.state.status, body.mayDo]).toEqual([201, 'draft', ['rejection']]);
    const { added, dropped, changed, rules } = body.differences;
    expect([added, dropped]).toEqual([['2025/99'], ['2024/10']]);
    expect(changed).toEqual([
      {
        entry: '2025/8',
        follows: '2024/8',
        changes: [{ field: 'zh', before: '限制参加评先评优', after: '限制评先评优（虚构改名）' }],
      },
    ]);
    expect(rules).toEqual(
      expect.arrayContaining([
        { rule: 'samr.honour-titles', from: '2024/8', to: '2025/8' },
        { rule: 'samr.key-supervision', from: '2024/10', to: null },
      ]),
    );

    expect((await post(wang, `/${body.id}/publication`)).body.code).toBe('rules.second-person');
    expect(await orderedOn('2024-12-02')).toEqual(before);
    const published = await post(zhao, `/${body.id}/publication`);
    expect([published.status, published.body.state.status, published.body.mayDo]).toEqual([
      200,
      'published',
      [],
    ]);
    expect(published.body.differences).toEqual(body.differences);

    const after = before
      .filter((line) => !line.endsWith(' 2024/10'))
      .map((line) => line.replace(' 2024/', ' 2025/'));
    expect(after.length).toBeLessThan(before.length);
    expect([await orderedOn('2024-11-30'), await orderedOn(FIRST_DAY)]).toEqual([before, after]);
    // As at a restart.
    await seedMeasures(running.db, loadAllSeeds());
    expect([await orderedOn('2024-11-30'), await orderedOn(FIRST_DAY)]).toEqual([before, after]);
  });

  it('stands in the catalogue for its days, with the one before it', async () => {
    const on = async (asOf: string) =>
      (await call('GET', wang, `catalogue?part=national&asOf=${asOf}`)).body.items.map(({ id }) => id).sort();
    expect(await on('2024-11-30')).toContain('2024/10');
    const during = await on('2026-12-31');
    expect([during.length, during.every((id) => id.startsWith('2025/'))]).toEqual([14, true]);
    expect(await on('2027-01-01')).toEqual([]);
  });

  it('after its last day nothing of it is ordered: class A and B rest on a list that is in force', async () => {
    const lines = await orderedOn('2027-01-04');
    expect(lines.filter((line) => / 20\d\d\//.test(line))).toEqual([]);
    expect(lines).toContain('samr.fiscal-funds hlj/fiscal-funds');
  });

  it('takes along a rule that is drafted for a later day', async () => {
    const seeded = structuredClone(
      loadAllSeeds()['discipline-rules'].find(({ id }) => id === 'samr.honour-titles')!,
    );
    const rule = { ...seeded, measure: '2025/8', mode: 'considered', validFrom: '2025-02-01' };
    const drafted = await call('POST', wang, 'rules/drafts', { rule });
    expect(drafted.status).toBe(201);
    expect((await call('POST', zhao, `rules/drafts/${drafted.body.id}/publication`)).status).toBe(200);
    expect(await orderedOn('2025-02-01')).toContain('samr.honour-titles 2025/8');
  });

  it('has ended before a rule would begin: it is to be drafted with the measure of the next one', async () => {
    const seeded = loadAllSeeds()['discipline-rules'].find(({ id }) => id === 'samr.key-supervision')!;
    const rule = { ...seeded, measure: '2025/9', validFrom: '2027-02-01' };
    const { status, body } = await call('POST', wang, 'rules/drafts', { rule });
    expect([status, body.code]).toEqual([422, 'rules.measure-ended']);
    expect(body.detail).toMatch(/2026-12-31/);
  });

  it.each<[string, object, string | null, number, string]>([
    ['without a last day', { validTo: null }, '2025', 422, 'catalogue.without-expiry'],
    ['that ends before it begins', { validTo: '2026-06-01' }, '2025', 422, 'catalogue.validity-reversed'],
    ['that reaches back', { validFrom: TODAY }, '2025', 422, 'rules.backdated'],
    ['valid together with the one before', {}, null, 409, 'catalogue.overlap'],
    ['that replaces one which has ended by then', {}, '2024', 422, 'catalogue.replaces-unknown'],
    ['of a name that is taken', { edition: '2025' }, '2025', 409, 'catalogue.edition-taken'],
    ['of an unknown part', { part: 'municipal' }, '2025', 422, 'catalogue.malformed'],
    ['with a field too many', { colour: 'red' }, '2025', 422, 'catalogue.malformed'],
  ])('%s is refused', async (_, change, replaces, status, code) => {
    const entries = measures().map((entry) => ({ ...entry, follows: undefined }));
    const given = { edition: '2026', validFrom: '2026-07-01', validTo: '2027-12-31', entries, ...change };
    const answer = await draft(given, replaces);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each<[string, (entries: Given[]) => Given[], string, RegExp]>([
    [
      'of class A without a direct basis',
      (entries) =>
        entries.map((entry) =>
          entry.number === 1 ? { ...entry, basis: [{ instrument: '组织默认设置' }] } : entry,
        ),
      'catalogue.basis-not-direct',
      /2026\/1/,
    ],
    [
      'that makes class C of what rules order',
      (entries) => entries.map((entry) => (entry.number === 8 ? { ...entry, class: 'C' } : entry)),
      'rules.class-c-ordered',
      /honours/,
    ],
    [
      'that makes a measure of persons of what rules order against companies',
      (entries) =>
        entries.map((entry) => (entry.number === 8 ? { ...entry, binds: 'natural-persons' } : entry)),
      'rules.person-measure',
      /2026\/8/,
    ],
    [
      'whose entry follows none',
      (entries) => entries.map((entry) => (entry.number === 1 ? { ...entry, follows: '2025/77' } : entry)),
      'catalogue.follows-unknown',
      /2025\/77/,
    ],
    [
      'two of whose entries follow one',
      (entries) => entries.map((entry) => (entry.number === 1 ? { ...entry, follows: '2025/2' } : entry)),
      'catalogue.follows-unknown',
      /2025\/2/,
    ],
    [
      'that cites what is not registered',
      (entries) =>
        entries.map((entry) =>
          entry.number === 12 ? { ...entry, basis: [{ instrument: '（虚构）办法' }] } : entry,
        ),
      'catalogue.contradiction',
      /虚构/,
    ],
  ])('one %s is refused', async (_, change, code, why) => {
    const following = measures()
      .filter(({ number }) => number !== 10)
      .map((entry) => ({ ...entry, follows: `2025/${entry.number}` }));
    const { status, body } = await draft(
      { edition: '2026', validFrom: '2026-07-01', validTo: '2027-12-31', entries: change(following) },
      '2025',
    );
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toMatch(why);
  });

  it('is rejected with a reason, is settled once, and is seen by the auditor', async () => {
    const { body } = await draft(
      { edition: '2028', validFrom: '2028-01-01', validTo: '2029-12-31', entries: [measures()[6]!] },
      null,
    );
    expect(body.code).toBe('catalogue.follows-unknown');
    const fresh = { ...measures()[6]!, follows: '2025/7' };
    const drafted = await draft(
      { edition: '2028', validFrom: '2028-01-01', validTo: '2029-12-31', entries: [fresh] },
      null,
    );
    expect(drafted.status).toBe(201);
    const rejected = await post(zhao, `/${drafted.body.id}/rejection`, { reason: '依据尚未公布' });
    expect(rejected.body.state).toMatchObject({ status: 'rejected', reason: '依据尚未公布' });
    expect((await post(zhao, `/${drafted.body.id}/publication`)).body.code).toBe('rules.draft-settled');
    const auditor = person('auditor', 'auditor');
    expect((await call('GET', auditor, `catalogue/drafts/${drafted.body.id}`)).status).toBe(200);
    const list = await call('GET', auditor, 'catalogue/drafts?status=rejected');
    expect(list.body.items).toMatchObject([{ edition: '2028', entries: 1, mayDo: [] }]);
  });

  it('is the business of the lead unit alone', async () => {
    const other = person('li', 'lead-unit', 'hlj.finance');
    expect((await post(other, '', { content: national() })).body.code).toBe('rules.not-lead-unit');
    expect((await post(person('officer', 'discipline-officer'), '', { content: national() })).status).toBe(
      403,
    );
    expect((await post(wang, '/rubbish/publication')).body.code).toBe('catalogue.draft-not-found');
    expect((await call('GET', wang, 'catalogue/drafts/01900000-0000-7000-8000-000000000000')).body.code).toBe(
      'catalogue.draft-not-found',
    );
  });

  it('of two published at once for one name one stands', async () => {
    const both = await Promise.all(
      [1, 2].map(() =>
        draft(
          {
            edition: '2030',
            validFrom: '2030-01-01',
            validTo: '2030-12-31',
            entries: [{ ...measures()[6]!, follows: undefined }],
          },
          null,
        ),
      ),
    );
    const answers = await Promise.all(both.map(({ body }) => post(zhao, `/${body.id}/publication`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});
