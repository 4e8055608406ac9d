import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#kernel';
import { orderableById } from '#seeds';
import { listing, seededBook, seeds } from '../../../specs/seeded-rule-book.js';
import {
  actionsFor,
  correctedUntil,
  namedBy,
  notReached,
  type NotReached,
  type RuleBook,
} from './allowed-actions.js';

describe('for every list, conduct and kind of subject that the seeds know', () => {
  const days = ['2022-08-01', '2024-11-14', '2026-04-01'];
  const all = seeds['list-types'].flatMap((type) =>
    type.conductKinds.flatMap((kind) =>
      type.subjectKinds.flatMap((subject) =>
        days.map((inForce) => listing(type.key, kind.code, subject, inForce)),
      ),
    ),
  );

  it('each action has a legal basis, an entry of the closed catalogue and an executing body, and class C is never there', () => {
    for (const each of all) {
      for (const action of actionsFor(each, seededBook)) {
        expect(action.basis.length).toBeGreaterThan(0);
        expect(['A', 'B', 'supplement', 'constraint']).toContain(
          seededBook.catalogue.get(action.measure)?.class,
        );
        expect(['required', 'considered']).toContain(action.mode);
        expect(seededBook.units.has(action.executor)).toBe(true);
      }
    }
  });

  it('measures that bind natural persons only never fall on an organisation, nor on its persons without an article that names them', () => {
    const personal = new Set(
      [...orderableById(seeds).values()].filter(({ bindsPersons }) => bindsPersons).map(({ id }) => id),
    );
    expect(personal.size).toBeGreaterThan(0);
    let reached = 0;
    for (const each of all) {
      for (const { rule, measure, reaches } of actionsFor(each, seededBook)) {
        if (each.subjectKind === 'natural-person') expect([rule, reaches]).toEqual([rule, []]);
        else if (personal.has(measure)) {
          expect([rule, reaches.length]).not.toEqual([rule, 0]);
          reached += 1;
        }
      }
    }
    expect(reached).toBeGreaterThan(0);
  });
});

describe('a rule does not reach a listing', () => {
  const rule = seededBook.rules.find((each) => each.id === 'samr.food-ban')!;
  const entry = seededBook.catalogue.get(rule.measure)!;
  const food = listing('SAMR', 'samr.food', 'enterprise', '2024-11-14');

  it.each<[NotReached | null, ...Parameters<typeof notReached>]>([
    ['other-list', rule, entry, { ...food, listType: 'TAX' }],
    ['other-conduct', rule, entry, { ...food, conductKind: 'samr.refusal' }],
    ['other-subject-kind', rule, entry, { ...food, subjectKind: 'social-organisation' as const }],
    ['rule-not-valid-then', rule, entry, { ...food, inForceOn: '2021-08-31' }],
    ['reference-only', { ...rule, mode: 'reference' as const }, entry, food],
    ['not-in-catalogue-then', rule, undefined, food],
    ['not-in-catalogue-then', rule, { ...entry, validTo: '2024-11-13' }, food],
    ['class-c', rule, { ...entry, class: 'C' as const }, food],
    [null, rule, entry, food],
  ])('%s', (expected, ...given) => {
    expect(notReached(...given)).toBe(expected);
  });

  it('and the next edition of the catalogue does not change what was ordered under the one before', () => {
    const expiring: RuleBook = {
      ...seededBook,
      catalogue: new Map(
        [...seededBook.catalogue].map(([id, each]) => [id, { ...each, validTo: '2024-11-14' }]),
      ),
    };
    expect(actionsFor(food, expiring)).toEqual(actionsFor(food, seededBook));
    expect(actionsFor({ ...food, inForceOn: '2024-11-15' }, expiring)).toEqual([]);
  });
});

describe('the days of an action', () => {
  const at = (termEndsOn: string | null) =>
    listing('SAMR', 'samr.false-publicity', 'enterprise', '2024-11-14', termEndsOn);
  const daysOf = (rule: string, termEndsOn: string | null) => {
    const { from, until } = actionsFor(at(termEndsOn), seededBook).find((action) => action.rule === rule)!;
    return [from, until];
  };

  it('run with the listing', () => {
    expect(daysOf('samr.licensing', '2027-11-14')).toEqual(['2024-11-14', '2027-11-14']);
    expect(daysOf('samr.licensing', null)).toEqual(['2024-11-14', null]);
  });

  it('end with the own term of the law where that is over first, and with the listing where that is', () => {
    expect(daysOf('samr.representative-office', null)).toEqual(['2024-11-14', '2027-11-14']);
    expect(daysOf('samr.representative-office', '2029-11-14')).toEqual(['2024-11-14', '2027-11-14']);
    expect(daysOf('samr.representative-office', '2025-11-14')).toEqual(['2024-11-14', '2025-11-14']);
  });

  it('of a ban that the law lets run on end with the listing, and say how long the law lets it run', () => {
    const food = actionsFor(listing('SAMR', 'samr.food', 'enterprise', '2024-11-14'), seededBook);
    expect(food.filter(({ ownTerm }) => ownTerm !== null)).toMatchObject([
      { rule: 'samr.food-ban', until: '2027-11-14', ownTerm: { count: 5, unit: 'year' } },
    ]);
  });
});

describe('the executing body', () => {
  const food = listing('SAMR', 'samr.food', 'enterprise', '2024-11-14');
  const withUnits = (
    changes: Record<string, Partial<{ validTo: string; validFrom: string; successor: string | null }>>,
  ): RuleBook => ({
    ...seededBook,
    units: new Map([...seededBook.units].map(([id, unit]) => [id, { ...unit, ...changes[id] }])),
  });
  const executors = (given: RuleBook) => [
    ...new Set(actionsFor(food, given).map((action) => action.executor)),
  ];

  it('is the successor of a body that had ended by the day', () => {
    const moved = withUnits({
      'hlj.business-environment': { validTo: '2024-10-31' },
      'hlj.data': { validFrom: '2024-11-01' },
    });
    expect(executors(moved)).toContain('hlj.data');
    expect(executors(moved)).not.toContain('hlj.business-environment');
  });

  it('is one for two names that became one body: ordered once for each rule', () => {
    const merged = withUnits({
      'hlj.finance': { validTo: '2024-10-31', successor: 'hlj.development-reform' },
    });
    const funds = actionsFor(food, merged).filter((action) => action.rule === 'samr.fiscal-funds');
    expect(funds.map((action) => action.executor)).toEqual(['hlj.development-reform']);
  });

  it('missing stops the ordering with a refusal that names it', () => {
    const gone = withUnits({ 'hlj.finance': { validTo: '2024-10-31' } });
    expect(() => actionsFor(food, gone)).toThrow(Refusal);
    expect(() => actionsFor(food, gone)).toThrow(/discipline.executor-gone: .*hlj.finance/);
  });
});

describe('the last day of a measure under a corrected term of its listing', () => {
  // 企业信息公示暂行条例 art. 18: three years, for the responsible persons of what was falsely published
  const of = (termEndsOn: string | null) =>
    actionsFor(listing('SAMR', 'samr.false-publicity', 'enterprise', '2024-11-14', termEndsOn), seededBook);
  const office = of('2025-11-14').find(({ rule }) => rule === 'samr.representative-office')!;

  it.each([
    ['2029-11-14', '2027-11-14'],
    ['2027-11-14', '2027-11-14'],
    ['2026-11-14', '2026-11-14'],
    [null, '2027-11-14'],
  ])('of %s is %s where the own term is three years', (termEndsOn, until) => {
    expect(correctedUntil(office, of(termEndsOn), termEndsOn)).toBe(until);
  });

  it.each([
    ['2029-11-14', '2025-11-14'],
    ['2025-10-14', '2025-10-14'],
    [null, '2025-11-14'],
  ])('of %s is %s at the latest where the book orders it no more', (termEndsOn, until) => {
    expect(correctedUntil(office, [], termEndsOn)).toBe(until);
  });
});

describe('the department of a line where the subject is', () => {
  const open = { successor: null, validFrom: null, validTo: null };
  const units = new Map(
    [
      { id: 'hlj.county.230102.housing', ...open, validFrom: '2025-01-01' },
      { id: 'hlj.city.230100.housing', ...open },
      { id: 'hlj.prefecture.232700.housing', ...open },
      { id: 'hlj.housing', ...open },
    ].map((unit) => [unit.id, unit]),
  );

  it.each([
    ['of its county, where that has one', '230102', '2025-03-03', 'hlj.county.230102.housing'],
    ['of its city before that', '230102', '2024-12-31', 'hlj.city.230100.housing'],
    ['of its city from a county without one', '230103', '2025-03-03', 'hlj.city.230100.housing'],
    ['of its prefecture', '232721', '2025-03-03', 'hlj.prefecture.232700.housing'],
    ['of the province, from a city without one', '230402', '2025-03-03', 'hlj.housing'],
    ['of the province, from another province', '310115', '2025-03-03', 'hlj.housing'],
  ])('%s', (_, region, inForceOn, unit) => {
    const rule = { executors: { units: ['hlj.finance'], ofSubjectsCity: ['housing'] } };
    expect(namedBy(rule, { region, inForceOn }, units)).toEqual(['hlj.finance', unit]);
  });
});
