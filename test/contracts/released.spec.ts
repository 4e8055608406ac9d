import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allContracts, incompatibilities, type Release, releaseOf } from '#contracts';

const released = JSON.parse(
  readFileSync(new URL('../../libs/contracts/released/1.json', import.meta.url), 'utf8'),
) as Release;

describe('the contracts beside the last release', () => {
  it('break no reader, old or new', () => {
    expect(incompatibilities(released, releaseOf(allContracts))).toEqual([]);
  });

  it('would be told when an event is gone', () => {
    expect(incompatibilities(released, releaseOf(allContracts.slice(1)))).not.toEqual([]);
  });
});
