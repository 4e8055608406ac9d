import { type Static, type TSchema, Type } from '@sinclair/typebox';

/* Parts that several events carry. An event is complete: no consumer must call back to understand it. */

export const LocalDate = Type.String({ format: 'date', description: 'civil date in Asia/Shanghai' });
export const Id = Type.String({ format: 'uuid' });
export const UnitId = Type.String({
  pattern: '^[a-z0-9][a-z0-9.-]{1,79}$',
  description: 'unit of the register, for example hlj.market-regulation',
});
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const oneOf = <const T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] });

export const SUBJECT_KINDS = [
  'enterprise',
  'individual-business',
  'social-organisation',
  'public-institution',
  'government-body',
  'other-organisation',
  'natural-person',
] as const;

/** A subject as others need it. Organisations carry code and name; a natural person only a masked name (PIPL art. 25, 28). */
export const SubjectRef = Type.Object({
  id: Id,
  kind: oneOf(SUBJECT_KINDS),
  code: nullable(
    Type.String({
      pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$',
      description: 'unified social credit code, GB 32100-2015',
    }),
  ),
  name: Type.String({ maxLength: 200, description: 'registered name; of a natural person the masked one' }),
  region: Type.String({ pattern: '^\\d{6}$', description: 'GB/T 2260 division' }),
});
export type SubjectRef = Static<typeof SubjectRef>;

export const Basis = Type.Object({
  instrument: Type.String({ maxLength: 200 }),
  number: Type.Optional(Type.String({ maxLength: 100 })),
  article: Type.Optional(Type.String({ maxLength: 200 })),
});

/** A case of the listing service, named the same in every event about it. */
export const CaseRef = Type.Object({
  id: Id,
  no: Type.String({ maxLength: 60, description: 'case number, for example SAMR-2024-000012' }),
  listType: Type.String({ pattern: '^[A-Z]{2,12}$' }),
  listName: Type.String({ maxLength: 100 }),
  /** validFrom of the version of the list type under which the case runs */
  rulesVersion: LocalDate,
  conductKind: Type.String({ maxLength: 60 }),
  department: UnitId,
  serious: Type.Boolean({
    description: 'a list of the seriously dishonest in the sense of 国办发〔2020〕49号',
  }),
  /** of a responsible person: the case of the principal, and in which capacity it is bound with it */
  boundWith: Type.Optional(Type.Object({ caseId: Id, capacity: Type.String({ maxLength: 60 }) })),
});
export type CaseRef = Static<typeof CaseRef>;

export const samples = {
  subject: {
    id: '0192f0c4-6c00-7000-8000-000000000001',
    kind: 'enterprise',
    code: '91230100MA1ABCDE8J',
    name: '松江示例商贸有限公司（虚构）',
    region: '230100',
  },
  case: {
    id: '0192f0c4-6c00-7000-8000-0000000000c1',
    no: 'SAMR-2024-000012',
    listType: 'SAMR',
    listName: '市场监督管理严重违法失信名单',
    rulesVersion: '2021-09-01',
    conductKind: 'samr.food',
    department: 'hlj.market-regulation',
    serious: true,
  },
} satisfies { subject: SubjectRef; case: CaseRef };
