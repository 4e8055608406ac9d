import { type Static, Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Id, LocalDate, nullable, oneOf, samples, SubjectRef, UnitId } from './parts.js';

/*
 * 信用修复 of a record that 信用中国 publishes by itself, with no entry on a list: an administrative penalty above all
 * (order 36 art. 13–18, 25). The finder, which made the record, decides.
 */

const Reasons = Type.String({ maxLength: 4000 });

export const RecordRepairRef = Type.Object({
  id: Id,
  record: Type.Object({
    id: Id,
    documentNo: Type.String({ maxLength: 128 }),
    decidedOn: LocalDate,
    kind: oneOf(['minor', 'general', 'serious']),
    publishedUntil: LocalDate,
  }),
  /** the finder (认定单位), which decides */
  department: UnitId,
});
export type RecordRepairRef = Static<typeof RecordRepairRef>;

const repair = {
  id: '0192f0c4-6c00-7000-8000-0000000000e1',
  record: {
    id: '0192f0c4-6c00-7000-8000-0000000000a2',
    documentNo: '哈建罚〔2026〕7号（虚构）',
    decidedOn: '2026-04-07',
    kind: 'general',
    publishedUntil: '2027-04-07',
  },
  department: 'hlj.city.230100.housing',
} satisfies RecordRepairRef;
const about = { repair: RecordRepairRef, subject: SubjectRef };
const sample = { repair, subject: samples.subject };
const common = { source: '/listing', topic: 'listings', audience: 'government' } as const;
const restricted = { source: '/listing', topic: 'cases', audience: 'restricted' } as const;

export const repairRequested = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.requested.v1',
  description:
    'The party asks that a published record be repaired; the finder must accept and decide by the days.',
  data: Type.Object({
    ...about,
    /** that it be repaired; or only masked, while a plan is carried out or execution is stopped; absent: `repair` */
    aim: Type.Optional(oneOf(['repair', 'plan', 'stay'])),
    requestedOn: LocalDate,
    acceptanceDue: nullable(LocalDate),
    decisionDue: nullable(LocalDate),
  }),
  sample: {
    ...sample,
    requestedOn: '2026-07-07',
    acceptanceDue: '2026-07-10',
    decisionDue: '2026-07-21',
  },
});

export const repairAccepted = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.accepted.v1',
  description: 'The request is complete and was accepted; the decision clock runs from here.',
  data: Type.Object({ ...about, acceptedOn: LocalDate, decisionDue: nullable(LocalDate) }),
  sample: { ...sample, acceptedOn: '2026-07-08', decisionDue: '2026-07-17' },
});

export const repairIncomplete = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.incomplete.v1',
  description: 'The request was not accepted; all that is missing is named once, and it may be made again.',
  data: Type.Object({ ...about, answeredOn: LocalDate, gaps: Reasons }),
  sample: { ...sample, answeredOn: '2026-07-08', gaps: '缺少罚款缴纳凭证' },
});

export const repairExtended = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.extended.v1',
  description: 'The decision takes longer, once, as the rule allows for a complex case (order 36 art. 16).',
  data: Type.Object({ ...about, decisionDue: LocalDate, reasons: Reasons }),
  sample: { ...sample, decisionDue: '2026-07-31', reasons: '需要实地核实' },
});

export const repairRefused = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.refused.v1',
  description:
    'The record is not repaired; the party is told why (order 36 art. 17) and may object (art. 18).',
  data: Type.Object({ ...about, refusedOn: LocalDate, reasons: Reasons }),
  sample: { ...sample, refusedOn: '2026-07-15', reasons: '尚未完成整改' },
});

export const repairReopened = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.reopened.v1',
  description: 'An objection to the answer was upheld: the request is answered anew (order 36 art. 18).',
  data: Type.Object({
    ...about,
    reopenedOn: LocalDate,
    acceptanceDue: nullable(LocalDate),
    decisionDue: nullable(LocalDate),
  }),
  sample: {
    ...sample,
    reopenedOn: '2026-07-22',
    acceptanceDue: '2026-07-27',
    decisionDue: '2026-08-05',
  },
});

export const repairWithdrawn = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.withdrawn.v1',
  description: 'The party took its request back.',
  data: Type.Object({ ...about, withdrawnOn: LocalDate }),
  sample: { ...sample, withdrawnOn: '2026-07-09' },
});

export const repairLapsed = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.lapsed.v1',
  description: 'The record fell away, or left publication otherwise: nothing is left to repair.',
  data: Type.Object({ ...about, lapsedOn: LocalDate, reasons: Reasons }),
  sample: { ...sample, lapsedOn: '2026-07-09', reasons: '行政复议决定撤销' },
});

export const REPAIR_CLOCKS = ['acceptance', 'decision'] as const;

export const repairOverdue = defineEvent({
  ...restricted,
  type: 'cn.chengxin.repair.overdue.v1',
  description: 'A day by which the finder had to accept or decide has passed.',
  data: Type.Object({ ...about, clock: oneOf(REPAIR_CLOCKS), due: LocalDate }),
  sample: { ...sample, clock: 'decision', due: '2026-07-17' },
});

export const repairGranted = defineEvent({
  ...common,
  type: 'cn.chengxin.repair.granted.v1',
  description:
    'The record is repaired: its publication ends, it is no longer shared and used, evaluations follow (order 36 art. 3).',
  data: Type.Object({ ...about, grantedOn: LocalDate, reasons: Reasons }),
  sample: { ...sample, grantedOn: '2026-07-15', reasons: '已履行义务并满最短公示期限' },
});

export const repairMasked = defineEvent({
  ...common,
  type: 'cn.chengxin.repair.masked.v1',
  description:
    'The record is shown to nobody for a time: while a bankruptcy plan is carried out (order 36 art. 20), or while a review body or court has stopped the execution of the penalty (art. 19). Its time of publication runs on.',
  data: Type.Object({
    ...about,
    why: oneOf(['plan', 'stay']),
    maskedOn: LocalDate,
    /** of the ruling that approved the plan, or of the decision that stopped the execution */
    rulingNo: Type.String({ maxLength: 100 }),
    reasons: Reasons,
  }),
  sample: {
    ...sample,
    why: 'plan',
    maskedOn: '2026-05-18',
    rulingNo: '（2026）黑01破1号之一（虚构）',
    reasons: '重整计划执行期间临时屏蔽',
  },
});

export const repairResumed = defineEvent({
  ...common,
  type: 'cn.chengxin.repair.resumed.v1',
  description:
    'The plan failed, or the stay of execution is over: the record is published as before, for what is left of its time.',
  data: Type.Object({
    ...about,
    resumedOn: LocalDate,
    documentNo: Type.String({ maxLength: 100 }),
    reasons: Reasons,
  }),
  sample: {
    ...sample,
    resumedOn: '2026-11-10',
    documentNo: '（2026）黑01破1号之二（虚构）',
    reasons: '重整计划不能执行',
  },
});

export const repairFoundFalse = defineEvent({
  ...common,
  type: 'cn.chengxin.repair.found-false.v1',
  description:
    'A granted repair rested on false material or an unkept commitment: the record is as if not repaired, the false application is shown and bars another (order 36 art. 25).',
  data: Type.Object({
    ...about,
    foundOn: LocalDate,
    cause: oneOf(['false-material', 'broken-commitment']),
    reasons: Reasons,
    /** the record of the false application is shown up to this day, without an earlier end */
    shownUntil: LocalDate,
    /** no repair of the original record may be asked up to this day */
    barredUntil: LocalDate,
  }),
  sample: {
    ...sample,
    foundOn: '2026-09-01',
    cause: 'false-material',
    reasons: '缴款凭证系伪造',
    shownUntil: '2029-09-01',
    barredUntil: '2029-09-01',
  },
});

export const recordRepairEvents = [
  repairRequested,
  repairAccepted,
  repairIncomplete,
  repairExtended,
  repairRefused,
  repairReopened,
  repairWithdrawn,
  repairLapsed,
  repairOverdue,
  repairGranted,
  repairMasked,
  repairResumed,
  repairFoundFalse,
];
