import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate } from '#kernel';
import { listing, seededBook } from '../../../specs/seeded-rule-book.js';
import { actionsFor, type AllowedAction, type RuleBook } from './allowed-actions.js';
import { type CaseMemory, NOTHING_HEARD, remember, standsBy, type ToldOfCase } from './case-memory.js';

/*
 * Whatever is told of a listing, heard in every order and some of it again: what stands in the end is what was told last.
 */

const FIRST_DAY = '2024-11-14';
const food = listing('SAMR', 'samr.food', 'enterprise', FIRST_DAY);

/** Every ten days another version of the rules: with another basis, of another measure, with one more or one less. */
const CHANGES = [10, 20, 30].map((days) => addDays(FIRST_DAY, days));
const changing: RuleBook = {
  ...seededBook,
  rules: seededBook.rules.flatMap((rule) => {
    if (rule.list !== 'SAMR') return [rule];
    if (rule.id !== 'samr.licensing') return [rule];
    const versions = [FIRST_DAY, ...CHANGES].map((validFrom, nth) => ({
      ...rule,
      validFrom,
      validTo: CHANGES[nth] ? addDays(CHANGES[nth], -1) : null,
      titleZh: `${rule.titleZh}（虚构的第${nth}版）`,
    }));
    return [...versions.filter((_, nth) => nth !== 2), { ...rule, id: 'samr.anew', validFrom: CHANGES[1]! }];
  }),
};

/** What the rules let stand by what is remembered. */
function standing(memory: CaseMemory): AllowedAction[] {
  const by = standsBy(memory);
  if (!by) return [];
  return actionsFor({ ...food, inForceOn: by.rulesOn, termEndsOn: by.termEndsOn }, changing);
}

const term = fc.option(fc.integer({ min: 300, max: 2_000 }).map((days) => addDays(FIRST_DAY, days)));
const next = fc.record({
  type: fc.constantFrom('move' as const, 'move' as const, 'correct' as const),
  end: fc.boolean(),
  days: fc.integer({ min: 1, max: 12 }),
  behind: fc.integer({ min: 1, max: 3 }),
  term,
});

/** A listing is lifted or ended while it stands, and restored while it does not; an entry is corrected at any time. */
const story: fc.Arbitrary<ToldOfCase[]> = fc
  .tuple(term, fc.array(next, { maxLength: 5 }))
  .map(([termEndsOn, rest]) => {
    const told: ToldOfCase[] = [{ type: 'in-force', inForceOn: FIRST_DAY, termEndsOn }];
    let [sequence, day, live] = [1, FIRST_DAY as LocalDate, true];
    for (const each of rest) {
      sequence += each.behind;
      day = addDays(day, each.days);
      if (each.type === 'correct') told.push({ type: 'corrected', sequence, termEndsOn: each.term });
      else if (live) told.push({ type: each.end ? 'ended' : 'suspended', sequence });
      else {
        const [restoredOn, inForceOn] = [day, FIRST_DAY];
        told.push({ type: 'restored', sequence, restoredOn, inForceOn, termEndsOn: each.term });
      }
      if (each.type === 'move') live = !live;
    }
    return told;
  });

function orders<T>(of: readonly T[]): T[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) => orders(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}

const heard = (told: readonly ToldOfCase[]): CaseMemory => told.reduce(remember, NOTHING_HEARD);

/** Without a word of `remember`: by the last that was told of each kind. */
function expected(told: readonly ToldOfCase[]): Pick<CaseMemory, 'standing'> & { stands: unknown } {
  const moves = told.filter(({ type }) => type !== 'corrected');
  const last = moves.at(-1)!;
  if (last.type === 'suspended' || last.type === 'ended') return { standing: last.type, stands: null };
  const behind = told.slice(told.indexOf(last)).findLast(({ type }) => type === 'corrected') ?? last;
  const { termEndsOn } = behind as { termEndsOn: LocalDate | null };
  const rulesOn = last.type === 'restored' ? last.restoredOn : FIRST_DAY;
  return { standing: 'live', stands: { rulesOn, termEndsOn } };
}

describe('what stands of a listing', () => {
  it('hangs on what was told, in whatever order it is heard, and however often', () => {
    let changed = 0;
    fc.assert(
      fc.property(story, fc.array(fc.nat({ max: 99 }), { minLength: 6, maxLength: 6 }), (told, places) => {
        const wanted = expected(told);
        if (wanted.stands) expect(standing(heard(told)).length).toBeGreaterThan(5);
        for (const order of orders(told)) {
          // Each once more, at some place behind the first time.
          const again = order.flatMap((one, nth) => {
            const repeated = order[places[nth]! % order.length]!;
            return order.indexOf(repeated) <= nth ? [one, repeated] : [one];
          });
          const memory = heard(again);
          expect({ standing: memory.standing, stands: standsBy(memory) }).toEqual(wanted);
          expect(memory.inForceOn).toBe(FIRST_DAY);
        }
        if (wanted.stands && told.some(({ type }) => type === 'restored')) changed += 1;
      }),
      { numRuns: 150 },
    );
    expect(changed).toBeGreaterThan(10);
  });

  it('is another with the rules of another day, so the property above can fail', () => {
    const titles = [FIRST_DAY, ...CHANGES].map((rulesOn) =>
      standing({ ...NOTHING_HEARD, standing: 'live', rulesOn, termEndsOn: null })
        .filter(({ rule }) => rule === 'samr.licensing' || rule === 'samr.anew')
        .map(({ rule, title }) => `${rule} ${title}`)
        .join(),
    );
    expect(new Set(titles).size).toBe(4);
  });

  it.each<[string, ToldOfCase[], ReturnType<typeof standsBy>]>([
    ['nothing of a listing whose end is heard first', [{ type: 'ended', sequence: 2 }], null],
    [
      'that of a restoration, though what it undoes was never heard',
      [
        { type: 'in-force', inForceOn: FIRST_DAY, termEndsOn: '2027-11-14' },
        {
          type: 'restored',
          sequence: 3,
          restoredOn: '2024-11-20',
          inForceOn: FIRST_DAY,
          termEndsOn: '2028-01-31',
        },
      ],
      { rulesOn: '2024-11-20', termEndsOn: '2028-01-31' },
    ],
    [
      'to the corrected term, heard before the beginning',
      [
        { type: 'corrected', sequence: 2, termEndsOn: '2026-11-14' },
        { type: 'in-force', inForceOn: FIRST_DAY, termEndsOn: '2027-11-14' },
      ],
      { rulesOn: FIRST_DAY, termEndsOn: '2026-11-14' },
    ],
  ])('%s', (_, told, stands) => {
    expect(standsBy(heard(told))).toEqual(stands);
  });
});
