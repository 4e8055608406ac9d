import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { CaseRef, Id, LocalDate, nullable, oneOf, samples, SubjectRef, UnitId } from './parts.js';

/* Facts of the procedure beside its main line: hearing, more time, reminder, publication held back, oversight. */

const about = { case: CaseRef, subject: SubjectRef };
const sample = { case: samples.case, subject: samples.subject };
const common = { source: '/listing', topic: 'cases', audience: 'restricted' } as const;

/** Who is told that a state organ, state-owned unit or member of their staff is on a list (ordinance art. 32). */
const Addressee = oneOf(['superior', 'owner', 'audit', 'unit', 'discipline-inspection', 'personnel']);

export const listingHearingRequested = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.hearing-requested.v1',
  description: 'The party asked for a hearing; nothing is decided before it is closed.',
  data: Type.Object({ ...about, requestedOn: LocalDate }),
  sample: { ...sample, requestedOn: '2024-11-06' },
});

export const listingHearingSet = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.hearing-set.v1',
  description: 'Time and place of the hearing are told to the party.',
  data: Type.Object({
    ...about,
    noticeNo: Type.String({ maxLength: 100 }),
    heldOn: LocalDate,
    place: Type.String({ maxLength: 200 }),
  }),
  sample: { ...sample, noticeNo: '（虚构）听证通知〔2024〕3号', heldOn: '2024-11-18', place: '第一会议室' },
});

export const listingConsentRequested = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.consent-requested.v1',
  description:
    'The reviewer is for the listing, and its list demands the consent of the unit above before the approval.',
  data: Type.Object({
    ...about,
    /** the unit above, which consents or refuses */
    unit: UnitId,
    requestedOn: LocalDate,
    /** what the reviewer found */
    opinion: Type.String({ maxLength: 4000 }),
  }),
  sample: {
    ...sample,
    unit: 'hlj.market-regulation',
    requestedOn: '2024-11-12',
    opinion: '事实清楚（虚构）',
  },
});

export const listingConsentAnswered = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.consent-answered.v1',
  description: 'The unit above consented to the listing, or refused; refused, nothing is approved.',
  data: Type.Object({
    ...about,
    unit: UnitId,
    outcome: oneOf(['granted', 'refused']),
    answeredOn: LocalDate,
    opinion: Type.String({ maxLength: 4000 }),
  }),
  sample: {
    ...sample,
    unit: 'hlj.market-regulation',
    outcome: 'granted',
    answeredOn: '2024-11-12',
    opinion: '同意（虚构）',
  },
});

export const listingDecisionExtended = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.decision-extended.v1',
  description: 'The clock of the decision was extended by the approver, as the rule of the list allows once.',
  data: Type.Object({ ...about, decisionDue: LocalDate, instead: LocalDate }),
  sample: { ...sample, decisionDue: '2025-05-08', instead: '2025-04-08' },
});

export const listingDecisionClockStarted = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.decision-clock-started.v1',
  description:
    'The day from which the clock of the decision runs became known after the opening, or was stated wrongly before.',
  data: Type.Object({
    ...about,
    clockFrom: LocalDate,
    /** the day that was stated before; null where none was */
    instead: nullable(LocalDate),
    decisionDue: LocalDate,
    /** the document that says so */
    document: Type.String({ maxLength: 1000 }),
  }),
  sample: {
    ...sample,
    clockFrom: '2025-02-28',
    instead: null,
    decisionDue: '2025-03-28',
    document: '限期支付指令书（虚构）',
  },
});

export const listingReminded = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.reminded.v1',
  description: 'Minor, one-off, corrected and harmless conduct: a reminder takes the place of the listing.',
  data: Type.Object({
    ...about,
    reminderNo: Type.String({ maxLength: 100 }),
    remindedOn: LocalDate,
    text: Type.String({ maxLength: 4000 }),
  }),
  sample: {
    ...sample,
    reminderNo: '（虚构）提醒〔2024〕3号',
    remindedOn: '2024-11-13',
    text: '今后应当依法经营',
  },
});

export const listingPublicationHeldBack = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.publication-held-back.v1',
  description: 'The entry stands and is not shown: the debt was paid before publication, or a grace runs.',
  data: Type.Object({
    ...about,
    ground: oneOf(['paid', 'grace']),
    heldBackOn: LocalDate,
    /** last day of a grace; null for good */
    until: nullable(LocalDate),
  }),
  sample: { ...sample, ground: 'paid', heldBackOn: '2025-03-11', until: null },
});

export const listingPublicationSent = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.publication-sent.v1',
  description:
    'The subject is registered in another province: the entry was sent to the authority there, which publishes it (order 44 art. 14).',
  data: Type.Object({
    ...about,
    to: Type.String({ maxLength: 200 }),
    sentOn: LocalDate,
    /** by when that authority publishes it */
    publishDue: LocalDate,
  }),
  sample: { ...sample, to: '吉林省市场监督管理厅', sentOn: '2024-11-20', publishDue: '2024-12-04' },
});

export const listingPublicationUnsent = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.publication-unsent.v1',
  description:
    'The authority of the other province sent the entry back unpublished, or must not publish it any more since it ended.',
  data: Type.Object({
    ...about,
    why: oneOf(['returned', 'recalled']),
    unsentOn: LocalDate,
    reasons: Type.String({ maxLength: 2000 }),
  }),
  sample: { ...sample, why: 'returned', unsentOn: '2024-11-25', reasons: '当事人已迁出' },
});

export const listingLetterSent = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.letter-sent.v1',
  description:
    'A unit is told that a state organ, state-owned unit or member of their staff is on a list, and must answer.',
  data: Type.Object({
    ...about,
    letterNo: Type.String({ maxLength: 100 }),
    to: Addressee,
    unit: UnitId,
    sentOn: LocalDate,
    answerDue: LocalDate,
  }),
  sample: {
    ...sample,
    letterNo: '（虚构）通报〔2025〕2号',
    to: 'superior',
    unit: 'hlj.finance',
    sentOn: '2025-03-11',
    answerDue: '2025-04-11',
  },
});

export const listingLetterUrged = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.letter-urged.v1',
  description: 'The day is near on which a unit that was told of a listing must answer, and it has not yet.',
  data: Type.Object({
    ...about,
    letterNo: Type.String({ maxLength: 100 }),
    to: Addressee,
    unit: UnitId,
    answerDue: LocalDate,
  }),
  sample: {
    ...sample,
    letterNo: '（虚构）通报〔2025〕2号',
    to: 'superior',
    unit: 'hlj.finance',
    answerDue: '2025-04-11',
  },
});

export const listingLiftingUrged = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.lifting-urged.v1',
  description:
    'On the appeal of a party a unit was found not to have lifted its measures though the term is over: it must by the day.',
  data: Type.Object({
    ...about,
    objectionId: Id,
    unit: UnitId,
    urgedOn: LocalDate,
    // null where no days are given for it
    liftBy: nullable(LocalDate),
    reasons: Type.String({ maxLength: 4000 }),
  }),
  sample: {
    ...sample,
    objectionId: '0192f0c4-6c00-7000-8000-0000000000b1',
    unit: 'hlj.communications',
    urgedOn: '2026-12-10',
    liftBy: '2026-12-24',
    reasons: '两部电话卡功能仍受限制（虚构）',
  },
});

export const listingLetterAnswered = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.letter-answered.v1',
  description: 'The unit that was told answered with what it did.',
  data: Type.Object({
    ...about,
    letterNo: Type.String({ maxLength: 100 }),
    unit: UnitId,
    answeredOn: LocalDate,
  }),
  sample: { ...sample, letterNo: '（虚构）通报〔2025〕2号', unit: 'hlj.finance', answeredOn: '2025-04-01' },
});

export const listingPerformanceOrdered = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.performance-ordered.v1',
  description:
    'A listed state organ or state-owned unit that did not correct was ordered to perform within a limit.',
  data: Type.Object({ ...about, orderNo: Type.String({ maxLength: 100 }), performBy: LocalDate }),
  sample: { ...sample, orderNo: '（虚构）责令〔2025〕1号', performBy: '2025-06-30' },
});

export const listingOrderPerformed = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.order-performed.v1',
  description:
    'What a listed state organ or state-owned unit was ordered to perform was found performed, in time or late.',
  data: Type.Object({
    ...about,
    orderNo: Type.String({ maxLength: 100 }),
    performBy: LocalDate,
    performedOn: LocalDate,
  }),
  sample: {
    ...sample,
    orderNo: '（虚构）责令〔2025〕1号',
    performBy: '2025-06-30',
    performedOn: '2025-06-20',
  },
});

export const listingHeldAccountable = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.held-accountable.v1',
  description: 'An order was not performed by its day: who answers for it and how, and the public promise.',
  data: Type.Object({
    ...about,
    orderNo: Type.String({ maxLength: 100 }),
    performBy: LocalDate,
    heldOn: LocalDate,
    text: Type.String({ maxLength: 4000 }),
    promise: Type.String({ maxLength: 4000 }),
  }),
  sample: {
    ...sample,
    orderNo: '（虚构）责令〔2025〕1号',
    performBy: '2025-06-30',
    heldOn: '2025-07-10',
    text: '对主要负责人通报批评',
    promise: '承诺于八月底前履行',
  },
});

export const listingStepOverdue = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.step-overdue.v1',
  description: 'A legal time limit passed without the step that it waits for.',
  data: Type.Object({
    ...about,
    clock: Type.String({ maxLength: 40 }),
    due: LocalDate,
    // Of a letter that was not answered by its day: which one, and who owes the answer.
    letterNo: Type.Optional(Type.String({ maxLength: 100 })),
    unit: Type.Optional(UnitId),
  }),
  sample: { ...sample, clock: 'publication', due: '2024-12-18' },
});

export const listingStepEvents = [
  listingHearingRequested,
  listingHearingSet,
  listingConsentRequested,
  listingConsentAnswered,
  listingDecisionExtended,
  listingDecisionClockStarted,
  listingReminded,
  listingPublicationHeldBack,
  listingPublicationSent,
  listingPublicationUnsent,
  listingLetterSent,
  listingLetterUrged,
  listingLiftingUrged,
  listingLetterAnswered,
  listingPerformanceOrdered,
  listingOrderPerformed,
  listingHeldAccountable,
  listingStepOverdue,
];
