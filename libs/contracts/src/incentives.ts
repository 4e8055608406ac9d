import { type Static, Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Basis, Id, LocalDate, nullable, oneOf, samples, SubjectRef, UnitId } from './parts.js';

const common = { source: '/measures', topic: 'discipline', audience: 'government' } as const;

export const IncentiveRef = Type.Object({
  id: Id,
  incentive: Type.String({ maxLength: 100, description: 'entry of the incentive list' }),
  title: Type.String({ maxLength: 200 }),
  fields: Type.Array(Type.String({ maxLength: 40 }), { description: 'kinds of business in which it shows' }),
  executors: Type.Array(UnitId, { minItems: 1 }),
  basis: Type.Array(Basis, { minItems: 1 }),
  /** what brought it */
  ground: Type.Object({
    kind: oneOf(['grade', 'honour']),
    text: Type.String({ maxLength: 200, description: 'grade with its model, or number of the honour' }),
  }),
  from: LocalDate,
});
export type IncentiveRef = Static<typeof IncentiveRef>;

const incentive = {
  id: '0192f0c4-6c00-7000-8000-0000000000f7',
  incentive: 'incentive/green-channel',
  title: '绿色通道',
  fields: ['permit'],
  executors: ['hlj.business-environment'],
  basis: [{ instrument: '黑龙江省社会信用条例', article: '26' }],
  ground: { kind: 'grade', text: 'A (hlj-market-entity)' },
  from: '2024-09-02',
} satisfies IncentiveRef;

export const incentiveGranted = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.granted.v1',
  description: 'A grade or an honour brings the subject a benefit.',
  data: Type.Object({ incentive: IncentiveRef, subject: SubjectRef }),
  sample: { incentive, subject: samples.subject },
});

export const incentiveWithdrawn = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.withdrawn.v1',
  description:
    'The benefit has lost its ground: the grade fell, the honour went, or the subject is on a serious list.',
  data: Type.Object({
    incentive: IncentiveRef,
    subject: SubjectRef,
    why: oneOf(['ground-lost', 'serious-list', 'rule-ended']),
    caseId: nullable(Id),
    withdrawnOn: LocalDate,
  }),
  sample: {
    incentive,
    subject: samples.subject,
    why: 'serious-list',
    caseId: samples.case.id,
    withdrawnOn: '2024-11-22',
  },
});

export const incentiveEvents = [incentiveGranted, incentiveWithdrawn];
