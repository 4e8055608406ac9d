import { type Static, Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Basis, CaseRef, Id, LocalDate, nullable, oneOf, samples, SubjectRef, UnitId } from './parts.js';

const common = { source: '/measures', topic: 'discipline', audience: 'government' } as const;

export const ActionRef = Type.Object({
  id: Id,
  caseId: Id,
  rule: Type.String({
    maxLength: 100,
    description: 'id of the rule that allows it, for example wage.fiscal-funds',
  }),
  measure: Type.String({ maxLength: 100, description: 'entry of the catalogue, edition and number' }),
  title: Type.String({ maxLength: 200 }),
  class: oneOf(['A', 'B', 'supplement', 'constraint']),
  mode: oneOf(['required', 'considered']),
  executor: UnitId,
  basis: Type.Array(Basis, { minItems: 1 }),
  from: LocalDate,
  until: nullable(LocalDate),
  reaches: Type.Optional(
    Type.Array(Type.String({ maxLength: 40 }), {
      description: 'in what capacity persons of the organisation are bound, who are so instead of it',
    }),
  ),
});
export type ActionRef = Static<typeof ActionRef>;

const action = {
  id: '0192f0c4-6c00-7000-8000-0000000000f1',
  caseId: samples.case.id,
  rule: 'samr.no-honours',
  measure: '2024/8',
  title: '限制参加评先评优',
  class: 'B',
  mode: 'required',
  executor: 'hlj.market-regulation',
  basis: [{ instrument: '市场监督管理严重违法失信名单管理办法', number: '国家市场监督管理总局令第44号' }],
  from: '2024-11-22',
  until: '2027-11-22',
} satisfies ActionRef;

const Missed = oneOf(['answer', 'lift']);
/** Present where the department corrects what it had said. */
const Corrected = Type.Optional(
  Type.Object({ instead: oneOf(['applied', 'not-applied']), why: Type.String({ maxLength: 2000 }) }),
);
const about = { action: ActionRef, case: CaseRef, subject: SubjectRef };
const sample = { action, case: samples.case, subject: samples.subject };

export const disciplineOrdered = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.ordered.v1',
  description: 'A department must apply, or consider, a measure that the rules allow for this listing.',
  data: Type.Object({ ...about, answerDue: LocalDate }),
  sample: { ...sample, answerDue: '2024-12-06' },
});

export const disciplineReceived = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.received.v1',
  description: 'The department has the action in hand (签收).',
  data: Type.Object({ ...about, receivedOn: LocalDate }),
  sample: { ...sample, receivedOn: '2024-11-25' },
});

export const disciplineChecked = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.checked.v1',
  description: 'The department looked for the subject in its business (核查): found it, or not.',
  data: Type.Object({
    ...about,
    checkedOn: LocalDate,
    hit: Type.Boolean(),
    note: Type.String({ maxLength: 2000 }),
  }),
  sample: { ...sample, checkedOn: '2024-11-26', hit: true, note: '申报了2024年度评优' },
});

export const disciplineReminded = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.reminded.v1',
  description: 'The day for the answer, or for the confirmation of a lift, is near.',
  data: Type.Object({
    ...about,
    // Absent in what was told before lifts were reminded of: the answer.
    of: Type.Optional(Missed),
    due: LocalDate,
  }),
  sample: { ...sample, due: '2024-12-06' },
});

export const disciplineEscalated = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.escalated.v1',
  description:
    'Long after its day the answer, or the confirmation of a lift, is still missing: the lead unit is told.',
  data: Type.Object({ ...about, missed: Missed, due: LocalDate, to: UnitId, escalatedOn: LocalDate }),
  sample: {
    ...sample,
    missed: 'answer',
    due: '2024-12-06',
    to: 'hlj.business-environment',
    escalatedOn: '2024-12-16',
  },
});

export const disciplineApplied = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.applied.v1',
  description: 'The department answered, or corrected its answer: applied.',
  data: Type.Object({
    ...about,
    appliedOn: LocalDate,
    note: Type.String({ maxLength: 2000 }),
    evidence: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), { description: 'numbers of the documents that show it' }),
    ),
    corrected: Corrected,
  }),
  sample: { ...sample, appliedOn: '2024-11-28', note: '取消年度评优资格' },
});

export const disciplineNotApplied = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.not-applied.v1',
  description: 'The department answered, or corrected its answer: not applied, with the reason.',
  data: Type.Object({
    ...about,
    answeredOn: LocalDate,
    reason: Type.String({ maxLength: 60 }),
    note: Type.String({ maxLength: 2000 }),
    corrected: Corrected,
  }),
  sample: { ...sample, answeredOn: '2024-11-28', reason: 'no-business-with-subject', note: '无相关业务' },
});

export const disciplineOverdue = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.overdue.v1',
  description: 'The day for the answer, or for the confirmation of a lift, passed without one.',
  data: Type.Object({ ...about, missed: Missed, due: LocalDate }),
  sample: { ...sample, missed: 'answer', due: '2024-12-06' },
});

export const disciplineTermCorrected = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.term-corrected.v1',
  description:
    'The term of the listing was corrected, and the measure ends on another day than was ordered; the rest of it stands.',
  data: Type.Object({ ...about, until: nullable(LocalDate), instead: nullable(LocalDate) }),
  sample: { ...sample, until: '2027-11-22', instead: '2028-11-22' },
});

export const disciplineLiftOrdered = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.lift-ordered.v1',
  description: 'The listing ended; the department must lift the measure and confirm.',
  data: Type.Object({
    ...about,
    end: Type.String({ maxLength: 40 }),
    orderedOn: LocalDate,
    liftDue: LocalDate,
  }),
  sample: { ...sample, end: 'early-removal', orderedOn: '2026-01-20', liftDue: '2026-01-23' },
});

export const disciplineLifted = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.lifted.v1',
  description: 'The measure is lifted: confirmed by the department, or never applied.',
  data: Type.Object({
    ...about,
    how: oneOf(['confirmed', 'never-applied']),
    liftedOn: LocalDate,
    note: Type.String({ maxLength: 2000 }),
  }),
  sample: { ...sample, how: 'confirmed', liftedOn: '2026-01-21', note: '已恢复评优资格' },
});

/** Told once per case when all actions of an in-force listing stand, so that listing knows how many receipts to expect. */
export const disciplineCompleted = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.completed.v1',
  description:
    'All actions that the rules allow for a listing are ordered; `actions` counts them (0 where no rule allows any).',
  data: Type.Object({
    case: CaseRef,
    subject: SubjectRef,
    stage: oneOf(['ordered', 'lifted']),
    actions: Type.Integer({ minimum: 0 }),
  }),
  sample: { case: samples.case, subject: samples.subject, stage: 'ordered', actions: 4 },
});

/** What a listing passes on for reference: whoever receives it decides for itself (class C of the catalogue). */
export const ReferralRef = Type.Object({
  id: Id,
  caseId: Id,
  rule: Type.String({ maxLength: 100 }),
  measure: Type.String({ maxLength: 100, description: 'entry of the catalogue, edition and number' }),
  title: Type.String({ maxLength: 200 }),
  receivers: Type.Array(UnitId, { minItems: 1, description: 'bodies that pass it on, or use it themselves' }),
  basis: Type.Array(Basis, { minItems: 1 }),
  from: LocalDate,
  until: nullable(LocalDate),
});
export type ReferralRef = Static<typeof ReferralRef>;

const sampleReferral = {
  referral: {
    id: '0192f0c4-6c00-7000-8000-0000000000f7',
    caseId: samples.case.id,
    rule: 'wage.financing',
    measure: '2024/14',
    title: '融资贷款参考',
    receivers: ['hlj.pboc', 'hlj.financial-supervision'],
    basis: [{ instrument: '保障农民工工资支付条例', article: '48' }],
    from: '2024-11-22',
    until: '2027-11-22',
  },
  case: samples.case,
  subject: samples.subject,
};

export const disciplineReferred = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.referred.v1',
  description:
    'A listing in force is passed on for reference; nothing is ordered, the receiver decides for itself.',
  data: Type.Object({ referral: ReferralRef, case: CaseRef, subject: SubjectRef }),
  sample: sampleReferral,
});

export const disciplineReferralEnded = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.referral-ended.v1',
  description:
    'The listing does not stand any more: what was passed on for reference is not to be used any longer.',
  data: Type.Object({
    referral: ReferralRef,
    case: CaseRef,
    subject: SubjectRef,
    end: Type.String({ maxLength: 40 }),
    endedOn: LocalDate,
  }),
  sample: { ...sampleReferral, end: 'early-removal', endedOn: '2026-01-20' },
});

/** A hit of a check inside an approval: a live action that bound the subject asked about. */
const Hit = Type.Object({
  action: Id,
  rule: Type.String({ maxLength: 100 }),
  title: Type.String({ maxLength: 200 }),
});
const hitsOfCheck = {
  check: Id,
  subject: SubjectRef,
  /** the department that asked, and owes the answer */
  unit: UnitId,
  field: Type.String({ maxLength: 40, description: 'kind of business, for example permit' }),
  item: Type.String({ maxLength: 200 }),
  reference: nullable(Type.String({ maxLength: 100, description: "number of the approval's own file" })),
  askedOn: LocalDate,
  due: LocalDate,
  /** those that are still open */
  hits: Type.Array(Hit, { minItems: 1 }),
};
const sampleHits = {
  check: '0192f0c4-6c00-7000-8000-0000000000b1',
  subject: samples.subject,
  unit: 'hlj.finance',
  field: 'procurement',
  item: '政府采购供应商资格',
  reference: '（虚构）黑财采〔2024〕5号',
  askedOn: '2024-11-25',
  due: '2024-12-02',
  hits: [
    {
      action: '0192f0c4-6c00-7000-8000-0000000000f1',
      rule: 'samr.restricted-dealings',
      title: '限制参与政府采购活动',
    },
  ],
};

export const disciplineHitsOverdue = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.hits-overdue.v1',
  description:
    'A department asked about a subject inside an approval, and the day passed without its saying what it made of the hits.',
  data: Type.Object(hitsOfCheck),
  sample: sampleHits,
});

export const disciplineHitsEscalated = defineEvent({
  ...common,
  type: 'cn.chengxin.discipline.hits-escalated.v1',
  description: 'Long after that day hits of an approval are still not answered: the lead unit is told.',
  data: Type.Object({ ...hitsOfCheck, to: UnitId, escalatedOn: LocalDate }),
  sample: { ...sampleHits, to: 'hlj.business-environment', escalatedOn: '2024-12-10' },
});

export const disciplineEvents = [
  disciplineOrdered,
  disciplineReceived,
  disciplineChecked,
  disciplineReminded,
  disciplineEscalated,
  disciplineApplied,
  disciplineNotApplied,
  disciplineOverdue,
  disciplineTermCorrected,
  disciplineLiftOrdered,
  disciplineLifted,
  disciplineCompleted,
  disciplineHitsOverdue,
  disciplineHitsEscalated,
  disciplineReferred,
  disciplineReferralEnded,
];
