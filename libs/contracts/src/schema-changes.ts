import { type Change, literalsOf, narrowing, type Schema, valueChanges } from './value-changes.js';

/**
 * Every change from `before` to `after` by which a document of one side can be refused by the other. What is
 * not understood (patterns, formats, unusual keywords) counts as breaking when it differs at all.
 */
export function breakingChanges(before: Schema, after: Schema, path = ''): Change[] {
  const [old, now] = [alternatives(before), alternatives(after)];
  // Two plain schemas are one place, whatever their types; unions are compared alternative by alternative.
  if (old.size === 1 && now.size === 1) return changesAt([...old.values()][0]!, [...now.values()][0]!, path);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((kind): Change[] => {
    const [was, is] = [old.get(kind), now.get(kind)];
    if (was && is) return changesAt(was, is, path);
    return was
      ? [{ path, what: `may no longer be ${kind}`, breaks: 'new readers' }]
      : [{ path, what: `may now be ${kind}`, breaks: 'old readers' }];
  });
}

function changesAt(old: Schema, now: Schema, path: string): Change[] {
  const changes: Change[] = [];
  if (old.type !== now.type) {
    const breaks = holds(now, old) ? 'old readers' : holds(old, now) ? 'new readers' : 'both';
    changes.push({ path, what: `type ${old.type ?? 'any'} became ${now.type ?? 'any'}`, breaks });
    if (breaks === 'both') return changes;
  }
  changes.push(...valueChanges(old, now, path), ...fieldChanges(old, now, path));
  if (old.items && now.items) changes.push(...breakingChanges(old.items, now.items, `${path}[]`));
  else if (old.items || now.items) changes.push(narrowing('items', now.items, path));
  return changes;
}

/** Whether the one type has all values of the other. */
function holds(one: Schema, other: Schema): boolean {
  return one.type === undefined || (one.type === 'number' && other.type === 'integer');
}

function fieldChanges(old: Schema, now: Schema, path: string): Change[] {
  const [was, is] = [fieldsOf(old), fieldsOf(now)];
  const closed = (schema: Schema): boolean => schema.additionalProperties === false;
  const changes = Object.keys({ ...was, ...is }).flatMap((name): Change[] => {
    const at = path ? `${path}.${name}` : name;
    const [before, after] = [was[name], is[name]];
    const nowNeeded = now.required?.includes(name) ?? false;
    if (!after) return [{ path: at, what: 'removed', breaks: 'old readers' }];
    if (!before) {
      if (nowNeeded) return [{ path: at, what: 'added, and required', breaks: 'new readers' }];
      return closed(old) ? [{ path: at, what: 'added to a closed object', breaks: 'old readers' }] : [];
    }
    const inside = breakingChanges(before, after, at);
    if (nowNeeded !== (old.required?.includes(name) ?? false)) {
      inside.unshift(
        nowNeeded
          ? { path: at, what: 'was optional, is required', breaks: 'new readers' }
          : { path: at, what: 'was required, is optional', breaks: 'old readers' },
      );
    }
    return inside;
  });
  // Opening is harmless; closing refuses what the release after this one will add.
  if (closed(now) && !closed(old))
    changes.push({ path, what: 'closed to further fields', breaks: 'new readers' });
  return changes;
}

/** A field may be required without being described. */
function fieldsOf({ properties, required = [] }: Schema): Record<string, Schema> {
  return { ...Object.fromEntries(required.map((name) => [name, {}])), ...properties };
}

/** A union taken apart by the types of its members; literals of one type are one member. */
function alternatives(schema: Schema): Map<string, Schema> {
  const found = new Map<string, Schema>();
  for (const member of membersOf(schema)) {
    const kind = member.type === 'integer' ? 'number' : String(member.type ?? 'any');
    const same = found.get(kind);
    if (same && JSON.stringify(same) === JSON.stringify(member)) continue;
    const [literals, more] = [same && literalsOf(same), literalsOf(member)];
    if (literals && more) {
      const { const: _, ...rest } = same!;
      found.set(kind, { ...rest, enum: [...literals, ...more] });
    } else {
      found.set(same ? `${kind} (${found.size})` : kind, member);
    }
  }
  return found;
}

/** Unions in unions, and lists of types, as one list; each member with the conditions around it. */
function membersOf({ anyOf, type, ...shared }: Schema): Schema[] {
  if (typeof type === 'object') return type.flatMap((one) => membersOf({ ...shared, anyOf, type: one }));
  const own = type === undefined ? shared : { ...shared, type };
  return anyOf ? anyOf.flatMap((member) => membersOf({ ...own, ...member })) : [own];
}
