/** JSON Schema as far as events use it. */
export interface Schema {
  type?: string | readonly string[];
  anyOf?: readonly Schema[];
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  [keyword: string]: unknown;
}

/** They tell people something and refuse nothing. */
const ANNOTATIONS = new Set(
  '$id $schema $comment title description examples default deprecated readOnly writeOnly'.split(' '),
);

/** Limits, each with the value that its absence stands for. */
export const LOWER_LIMITS: Readonly<Record<string, number>> = {
  minLength: 0,
  minItems: 0,
  minProperties: 0,
  minimum: -Infinity,
  exclusiveMinimum: -Infinity,
};
export const UPPER_LIMITS = ['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum'];

/** Whether one of these allows more than another is not computed: only the same is the same. */
export const COMPARED_AS_THEY_ARE = ['pattern', 'format', 'multipleOf', 'uniqueItems'];

/** Conditions on single values; they may stand beside a union and then hold for each of its members. */
const SCALAR = new Set([
  ...Object.keys(LOWER_LIMITS),
  ...UPPER_LIMITS,
  ...COMPARED_AS_THEY_ARE,
  'const',
  'enum',
]);
const STRUCTURE = new Set('type anyOf properties required additionalProperties items'.split(' '));

/** Holds a schema that is only ever compared as a whole. */
export const WHOLE = 'schema';

/**
 * What a schema allows, as a list of plain schemas without unions, types in lists or annotations. A schema with
 * a keyword that is not understood here, or with a union inside conditions that cannot be moved into its
 * members, is one alternative under {@link WHOLE}.
 */
export function alternatives(schema: Schema | boolean): Schema[] {
  if (typeof schema === 'boolean') return schema ? [{}] : [];
  const bare = Object.fromEntries(
    Object.entries(schema).filter(([keyword, value]) => value !== undefined && !ANNOTATIONS.has(keyword)),
  ) as Schema;
  if (!isUnderstood(bare)) return [{ [WHOLE]: canonical(schema) }];
  const { anyOf, type, ...rest } = bare;
  if (typeof type === 'object') return type.flatMap((one) => alternatives({ ...bare, type: one }));
  if (!anyOf) return [bare];
  const around = type === undefined ? rest : { ...rest, type };
  const members = anyOf.map((member) => joined(around, member));
  return members.includes(undefined)
    ? [{ [WHOLE]: canonical(schema) }]
    : members.flatMap((member) => alternatives(member!));
}

function isUnderstood(schema: Schema): boolean {
  const structured = ({ items, anyOf = [] }: Schema): boolean =>
    [items ?? {}, ...anyOf].every((inner) => typeof inner === 'object' && !Array.isArray(inner));
  return (
    Object.keys(schema).every((keyword) => STRUCTURE.has(keyword) || SCALAR.has(keyword)) &&
    structured(schema)
  );
}

/** A member with the conditions around its union; undefined where the two cannot simply stand side by side. */
function joined(around: Schema, member: Schema): Schema | undefined {
  const simple = Object.keys(around).every((keyword) => keyword === 'type' || SCALAR.has(keyword));
  const clash = Object.keys(around).some(
    (keyword) => keyword in member && canonical(around[keyword]) !== canonical(member[keyword]),
  );
  return Object.keys(around).length === 0 || (simple && !clash) ? { ...around, ...member } : undefined;
}

/** The values that a schema without union names; undefined when it names none. */
export function literalsOf(schema: Schema): readonly unknown[] | undefined {
  if (Object.hasOwn(schema, 'const')) return [schema.const];
  if (schema.enum) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  return schema.type === 'null' ? [null] : undefined;
}

/** The same text for schemas that differ in annotations and in order only. */
export function canonical(schema: unknown): string {
  return JSON.stringify(withoutAnnotations(schema));
}

function withoutAnnotations(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const entries = Object.entries(schema)
    .filter(([keyword, value]) => value !== undefined && !ANNOTATIONS.has(keyword))
    .map(([keyword, value]): [string, unknown] => [keyword, plain(keyword, value)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names of fields and literal values may look like annotations: they stay. */
function plain(keyword: string, value: unknown): unknown {
  if (keyword === 'properties') {
    const fields = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
    return fields.map(([name, field]) => [name, withoutAnnotations(field)]);
  }
  if (keyword === 'required') return [...(value as string[])].sort();
  if (keyword === 'anyOf') return (value as unknown[]).map((member) => canonical(member)).sort();
  if (keyword === 'enum') return (value as unknown[]).map((one) => JSON.stringify(one)).sort();
  return keyword === 'items' || keyword === 'additionalProperties' ? withoutAnnotations(value) : value;
}
