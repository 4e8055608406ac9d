import { describe, expect, test } from '@jest/globals';
import { LISTS_WALKED } from '../../specs/lists-walked.js';
import { hunt, PLANTED } from '../../specs/walks/planted.js';
import { WORDS } from '../../specs/walks/steps.js';
import { walkAgain } from '../../specs/walks/walk.js';
import { WALKS_SEED } from '../../specs/walks-seed.js';
import { withoutStacks } from '../../specs/without-stacks.js';
import { LIFECYCLE } from '../domain/case/lifecycle.js';

/*
 * Walks over everything that the law ties together: the cases of a file, early removal and credit repair, objections,
 * loss of basis, stays, closures, and what is told of each, for every version of every list, on any day. After every
 * step every law of specs/walks/laws holds. What is walked over are the rules of `src` themselves (specs/walks/ways.ts).
 */

/** Walks of each version; CHENGXIN_WALKS=1000 walks many, CHENGXIN_WALKS_SEED walks the same again. */
const WALKS = Number(process.env['CHENGXIN_WALKS'] ?? 20);
/** Walks within which a planted mistake must show; they are always the same. */
const HUNTED = 400;

withoutStacks();

const came: Record<string, number> = {};

describe('whatever is done, by whomever, on any day, the law holds', () => {
  test.each(LISTS_WALKED.map((list, index) => [list.name, index] as const))('%s', (_, index) => {
    for (let at = 0; at < WALKS; at += 1)
      for (const { facts, state } of walkAgain(index, WALKS_SEED + at).cases) {
        for (const what of [`at last ${state.status}`, ...facts.map(({ type }) => type)])
          came[what] = (came[what] ?? 0) + 1;
      }
  });

  test('and the walks come far enough to show it', () => {
    if (WALKS < 20) return;
    const seldom = COMES.map((what) => [came[what] ?? 0, what] as const).sort(
      ([one], [other]) => one - other,
    );
    process.stdout.write(`seldom on ${WALKS} walks of each list: ${seldom.slice(0, 4).join(', ')}\n`);
    expect(seldom.filter(([times]) => times === 0)).toEqual([]);
  });
});

test('the walks have words for every step of the table that a person takes', () => {
  const wordless = LIFECYCLE.filter(({ who, action }) => typeof who !== 'string' && !WORDS[action]);
  expect(wordless.map(({ action }) => action)).toEqual([]);
});

test('every mistake that is planted in a rule is found', () => {
  const found = Object.keys(PLANTED).map((mistake) => ({ mistake, found: hunt(mistake, HUNTED) }));
  for (const { mistake, found: one } of found)
    process.stdout.write(`  ${mistake}: ${one ? `walk ${one.tried}: ${one.by}` : 'NOT FOUND'}\n`);
  const hidden = found.filter((one) => !one.found).map(({ mistake }) => mistake);
  process.stdout.write(`planted ${found.length} / found ${found.length - hidden.length}\n`);
  expect(hidden).toEqual([]);
});

test('a number walks the same path again, and another number another', () => {
  const path = (seed: number) => walkAgain(0, seed).path;
  expect(path(17)).toEqual(path(17));
  expect(path(18)).not.toEqual(path(17));
});

/** Of each part of the law what a few hundred walks always bring about, many times over. */
const COMES = [
  ...['took-effect', 'published', 'overdue', 'withdrawn', 'reminded', 'at last closed'],
  ...[
    'removal-requested',
    'removal-verified',
    'removal-granted',
    'removal-refused',
    'found-false',
    'restored',
  ],
  ...['site-publication-masked', 'site-publication-resumed', 'suspended', 'stayed', 'stay-ended'],
  ...['objection-marked', 'objection-settled', 'corrected', 'correction-confirmed'],
  ...['record-withdrawn', 'record-corrected', 'basis-reviewed', 'letter-sent', 'penalty-publication-ended'],
];
