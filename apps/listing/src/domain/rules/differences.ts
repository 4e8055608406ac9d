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
  if (!codes.every((code) => typeof code === 'string')) return undefined;
  return Object.fromEntries(value.map((item, index) => [codes[index]!, item as unknown]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
