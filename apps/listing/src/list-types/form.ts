import { type TSchema, Type } from '@sinclair/typebox';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { FIELD_SHAPES, FIELD_SUBJECTS } from '../domain/procedure/case-field.js';
import { CAPACITIES, GRAVITIES, PUBLISHED_ITEMS } from '../domain/rules/rules.js';

/* The form of a list type as it comes over HTTP. Whether its fields fit each other is for `checkSeeds`. */

const nullable = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()]);
const oneOf = (...values: string[]): TSchema => Type.Unsafe({ type: 'string', enum: values });
const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 2000 });
const Code = Type.String({ pattern: '^[a-z][a-z0-9.-]{0,59}$' });
const Day = Type.String({ format: 'date' });
const Period = Type.Object(
  { count: Type.Integer({ minimum: 1, maximum: 400 }), unit: oneOf('day', 'working-day', 'month', 'year') },
  closed,
);
const Confirmed = Type.Unsafe({ enum: [true, 'text', false] });
const Level = oneOf('county', 'city', 'province');
const TermStart = oneOf(
  'decision',
  'listing',
  'publication',
  'penalty',
  'service',
  'performance',
  'sentence-end',
);
const optional = Type.Optional;
const Basis = Type.Object({ instrument: Text, number: optional(Text), article: optional(Text) }, closed);

const ConductKind = Type.Object(
  {
    code: Code,
    zh: Text,
    en: Text,
    article: optional(Text),
    term: optional(nullable(Period)),
    startsAt: optional(TermStart),
    publicList: optional(Type.Boolean()),
    serious: optional(Type.Boolean()),
    lowersTo: optional(Code),
    heldBackWhenPaid: optional(Type.Boolean()),
    confirmed: Confirmed,
  },
  closed,
);

const Finding = Type.Object(
  {
    code: Code,
    zh: Text,
    en: Text,
    kinds: optional(Type.Array(Code, { maxItems: 100 })),
    subjectKinds: optional(Type.Array(Text, { maxItems: 10 })),
    against: oneOf('found', 'not-found'),
    asARule: optional(Type.Boolean()),
    article: optional(Text),
    confirmed: Confirmed,
  },
  closed,
);

const CaseField = Type.Object(
  {
    code: Code,
    zh: Text,
    en: Text,
    shape: oneOf(...FIELD_SHAPES),
    of: oneOf(...FIELD_SUBJECTS),
    article: optional(Text),
    confirmed: Confirmed,
  },
  closed,
);

const PublishedItem = Type.Object(
  {
    item: oneOf(...PUBLISHED_ITEMS),
    of: oneOf(...FIELD_SUBJECTS),
    article: optional(Text),
    leftOpen: optional(Type.Literal(true)),
    confirmed: Confirmed,
  },
  closed,
);

const Steps = Type.Object(
  {
    notice: Type.Boolean(),
    defence: Type.Boolean(),
    hearing: Type.Boolean(),
    riskWarning: Type.Boolean(),
    consentFrom: Type.Array(oneOf('county', 'city'), { maxItems: 2 }),
    sparing: Type.Boolean(),
    noIntent: optional(Type.Boolean()),
  },
  closed,
);

const Clock = Type.Union([
  Type.Object({ period: Period }, closed),
  Type.Object({ dayOfNextMonth: Type.Integer({ minimum: 1, maximum: 28 }) }, closed),
  Type.Null(),
]);

const EarlyRemoval = Type.Object(
  {
    wait: nullable(Period),
    waitOf: optional(Type.Record(Type.String(), Period)),
    waitFrom: oneOf('decision', 'listing', 'correction', 'publication'),
    notFor: optional(Type.Array(Code, { maxItems: 100 })),
    accept: nullable(Period),
    decide: nullable(Period),
    extension: nullable(Period),
    conditions: Type.Array(Code, { maxItems: 20 }),
    alternatives: optional(
      Type.Array(
        Type.Object(
          {
            conditions: Type.Array(Code),
            wait: nullable(Period),
            level: optional(Level),
            notFor: optional(Type.Array(Code)),
            exemptFrom: optional(Type.Array(Code)),
          },
          closed,
        ),
        { maxItems: 10 },
      ),
    ),
    bars: Type.Array(Code, { maxItems: 20 }),
    shortens: optional(Type.Boolean()),
    falseMaterial: optional(
      Type.Object(
        {
          term: oneOf('restarts', 'continues'),
          bar: Type.Union([Period, Type.Literal('for-good'), Type.Null()]),
          published: nullable(Period),
          article: optional(Text),
        },
        closed,
      ),
    ),
    applicants: oneOf('employer-only', 'party'),
  },
  closed,
);

const OnApplication = Type.Object(
  {
    conditions: Type.Array(Code, { maxItems: 20 }),
    conditionsOf: optional(Type.Record(Type.String(), Type.Array(Code, { maxItems: 20 }))),
    grounds: optional(Type.Array(Code, { maxItems: 20 })),
    alternatives: optional(
      Type.Array(Type.Object({ conditions: Type.Array(Code), wait: nullable(Period) }, closed), {
        maxItems: 10,
      }),
    ),
    accept: nullable(Period),
    decide: nullable(Period),
    afterVerification: nullable(Period),
    article: optional(Text),
  },
  closed,
);

export const ListTypeForm = Type.Object(
  {
    key: Type.String({ pattern: '^[A-Z]{2,12}$' }),
    version: Day,
    name: Text,
    nameEn: Text,
    measures: Type.Array(Type.Integer({ minimum: 1, maximum: 45 }), { maxItems: 45 }),
    serious: Type.Boolean(),
    scope: oneOf('nation', 'province'),
    standardInDepartmentRule: optional(Type.Boolean()),
    publicList: Type.Boolean(),
    deciders: Type.Object(
      {
        units: Type.Array(Text, { maxItems: 20 }),
        levels: Type.Array(Level, { maxItems: 3 }),
        note: optional(Text),
      },
      closed,
    ),
    subjectKinds: Type.Array(Text, { maxItems: 10 }),
    minorsExcluded: Type.Boolean(),
    conductKinds: Type.Array(ConductKind, { maxItems: 100 }),
    findings: optional(Type.Array(Finding, { maxItems: 20 })),
    fields: optional(Type.Array(CaseField, { maxItems: 30 })),
    steps: Steps,
    defence: nullable(Period),
    verification: nullable(Period),
    decision: nullable(
      Type.Object(
        {
          period: nullable(Period),
          from: oneOf(
            'notice',
            'payment-limit',
            'creditor-request',
            'review-limits-over',
            'penalty',
            'acceptance',
            'discovery',
          ),
          extension: nullable(Period),
          publicNoticeNotCounted: optional(Type.Literal(true)),
        },
        closed,
      ),
    ),
    publication: nullable(
      Type.Object(
        {
          clock: Clock,
          from: oneOf('decision', 'service'),
          masked: Type.Boolean(),
          shows: optional(Type.Array(PublishedItem, { maxItems: 20 })),
          heldBackWhenPaid: optional(Type.Boolean()),
          grace: optional(Type.Object({ min: Period, max: Period }, closed)),
          elsewhere: optional(Type.Object({ send: Period, publish: Period }, closed)),
          shownFor: optional(Period),
        },
        closed,
      ),
    ),
    siteShowsPersons: optional(Type.Boolean()),
    term: Type.Object(
      {
        period: nullable(Period),
        startsAt: TermStart,
        untilPerformed: Type.Boolean(),
        endsOnApplication: optional(Type.Boolean()),
        extra: optional(Type.Object({ min: Period, max: Period, kinds: Type.Array(Code) }, closed)),
        longerBans: optional(Type.Boolean()),
        ownEnd: optional(Type.Object({ kinds: Type.Array(Code), min: Period, max: Period }, closed)),
        choices: optional(Type.Array(Period, { minItems: 1, maxItems: 10 })),
        bands: optional(
          Type.Array(
            Type.Object(
              {
                of: oneOf('organisation', 'person'),
                gravity: oneOf(...GRAVITIES),
                over: nullable(Period),
                upTo: nullable(Period),
              },
              closed,
            ),
            { maxItems: 10 },
          ),
        ),
        cumulative: optional(Type.Object({ longest: nullable(Period) }, closed)),
        note: optional(Text),
      },
      closed,
    ),
    earlyRemoval: nullable(EarlyRemoval),
    onApplication: optional(OnApplication),
    relisting: optional(
      Type.Array(
        Type.Object(
          {
            ground: Code,
            period: Period,
            binds: oneOf('requester'),
            article: optional(Text),
            confirmed: Confirmed,
          },
          closed,
        ),
      ),
    ),
    removal: nullable(Period),
    penaltyPublication: optional(
      Type.Object({ endsWithEntry: Type.Literal(true), article: Text, confirmed: Confirmed }, closed),
    ),
    responsiblePersons: Type.Object(
      {
        bound: Type.Boolean(),
        who: Type.Array(
          Type.Object(
            {
              capacity: oneOf(...CAPACITIES),
              evidence: nullable(oneOf('judgment', 'law')),
              notBeside: optional(oneOf(...CAPACITIES)),
            },
            closed,
          ),
        ),
        article: optional(Text),
      },
      closed,
    ),
    disciplineNotice: optional(Type.Object({ zh: Text, en: Text, basis: Basis }, closed)),
    basis: Type.Array(Basis, { maxItems: 20 }),
    validFrom: Day,
    validTo: nullable(Day),
    confirmed: Confirmed,
    source: Type.String({ maxLength: 4000 }),
    unconfirmed: Type.Array(Text, { maxItems: 40 }),
  },
  closed,
);

/** Compiled with the first form that comes: 0.1 s, of which the start of a service has no need. */
let compiled: ValidateFunction | undefined;
function formCheck(): ValidateFunction {
  if (compiled) return compiled;
  const ajv = new Ajv({ allErrors: true });
  formats.default(ajv);
  return (compiled = ajv.compile(ListTypeForm));
}

/** One place that has not its form. */
export interface FormFault {
  zh: string;
  en: string;
}

/** What of the content has not the form of a list type; empty when all has. */
export function formFaults(content: unknown): FormFault[] {
  const validate = formCheck();
  if (validate(content)) return [];
  return (validate.errors ?? []).map((error) => {
    const place = error.instancePath || '/';
    return { zh: `${place} ${inChinese(error)}`, en: `${place} ${error.message ?? ''}` };
  });
}

const TYPES_ZH: Readonly<Record<string, string>> = {
  object: '对象',
  array: '列表',
  string: '文字',
  integer: '整数',
  boolean: '是或者否',
  null: '空值',
};

/** A rule of the form by its name in JSON Schema; a name of a field and a number stay as they are sent. */
function inChinese({ keyword, params }: ErrorObject): string {
  const { missingProperty, additionalProperty, limit, type } = params as Record<string, string | number>;
  switch (keyword) {
    case 'required':
      return `缺少 ${missingProperty}`;
    case 'additionalProperties':
      return `不得有 ${additionalProperty}`;
    case 'type':
      return `应当是${TYPES_ZH[String(type)] ?? '其他类型'}`;
    case 'enum':
    case 'const':
      return '不是规定的取值之一';
    case 'format':
      return '不是日期';
    case 'minimum':
      return `不得小于 ${limit}`;
    case 'maximum':
      return `不得大于 ${limit}`;
    case 'minLength':
    case 'minItems':
      return `不得少于 ${limit} 项或者字`;
    case 'maxLength':
    case 'maxItems':
      return `不得多于 ${limit} 项或者字`;
    case 'uniqueItems':
      return '有重复';
    case 'pattern':
      return '不是规定的写法';
    default:
      // Of the ways to write it (`anyOf`) none fits; the lines before say what each lacks.
      return '不符合任何一种规定的形式';
  }
}
