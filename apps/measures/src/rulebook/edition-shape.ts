import { Type } from '@sinclair/typebox';
import { Ajv, type ValidateFunction } from 'ajv';
import { isLocalDate } from '#kernel';
import { CONSTRAINED, type Constraint, type DisciplineMeasure, type DisciplineSupplement } from '#seeds';
import { type Edition, EDITION_PARTS, type EditionPart } from './domain/edition.js';

type Dated = 'id' | 'edition' | 'validFrom' | 'validTo';
/** Entries as they are drafted: edition and days are those of the whole, the id follows from them. */
type GivenMeasure = Omit<DisciplineMeasure, Dated>;
type Named<E> = Omit<E, Dated> & { name: string };
type GivenProvincial = Named<DisciplineSupplement> | Named<Constraint>;

/** An entry of any of the closed lists. */
export type Entry = DisciplineMeasure | DisciplineSupplement | Constraint;

/** An edition as it is drafted; without a last day it is well formed and refused for that. */
export interface GivenEdition {
  part: EditionPart;
  edition: string;
  validFrom: string;
  validTo: string | null;
  entries: (GivenMeasure | GivenProvincial)[];
}

const closed = { additionalProperties: false } as const;
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const oneOf = (...values: (string | boolean)[]) => Type.Unsafe({ enum: values });
const day = Type.String({ format: 'date' });
const period = Type.Object(
  { count: Type.Integer({ minimum: 1, maximum: 1_000 }), unit: oneOf('day', 'working-day', 'month', 'year') },
  closed,
);
const confirmed = oneOf(true, 'text', false);
const said = {
  zh: text(200),
  en: text(200),
  follows: Type.Optional(text(100)),
  basis: Type.Array(
    Type.Object(
      {
        instrument: text(200),
        number: Type.Optional(text(100)),
        article: Type.Optional(text(200)),
      },
      closed,
    ),
    { minItems: 1, maxItems: 40 },
  ),
  confirmed,
  source: text(2_000),
};
const disciplines = {
  ...said,
  target: text(1_000),
  binds: Type.Optional(oneOf('natural-persons')),
};
const measure = Type.Object(
  {
    number: Type.Integer({ minimum: 1, maximum: 200 }),
    class: oneOf('A', 'B', 'C'),
    ...disciplines,
    contentZh: text(1_000),
    content: text(1_000),
    targetZh: text(1_000),
    executedByZh: text(1_000),
    executedBy: text(1_000),
    nameConfirmed: confirmed,
    statutory: Type.Array(
      Type.Object(
        {
          instrument: text(200),
          article: text(200),
          zh: text(1_000),
          en: text(1_000),
          min: Type.Union([period, Type.Null()]),
          max: Type.Union([period, Type.Null()]),
          permanent: Type.Boolean(),
          confirmed,
        },
        closed,
      ),
      { maxItems: 60 },
    ),
  },
  closed,
);
const name = Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' });
const supplement = Type.Object(
  { name, class: oneOf('A', 'B'), ...disciplines, termRequired: Type.Boolean() },
  closed,
);
/** No class: a constraint is no discipline. */
const constraint = Type.Object(
  {
    name,
    ...said,
    appliesTo: Type.Array(oneOf(...CONSTRAINED), { minItems: 1, maxItems: CONSTRAINED.length }),
    liftedOn: text(1_000),
    termRequired: Type.Optional(Type.Boolean()),
    closes: Type.Optional(oneOf('commitment')),
  },
  closed,
);
const editionOf = (part: string, entry: ReturnType<typeof Type.Object>) =>
  Type.Object(
    {
      part: Type.Literal(part),
      edition: Type.String({ pattern: '^[0-9]{4}(-[0-9]{1,2})?$' }),
      validFrom: day,
      validTo: Type.Union([day, Type.Null()]),
      entries: Type.Array(entry, { minItems: 1, maxItems: 200 }),
    },
    closed,
  );

const ajv = new Ajv({ allErrors: true, formats: { date: isLocalDate } });
const schemas: Record<EditionPart, ReturnType<typeof editionOf>> = {
  national: editionOf('national', measure as never),
  supplement: editionOf('supplement', supplement as never),
  constraint: editionOf('constraint', constraint as never),
};
/** Each is compiled with the first edition of its kind. */
const validators = new Map<EditionPart, ValidateFunction>();
function validatorOf(part: EditionPart): ValidateFunction {
  const validate = validators.get(part) ?? ajv.compile(schemas[part]);
  validators.set(part, validate);
  return validate;
}

/** @returns what keeps a value from being an edition, one line each; empty when it is one */
export function editionFaults(value: unknown): string[] {
  const given = (value as { part?: unknown } | null)?.part;
  const part = EDITION_PARTS.find((each) => each === given);
  if (part === undefined) return [`/part must be one of ${EDITION_PARTS.join(', ')}`];
  const validate = validatorOf(part);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || '(edition)'} ${message}`,
  );
}

/** How the ids of the province's entries begin. */
const PROVINCIAL: Record<EditionPart, string> = { national: '', supplement: 'hlj', constraint: 'constraint' };

/** The edition with the rows of its entries, as they stand in the catalogue. */
export function editionOfGiven(
  { part, edition, validFrom, validTo, entries }: GivenEdition & { validTo: string },
  replaces: string | null,
): Edition<Entry> {
  return {
    part,
    edition,
    validFrom,
    validTo,
    replaces,
    entries: entries.map((entry) => {
      const dated = { edition, validFrom, validTo };
      if ('number' in entry) return { id: `${edition}/${entry.number}`, ...entry, ...dated };
      const { name, ...rest } = entry;
      return { id: `${PROVINCIAL[part]}/${edition}/${name}`, ...rest, ...dated };
    }),
  };
}
