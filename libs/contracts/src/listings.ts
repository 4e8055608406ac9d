import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Basis, CaseRef, Id, LocalDate, nullable, oneOf, samples, SubjectRef, UnitId } from './parts.js';

const about = { case: CaseRef, subject: SubjectRef };
const sample = { case: samples.case, subject: samples.subject };
const common = { source: '/listing', topic: 'listings', audience: 'government' } as const;
const restricted = { source: '/listing', topic: 'cases', audience: 'restricted' } as const;
const basis = { instrument: '市场监督管理严重违法失信名单管理办法', number: '国家市场监督管理总局令第44号' };

export const listingOpened = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.opened.v1',
  description: 'A handler opened a case on a subject.',
  data: Type.Object({ ...about, recordIds: Type.Array(Id), openedOn: LocalDate }),
  sample: { ...sample, recordIds: ['0192f0c4-6c00-7000-8000-0000000000a1'], openedOn: '2024-11-04' },
});

export const listingNoticed = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.noticed.v1',
  description:
    'The party was given notice of reasons, basis and rights; the defence clock runs from service.',
  data: Type.Object({
    ...about,
    noticeNo: Type.String({ maxLength: 100 }),
    noticedOn: LocalDate,
    defenceUntil: nullable(LocalDate),
    reasons: Type.String({ maxLength: 4000 }),
    basis: Type.Array(Basis),
  }),
  sample: {
    ...sample,
    noticeNo: '（虚构）列入告知〔2024〕12号',
    noticedOn: '2024-11-05',
    defenceUntil: '2024-11-12',
    reasons: '食品安全违法行为情节严重',
    basis: [basis],
  },
});

export const listingDefended = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.defended.v1',
  description: 'The party stated a defence within the period.',
  data: Type.Object({ ...about, defendedOn: LocalDate }),
  sample: { ...sample, defendedOn: '2024-11-11' },
});

export const listingWithdrawn = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.withdrawn.v1',
  description: 'The case ended before a decision: sparing rule, defence accepted, or opened by mistake.',
  data: Type.Object({ ...about, reason: Type.String({ maxLength: 1000 }), withdrawnOn: LocalDate }),
  sample: { ...sample, reason: '当事人已改正并作出书面承诺', withdrawnOn: '2024-11-13' },
});

/** One thing that a list has recorded and published beside the reasons; names of persons are masked. */
export const EntryField = Type.Object({
  code: Type.String({ maxLength: 60 }),
  zh: Type.String({ maxLength: 2000 }),
  en: Type.String({ maxLength: 2000 }),
  value: Type.String({ maxLength: 2000 }),
});

export const listingDecided = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.decided.v1',
  description: 'The numbered decision to list was made by a second person.',
  data: Type.Object({
    ...about,
    decisionNo: Type.String({ maxLength: 100 }),
    decidedOn: LocalDate,
    reasons: Type.String({ maxLength: 4000 }),
    basis: Type.Array(Basis),
    removalConditions: Type.Array(Type.String({ maxLength: 500 })),
    remedies: Type.String({ maxLength: 1000 }),
    /** what the list asks for beside the reasons, as it may be published; absent where it asks for nothing */
    fields: Type.Optional(Type.Array(EntryField)),
  }),
  sample: {
    ...sample,
    decisionNo: '（虚构）列入决定〔2024〕12号',
    decidedOn: '2024-11-20',
    reasons: '食品安全违法行为情节严重',
    basis: [basis],
    removalConditions: ['已自觉履行行政处罚决定规定的义务'],
    remedies: '可在六十日内申请行政复议,或者在六个月内提起行政诉讼',
  },
});

export const listingServed = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.served.v1',
  description: 'Decision and repair notice reached the party together (两书同达).',
  data: Type.Object({
    ...about,
    servedOn: LocalDate,
    way: Type.String({ maxLength: 40 }),
    repairNoticeNo: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  sample: { ...sample, servedOn: '2024-11-22', way: 'personal' },
});

export const listingInForce = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.in-force.v1',
  description: 'The subject is on the list; discipline, grade and notices follow from this.',
  data: Type.Object({
    ...about,
    inForceOn: LocalDate,
    /** last day on the list; null until the duty is performed, until the term begins with the publication, or for good */
    termEndsOn: nullable(LocalDate),
    decisionNo: Type.String({ maxLength: 100 }),
  }),
  sample: {
    ...sample,
    inForceOn: '2024-11-22',
    termEndsOn: '2027-11-22',
    decisionNo: '（虚构）列入决定〔2024〕12号',
  },
});

export const listingPublished = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.published.v1',
  description: 'The listing is shown to the public after the secrecy review.',
  data: Type.Object({
    ...about,
    publishedOn: LocalDate,
    /** last day on the list, known at last where the term runs from the publication; null as in in-force */
    termEndsOn: nullable(LocalDate),
  }),
  sample: { ...sample, publishedOn: '2024-11-25', termEndsOn: '2027-11-22' },
});

export const listingTermBegun = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.term-begun.v1',
  description:
    'A term that would run from the publication runs without one: the debt was paid before, or nothing is shown. Why, is not told.',
  data: Type.Object({
    ...about,
    termStartsOn: LocalDate,
    /** last day on the list, known at last */
    termEndsOn: LocalDate,
  }),
  sample: { ...sample, termStartsOn: '2025-04-11', termEndsOn: '2028-04-11' },
});

export const listingRemovalRequested = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.removal-requested.v1',
  description: 'The party asked for early removal.',
  data: Type.Object({ ...about, requestId: Id, requestedOn: LocalDate, decisionDue: nullable(LocalDate) }),
  sample: {
    ...sample,
    requestId: '0192f0c4-6c00-7000-8000-0000000000d1',
    requestedOn: '2026-01-12',
    decisionDue: '2026-01-23',
  },
});

export const listingRemovalRefused = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.removal-refused.v1',
  description: 'A person decided not to remove the subject early, with reasons.',
  data: Type.Object({
    ...about,
    requestId: Id,
    refusedOn: LocalDate,
    reasons: Type.String({ maxLength: 4000 }),
  }),
  sample: {
    ...sample,
    requestId: '0192f0c4-6c00-7000-8000-0000000000d1',
    refusedOn: '2026-01-20',
    reasons: '罚款尚未缴清',
  },
});

export const ENDS = ['expired', 'early-removal', 'revoked', 'corrected', 'performed'] as const;

export const listingEnded = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.ended.v1',
  description:
    'The subject is off the list: publication ends, discipline is lifted, the grade is computed anew.',
  data: Type.Object({
    ...about,
    end: oneOf(ENDS),
    endedOn: LocalDate,
    reasons: Type.String({ maxLength: 4000 }),
  }),
  sample: { ...sample, end: 'early-removal', endedOn: '2026-01-20', reasons: '已满一年,义务已履行' },
});

export const listingPublicationEnded = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.publication-ended.v1',
  description: 'The listing is no longer shown anywhere public.',
  data: Type.Object({ ...about, publicationEndedOn: LocalDate }),
  sample: { ...sample, publicationEndedOn: '2026-01-20' },
});

export const RECEIPTS = [
  'publication-ended',
  'sharing-stopped',
  'discipline-lifted',
  'grade-computed',
  'party-told',
  'departments-told',
] as const;

export const listingClosed = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.closed.v1',
  description: 'Everything that the listing brought about is undone; each receipt is named.',
  data: Type.Object({
    ...about,
    closedOn: LocalDate,
    receipts: Type.Array(
      Type.Object({
        kind: oneOf(RECEIPTS),
        by: Type.String({ maxLength: 200 }),
        at: Type.String({ format: 'date-time' }),
        eventId: Id,
      }),
    ),
  }),
  sample: {
    ...sample,
    closedOn: '2026-01-21',
    receipts: [
      {
        kind: 'discipline-lifted',
        by: 'hlj.finance',
        at: '2026-01-21T02:00:00.000Z',
        eventId: '0192f0c4-6c00-7000-8000-0000000000e1',
      },
    ],
  },
});

/** What may be shown to everyone, already masked; for downstream systems on the topic `public`. */
const publicCommon = { source: '/listing', topic: 'public', audience: 'public' } as const;
export const PublicEntry = Type.Object({
  entryId: Id,
  listType: Type.String(),
  listName: Type.String(),
  name: Type.String(),
  code: nullable(Type.String()),
  department: UnitId,
  decisionNo: Type.String(),
  decidedOn: LocalDate,
  termEndsOn: nullable(LocalDate),
  /** what the list asks for beside the reasons, such as the duty under a judgment; absent where it asks for nothing */
  fields: Type.Optional(Type.Array(EntryField)),
});
export const publicSample = {
  entryId: samples.case.id,
  listType: 'SAMR',
  listName: samples.case.listName,
  name: samples.subject.name,
  code: samples.subject.code,
  department: samples.case.department,
  decisionNo: '（虚构）列入决定〔2024〕12号',
  decidedOn: '2024-11-20',
  termEndsOn: '2027-11-22',
};

export const publicEntryAdded = defineEvent({
  ...publicCommon,
  type: 'cn.chengxin.register.entry-added.v1',
  description: 'An entry of the public register appeared.',
  data: Type.Object({ entry: PublicEntry, publishedOn: LocalDate }),
  sample: { entry: publicSample, publishedOn: '2024-11-25' },
});

export const publicEntryRemoved = defineEvent({
  ...publicCommon,
  type: 'cn.chengxin.register.entry-removed.v1',
  description: 'An entry left the public register; copies must drop it (order 36 art. 23).',
  data: Type.Object({ entryId: Id, listType: Type.String(), removedOn: LocalDate }),
  sample: { entryId: samples.case.id, listType: 'SAMR', removedOn: '2026-01-20' },
});

/** Of a case, in the order of the story. */
export const caseEvents = [
  listingOpened,
  listingNoticed,
  listingDefended,
  listingWithdrawn,
  listingDecided,
  listingServed,
  listingInForce,
  listingPublished,
  listingTermBegun,
  listingRemovalRequested,
  listingRemovalRefused,
  listingEnded,
  listingPublicationEnded,
  listingClosed,
];
export const listingEvents = [...caseEvents, publicEntryAdded, publicEntryRemoved];
