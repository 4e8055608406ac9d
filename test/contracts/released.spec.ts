import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allContracts, incompatibilities, type Release, releaseOf } from '#contracts';

const folder = new URL('../../libs/contracts/released/', import.meta.url);
const last = Math.max(...readdirSync(folder).map((file) => Number.parseInt(file, 10)));
const released = JSON.parse(readFileSync(new URL(`${last}.json`, folder), 'utf8')) as Release;

describe('the contracts beside the last release', () => {
  it('break no reader, old or new', () => {
    expect(incompatibilities(released, releaseOf(allContracts))).toEqual([]);
  });

  it('would be told when an event is gone', () => {
    expect(incompatibilities(released, releaseOf(allContracts.slice(1)))).not.toEqual([]);
  });
});
