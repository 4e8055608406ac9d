import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { CaseRef, Id, LocalDate, nullable, oneOf, samples, SubjectRef } from './parts.js';

/*
 * Facts of early removal and credit repair (提前移出, 信用修复) beside the request and its refusal: acceptance,
 * gaps, more time, provisional lifting in bankruptcy, false applications, and 信用中国's own clock.
 */

const about = { case: CaseRef, subject: SubjectRef };
const sample = { case: samples.case, subject: samples.subject };
const common = { source: '/listing', topic: 'listings', audience: 'government' } as const;
const restricted = { source: '/listing', topic: 'cases', audience: 'restricted' } as const;
const requestId = '0192f0c4-6c00-7000-8000-0000000000d1';
const Reasons = Type.String({ maxLength: 4000 });

export const listingRemovalAccepted = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.removal-accepted.v1',
  description: 'The request for early removal is complete and was accepted; the decision clock runs.',
  data: Type.Object({ ...about, requestId: Id, acceptedOn: LocalDate, decisionDue: nullable(LocalDate) }),
  sample: { ...sample, requestId, acceptedOn: '2026-01-14', decisionDue: '2026-01-23' },
});

export const listingRemovalIncomplete = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.removal-incomplete.v1',
  description: 'The request was not accepted; all that is missing is named once, and it may be made again.',
  data: Type.Object({ ...about, requestId: Id, answeredOn: LocalDate, gaps: Reasons }),
  sample: { ...sample, requestId, answeredOn: '2026-01-14', gaps: '缺少罚款缴纳凭证' },
});

export const listingRemovalExtended = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.removal-extended.v1',
  description: 'The decision on the request takes longer, once, as the rule allows for a complex case.',
  data: Type.Object({ ...about, requestId: Id, decisionDue: LocalDate, reasons: Reasons }),
  sample: { ...sample, requestId, decisionDue: '2026-02-06', reasons: '需要实地核实' },
});

export const listingRemovalWithdrawn = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.removal-withdrawn.v1',
  description: 'The party took its request back.',
  data: Type.Object({ ...about, requestId: Id, withdrawnOn: LocalDate }),
  sample: { ...sample, requestId, withdrawnOn: '2026-01-15' },
});

export const SUSPENDED_BECAUSE = ['plan', 'administrative-review', 'suit'] as const;

export const listingSuspended = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.suspended.v1',
  description:
    'The entry is masked and its restrictions are lifted provisionally: a bankruptcy plan was approved (order 36 art. 20), or the execution of the decision is stopped while it is examined (行政复议法 art. 42, 行政诉讼法 art. 56).',
  data: Type.Object({
    ...about,
    suspendedOn: LocalDate,
    /** number of the ruling, or of the order that stops the execution */
    rulingNo: Type.String({ maxLength: 100 }),
    /** absent: a plan */
    because: Type.Optional(oneOf(SUSPENDED_BECAUSE)),
    /** the review body or the court that stopped the execution */
    orderedBy: Type.Optional(Type.String({ maxLength: 200 })),
    reasons: Reasons,
  }),
  sample: {
    ...sample,
    suspendedOn: '2026-05-20',
    rulingNo: '（虚构）（2026）黑01破1号之一',
    reasons: '重整计划已经法院裁定批准',
  },
});

export const RESTORATIONS = ['plan-failed', 'false-material', 'broken-commitment', 'stay-ended'] as const;

export const listingRestored = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.restored.v1',
  description:
    'The subject is on the list again: the bankruptcy plan failed, a stay of execution is over, or the repair rested on false material or a broken commitment. Discipline, grade and notices follow as from a listing in force.',
  data: Type.Object({
    ...about,
    restoredOn: LocalDate,
    cause: oneOf(RESTORATIONS),
    /** when the entry first took effect */
    inForceOn: LocalDate,
    /** last day on the list from now on; null where it lasts until the duty is performed */
    termEndsOn: nullable(LocalDate),
    decisionNo: Type.String({ maxLength: 100 }),
    reasons: Reasons,
  }),
  sample: {
    ...sample,
    restoredOn: '2026-11-10',
    cause: 'plan-failed',
    inForceOn: '2024-11-22',
    termEndsOn: '2027-11-22',
    decisionNo: '（虚构）列入决定〔2024〕12号',
    reasons: '债务人不能执行重整计划,法院裁定宣告破产',
  },
});

export const listingFalseApplication = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.false-application.v1',
  description:
    'A person found that a granted repair rested on false material or on a commitment not kept; what follows from it is in dates.',
  data: Type.Object({
    ...about,
    requestId: Id,
    foundOn: LocalDate,
    reasons: Reasons,
    restored: Type.Boolean(),
    /** no early removal may be asked up to and with this day; `for-good`: never; null: no bar */
    barredUntil: nullable(Type.String({ maxLength: 10 })),
    /** 信用中国 shows the record up to and with this day; null: nothing new there */
    siteUntil: nullable(LocalDate),
  }),
  sample: {
    ...sample,
    requestId,
    foundOn: '2026-11-10',
    reasons: '缴款凭证系伪造（虚构）',
    restored: true,
    barredUntil: '2029-11-10',
    siteUntil: '2029-11-10',
  },
});

export const listingSitePublicationStarted = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.site-publication-started.v1',
  description:
    "信用中国's publication of the finding and its two limits, a clock beside the term of the list (order 36 art. 12).",
  data: Type.Object({
    ...about,
    rule: Type.String({ maxLength: 40 }),
    kind: oneOf(['minor', 'general', 'serious']),
    from: LocalDate,
    repairableFrom: LocalDate,
    /** last day by itself; null where the rule leaves the end to the list */
    endsOn: nullable(LocalDate),
  }),
  sample: {
    ...sample,
    rule: 'ndrc-36',
    kind: 'serious',
    from: '2026-04-07',
    repairableFrom: '2027-04-08',
    endsOn: '2029-04-07',
  },
});

export const listingSitePublicationMasked = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.site-publication-masked.v1',
  description:
    '信用中国 shows the finding to nobody while an approved bankruptcy plan is carried out; its time runs on (order 36 art. 20).',
  data: Type.Object({ ...about, maskedOn: LocalDate }),
  sample: { ...sample, maskedOn: '2026-05-06' },
});

export const listingSitePublicationResumed = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.site-publication-resumed.v1',
  description:
    'The plan failed: 信用中国 shows the finding as before, for what is left of its time (order 36 art. 20).',
  data: Type.Object({ ...about, resumedOn: LocalDate }),
  sample: { ...sample, resumedOn: '2026-11-10' },
});

export const SITE_ENDS = ['longest-period', 'repaired', 'followed-list', 'undone'] as const;

export const listingSitePublicationEnded = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.site-publication-ended.v1',
  description: '信用中国 shows the finding no longer.',
  data: Type.Object({ ...about, endedOn: LocalDate, how: oneOf(SITE_ENDS) }),
  sample: { ...sample, endedOn: '2027-04-15', how: 'repaired' },
});

const penalties = Type.Array(Type.Object({ id: Id, documentNo: Type.String({ maxLength: 128 }) }));
const penalty = { id: '0192f0c4-6c00-7000-8000-0000000000a1', documentNo: '哈市监罚〔2024〕101号（虚构）' };

export const listingPenaltyPublicationEnded = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.penalty-publication-ended.v1',
  description:
    'The subject is off the list, and the penalty behind the entry is published no longer, either (order 107 art. 13).',
  data: Type.Object({ ...about, records: penalties, endedOn: LocalDate }),
  sample: { ...sample, records: [penalty], endedOn: '2026-01-20' },
});

export const listingPenaltyPublicationResumed = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.penalty-publication-resumed.v1',
  description:
    'The entry stands again, since its removal was false: the penalty behind it is published as before.',
  data: Type.Object({ ...about, records: penalties, resumedOn: LocalDate }),
  sample: { ...sample, records: [penalty], resumedOn: '2026-11-10' },
});

export const listingRepairEvents = [
  listingRemovalAccepted,
  listingRemovalIncomplete,
  listingRemovalExtended,
  listingRemovalWithdrawn,
  listingSuspended,
  listingRestored,
  listingFalseApplication,
  listingSitePublicationStarted,
  listingSitePublicationMasked,
  listingSitePublicationResumed,
  listingSitePublicationEnded,
  listingPenaltyPublicationEnded,
  listingPenaltyPublicationResumed,
];
