import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Status } from './case.js';
import { CONDITIONS } from './conditions.js';
import { DRAWN_TABLES, placeOf, sectionOf } from './drawing.js';
import { FINAL, FIRST, LIFECYCLE, rolesFor, stepsFrom } from './lifecycle.js';

const STATUSES: Status[] = [
  'proposed',
  'noticed',
  'heard',
  'silent',
  'reviewed',
  'consented',
  'approved',
  'decided',
  'served',
  'in-force',
  'suspended',
  'ended',
  'closed',
  'withdrawn',
  'reminded',
];

/** Every status that can be reached from `from` along the rows of the table. */
function reachable(from: Status): Set<Status> {
  const seen = new Set<Status>([from]);
  for (const status of seen) for (const step of stepsFrom(status)) for (const to of step.to) seen.add(to);
  return seen;
}

describe('the lifecycle table', () => {
  test('leads from the opening to every status', () => {
    expect([...reachable(FIRST)].sort()).toEqual([...STATUSES].sort());
  });

  test('leaves no status without a way to an end', () => {
    const stuck = STATUSES.filter((status) => !FINAL.some((end) => reachable(status).has(end)));
    expect(stuck).toEqual([]);
  });

  test('leaves a status only where a person, a clock or an event is named', () => {
    const nobody = LIFECYCLE.filter((step) => typeof step.who !== 'string' && step.who.length === 0);
    expect(nobody).toEqual([]);
  });

  test('has nothing after its ends, but what a closed entry may still be about', () => {
    const after = FINAL.flatMap(stepsFrom);
    expect(new Set(after.map(({ from }) => from))).toEqual(new Set(['closed']));
    // Back on the list only where a repair was false; the rest stays closed.
    const back = after.filter(({ to }) => to.includes('in-force')).map(({ action }) => action);
    expect(back).toEqual(['false-application', 'stand-again']);
  });

  test('names each pair of status and action once', () => {
    const pairs = LIFECYCLE.map((step) => `${step.from} ${step.action}`);
    expect(pairs.filter((pair, index) => pairs.indexOf(pair) !== index)).toEqual([]);
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

  test.each(DRAWN_TABLES)(
    'of %s stands in the README as it is (drawn by node dist/apps/listing/src/draw-lifecycle.js)',
    (table) => {
      const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
      expect(placeOf(table).exec(readme)?.[2]).toBe(sectionOf(table));
    },
  );
});
