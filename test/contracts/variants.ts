import fc from 'fast-check';
import { type Contract, faultsOf, type Schema } from '#contracts';

/* What a producer may send, written out: no reader of a sample alone knows what else its contract allows. */

/** Data that a contract allows, and in what it differs from the sample. */
export interface Variant {
  what: string;
  data: object;
}

/**
 * The sample; the sample without any optional field and with all of them; and as many more as it takes for each field
 * of the latter to have had, once, each value that it names, each shape that it may have (null), to have been left out
 * where it may, and for each list to have been empty. Fields change side by side: with a variant
 * for each change there were 3,280 of the events that `notifications` hears instead of 1,416, and they found nothing more.
 *
 * @throws Error for one that its own contract refuses
 */
export function variantsOf(contract: Contract): Variant[] {
  const schema = contract.data as unknown as Schema;
  const full = filled(schema, contract.sample);
  const named = [
    ['the sample', contract.sample],
    ['without optional fields', bare(schema, contract.sample)],
    ['with all optional fields', full],
    ...shapesOf(schema, full).map((data, nth) => [`variant ${nth + 1}`, data]),
  ] as const;
  const variants = named.map(([what, data]) => ({ what: what as string, data: data as object }));
  for (const { what, data } of variants) {
    const faults = faultsOf(contract, data);
    if (faults.length > 0) throw new Error(`${contract.type}, ${what}: ${faults.join('; ')}`);
  }
  return variants;
}

/** Of a field: left out. */
const ABSENT = Symbol('absent');

/** What a value may be instead, and itself where nothing else fits its schema. */
function shapesOf(schema: Schema, value: unknown): unknown[] {
  const { anyOf, enum: values, properties, items } = schema;
  if (anyOf)
    return anyOf.flatMap((member) => shapesOf(member, fits(member, value) ? value : invented(member)));
  if (values) return [...values];
  if (schema.type === 'boolean') return [true, false];
  if (schema.type === 'array' && items) {
    const list = value as unknown[];
    const [first = invented(items), ...rest] = list;
    const filledLists = shapesOf(items, first).map((one) => [one, ...rest]);
    return schema['minItems'] ? filledLists : [...filledLists, []];
  }
  if (schema.type !== 'object' || !properties) return [value];
  const object = value as Record<string, unknown>;
  const fields = Object.entries(properties)
    .filter(([name]) => Object.hasOwn(object, name))
    .map(([name, field]) => {
      const shapes = shapesOf(field, object[name]);
      return { name, shapes: required(schema, name) ? shapes : [...shapes, ABSENT] };
    });
  const most = Math.max(1, ...fields.map(({ shapes }) => shapes.length));
  return Array.from({ length: most }, (_, nth) => {
    const taken = fields.map(({ name, shapes }) => [name, shapes[nth % shapes.length]] as const);
    return Object.fromEntries(taken.filter(([, shape]) => shape !== ABSENT));
  });
}

/** Without what may be absent, all the way down. */
function bare(schema: Schema, value: unknown): unknown {
  return (
    eachField(schema, value, (name, field, object) =>
      required(schema, name) ? bare(field, object[name]) : undefined,
    ) ?? within(schema, value, bare)
  );
}

/** With all that may be present, all the way down. */
function filled(schema: Schema, value: unknown): unknown {
  return (
    eachField(schema, value, (name, field, object) =>
      filled(field, Object.hasOwn(object, name) ? object[name] : invented(field)),
    ) ?? within(schema, value, filled)
  );
}

/** Undefined for what is no object with named fields. */
function eachField(
  { type, properties }: Schema,
  value: unknown,
  of: (name: string, field: Schema, object: Record<string, unknown>) => unknown,
): object | undefined {
  if (type !== 'object' || !properties) return undefined;
  const fields = Object.entries(properties).map(([name, field]) => [name, of(name, field, value as never)]);
  return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined)) as object;
}

function within(schema: Schema, value: unknown, go: (schema: Schema, value: unknown) => unknown): unknown {
  const member = schema.anyOf?.find((one) => fits(one, value));
  if (member) return go(member, value);
  return schema.type === 'array' && schema.items
    ? (value as unknown[]).map((one) => go(schema.items!, one))
    : value;
}

/** Some value of a schema, the same at every run; of a union of its first member. */
function invented(schema: Schema): unknown {
  if (Object.hasOwn(schema, 'const')) return schema.const;
  if (schema.anyOf) return invented(schema.anyOf[0]!);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'null':
      return null;
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return (schema['minimum'] as number | undefined) ?? 1;
    case 'array':
      return [invented(schema.items!)];
    case 'object':
      return filled(
        schema,
        Object.fromEntries(
          (schema.required ?? []).map((name) => [name, invented(schema.properties![name]!)]),
        ),
      );
    default:
      return text(schema);
  }
}

const OF_FORMAT: Readonly<Record<string, string>> = {
  date: '2026-01-20',
  uuid: '0192f0c4-6c00-7000-8000-0000000000ff',
  'date-time': '2026-01-20T02:00:00.000Z',
};

function text({ format, pattern }: Schema): string {
  if (format) return OF_FORMAT[format as string]!;
  if (!pattern) return '（虚构）';
  return fc.sample(fc.stringMatching(new RegExp(pattern as string)), { seed: 1, numRuns: 1 })[0]!;
}

function required({ required: names = [] }: Schema, name: string): boolean {
  return names.includes(name);
}

function fits(schema: Schema, value: unknown): boolean {
  return faultsOf({ data: schema } as unknown as Contract, value).length === 0;
}
