import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Status } from './case.js';
import { CONDITIONS } from './conditions.js';
import { DRAWN_TABLES, type DrawnTable, placeOf, sectionOf, tableOf } from './drawing.js';
import { CLUE_STATUS_ZH } from '../clue/lifecycle.js';
import { OBJECTION_STATUS_ZH } from '../objection/names.js';
import { RECORD_REPAIR_STATUS_ZH } from '../record-repair/names.js';
import { DRAFT_STATUS_ZH } from '../rules/draft-lifecycle.js';
import { FINAL, FIRST, LIFECYCLE, rolesFor, stepsFrom } from './lifecycle.js';
import { STATUS_ZH } from './names.js';

/** Every status that there is in a matter of that table; the compiler holds that none is missing. */
const STATUSES: Readonly<Record<DrawnTable, readonly string[]>> = {
  lifecycle: Object.keys(STATUS_ZH),
  objection: Object.keys(OBJECTION_STATUS_ZH),
  'record-repair': Object.keys(RECORD_REPAIR_STATUS_ZH),
  clue: Object.keys(CLUE_STATUS_ZH),
  'list-type-draft': Object.keys(DRAFT_STATUS_ZH),
  'calendar-draft': Object.keys(DRAFT_STATUS_ZH),
};

describe.each(DRAWN_TABLES)('the table of %s', (table) => {
  const { first, rows, final } = tableOf(table);
  /** Every status that can be reached along the rows. */
  const reachable = (from: readonly string[]): Set<string> => {
    const seen = new Set(from);
    for (const status of seen)
      for (const step of rows.filter((row) => row.from === status)) step.to.forEach((to) => seen.add(to));
    return seen;
  };

  test('leads from its beginning to every status', () => {
    expect([...reachable(first)].sort()).toEqual([...STATUSES[table]].sort());
  });

  test('leaves no status without a way to where it rests', () => {
    const stuck = STATUSES[table].filter((status) => !final.some((end) => reachable([status]).has(end)));
    expect(stuck).toEqual([]);
  });

  test('names for each row who takes the step, and each pair of status and action once', () => {
    expect(rows.filter(({ who }) => who.length === 0)).toEqual([]);
    const pairs = rows.map(({ from, action }) => `${from} ${action}`);
    expect(pairs.filter((pair, index) => pairs.indexOf(pair) !== index)).toEqual([]);
  });

  test('stands in the README as it is (drawn by node dist/apps/listing/src/draw-lifecycle.js)', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    expect(placeOf(table).exec(readme)?.[2]).toBe(sectionOf(table));
  });
});

describe('the lifecycle of a case', () => {
  test('has nothing after its ends, but what a closed entry may still be about', () => {
    const after = FINAL.flatMap(stepsFrom);
    expect(new Set(after.map(({ from }) => from))).toEqual(new Set(['closed']));
    // Back on the list only where a repair was false; the rest stays closed.
    const back = after.filter(({ to }) => to.includes('in-force')).map(({ action }) => action);
    expect(back).toEqual(['false-application', 'stand-again']);
  });

  test('brings a case in force only past a review, an approval and a decision by people', () => {
    // Take any of the three out of the table and nothing comes into force any more.
    for (const action of ['review', 'approval', 'decision'] as const) {
      const seen = new Set<Status>([FIRST]);
      for (const status of seen) {
        for (const step of stepsFrom(status).filter((one) => one.action !== action))
          step.to.forEach((to) => seen.add(to));
      }
      expect([action, seen.has('in-force')]).toEqual([action, false]);
    }
  });

  test('lets only an approver end a listing by decision', () => {
    expect(rolesFor('revocation')).toEqual(['approver']);
    expect(rolesFor('repair-decision')).toEqual(['approver']);
    expect(rolesFor('plan-completion')).toEqual(['approver']);
    expect(rolesFor('false-application')).toEqual(['approver']);
  });

  test('has no condition that no row uses', () => {
    const used = new Set(LIFECYCLE.flatMap((step) => step.conditions ?? []));
    expect(Object.keys(CONDITIONS).filter((name) => !used.has(name as never))).toEqual([]);
  });
});
