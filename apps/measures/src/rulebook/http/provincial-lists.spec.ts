import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#platform';
import { type DisciplineRule, loadAllSeeds } from '#seeds';
import { type TestDatabase, testDatabase, testIssuer } from '#testing';
import { draftingAt, person } from '../../../specs/drafting.js';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import type { CheckAnswer } from '../../checks/commands/ask-check.js';
import { seedMeasures } from '../../seeding.js';

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

const wang = person('wang');
const zhao = person('zhao');
const { call, post, inForce, orderedOn } = draftingAt(() => running);
const ORDINANCE = '黑龙江省社会信用条例';

describe('an edition of the provincial supplement (失信惩戒措施补充清单)', () => {
  const supplement = (entry: object, change: object = {}, replaces: string | null = '2022') =>
    post(wang, '', {
      content: {
        part: 'supplement',
        edition: '2026',
        validFrom: '2026-01-01',
        validTo: '2027-12-31',
        entries: [
          {
            name: 'notice-board',
            class: 'B',
            zh: '（虚构）公告提示',
            en: 'Notice (fictitious)',
            target: 'fictitious',
            termRequired: true,
            basis: [{ instrument: ORDINANCE, article: '31' }],
            confirmed: false,
            source: 'fictitious, for this spec',
            ...entry,
          },
        ],
        ...change,
      },
      ...(replaces && { replaces }),
    });

  it.each<[string, object, object, string | null, number, string]>([
    [
      'without the local regulation',
      { basis: [{ instrument: '行政许可法', article: '78' }] },
      {},
      '2022',
      422,
      'catalogue.supplement-without-regulation',
    ],
    ['without a term', { termRequired: false }, {}, '2022', 422, 'catalogue.supplement-without-term'],
    [
      'that takes the term from what it follows',
      { follows: 'hlj/other', termRequired: false },
      {},
      '2022',
      422,
      'catalogue.supplement-without-term',
    ],
    ['without a last day', {}, { validTo: null }, '2022', 422, 'catalogue.without-expiry'],
    ['valid together with the one before', {}, {}, null, 409, 'catalogue.overlap'],
    ['that reaches back', {}, { validFrom: '2024-11-14' }, '2022', 422, 'rules.backdated'],
  ])('%s is refused', async (_, entry, change, replaces, status, code) => {
    const answer = await supplement(entry, change, replaces);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('with both is taken, and what it does not follow ends with the list before', async () => {
    const interview = { name: 'interview', follows: 'hlj/interview', termRequired: false };
    const { status, body } = await supplement(interview);
    expect([status, body.differences.dropped]).toEqual([
      201,
      ['hlj/procurement-bidding', 'hlj/fiscal-funds', 'hlj/honours', 'hlj/other'],
    ]);
    expect((await post(zhao, `/${body.id}/publication`)).status).toBe(200);
    expect(await orderedOn('2025-12-31')).toContain('samr.fiscal-funds hlj/fiscal-funds');
    expect((await orderedOn('2026-01-02')).filter((line) => line.includes(' hlj/'))).toEqual([
      'samr.interview hlj/2026/interview',
    ]);
  });
});

describe('an edition of the constraints (失信约束措施)', () => {
  const LAST_DAY = '2025-02-28';
  const FIRST_DAY = '2025-03-01';
  const FAST_TRACK = 'constraint/2025/no-fast-track';
  const BOTH_ARTICLES = [{ instrument: ORDINANCE, article: '31, 45' }];

  /** The list of the release drafted anew, each entry following its own. */
  const standing = () =>
    loadAllSeeds().constraints.map(({ id, edition: _, validFrom: __, validTo: ___, ...entry }) => ({
      ...entry,
      name: id.replace('constraint/', ''),
      follows: id,
    }));
  const fastTrack = {
    name: 'no-fast-track',
    zh: '（虚构）不予容缺受理',
    en: 'No acceptance of incomplete papers (fictitious)',
    appliesTo: ['serious-list'],
    liftedOn: 'on repair',
    termRequired: true,
    basis: [{ instrument: ORDINANCE, article: '31' }],
    confirmed: false,
    source: 'fictitious, for this spec',
  };
  /** A fictitious edition: one entry more, one less, and another basis for what closes the commitment procedure. */
  const edition = (change: object = {}, added: object = {}) => ({
    part: 'constraint',
    edition: '2025',
    validFrom: FIRST_DAY,
    validTo: '2025-12-31',
    entries: [
      ...standing()
        .filter(({ name }) => name !== 'other')
        .map((entry) => (entry.closes ? { ...entry, basis: BOTH_ARTICLES } : entry)),
      { ...fastTrack, ...added },
    ],
    ...change,
  });
  const draft = (content: object, replaces: string | null = '2022') =>
    post(wang, '', { content, ...(replaces && { replaces }) });
  const rule = (change: Partial<DisciplineRule> = {}): DisciplineRule => ({
    ...structuredClone(loadAllSeeds()['discipline-rules'].find(({ id }) => id === 'samr.no-commitment')!),
    id: 'samr.no-fast-track',
    measure: FAST_TRACK,
    validFrom: FIRST_DAY,
    term: { count: 1, unit: 'year' },
    termFrom: 'in-force',
    ...change,
  });
  const constraintsOn = async (day: string) =>
    (await orderedOn(day)).filter((line) => line.includes(' constraint/'));

  it.each<[string, object, string | null, number, string]>([
    [
      'that says discipline',
      edition({}, { zh: '失信惩戒公告' }),
      '2022',
      422,
      'catalogue.constraint-is-discipline',
    ],
    [
      'that says so in English only',
      edition({}, { en: 'Banned from tenders' }),
      '2022',
      422,
      'catalogue.constraint-is-discipline',
    ],
    [
      'that limits rights',
      edition({}, { zh: '限制参加政府采购' }),
      '2022',
      422,
      'catalogue.constraint-is-discipline',
    ],
    [
      'that is a measure of the catalogue under another name',
      edition({}, { zh: '“纳入重点监管范围”措施', en: 'Attention' }),
      '2022',
      422,
      'catalogue.constraint-is-discipline',
    ],
    [
      'without the local regulation',
      edition({}, { basis: [{ instrument: '行政许可法', article: '78' }] }),
      '2022',
      422,
      'catalogue.constraint-without-regulation',
    ],
    [
      'without what closes the commitment procedure (art. 45)',
      edition({ entries: [fastTrack] }),
      '2022',
      422,
      'catalogue.commitment-open',
    ],
    [
      'that opens it to who did not keep a commitment',
      edition({
        entries: standing().map((entry) =>
          entry.closes ? { ...entry, appliesTo: ['serious-list'] } : entry,
        ),
      }),
      '2022',
      422,
      'catalogue.commitment-open',
    ],
    [
      'that follows discipline',
      edition({}, { follows: 'hlj/interview' }),
      '2022',
      422,
      'catalogue.follows-unknown',
    ],
    ['with a class of discipline', edition({}, { class: 'B' }), '2022', 422, 'catalogue.malformed'],
    ['for somebody else', edition({}, { appliesTo: ['everybody'] }), '2022', 422, 'catalogue.malformed'],
    ['without a last day', edition({ validTo: null }), '2022', 422, 'catalogue.without-expiry'],
    ['that reaches back', edition({ validFrom: '2024-11-14' }), '2022', 422, 'rules.backdated'],
    ['valid together with the one before', edition(), null, 409, 'catalogue.overlap'],
    ['of a name that is taken', edition({ edition: '2022' }), '2022', 409, 'catalogue.edition-taken'],
  ])('one %s is refused', async (_, content, replaces, status, code) => {
    const answer = await draft(content, replaces);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is drafted, shows what it changes, and is published by another', async () => {
    const { status, body } = await draft(edition());
    expect([status, body.state.status, body.mayDo]).toEqual([201, 'draft', ['rejection']]);
    const { added, dropped, changed, rules } = body.differences;
    expect([added, dropped]).toEqual([[FAST_TRACK], ['constraint/other']]);
    expect(changed).toEqual([
      {
        entry: 'constraint/2025/no-commitment-procedure',
        follows: 'constraint/no-commitment-procedure',
        changes: [
          { field: 'basis', before: [{ instrument: ORDINANCE, article: '45' }], after: BOTH_ARTICLES },
        ],
      },
    ]);
    expect(rules).toContainEqual({
      rule: 'samr.no-commitment',
      from: 'constraint/no-commitment-procedure',
      to: 'constraint/2025/no-commitment-procedure',
    });
    expect((await post(wang, `/${body.id}/publication`)).body.code).toBe('rules.second-person');
    expect((await post(zhao, `/${body.id}/publication`)).body.state.status).toBe('published');
  });

  it('what it adds is ordered by a rule that has the local regulation and the term which it demands', async () => {
    const drafted = async (change: Partial<DisciplineRule>) =>
      (await call('POST', wang, 'rules/drafts', { rule: rule(change) })).body;
    const { termFrom: _, ...endless } = rule();
    expect(
      (await call('POST', wang, 'rules/drafts', { rule: { ...endless, term: 'with-listing' } })).body.code,
    ).toBe('rules.term-required');
    expect((await drafted({ basis: [{ instrument: '组织默认设置' }], confirmed: false })).code).toBe(
      'rules.constraint-basis',
    );
    const { id } = await drafted({});
    expect((await call('POST', zhao, `rules/drafts/${id}/publication`)).status).toBe(200);
  });

  it('orders from its first day on, and what was ordered before stays as it was, also after a restart', async () => {
    const before = ['samr.no-commitment constraint/no-commitment-procedure'];
    const after = [
      'samr.no-commitment constraint/2025/no-commitment-procedure',
      `samr.no-fast-track ${FAST_TRACK}`,
    ];
    expect([await constraintsOn(LAST_DAY), await constraintsOn(FIRST_DAY)]).toEqual([before, after]);
    await seedMeasures(running.db, loadAllSeeds());
    expect([await constraintsOn(LAST_DAY), await constraintsOn(FIRST_DAY)]).toEqual([before, after]);
    expect(await constraintsOn('2026-01-01')).toEqual([]);
  });

  it('stands in the catalogue for its days, apart from discipline', async () => {
    const on = async (day: string) =>
      (await call('GET', wang, `catalogue?part=constraint&asOf=${day}`)).body.items.map(({ id }) => id);
    expect(await on(LAST_DAY)).toContain('constraint/other');
    expect((await on(FIRST_DAY)).every((id) => id.startsWith('constraint/2025/'))).toBe(true);
    expect(await on('2026-01-01')).toEqual([]);
  });

  it('the next one keeps the demand for a term', async () => {
    const next = edition({ edition: '2026', validFrom: '2025-06-01', validTo: '2026-12-31' });
    const entries = (next.entries as (typeof fastTrack)[]).map((entry) => ({
      ...entry,
      follows: `constraint/2025/${entry.name}`,
      termRequired: undefined,
    }));
    expect((await draft({ ...next, entries }, '2025')).body.code).toBe('catalogue.constraint-without-term');
  });

  it('a check answers by the list of its day, before and after midnight and when none is valid any more', async () => {
    const registry: Actor = {
      kind: 'system',
      id: 'registry',
      name: 'X',
      department: 'hlj.market-regulation',
      roles: ['department-system'],
    };
    const asked = async ({ subject }: ListedCase) => {
      const { body } = await call('POST', registry, 'checks', {
        subjects: [subject.id],
        field: 'commitment',
        item: '（虚构）告知承诺办理',
        purpose: '审查能否适用告知承诺',
      });
      const [bound] = (body as unknown as CheckAnswer).bound;
      return {
        basis: bound!.commitment.basis.map(({ article }) => article),
        rules: bound!.hits.map(({ rule }) => rule).sort(),
      };
    };
    const [before, after] = [LAST_DAY, FIRST_DAY].map((inForceOn) =>
      foodCase({}, {}, { inForceOn, termEndsOn: '2028-02-28' }),
    ) as [ListedCase, ListedCase];
    await running.moveTo(LAST_DAY);
    await inForce(before);
    expect(await asked(before)).toEqual({ basis: ['45'], rules: ['samr.no-commitment'] });
    await running.moveTo(FIRST_DAY);
    await inForce(after);
    expect(await asked(before)).toEqual({ basis: ['31, 45'], rules: ['samr.no-commitment'] });
    expect(await asked(after)).toEqual({
      basis: ['31, 45'],
      rules: ['samr.no-commitment', 'samr.no-fast-track'],
    });
    await running.moveTo('2026-01-05');
    expect(await asked(before)).toEqual({ basis: ['31, 45'], rules: ['samr.no-commitment'] });
  });
});
