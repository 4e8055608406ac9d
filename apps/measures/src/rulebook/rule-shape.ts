import { Type } from '@sinclair/typebox';
import { Ajv, type ValidateFunction } from 'ajv';
import { isLocalDate, SUBJECT_KINDS } from '#kernel';
import { BUSINESS_FIELDS, PERSONS_OF_ENTITY } from '#seeds';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const oneOf = <const T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] });
const nullable = <T extends ReturnType<typeof Type.Unsafe>>(schema: T) => Type.Union([schema, Type.Null()]);
const date = Type.String({ format: 'date' });
const period = Type.Object(
  {
    count: Type.Integer({ minimum: 1, maximum: 1_000 }),
    unit: oneOf(['day', 'working-day', 'month', 'year']),
  },
  { additionalProperties: false },
);

/** A version of a discipline rule as it is drafted: the shape of a row of `seeds/discipline-rules.json`. */
const schema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z]{2,12}\\.[a-z0-9-]{2,60}$' }),
    list: Type.String({ pattern: '^[A-Z]{2,12}$' }),
    conductKinds: nullable(Type.Array(text(60), { maxItems: 30 }) as never),
    subjectKinds: Type.Array(oneOf(SUBJECT_KINDS), { minItems: 1, maxItems: SUBJECT_KINDS.length }),
    reaches: Type.Optional(
      Type.Array(oneOf(PERSONS_OF_ENTITY), { minItems: 1, maxItems: PERSONS_OF_ENTITY.length }),
    ),
    measure: text(100),
    titleZh: text(200),
    title: text(200),
    contentZh: text(2_000),
    content: text(2_000),
    mode: oneOf(['required', 'considered', 'reference']),
    fields: Type.Array(oneOf(BUSINESS_FIELDS), { maxItems: BUSINESS_FIELDS.length }),
    executors: Type.Object(
      {
        units: Type.Array(text(80), { maxItems: 60 }),
        ofSubjectsCity: Type.Optional(Type.Array(text(60), { maxItems: 10 })),
      },
      { additionalProperties: false },
    ),
    term: Type.Union([Type.Literal('with-listing'), period]),
    // A term from the penalty would need its day, which a listing does not tell.
    termFrom: Type.Optional(Type.Literal('in-force')),
    ends: Type.Optional(Type.Literal('later')),
    ownTerm: Type.Optional(Type.Union([Type.Literal('for-life'), period])),
    basis: Type.Array(
      Type.Object(
        { instrument: text(200), number: Type.Optional(text(100)), article: Type.Optional(text(200)) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 20 },
    ),
    validFrom: date,
    validTo: nullable(date as never),
    confirmed: Type.Union([Type.Boolean(), Type.Literal('text')]),
    source: text(2_000),
  },
  { additionalProperties: false },
);

const ajv = new Ajv({ allErrors: true, formats: { date: isLocalDate } });
/** Compiled with the first rule. */
let compiled: ValidateFunction | undefined;

/** @returns what keeps a value from being a rule; empty when it is one */
export function shapeFaults(value: unknown): string[] {
  const validate = (compiled ??= ajv.compile(schema));
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '(rule)'} ${message}`);
}
