import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

function folderOf(home: string): URL {
  return new URL(`../../${home}/migrations/`, import.meta.url);
}

const homes = ['apps', 'libs'].flatMap((root) =>
  readdirSync(new URL(`../../${root}/`, import.meta.url))
    .map((name) => `${root}/${name}`)
    .filter((home) => {
      try {
        return readdirSync(folderOf(home)).length > 0;
      } catch {
        return false;
      }
    }),
);

describe('migrations', () => {
  it.each(homes)('of %s have a number each', (home) => {
    const files = readdirSync(folderOf(home)).filter((file) => file.endsWith('.sql'));
    for (const file of files) {
      expect(file).toMatch(/^\d{4}_[a-z0-9_]+\.sql$/);
      expect(files.filter((other) => other.slice(0, 4) === file.slice(0, 4))).toEqual([file]);
    }
  });
});
