/** JSON Schema as far as events use it; keywords beyond are compared as a whole. */
export interface Schema {
  type?: string | readonly string[];
  anyOf?: readonly Schema[];
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: unknown;
  items?: Schema;
  [keyword: string]: unknown;
}

/** Whose reading fails: that of an earlier release when new events arrive, of a later one with old events. */
export type Breaks = 'old readers' | 'new readers' | 'both';

export interface Change {
  /** where in the event: `data.basis[].article` */
  path: string;
  what: string;
  breaks: Breaks;
}

/** They tell people something and refuse nothing. */
const ANNOTATIONS = '$id $schema $comment title description examples default deprecated'.split(' ');
/** Lower limits, with the value that absence stands for. */
const LOWER = {
  minLength: 0,
  minItems: 0,
  minProperties: 0,
  minimum: -Infinity,
  exclusiveMinimum: -Infinity,
};
const UPPER = ['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum'];
/** Compared by their meaning: here, or where the fields are. */
const STRUCTURE = 'anyOf type const enum properties required additionalProperties items'.split(' ');
const UNDERSTOOD = new Set([...ANNOTATIONS, ...Object.keys(LOWER), ...UPPER, ...STRUCTURE]);

/** What became narrower or wider at one place of an event: literals, limits, patterns. */
export function valueChanges(old: Schema, now: Schema, path: string): Change[] {
  return [
    ...literalChanges(old, now, path),
    ...limitChanges(old, now, path),
    ...otherChanges(old, now, path),
  ];
}

/** The values that a schema allows, undefined when it does not name them. */
export function literalsOf(schema: Schema): readonly unknown[] | undefined {
  return 'const' in schema ? [schema.const] : schema.enum;
}

/** A condition that came, or went and leaves `after` undefined. */
export function narrowing(name: string, after: unknown, path: string): Change {
  return after === undefined
    ? { path, what: `${name} no longer limited`, breaks: 'old readers' }
    : { path, what: `${name} newly limited`, breaks: 'new readers' };
}

function literalChanges(old: Schema, now: Schema, path: string): Change[] {
  const texts = (schema: Schema): string[] | undefined =>
    literalsOf(schema)?.map((value) => JSON.stringify(value));
  const [was, is] = [texts(old), texts(now)];
  if (!was || !is) return was === is ? [] : [narrowing('values', is, path)];
  const lost = was.filter((value) => !is.includes(value)).join(', ');
  const gained = is.filter((value) => !was.includes(value)).join(', ');
  const changes: Change[] = [];
  if (lost) changes.push({ path, what: `may no longer be ${lost}`, breaks: 'new readers' });
  if (gained) changes.push({ path, what: `may now be ${gained}`, breaks: 'old readers' });
  return changes;
}

function limitChanges(old: Schema, now: Schema, path: string): Change[] {
  const change = (name: string, none: number, tighter: (is: number, was: number) => boolean): Change[] => {
    const [was, is] = [old[name] ?? none, now[name] ?? none] as [number, number];
    if (was === is) return [];
    const breaks = tighter(is, was) ? 'new readers' : 'old readers';
    return [{ path, what: `${name} ${was} became ${is}`, breaks }];
  };
  return [
    ...Object.entries(LOWER).flatMap(([name, none]) => change(name, none, (is, was) => is > was)),
    ...UPPER.flatMap((name) => change(name, Infinity, (is, was) => is < was)),
  ];
}

/** Whether one pattern allows more than another is not computed: another pattern breaks both. */
function otherChanges(old: Schema, now: Schema, path: string): Change[] {
  const names = Object.keys({ ...old, ...now }).filter((name) => !UNDERSTOOD.has(name));
  // Whether further fields may come at all is compared with the fields; of which shape, here.
  if ([old, now].some((schema) => typeof schema.additionalProperties === 'object'))
    names.push('additionalProperties');
  return names.flatMap((name): Change[] => {
    const [was, is] = [JSON.stringify(old[name]), JSON.stringify(now[name])];
    if (was === is) return [];
    if (was === undefined || is === undefined) return [narrowing(name, is, path)];
    return [{ path, what: `${name} ${was} became ${is}`, breaks: 'both' }];
  });
}
