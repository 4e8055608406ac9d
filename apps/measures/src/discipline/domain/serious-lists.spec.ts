import { describe, expect, it } from '@jest/globals';
import { addDays, type LocalDate } from '#kernel';
import { type ListTypeVersion, seriousKinds } from '#seeds';
import { listing, seededBook, seeds } from '../../../specs/seeded-rule-book.js';
import { type AllowedAction, actionsFor } from './allowed-actions.js';

/*
 * Ordinance art. 31 names what discipline every list of the seriously dishonest may bring, art. 45 the procedure that is
 * closed to all of them. Each list has it, by the ordinance or by a law of its own, or a reason why not stands here.
 */
const KINDS: readonly [kind: string, is: (action: AllowedAction) => boolean][] = [
  ['interview', ({ measure }) => measure === 'hlj/interview'],
  [
    'procurement and bidding',
    ({ measure, fields }) =>
      measure === 'hlj/procurement-bidding' || (measure === '2024/1' && fields.includes('procurement')),
  ],
  ['fiscal money', ({ measure }) => measure === 'hlj/fiscal-funds' || measure === '2024/7'],
  ['honours', ({ measure }) => measure === 'hlj/honours' || measure === '2024/8'],
  ['no commitment procedure', ({ measure }) => measure === 'constraint/no-commitment-procedure'],
];
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'PROC proc.fine: procurement and bidding':
    'the penalty decides whether a supplier is barred (政府采购法 art. 77): what it did not impose is not added (ordinance art. 51)',
};
const ORDINANCE_FROM: LocalDate = '2022-07-01';

/** A day on which a version of a list and the ordinance hold. */
const dayOf = ({ validFrom }: ListTypeVersion): LocalDate =>
  addDays(validFrom < ORDINANCE_FROM ? ORDINANCE_FROM : validFrom, 30);
const versions = seeds['list-types'].filter((list) => seriousKinds(list).length > 0);
const ordered = (list: ListTypeVersion, conduct: string, kind: 'enterprise' | 'social-organisation') =>
  actionsFor(listing(list.key, conduct, kind, dayOf(list)), seededBook);
const organisationOf = ({ subjectKinds }: ListTypeVersion) =>
  (['enterprise', 'social-organisation'] as const).find((kind) => subjectKinds.includes(kind))!;

describe('every list of the seriously dishonest', () => {
  it('is among these', () => {
    expect([...new Set(versions.map(({ key }) => key))].sort()).toEqual([
      'COURT',
      'CPA',
      'CUSTOMS',
      'PROC',
      'RESEARCH',
      'SAFETY',
      'SAMR',
      'SOCINS',
      'SOCORG',
      'STAT',
      'TAX',
      'TELECOM',
      'WAGE',
    ]);
  });

  it('brings each kind of discipline of art. 31, and closes the commitment procedure, or says why not', () => {
    const missing = versions.flatMap((list) =>
      seriousKinds(list).flatMap((conduct) => {
        const actions = ordered(list, conduct, organisationOf(list));
        return KINDS.filter(([, is]) => !actions.some(is)).map(([kind]) => `${list.key} ${conduct}: ${kind}`);
      }),
    );
    expect(missing.sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });

  it('brings what rests on art. 31 as something to consider, but for honours, and never to conduct on no such list', () => {
    for (const rule of seeds['discipline-rules'].filter(({ measure }) =>
      /^hlj\/(int|proc|fisc)/.test(measure),
    ))
      if (rule.basis.some(({ article }) => article === '31'))
        expect([rule.id, rule.mode]).toEqual([rule.id, 'considered']);
    const [customs] = versions.filter(({ key, validTo }) => key === 'CUSTOMS' && validTo === null);
    expect(ordered(customs!, 'customs.smuggling', 'enterprise')).toEqual([]);
    expect(ordered(customs!, 'customs.serious', 'enterprise').length).toBeGreaterThan(0);
  });

  it('brings nothing of the ordinance before it was in force', () => {
    for (const list of versions.filter(({ validFrom }) => validFrom < ORDINANCE_FROM)) {
      const [conduct] = seriousKinds(list);
      const before = actionsFor(
        listing(list.key, conduct!, organisationOf(list), addDays(ORDINANCE_FROM, -1)),
        seededBook,
      );
      expect(before.filter(({ measure }) => /^(hlj|constraint)\//.test(measure))).toEqual([]);
    }
  });
});
