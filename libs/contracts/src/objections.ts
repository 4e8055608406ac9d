import { type Static, Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { CaseRef, Id, LocalDate, nullable, oneOf, samples, SubjectRef, UnitId } from './parts.js';

/*
 * Objections to a listing, its content, its period or the answer to a repair (ordinance art. 35, 39; order 36 art. 18), and
 * appeals because measures were not lifted at the end of the term (`lifting`: 联合惩戒办法 art. 14).
 */

export const OBJECTIONS_ABOUT = ['listing', 'content', 'period', 'repair-result', 'lifting'] as const;
export const OBJECTION_OUTCOMES = ['upheld', 'partly-upheld', 'rejected'] as const;

export const ObjectionRef = Type.Object({
  id: Id,
  about: oneOf(OBJECTIONS_ABOUT),
  /** the answered request, of an objection to a repair result */
  repairId: nullable(Id),
  receivedOn: LocalDate,
});
export type ObjectionRef = Static<typeof ObjectionRef>;

/** A review of a rejection is asked of the level above (法释〔2017〕7号 art. 12); absent of every other objection. */
const Review = Type.Optional(
  Type.Object({
    /** the rejected objection */
    of: Id,
    court: Type.String({ maxLength: 200, description: 'name of the court above' }),
    /** the same as a unit, which decides; null where it is none, and the finder enters its decision */
    unit: nullable(UnitId),
  }),
);

const objection = {
  id: '0192f0c4-6c00-7000-8000-0000000000b1',
  about: 'listing',
  repairId: null,
  receivedOn: '2026-06-01',
} satisfies ObjectionRef;
const about = { objection: ObjectionRef, case: CaseRef, subject: SubjectRef };
const sample = { objection, case: samples.case, subject: samples.subject };
const common = { source: '/listing', topic: 'listings', audience: 'government' } as const;
const restricted = { source: '/listing', topic: 'cases', audience: 'restricted' } as const;

export const objectionFiled = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.filed.v1',
  description:
    'The party, or who acts for it, objects; the finder, or the unit above that reviews a rejection, must decide by the day.',
  data: Type.Object({
    ...about,
    filedOn: LocalDate,
    decisionDue: nullable(LocalDate),
    review: Review,
  }),
  sample: { ...sample, filedOn: '2026-06-01', decisionDue: '2026-06-04' },
});

export const objectionMarked = defineEvent({
  ...common,
  type: 'cn.chengxin.objection.marked.v1',
  description: 'The entry is marked as objected to, wherever it is shown or used, until it is unmarked.',
  data: Type.Object({ ...about, markedOn: LocalDate }),
  sample: { ...sample, markedOn: '2026-06-01' },
});

export const objectionUnmarked = defineEvent({
  ...common,
  type: 'cn.chengxin.objection.unmarked.v1',
  description: 'The objection is decided, not accepted, withdrawn or has lapsed: the mark goes.',
  data: Type.Object({
    ...about,
    unmarkedOn: LocalDate,
    outcome: oneOf([...OBJECTION_OUTCOMES, 'not-accepted', 'withdrawn', 'lapsed']),
  }),
  sample: { ...sample, unmarkedOn: '2026-06-04', outcome: 'rejected' },
});

export const objectionAccepted = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.accepted.v1',
  description: 'The objection was accepted (受理); from then on the clock of the decision runs.',
  data: Type.Object({ ...about, acceptedOn: LocalDate, decisionDue: nullable(LocalDate) }),
  sample: { ...sample, acceptedOn: '2026-11-09', decisionDue: '2026-11-18' },
});

export const objectionPaused = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.paused.v1',
  description: 'A test or a review by experts is under way; its days do not count (ordinance art. 39).',
  data: Type.Object({ ...about, pausedOn: LocalDate, why: oneOf(['test', 'expert-review']) }),
  sample: { ...sample, pausedOn: '2026-06-02', why: 'test' },
});

export const objectionResumed = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.resumed.v1',
  description: 'The test or review is over; the clock of the decision runs on, to another day.',
  data: Type.Object({ ...about, resumedOn: LocalDate, decisionDue: nullable(LocalDate) }),
  sample: { ...sample, resumedOn: '2026-06-10', decisionDue: '2026-06-12' },
});

export const objectionHelpRequested = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.help-requested.v1',
  description: 'Another unit is asked what it knows and answers within two working days (ordinance art. 39).',
  data: Type.Object({
    ...about,
    helpId: Id,
    unit: UnitId,
    question: Type.String({ maxLength: 2000 }),
    answerDue: LocalDate,
  }),
  sample: {
    ...sample,
    helpId: '0192f0c4-6c00-7000-8000-0000000000b2',
    unit: 'hlj.finance',
    question: '罚款是否已经缴清？（虚构）',
    answerDue: '2026-06-03',
  },
});

export const objectionHelpAnswered = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.help-answered.v1',
  description: 'The unit that was asked answered.',
  data: Type.Object({ ...about, helpId: Id, helper: UnitId, answeredOn: LocalDate }),
  sample: {
    ...sample,
    helpId: '0192f0c4-6c00-7000-8000-0000000000b2',
    helper: 'hlj.finance',
    answeredOn: '2026-06-03',
  },
});

export const objectionExtended = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.extended.v1',
  description: 'The party is told beforehand that the answer takes longer (order 36 art. 18).',
  data: Type.Object({ ...about, decisionDue: LocalDate, reasons: Type.String({ maxLength: 2000 }) }),
  sample: { ...sample, decisionDue: '2026-06-30', reasons: '案情复杂' },
});

export const objectionDecided = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.decided.v1',
  description: 'Another person than those who listed decided on the objection, with reasons and remedies.',
  data: Type.Object({
    ...about,
    outcome: oneOf(OBJECTION_OUTCOMES),
    decidedOn: LocalDate,
    reasons: Type.String({ maxLength: 4000 }),
    remedies: Type.String({ maxLength: 1000 }),
  }),
  sample: {
    ...sample,
    outcome: 'rejected',
    decidedOn: '2026-06-04',
    reasons: '列入事实清楚,证据确凿',
    remedies: '可在六十日内申请行政复议,或者在六个月内提起行政诉讼',
  },
});

export const objectionOverdue = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.overdue.v1',
  description: 'A time limit of an objection passed: its acceptance, a helping unit, or the decision.',
  data: Type.Object({
    ...about,
    clock: oneOf(['acceptance', 'decision', 'help']),
    due: LocalDate,
    /** the helping unit that is late with its answer; null where it is who decides */
    unit: nullable(UnitId),
    review: Review,
  }),
  sample: { ...sample, clock: 'help', due: '2026-06-03', unit: 'hlj.finance' },
});

export const objectionNotAccepted = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.not-accepted.v1',
  description: 'It is not accepted, with reasons, where the rule of the list knows that (不予受理).',
  data: Type.Object({
    ...about,
    answeredOn: LocalDate,
    reasons: Type.String({ maxLength: 4000 }),
    remedies: Type.String({ maxLength: 1000 }),
  }),
  sample: {
    ...sample,
    answeredOn: '2026-06-04',
    reasons: '所提事项不属于核实范围（虚构）',
    remedies: '可在六十日内申请行政复议,或者在六个月内提起行政诉讼',
  },
});

export const objectionMaterialNamed = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.material-named.v1',
  description:
    'The party is told, once, which material is still needed; the time to decide runs from its receipt.',
  data: Type.Object({ ...about, namedOn: LocalDate, material: Type.String({ maxLength: 2000 }) }),
  sample: { ...sample, namedOn: '2026-06-04', material: '银行流水（虚构）' },
});

export const objectionTerminated = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.terminated.v1',
  description:
    'It is deemed withdrawn, since the party began administrative review or a suit against the same decision, where the rule of the list says so.',
  data: Type.Object({
    ...about,
    terminatedOn: LocalDate,
    begun: oneOf(['administrative-review', 'suit']),
    begunOn: nullable(LocalDate),
  }),
  sample: { ...sample, terminatedOn: '2026-06-10', begun: 'suit', begunOn: '2026-06-08' },
});

export const objectionEvents = [
  objectionFiled,
  objectionMarked,
  objectionUnmarked,
  objectionAccepted,
  objectionPaused,
  objectionResumed,
  objectionHelpRequested,
  objectionHelpAnswered,
  objectionExtended,
  objectionDecided,
  objectionOverdue,
  objectionNotAccepted,
  objectionMaterialNamed,
  objectionTerminated,
];
