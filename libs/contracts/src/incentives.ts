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
  data: Type.Object({
    incentive: IncentiveRef,
    subject: SubjectRef,
    answerDue: Type.Optional(LocalDate),
  }),
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
    /** day by which the executing departments confirm that nobody gives it any more */
    endDue: Type.Optional(LocalDate),
  }),
  sample: {
    incentive,
    subject: samples.subject,
    why: 'serious-list',
    caseId: samples.case.id,
    withdrawnOn: '2024-11-22',
  },
});

/** What one of its executing departments does about an incentive. */
const task = {
  task: Id,
  incentive: IncentiveRef,
  subject: SubjectRef,
  /** the executing department that it is about */
  unit: UnitId,
};
const sampleTask = {
  task: '0192f0c4-6c00-7000-8000-0000000000f8',
  incentive,
  subject: samples.subject,
  unit: 'hlj.business-environment',
};
const Missed = oneOf(['answer', 'end']);
/** Present where the department corrects what it had said. */
const Corrected = Type.Optional(
  Type.Object({ instead: oneOf(['applied', 'not-applied']), why: Type.String({ maxLength: 2000 }) }),
);

export const incentiveReceived = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.received.v1',
  description: 'The department has the incentive in hand (签收).',
  data: Type.Object({ ...task, receivedOn: LocalDate }),
  sample: { ...sampleTask, receivedOn: '2024-09-03' },
});

export const incentiveApplied = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.applied.v1',
  description: 'The department answered, or corrected its answer: the subject has the benefit there.',
  data: Type.Object({
    ...task,
    appliedOn: LocalDate,
    note: Type.String({ maxLength: 2000 }),
    corrected: Corrected,
  }),
  sample: { ...sampleTask, appliedOn: '2024-09-05', note: '已列入绿色通道名录' },
});

export const incentiveNotApplied = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.not-applied.v1',
  description: 'The department answered, or corrected its answer: not given there, with the reason.',
  data: Type.Object({
    ...task,
    answeredOn: LocalDate,
    reason: Type.String({ maxLength: 60 }),
    note: Type.String({ maxLength: 2000 }),
    corrected: Corrected,
  }),
  sample: { ...sampleTask, answeredOn: '2024-09-05', reason: 'no-business-with-subject', note: '无相关业务' },
});

export const incentiveReminded = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.reminded.v1',
  description: 'The day for the answer, or for the confirmation that it ended, is near.',
  // `of` is absent in what was told before ends were reminded of: the answer.
  data: Type.Object({ ...task, of: Type.Optional(Missed), due: LocalDate }),
  sample: { ...sampleTask, due: '2024-09-18' },
});

export const incentiveOverdue = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.overdue.v1',
  description: 'The day for the answer, or for the confirmation that it ended, passed without one.',
  data: Type.Object({ ...task, missed: Missed, due: LocalDate }),
  sample: { ...sampleTask, missed: 'answer', due: '2024-09-18' },
});

export const incentiveEscalated = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.escalated.v1',
  description: 'Long after its day the answer, or the confirmation, is still missing: the lead unit is told.',
  data: Type.Object({ ...task, missed: Missed, due: LocalDate, to: UnitId, escalatedOn: LocalDate }),
  sample: {
    ...sampleTask,
    missed: 'answer',
    due: '2024-09-18',
    to: 'hlj.business-environment',
    escalatedOn: '2024-09-25',
  },
});

export const incentiveEnded = defineEvent({
  ...common,
  type: 'cn.chengxin.incentive.ended.v1',
  description: 'The department gives the benefit no more: confirmed by it, or never given.',
  data: Type.Object({
    ...task,
    how: oneOf(['confirmed', 'never-given']),
    endedOn: LocalDate,
    note: Type.String({ maxLength: 2000 }),
  }),
  sample: { ...sampleTask, how: 'confirmed', endedOn: '2024-11-25', note: '已移出绿色通道名录' },
});

export const incentiveEvents = [
  incentiveGranted,
  incentiveReceived,
  incentiveApplied,
  incentiveNotApplied,
  incentiveReminded,
  incentiveOverdue,
  incentiveEscalated,
  incentiveWithdrawn,
  incentiveEnded,
];
