import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate } from '#kernel';
import { type Attempt, attempt, detour, straight } from '../../../specs/attempts.js';
import { LISTS_WALKED } from '../../../specs/lists-walked.js';
import { granting, inForce, type Opening, penalty, request } from '../../../specs/story.js';
import { goAround, Walk, WAY } from '../../../specs/walking.js';
import { WALKS_SEED } from '../../../specs/walks-seed.js';
import { withoutStacks } from '../../../specs/without-stacks.js';
import type { Status } from './case.js';

/*
 * Anybody may try anything on any day: whatever path a case takes, what the law forbids does not come about,
 * every obstacle is a refusal with a code and a cure, never a fault of the program, what the API tells of the next
 * steps is what becomes of them, and from wherever the path leads there is a way to rest. Every version of every list
 * of the seeds is walked, with every kind of subject and of conduct, every level, and the persons bound with it.
 */

const seed = WALKS_SEED;

withoutStacks();

const RUNS = { seed, numRuns: 60 };

/** How the straight way ends within the walked time: asked for after 420 days, at the latest on 2026-10-01. */
const ENDS: Record<string, string[]> = {
  'COURT of 2017-05-01': ['early-removal', 'performed'],
  'WAGE of 2022-01-01': ['early-removal', 'in-force'],
  'SOCINS of 2019-10-28': ['expired'],
  'TAX of 2022-02-01': ['early-removal'],
  'SAMR of 2021-09-01': ['early-removal'],
  'SAMR of 2025-12-25': ['in-force'],
  'SAMRABN of 2025-03-18': ['performed'],
  'SAMRABN of 2025-12-25': ['performed'],
  'CHARITY of 2018-01-24': ['performed'],
  'SOCORG of 2018-01-24': ['in-force'],
  'CUSTOMS of 2021-11-01': ['early-removal', 'in-force'],
  'CUSTOMS of 2026-04-01': ['in-force'],
  'PROC of 2015-03-01': ['expired', 'in-force'],
  'RESEARCH of 2022-08-25': ['expired'],
  'RESEARCH of 2026-03-20': ['in-force'],
  'IP of 2022-01-24': ['expired'],
  'CSRC of 2018-07-01': ['in-force'],
  'SAFETY of 2023-10-01': ['early-removal'],
  'SOIL of 2022-05-21': ['expired', 'in-force'],
  'STAT of 2022-05-19': ['expired'],
  'TELECOM of 2024-12-01': ['in-force'],
  'BUILD of 2018-01-01': ['expired'],
  'GOV of 2023-08-10': ['performed'],
  'ALLOW of 2014-05-01': ['expired'],
  'HOUSE of 2012-07-15': ['in-force'],
  'FALSELIT of 2021-11-09': ['expired'],
  'CPA of 2025-01-01': ['early-removal'],
};

describe.each(LISTS_WALKED.map((list) => [list.name, list] as const))(
  '%s',
  (name, { openings, covering, version }) => {
    test('by the straight way each subject comes onto the list with its persons, and off it', () => {
      const ends = new Set<string>();
      const reached = covering.map((opening) => {
        const walk = goAround(
          new Walk(opening),
          WAY.map(() => straight),
        );
        const reachedByAll = walk.parties.every(({ told }) => told.includes('took-effect'));
        const { state } = walk.principal;
        ends.add('end' in state ? state.end.kind : state.status);
        walk.checkNoDeadEnd();
        return [opening.subject!.kind, opening.conductKind, reachedByAll];
      });
      expect(reached.filter(([, , listed]) => !listed)).toEqual([]);
      expect([...ends].sort()).toEqual(ENDS[name]);
      expect(new Set(reached.map(([kind]) => kind))).toEqual(new Set(version.subjectKinds));
    });

    test('whatever is tried around that way, and at all, the law holds', () => {
      const path = fc.record({
        opening: fc.constantFrom(...openings),
        detours: fc.array(detour, { minLength: WAY.length, maxLength: WAY.length }),
        after: fc.array(attempt, { maxLength: 20 }),
      });
      const reached = new Set<Status>();
      fc.assert(
        fc.property(path, ({ opening, detours, after }) => {
          const walk = goAround(new Walk(opening), detours);
          for (const one of after) walk.attempt(one);
          for (const { status } of walk.parties) reached.add(status);
          walk.checkNoDeadEnd();
        }),
        RUNS,
      );
      // Not everything failed at the start.
      expect([...reached].some((status) => ['in-force', 'ended', 'closed'].includes(status))).toBe(true);
    });
  },
);

const wage: Opening = {
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  openedOn: '2024-09-27',
  clockFrom: '2024-09-20',
};

const shortening: Attempt = {
  command: (today) => ({
    type: 'correction',
    corrected: { termEndsOn: addDays(today, 300) },
    reasons: '期限有误',
  }),
  who: 'approver',
  days: 1,
  ofPerson: false,
};

/* Walked in every run, so that what the walks below are about comes about in each. */
const shortened: Attempt = {
  command: (today) => ({
    type: 'correction',
    corrected: { termEndsOn: addDays(today, 400) },
    reasons: '有误',
  }),
  who: 'otherApprover',
  days: 1,
  ofPerson: false,
};
const basisLost: Attempt = {
  command: () => ({ type: 'lose-basis', recordId: penalty.id, cause: 'revoked', reason: '撤销' }),
  who: 'platform',
  days: 1,
  ofPerson: false,
};

test('once in force, the law holds, and no correction lengthens a term', () => {
  const corrected = new Set<LocalDate>();
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 30 }), (attempts) => {
      const days = { decidedOn: '2024-10-11', servedOn: '2024-10-11', publishedOn: '2024-10-11' };
      const walk = new Walk(inForce(wage, days));
      // At the end of each path a correction that shortens, so that it does not hang on luck that one is tried.
      for (const one of [...attempts, shortening]) walk.attempt(one);
      const { state } = walk.principal;
      if ('entry' in state)
        for (const { changes } of state.entry.corrections)
          for (const { field, to } of changes) if (field === 'termEndsOn') corrected.add(to);
    }),
    { seed, numRuns: 70, examples: [[[shortened]]] },
  );
  expect(corrected.size).toBeGreaterThan(0);
  expect(corrected).not.toContain('2040-01-01');
});

test('after early removal, while 信用中国 still shows the entry, the law holds', () => {
  const gone = new Set<string>();
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 30 }), (attempts) => {
      const story = inForce(
        { ...wage, openedOn: '2026-04-07' },
        { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
      );
      granting(story.on('2026-11-06').does('party', request('2026-05-05')));
      const walk = new Walk(story);
      for (const one of attempts) walk.attempt(one, '2026-12-10');
      const { state } = walk.principal;
      if ('entry' in state && state.entry.site?.status === 'ended') gone.add(state.entry.site.how);
    }),
    { seed, numRuns: 70, examples: [[[basisLost]]] },
  );
  expect([...gone]).toEqual(expect.arrayContaining(['undone']));
});
