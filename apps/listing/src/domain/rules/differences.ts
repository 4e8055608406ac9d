/** One place in which two versions of a rule differ; `undefined` is written as null. */
export interface Difference {
  /** Names joined by points; members of a list that have a `code` or `capacity` are named by it. */
  path: string;
  from: unknown;
  to: unknown;
}

/** What differs between two rules, field by field, in the order of their names. */
export function differencesOf(from: unknown, to: unknown, path = ''): Difference[] {
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return names.flatMap((name) => differencesOf(from[name], to[name], path ? `${path}.${name}` : name));
  }
  const named = [keyed(from), keyed(to)];
  if (named[0] && named[1]) return differencesOf(named[0], named[1], path);
  return same(from, to) ? [] : [{ path, from: from ?? null, to: to ?? null }];
}

/** Lists of coded members are compared by code: a member that moved is no difference. */
function keyed(value: unknown): Record<string, unknown> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const codes = value.map((item) =>
    isObject(item) ? ((item['code'] ?? item['capacity']) as string | undefined) : undefined,
  );
  // Two of one code would hide each other.
  if (!codes.every((code) => typeof code === 'string') || new Set(codes).size < codes.length)
    return undefined;
  return Object.fromEntries(value.map((item, index) => [codes[index]!, item as unknown]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** In whatever order the names of an object were written: the database keeps them in its own. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a ?? null)) === JSON.stringify(sorted(b ?? null));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
