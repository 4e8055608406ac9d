import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate } from '#kernel';
import {
  type CatalogueRow,
  differencesOfEdition,
  type Edition,
  type EditionedLaw,
  overlapping,
  withEditions,
} from './edition.js';

interface Row extends CatalogueRow {
  zh: string;
}
interface Rule {
  id: string;
  measure: string;
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
}
type Law = EditionedLaw<Row, Rule>;

const row = (id: string, change: Partial<Row> = {}): Row => ({
  id,
  edition: id.split('/')[0]!,
  zh: id,
  validFrom: null,
  validTo: null,
  ...change,
});
const rule = (id: string, measure: string, change: Partial<Rule> = {}): Rule => ({
  id,
  measure,
  validFrom: '2021-09-01',
  validTo: null,
  ...change,
});
const law: Law = {
  national: [row('2024/1'), row('2024/2'), row('2024/3')],
  supplement: [row('hlj/interview', { edition: '2022', validFrom: '2022-07-01' })],
  constraint: [],
  rules: [
    rule('samr.one', '2024/1'),
    rule('samr.two', '2024/2'),
    rule('samr.interview', 'hlj/interview'),
    rule('old.one', '2024/1', { validTo: '2023-12-31' }),
    rule('late.one', '2024/1', { validFrom: '2026-06-01' }),
  ],
};
const next: Edition<Row> = {
  part: 'national',
  edition: '2026',
  validFrom: '2026-01-01',
  validTo: '2027-12-31',
  replaces: '2024',
  entries: [
    row('2026/1', { follows: '2024/1', zh: '改名', validFrom: '2026-01-01', validTo: '2027-12-31' }),
    row('2026/9', { validFrom: '2026-01-01', validTo: '2027-12-31' }),
  ],
};
const brief = ({ rules }: Law) =>
  rules.map(({ id, measure, validFrom, validTo }) => [id, measure, validFrom, validTo]);

describe('an edition', () => {
  it('ends the one that it replaces on the day before, and stands from its first day to its last', () => {
    const laid = withEditions(law, { editions: [next], rules: [] });
    expect(laid.national.map(({ id, validFrom, validTo }) => [id, validFrom, validTo])).toEqual([
      ['2024/1', null, '2025-12-31'],
      ['2024/2', null, '2025-12-31'],
      ['2024/3', null, '2025-12-31'],
      ['2026/1', '2026-01-01', '2027-12-31'],
      ['2026/9', '2026-01-01', '2027-12-31'],
    ]);
    expect(laid.supplement).toEqual(law.supplement);
  });

  it('takes the rules of a followed measure along, and ends those whose measure it drops', () => {
    expect(brief(withEditions(law, { editions: [next], rules: [] }))).toEqual([
      ['samr.one', '2024/1', '2021-09-01', '2025-12-31'],
      ['samr.one', '2026/1', '2026-01-01', null],
      ['samr.two', '2024/2', '2021-09-01', '2025-12-31'],
      ['samr.interview', 'hlj/interview', '2021-09-01', null],
      ['old.one', '2024/1', '2021-09-01', '2023-12-31'],
      ['late.one', '2026/1', '2026-06-01', null],
    ]);
  });

  it('that follows one that has ended by itself wakes its rules again', () => {
    const ended = { ...law, national: law.national.map((entry) => ({ ...entry, validTo: '2025-06-30' })) };
    const laid = withEditions(ended, { editions: [{ ...next, replaces: null }], rules: [] });
    expect(laid.national.slice(0, 3).map(({ validTo }) => validTo)).toEqual(Array(3).fill('2025-06-30'));
    expect(brief(laid).slice(0, 3)).toEqual([
      ['samr.one', '2024/1', '2021-09-01', '2025-12-31'],
      ['samr.one', '2026/1', '2026-01-01', null],
      // Its measure has ended; nothing takes its place, so it orders nothing, and nothing is to be closed.
      ['samr.two', '2024/2', '2021-09-01', null],
    ]);
  });

  it('does not undo a version of a rule that holds from a later day, whichever was published first', () => {
    const version = rule('samr.one', '2024/1', { validFrom: '2026-03-01' });
    expect(brief(withEditions(law, { editions: [next], rules: [version] })).slice(0, 4)).toEqual([
      ['samr.one', '2024/1', '2021-09-01', '2025-12-31'],
      ['samr.one', '2026/1', '2026-01-01', '2026-02-28'],
      ['samr.two', '2024/2', '2021-09-01', '2025-12-31'],
      ['samr.interview', 'hlj/interview', '2021-09-01', null],
    ]);
    expect(brief(withEditions(law, { editions: [next], rules: [version] })).at(-1)).toEqual([
      'samr.one',
      '2026/1',
      '2026-03-01',
      null,
    ]);
  });

  it.each<[string, Partial<Edition<Row>>, string[]]>([
    ['replaced', {}, []],
    ['not replaced', { replaces: null }, ['2024']],
    ['of before the edition begins', { replaces: null, validFrom: '2027-01-01' }, ['2024']],
  ])('is not valid together with one that is %s', (_, change, found) => {
    expect(overlapping(law.national, { ...next, ...change })).toEqual(found);
  });

  it('runs into one that begins while it is valid', () => {
    const standing = withEditions(law, { editions: [next], rules: [] }).national;
    const between = { ...next, edition: '2025', validFrom: '2025-06-01', replaces: '2024' };
    expect(overlapping(standing, { ...between, validTo: '2026-01-01' })).toEqual(['2026']);
    expect(overlapping(standing, { ...between, validTo: '2025-12-31' })).toEqual([]);
  });

  it('shows what it changes', () => {
    expect(differencesOfEdition(law, next)).toEqual({
      added: ['2026/9'],
      dropped: ['2024/2', '2024/3'],
      changed: [
        {
          entry: '2026/1',
          follows: '2024/1',
          changes: [{ field: 'zh', before: '2024/1', after: '改名' }],
        },
      ],
      rules: [
        { rule: 'samr.one', from: '2024/1', to: '2026/1' },
        { rule: 'samr.two', from: '2024/2', to: null },
        { rule: 'late.one', from: '2024/1', to: '2026/1' },
      ],
    });
  });
});

describe('whatever editions follow each other', () => {
  const days = (from: LocalDate, count: number): LocalDate[] =>
    Array.from({ length: count }, (_, n) => addDays(from, n * 37));
  const holds = (one: Pick<Rule, 'validFrom' | 'validTo'>, day: LocalDate): boolean =>
    (one.validFrom === null || one.validFrom <= day) && (one.validTo === null || one.validTo >= day);
  /** Editions of some length with gaps or none between them, each following a few entries of the last one. */
  const chains = fc
    .array(
      fc.record({
        length: fc.integer({ min: 1, max: 200 }),
        early: fc.boolean(),
        gap: fc.integer({ min: 1, max: 60 }),
        kept: fc.subarray([1, 2, 3]),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((links) => {
      let last: Edition<Row> | undefined;
      const editions: Edition<Row>[] = [];
      for (const [nth, { length, early, gap, kept }] of links.entries()) {
        const edition = String(2030 + nth);
        // The first must end the edition of the release, which is open; a later one may come early or after a gap.
        const replaces = last === undefined ? '2024' : early ? last.edition : null;
        const validFrom =
          last === undefined ? '2026-01-01' : early ? addDays(last.validFrom, 1) : addDays(last.validTo, gap);
        const validTo = addDays(validFrom, length + 1);
        const before = (last?.entries ?? law.national).map(({ id }) => id);
        const entries = [1, 2, 3].map((number): Row => {
          const follows = kept.includes(number) ? before[number - 1] : undefined;
          return row(`${edition}/${number}`, { validFrom, validTo, ...(follows ? { follows } : {}) });
        });
        last = { part: 'national', edition, validFrom, validTo, replaces, entries };
        editions.push(last);
      }
      return editions;
    });
  const versions = fc.array(
    fc.record({
      id: fc.constantFrom('samr.one', 'samr.two', 'new.three'),
      number: fc.integer({ min: 1, max: 3 }),
      after: fc.integer({ min: 1, max: 700 }),
    }),
    { maxLength: 4 },
  );

  it('no day has two editions or two versions of a rule, and no rule orders what a replaced edition held', () => {
    fc.assert(
      fc.property(chains, versions, fc.boolean(), (editions, given, turned) => {
        const rules = given.map(({ id, number, after }) =>
          rule(id, `2024/${number}`, { validFrom: addDays('2025-06-01', after) }),
        );
        const own = new Map(rules.map((one) => [`${one.id}@${one.validFrom}`, one]));
        const published = { editions, rules: [...own.values()] };
        const laid = withEditions(law, published);
        const other = withEditions(law, {
          editions: turned ? [...editions].reverse() : editions,
          rules: [...own.values()].reverse(),
        });
        expect(brief(other).sort()).toEqual(brief(laid).sort());
        for (const day of days('2025-01-01', 40)) {
          const valid = new Set(
            laid.national.filter((entry) => holds(entry, day)).map(({ edition }) => edition),
          );
          expect(valid.size).toBeLessThanOrEqual(1);
          const ids = laid.rules.filter((one) => holds(one, day)).map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          const replacedBy = new Map(editions.map(({ replaces, validFrom }) => [replaces, validFrom]));
          for (const { measure, id } of laid.rules.filter((one) => holds(one, day))) {
            const from = replacedBy.get(measure.split('/')[0]!);
            // What a version drafted anew names without a follower is refused by the checks of the whole law.
            const fresh = own.size > 0 && [...own.values()].some((one) => one.id === id);
            if (from !== undefined && !fresh) expect(day < from).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
