import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { listKeys } from '#seeds';
import { EXAMPLES } from '../../examples/all.js';
import { examplesPage } from '../../examples/page.js';
import { RECORD_REPAIRS, walkRepair } from '../../examples/record-repairs.js';
import { walk } from '../../examples/run.js';

describe('worked examples', () => {
  test.each(EXAMPLES.map((example) => [example.list, example.shows, example] as const))(
    '%s: %s',
    (_list, _shows, example) => {
      expect(walk(example)).toMatchObject(example.follows);
    },
  );

  test.each(RECORD_REPAIRS.map((example) => [example.shows, example] as const))(
    'repair of a bare penalty: %s',
    (_, example) => {
      expect(walkRepair(example)).toEqual(example.follows);
    },
  );

  test('are at least two of every list, and sixty in all', () => {
    const few = listKeys.filter((key) => EXAMPLES.filter(({ list }) => list === key).length < 2);
    expect(few).toEqual([]);
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(60);
  });

  test('that end in a refusal say so: none is refused unnoticed', () => {
    const silent = EXAMPLES.filter((example) => walk(example).refusal !== example.follows.refusal);
    expect(silent.map(({ list, shows }) => `${list}: ${shows}`)).toEqual([]);
  });

  test('stand in docs/worked-examples.md as they are run (written by node dist/apps/listing/examples/write-page.js)', () => {
    const page = readFileSync(new URL('../../../../docs/worked-examples.md', import.meta.url), 'utf8');
    expect(page).toBe(examplesPage());
  });
});
