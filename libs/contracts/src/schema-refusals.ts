import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import {
  alternatives,
  canonical,
  COMPARED_AS_THEY_ARE,
  literalsOf,
  LOWER_LIMITS,
  type Schema,
  UPPER_LIMITS,
  WHOLE,
} from './schema-alternatives.js';

/** One way in which a reader refuses what a sender may send. */
export interface Refusal {
  /** where in the event: `data.basis[].article` */
  path: string;
  /** the keyword of JSON Schema, or `value`, `kind`, `absent` (a field), `dropped` (a field) */
  condition: string;
  /** what the sender's schema says there; for `value` the values that are refused */
  sent?: unknown;
  /** what the reader's schema says there */
  read?: unknown;
}

const ajv = new Ajv({ strict: false, logger: false, validateSchema: false });
formats.default(ajv);

/**
 * Why a reader that checks against `read` may refuse what a sender sends by `sent`; empty only when it accepts
 * every such value. A sender sends the fields that its schema describes, and what else it sends (to a reader
 * older or newer still) has names that neither of the two describes.
 *
 * It may refuse too much, never too little: what is not understood is accepted only when it is the same on
 * both sides.
 *
 * @param namesStay a field that the reader knows and the sender no longer describes is told as `dropped`, even
 *   where the reader can do without: its name could come back as something else
 */
export function refusals(
  sent: Schema | boolean,
  read: Schema | boolean,
  namesStay: boolean,
  path = '',
): Refusal[] {
  if (canonical(sent) === canonical(read)) return [];
  const [ways, readings] = [alternatives(sent), alternatives(read)];
  // A field that one member of a union describes may come with any other member that is open.
  const told = new Set(ways.flatMap(namesOf));
  const found: Refusal[] = [];
  const refused: unknown[] = [];
  for (const way of ways) {
    const values = literalsOf(way);
    if (values) refused.push(...values.filter((value) => !accepts(read, value)));
    else if (ways.length === 1 && readings.length === 1)
      found.push(...refusalsOf(way, readings[0]!, told, namesStay, path));
    else found.push(...fewest(way, readings, told, namesStay, path));
  }
  if (refused.length > 0) found.push({ path, condition: 'value', sent: refused });
  return found;
}

/** A way of the sender fits when one reading accepts it; else the nearest reading tells why not. */
function fewest(
  way: Schema,
  readings: readonly Schema[],
  told: ReadonlySet<string>,
  namesStay: boolean,
  path: string,
): Refusal[] {
  const tries = readings.filter((reading) => sameKind(way, reading));
  const answers = tries.map((reading) => refusalsOf(way, reading, told, namesStay, path));
  const [best] = answers.sort((a, b) => a.length - b.length);
  return best ?? [{ path, condition: 'kind', sent: way.type ?? 'anything' }];
}

function sameKind(way: Schema, reading: Schema): boolean {
  if (reading.type === undefined || way.type === reading.type) return true;
  return way.type === 'integer' && reading.type === 'number';
}

function accepts(read: Schema | boolean, value: unknown): boolean {
  if (typeof read === 'boolean') return read;
  const bare = { ...read, $id: undefined };
  try {
    return ajv.validate(bare, value);
  } finally {
    ajv.removeSchema(bare);
  }
}

/** Both without unions; `way` names no values. */
function refusalsOf(
  way: Schema,
  reading: Schema,
  told: ReadonlySet<string>,
  namesStay: boolean,
  path: string,
): Refusal[] {
  if (Object.keys(reading).length === 0) return [];
  const differs = (condition: string): Refusal => ({
    path,
    condition,
    sent: way[condition],
    read: reading[condition],
  });
  if (WHOLE in way || WHOLE in reading)
    return way[WHOLE] === reading[WHOLE] ? [] : [{ path, condition: WHOLE }];
  if (!sameKind(way, reading)) return [differs('type')];
  if (literalsOf(reading)) return [{ path, condition: 'enum', read: literalsOf(reading) }];
  const limit = (schema: Schema, name: string, none: number): number =>
    (schema[name] as number | undefined) ?? none;
  const tighter = [
    ...Object.entries(LOWER_LIMITS).filter(
      ([name, none]) => limit(reading, name, none) > limit(way, name, none),
    ),
    ...UPPER_LIMITS.filter((name) => limit(reading, name, Infinity) < limit(way, name, Infinity)).map(
      (name) => [name],
    ),
  ].map(([name]) => differs(name as string));
  const other = COMPARED_AS_THEY_ARE.filter(
    (name) => reading[name] !== undefined && reading[name] !== way[name],
  ).map(differs);
  const items = reading.items ? refusals(way.items ?? true, reading.items, namesStay, `${path}[]`) : [];
  return [...tighter, ...other, ...items, ...fieldRefusals(way, reading, told, namesStay, path)];
}

function namesOf({ properties = {}, required = [] }: Schema): string[] {
  return [...Object.keys(properties), ...required];
}

function fieldRefusals(
  way: Schema,
  reading: Schema,
  told: ReadonlySet<string>,
  namesStay: boolean,
  path: string,
): Refusal[] {
  const others = [way, reading].map((schema) => schema.additionalProperties ?? true);
  const [othersSent, othersRead] = others as [Schema | boolean, Schema | boolean];
  const field = (schema: Schema, name: string): Schema | undefined =>
    schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  const found = [...new Set([way, reading].flatMap(namesOf))].flatMap((name): Refusal[] => {
    const at = path ? `${path}.${name}` : name;
    const [sent, read] = [field(way, name), field(reading, name)];
    const always = way.required?.includes(name) ?? false;
    if (!sent && !always && namesStay) return [{ path: at, condition: 'dropped' }];
    const found: Refusal[] = [];
    if (!always && reading.required?.includes(name))
      found.push({ path: at, condition: 'absent', sent: sent !== undefined });
    if (!sent && !always && othersSent === true && !told.has(name)) return found;
    if (!read && othersRead === false)
      found.push({ path: at, condition: 'additionalProperties', sent: name });
    else found.push(...refusals(sent ?? othersSent, read ?? othersRead, namesStay, at));
    return found;
  });
  if (othersRead === false) {
    if (othersSent !== false) found.push({ path, condition: 'additionalProperties' });
  } else found.push(...refusals(othersSent, othersRead, namesStay, `${path}.*`));
  return found;
}
