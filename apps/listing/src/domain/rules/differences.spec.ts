import { describe, expect, it, test } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { differencesOf } from './differences.js';

const lists = loadSeeds('list-types');

/** Every value of a rule that is no table of values itself, by the names that lead to it. */
function leavesOf(
  value: unknown,
  names: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [names];
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, [...names, Array.isArray(value) ? Number(name) : name]),
  );
}

function changedAt(rule: object, names: readonly (string | number)[]): object {
  const copy = structuredClone(rule);
  const last = names.at(-1)!;
  const holder = names
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>(
      (at, name) => at[name] as Record<string | number, unknown>,
      copy as Record<string, unknown>,
    );
  holder[last] = '（虚构）另一值';
  return copy;
}

const backwards = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, inner]) => [name, backwards(inner)]));
};

describe('the differences of two versions', () => {
  test.each(lists.map((list) => [`${list.key} of ${list.version}`, list] as const))(
    '%s: whatever single value is changed, however deep it lies, is told, and nothing else',
    (_, list) => {
      for (const names of leavesOf(list)) {
        const found = differencesOf(list, changedAt(list, names));
        // Another code is another member: one that went and one that came.
        const member = ['code', 'capacity'].includes(String(names.at(-1)));
        expect([names, found.length]).toEqual([names, member && found.length === 2 ? 2 : 1]);
        for (const { path } of found) expect(path.split('.')[0]).toBe(names[0]);
      }
      expect(differencesOf(list, backwards(list))).toEqual([]);
    },
  );

  it('name a member by its code, and a table that came or went whole', () => {
    const kinds = [
      { code: 'a', term: 1 },
      { code: 'b', term: 2 },
    ];
    expect(differencesOf({ kinds }, { kinds: [{ code: 'b', term: 3 }, kinds[0]] })).toEqual([
      { path: 'kinds.b.term', from: 2, to: 3 },
    ]);
    expect(differencesOf({ kinds }, {})).toEqual([{ path: 'kinds', from: kinds, to: null }]);
  });

  it('hide no member behind another of its code', () => {
    const twice = [
      { code: 'a', of: 1 },
      { code: 'a', of: 2 },
    ];
    const other = [
      { code: 'a', of: 3 },
      { code: 'a', of: 2 },
    ];
    expect(differencesOf({ twice }, { twice: other })).toEqual([{ path: 'twice', from: twice, to: other }]);
  });
});
