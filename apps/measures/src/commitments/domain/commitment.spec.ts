import { describe, expect, test } from '@jest/globals';
import { after, closes, type Told, UNTOLD } from './commitment.js';

const broken: Told = { type: 'recorded', performance: 'broken' };
const kept: Told = { type: 'recorded', performance: 'kept' };
const running: Told = { type: 'recorded', performance: null };
const repaired: Told = { type: 'repair', stands: true };
const foundFalse: Told = { type: 'repair', stands: false };

describe('a commitment closes the commitment procedure (ordinance art. 45)', () => {
  test.each<[string, Told[], boolean]>([
    ['not while it runs', [running], false],
    ['not when it was kept', [running, kept], false],
    ['when it was broken', [running, broken], true],
    ['no more when that was an error', [broken, kept], false],
    ['no more when the record is withdrawn', [broken, { type: 'withdrawn' }], false],
    ['until it is repaired', [broken, repaired], false],
    [
      'again when the repair rested on false material (order 36 art. 25)',
      [broken, repaired, foundFalse],
      true,
    ],
    ['and not when the repair was heard first', [repaired, broken], false],
  ])('%s', (_, story, closed) => {
    expect(closes(story.reduce(after, UNTOLD))).toBe(closed);
  });
});
