import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/**
 * Written by two hands at once, or landed in two steps of one change. They stay as they are named: a database that has run them knows them by that name, and
 * their order is that of their whole names.
 */
const SHARED = new Map([
  [
    'apps/measures',
    [
      ['0010_catalogue_drafts.sql', '0010_permits.sql'],
      ['0019_constraint_drafts.sql', '0019_objection_marks.sql'],
    ],
  ],
  [
    'apps/listing',
    [
      ['0074_calendar_drafts.sql', '0074_what_is_published.sql'],
      ['0076_decision_without_day.sql', '0076_times_of_clues.sql'],
      ['0078_fields_of_entries.sql', '0078_publication_by_list.sql'],
    ],
  ],
]);

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
    const shared = SHARED.get(home) ?? [];
    for (const file of files) {
      expect(file).toMatch(/^\d{4}_[a-z0-9_]+\.sql$/);
      const same = files.filter((other) => other.slice(0, 4) === file.slice(0, 4));
      expect(same).toEqual(shared.find((pair) => pair.includes(file)) ?? [file]);
    }
  });
});
