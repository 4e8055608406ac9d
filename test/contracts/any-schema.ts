import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from '#contracts';

/* Schemas of the shapes that contracts use, and a little beyond; changes to them; and data that fits them. */

/** `title` and `required` are names of fields here, of keywords elsewhere. */
const FIELDS = ['a', 'b', 'c', 'title', 'required'];
const WORDS = ['x', 'y', 'z', 'xyz', ''];
const PATTERNS = ['^[xy]{0,3}$', '^\\d{6}$', '^[a-z0-9][a-z0-9.-]{1,9}$'];
const FORMATS: Record<string, string[]> = {
  date: ['2024-11-22', '2026-01-20'],
  uuid: ['0192f0c4-6c00-7000-8000-000000000001'],
  'date-time': ['2024-11-22T02:00:00.000Z'],
};
const small = fc.integer({ min: 0, max: 6 });
const some = <T>(from: readonly T[], most = from.length): Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: most });
const literal = fc.oneof(fc.constantFrom<unknown>(...WORDS), small, fc.boolean(), fc.constant(null));
const conditions = (limits: Record<string, Arbitrary<unknown>>): Arbitrary<Schema> =>
  fc.record(limits, { requiredKeys: [] });

const text = fc.oneof(
  conditions({ minLength: small, maxLength: small }),
  conditions({ maxLength: small, pattern: fc.constantFrom(...PATTERNS) }),
  fc.constantFrom(...Object.keys(FORMATS)).map((format): Schema => ({ format })),
  some(WORDS).map((values): Schema => ({ enum: values })),
);
const number = conditions({
  minimum: small,
  maximum: small,
  exclusiveMinimum: small,
  exclusiveMaximum: small,
  multipleOf: fc.constantFrom(2, 3),
});
const leaf: Arbitrary<Schema> = fc.oneof(
  { weight: 4, arbitrary: text.map((limits): Schema => ({ ...limits, type: 'string' })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('integer', 'number'), number)
      .map(([type, limits]): Schema => ({ ...limits, type })),
  },
  fc.constantFrom<Schema>({ type: 'boolean' }, { type: 'null' }, {}),
  literal.map((value): Schema => ({ const: value })),
  some<unknown>(['x', 'y', 1, 2, true, null]).map((values): Schema => ({ enum: values })),
  some(['string', 'number', 'integer', 'null', 'boolean', 'object', 'array'], 3).map((type): Schema => ({
    type,
  })),
);

const { schema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: leaf },
    { weight: 5, arbitrary: tie('object') },
    { weight: 2, arbitrary: tie('schema').map((one): Schema => ({ anyOf: [one, { type: 'null' }] })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
          fc.oneof(fc.constant({}), conditions({ maxLength: small, minimum: small })),
        )
        .map(([anyOf, around]): Schema => ({ ...around, anyOf })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('schema'), conditions({ minItems: small, maxItems: small, uniqueItems: fc.boolean() }))
        .map(([items, limits]): Schema => ({ ...limits, type: 'array', items })),
    },
  ),
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom(...FIELDS), tie('schema'), { maxKeys: 4 }),
      fc.subarray(FIELDS),
      fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.boolean(), leaf),
    )
    .map(([properties, names, additionalProperties]): Schema => {
      const required = names.filter((name) => Object.hasOwn(properties, name));
      return {
        type: 'object',
        properties: { ...properties },
        ...(required.length > 0 ? { required } : {}),
        ...(additionalProperties === undefined ? {} : { additionalProperties }),
      };
    }),
}));

export const anySchema = schema;

/** One change somewhere in a schema: a keyword set, dropped or moved, a field or member added or taken out. */
function changed(at: Schema): Arbitrary<Schema> {
  const without = (name: string): Schema => {
    const { [name]: _, ...rest } = at;
    return rest;
  };
  const here: Arbitrary<Schema>[] = [
    anySchema,
    fc.constant<Schema>({ anyOf: [at, { type: 'null' }] }),
    anySchema.map((other): Schema => ({ anyOf: [at, other] })),
    fc.constant({ ...at, description: 'told otherwise' }),
    ...Object.keys(at).map((name) => fc.constant(without(name))),
  ];
  if (at.type === 'string') here.push(text.map((limits): Schema => ({ ...at, ...limits })));
  if (at.type === 'number' || at.type === 'integer')
    here.push(number.map((limits): Schema => ({ ...at, ...limits })));
  if (at.enum)
    here.push(
      literal.map((value): Schema => ({ ...at, enum: [...at.enum!.filter((one) => one !== value), value] })),
    );
  const { properties, required = [], anyOf, items } = at;
  if (properties) {
    const names = Object.keys(properties);
    const put = (name: string, inner: Schema): Schema => ({
      ...at,
      properties: { ...properties, [name]: inner },
    });
    here.push(
      fc.tuple(fc.constantFrom(...FIELDS), anySchema).map(([name, inner]) => put(name, inner)),
      fc.subarray(FIELDS).map((listed): Schema => ({ ...at, required: listed })),
      fc.oneof(fc.boolean(), leaf).map((rest): Schema => ({ ...at, additionalProperties: rest })),
    );
    for (const name of names) {
      const { [name]: _, ...others } = properties;
      here.push(
        fc.constant({ ...at, properties: others, required: required.filter((one) => one !== name) }),
        changed(properties[name]!).map((inner) => put(name, inner)),
        changed(properties[name]!).map((inner) => put(name, inner)),
      );
    }
  }
  if (anyOf) {
    here.push(
      fc.subarray([...anyOf], { minLength: 1 }).map((members): Schema => ({ ...at, anyOf: members })),
    );
    for (const [place, member] of anyOf.entries())
      here.push(changed(member).map((inner): Schema => ({ ...at, anyOf: anyOf.with(place, inner) })));
  }
  if (items) here.push(changed(items).map((inner): Schema => ({ ...at, items: inner })));
  return fc.oneof(...here);
}

/** A schema and what a later release has in its place: after a few changes, or anything at all. */
export const twoReleases: Arbitrary<[Schema, Schema]> = anySchema.chain((old) =>
  fc.oneof(
    { weight: 6, arbitrary: changed(old).map((now): [Schema, Schema] => [old, now]) },
    {
      weight: 3,
      arbitrary: changed(old)
        .chain(changed)
        .map((now): [Schema, Schema] => [old, now]),
    },
    { weight: 1, arbitrary: anySchema.map((now): [Schema, Schema] => [old, now]) },
  ),
);

const ANYTHING = fc.oneof(
  literal,
  fc.constantFrom<unknown>([], ['x'], {}, { a: 'x' }, 2.5, -1, 'a longer text', '2024-11-22'),
);

/** Values that fit a schema, most of the time: what does not fit is left out by whoever draws them. */
export function dataOf(of: Schema | boolean): Arbitrary<unknown> {
  if (typeof of === 'boolean') return ANYTHING;
  if (of.anyOf) return fc.oneof(...of.anyOf.map((member) => dataOf({ ...of, anyOf: undefined, ...member })));
  if (Object.hasOwn(of, 'const')) return fc.constant(of.const);
  if (of.enum) return of.enum.length > 0 ? fc.constantFrom(...of.enum) : ANYTHING;
  if (typeof of.type === 'object') return fc.oneof(...of.type.map((type) => dataOf({ ...of, type })));
  const limit = (name: string, none: number): number => (of[name] as number | undefined) ?? none;
  switch (of.type) {
    case 'string':
      if (of['format']) return fc.constantFrom(...FORMATS[of['format'] as string]!);
      if (of['pattern']) return fc.stringMatching(new RegExp(of['pattern'] as string));
      return fc
        .integer({ min: limit('minLength', 0), max: Math.max(limit('minLength', 0), limit('maxLength', 9)) })
        .chain((length) =>
          fc.string({ minLength: length, maxLength: length, unit: fc.constantFrom(...'xyz诚😀') }),
        );
    case 'integer':
    case 'number': {
      const whole = fc.integer({
        min: Math.max(-9, limit('minimum', -9)),
        max: Math.max(9, limit('minimum', -9)),
      });
      return of.type === 'integer'
        ? whole
        : fc.oneof(
            whole,
            whole.map((value) => value + 0.5),
          );
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const least = limit('minItems', 0);
      return fc.array(dataOf(of.items ?? true), {
        minLength: least,
        maxLength: Math.max(least, Math.min(3, limit('maxItems', 3))),
      });
    }
    case 'object':
      return objectsOf(of);
    default:
      return ANYTHING;
  }
}

/** With and without optional fields, and with fields that only a later release will describe. */
function objectsOf({
  properties = {},
  required = [],
  additionalProperties = true,
}: Schema): Arbitrary<unknown> {
  const names = new Set([...Object.keys(properties), ...required]);
  const fields = [...names].map((name) => [name, dataOf(properties[name] ?? additionalProperties)]);
  const known = fc.record(Object.fromEntries(fields) as Record<string, Arbitrary<unknown>>, {
    requiredKeys: [...required],
  });
  // Where the others have a shape of their own, any name may come; else only one that nobody has described.
  const others = typeof additionalProperties === 'object' ? [...FIELDS, 'later'] : ['later'];
  const later = fc.dictionary(fc.constantFrom(...others), dataOf(additionalProperties), { maxKeys: 2 });
  return fc
    .tuple(known, additionalProperties === false ? fc.constant({}) : later)
    .map(([described, more]) => ({ ...more, ...described }));
}
