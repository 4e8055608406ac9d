import { type Static, Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { OBJECTION_OUTCOMES } from './objections.js';
import { Id, LocalDate, nullable, oneOf, samples, SubjectRef, UnitId } from './parts.js';

/*
 * Objections to a record that is published by itself, with no entry on a list: to what it says, to its period, or to the
 * answer to a request for its repair (ordinance art. 39; order 36 art. 18). The unit that made the record decides.
 */

export const RecordObjectionRef = Type.Object({
  id: Id,
  about: oneOf(['content', 'period', 'repair-result']),
  /** the answered request, of an objection to a repair result */
  repairId: nullable(Id),
  receivedOn: LocalDate,
  record: Type.Object({ id: Id, documentNo: Type.String({ maxLength: 128 }) }),
  /** the finder (认定单位), which decides */
  department: UnitId,
});
export type RecordObjectionRef = Static<typeof RecordObjectionRef>;

const recordObjection = {
  id: '0192f0c4-6c00-7000-8000-0000000000b3',
  about: 'content',
  repairId: null,
  receivedOn: '2026-06-01',
  record: { id: '0192f0c4-6c00-7000-8000-0000000000a2', documentNo: '哈建罚〔2026〕7号（虚构）' },
  department: 'hlj.city.230100.housing',
} satisfies RecordObjectionRef;
const about = { recordObjection: RecordObjectionRef, subject: SubjectRef };
const sample = { recordObjection, subject: samples.subject };
const common = { source: '/listing', topic: 'listings', audience: 'government' } as const;
const restricted = { source: '/listing', topic: 'cases', audience: 'restricted' } as const;
const Reasons = Type.String({ maxLength: 4000 });

export const recordObjectionFiled = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-filed.v1',
  description: 'The party, or who acts for it, objects to a record; the finder must decide by the day.',
  data: Type.Object({ ...about, filedOn: LocalDate, decisionDue: nullable(LocalDate) }),
  sample: { ...sample, filedOn: '2026-06-01', decisionDue: '2026-06-04' },
});

export const recordObjectionHelpRequested = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-help-requested.v1',
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
    helpId: '0192f0c4-6c00-7000-8000-0000000000b4',
    unit: 'hlj.finance',
    question: '罚款是否已经缴清？（虚构）',
    answerDue: '2026-06-03',
  },
});

export const recordObjectionHelpAnswered = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-help-answered.v1',
  description: 'The unit that was asked answered.',
  data: Type.Object({ ...about, helpId: Id, helper: UnitId, answeredOn: LocalDate }),
  sample: {
    ...sample,
    helpId: '0192f0c4-6c00-7000-8000-0000000000b4',
    helper: 'hlj.finance',
    answeredOn: '2026-06-03',
  },
});

export const recordObjectionAccepted = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-accepted.v1',
  description: 'The objection to a record was accepted (受理); from then on the clock of the decision runs.',
  data: Type.Object({ ...about, acceptedOn: LocalDate, decisionDue: nullable(LocalDate) }),
  sample: { ...sample, acceptedOn: '2026-11-09', decisionDue: '2026-11-18' },
});

export const recordObjectionPaused = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-paused.v1',
  description: 'A test or a review by experts is under way; its days do not count (ordinance art. 39).',
  data: Type.Object({ ...about, pausedOn: LocalDate, why: oneOf(['test', 'expert-review']) }),
  sample: { ...sample, pausedOn: '2026-06-02', why: 'test' },
});

export const recordObjectionResumed = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-resumed.v1',
  description: 'The test or review is over; the clock of the decision runs on, to another day.',
  data: Type.Object({ ...about, resumedOn: LocalDate, decisionDue: nullable(LocalDate) }),
  sample: { ...sample, resumedOn: '2026-06-10', decisionDue: '2026-06-12' },
});

export const recordObjectionExtended = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-extended.v1',
  description: 'The party is told beforehand that the answer takes longer (order 36 art. 18).',
  data: Type.Object({ ...about, decisionDue: LocalDate, reasons: Reasons }),
  sample: { ...sample, decisionDue: '2026-06-30', reasons: '案情复杂' },
});

export const recordObjectionDecided = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-decided.v1',
  description: 'The finder decided on the objection to a record, with reasons and remedies.',
  data: Type.Object({
    ...about,
    outcome: oneOf(OBJECTION_OUTCOMES),
    decidedOn: LocalDate,
    reasons: Reasons,
    remedies: Type.String({ maxLength: 1000 }),
  }),
  sample: {
    ...sample,
    outcome: 'upheld',
    decidedOn: '2026-06-03',
    reasons: '文号录入有误',
    remedies: '可在六十日内申请行政复议,或者在六个月内提起行政诉讼',
  },
});

export const recordObjectionOverdue = defineEvent({
  ...restricted,
  type: 'cn.chengxin.objection.record-overdue.v1',
  description: 'A day by which the finder, or a unit that was asked, had to answer has passed.',
  data: Type.Object({
    ...about,
    clock: oneOf(['acceptance', 'decision', 'help']),
    due: LocalDate,
    unit: nullable(UnitId),
  }),
  sample: { ...sample, clock: 'decision', due: '2026-06-04', unit: null },
});

export const recordObjectionMarked = defineEvent({
  ...common,
  type: 'cn.chengxin.objection.record-marked.v1',
  description: 'The record is marked as objected to, wherever it is shown or used, until it is unmarked.',
  data: Type.Object({ ...about, markedOn: LocalDate }),
  sample: { ...sample, markedOn: '2026-06-01' },
});

export const recordObjectionUnmarked = defineEvent({
  ...common,
  type: 'cn.chengxin.objection.record-unmarked.v1',
  description: 'The objection is decided, withdrawn or has lapsed: the mark goes.',
  data: Type.Object({
    ...about,
    unmarkedOn: LocalDate,
    outcome: oneOf([...OBJECTION_OUTCOMES, 'not-accepted', 'withdrawn', 'lapsed']),
  }),
  sample: { ...sample, unmarkedOn: '2026-06-03', outcome: 'upheld' },
});

export const recordObjectionUpheld = defineEvent({
  ...common,
  type: 'cn.chengxin.objection.record-upheld.v1',
  description:
    'The record was found wrong and must read otherwise from now on; who keeps it corrects it and tells so (record.corrected).',
  data: Type.Object({
    ...about,
    upheldOn: LocalDate,
    reasons: Reasons,
    corrected: Type.Object({
      documentNo: Type.Optional(Type.String({ maxLength: 128 })),
      conduct: Type.Optional(Type.String({ maxLength: 2000 })),
      publishedUntil: Type.Optional(LocalDate),
    }),
  }),
  sample: {
    ...sample,
    upheldOn: '2026-06-03',
    reasons: '文号录入有误',
    corrected: { documentNo: '哈建罚〔2026〕17号（虚构）' },
  },
});

export const recordObjectionEvents = [
  recordObjectionFiled,
  recordObjectionAccepted,
  recordObjectionPaused,
  recordObjectionResumed,
  recordObjectionHelpRequested,
  recordObjectionHelpAnswered,
  recordObjectionExtended,
  recordObjectionDecided,
  recordObjectionOverdue,
  recordObjectionMarked,
  recordObjectionUnmarked,
  recordObjectionUpheld,
];
