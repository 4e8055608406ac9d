import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { EntryField, PublicEntry, publicSample } from './listings.js';
import { CaseRef, Id, LocalDate, nullable, oneOf, samples, SubjectRef } from './parts.js';

/*
 * What an entry says was wrong, or its basis moved (ordinance art. 38, 39): the correction, its spread to every
 * system that holds a copy, and the look at a changed basis.
 */

const about = { case: CaseRef, subject: SubjectRef };
const sample = { case: samples.case, subject: samples.subject };
const common = { source: '/listing', topic: 'listings', audience: 'government' } as const;
const restricted = { source: '/listing', topic: 'cases', audience: 'restricted' } as const;

const Change = Type.Object({
  field: oneOf(['decisionNo', 'reasons', 'termEndsOn', 'caseField', 'subjectName']),
  /** which field of the list, of a `caseField` alone */
  code: Type.Optional(Type.String({ maxLength: 60 })),
  from: nullable(Type.String({ maxLength: 4000 })),
  to: Type.String({ maxLength: 4000 }),
});

export const listingCorrected = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.corrected.v1',
  description:
    'What the entry says was corrected; whoever holds a copy corrects it within three working days and confirms.',
  data: Type.Object({
    ...about,
    /** counts the corrections of the case: the version of the entry, which whoever confirms names */
    correction: Type.Integer({ minimum: 1 }),
    correctedOn: LocalDate,
    reasons: Type.String({ maxLength: 4000 }),
    changes: Type.Array(Change, { minItems: 1 }),
    /** the entry as it stands now */
    decisionNo: Type.String({ maxLength: 100 }),
    termEndsOn: nullable(LocalDate),
    /** why it was listed, in the words of the decision as they stand now */
    decisionReasons: Type.Optional(Type.String({ maxLength: 4000 })),
    /** all that the list asks for beside the reasons, as it reads now; absent where it asks for nothing */
    fields: Type.Optional(Type.Array(EntryField)),
    /** null: the calendar of that year is not loaded, and the correction could not wait for it */
    confirmBy: nullable(LocalDate),
  }),
  sample: {
    ...sample,
    correction: 1,
    correctedOn: '2026-06-04',
    reasons: '决定书文号录入有误',
    changes: [
      { field: 'decisionNo', from: '（虚构）列入决定〔2024〕21号', to: '（虚构）列入决定〔2024〕12号' },
    ],
    decisionNo: '（虚构）列入决定〔2024〕12号',
    termEndsOn: '2027-11-22',
    decisionReasons: '食品安全违法行为情节严重',
    confirmBy: '2026-06-09',
  },
});

export const listingCorrectionSpread = defineEvent({
  ...common,
  type: 'cn.chengxin.listing.correction-spread.v1',
  description: 'Every system that holds a copy of the entry has confirmed the correction.',
  data: Type.Object({
    ...about,
    correction: Type.Integer({ minimum: 1 }),
    spreadOn: LocalDate,
    confirmations: Type.Array(
      Type.Object({
        system: Type.String({ maxLength: 40 }),
        at: Type.String({ format: 'date-time' }),
        eventId: Id,
      }),
    ),
  }),
  sample: {
    ...sample,
    correction: 1,
    spreadOn: '2026-06-04',
    confirmations: [
      {
        system: 'records',
        at: '2026-06-04T02:00:00.000Z',
        eventId: '0192f0c4-6c00-7000-8000-0000000000e4',
      },
    ],
  },
});

export const listingBasisQuestioned = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.basis-questioned.v1',
  description:
    'A record on which the case rests was changed, or fell away while others remain: a person looks at it by the day.',
  data: Type.Object({
    ...about,
    recordId: Id,
    change: oneOf(['corrected', 'withdrawn']),
    documentNo: Type.String({ maxLength: 128 }),
    reviewDue: nullable(LocalDate),
  }),
  sample: {
    ...sample,
    recordId: '0192f0c4-6c00-7000-8000-0000000000a1',
    change: 'corrected',
    documentNo: '哈市监罚〔2024〕101号（虚构）',
    reviewDue: '2025-02-11',
  },
});

export const listingBasisReviewed = defineEvent({
  ...restricted,
  type: 'cn.chengxin.listing.basis-reviewed.v1',
  description: 'A person looked at the changed basis: the case stands, or it was let go.',
  data: Type.Object({
    ...about,
    outcome: oneOf(['stands', 'falls']),
    reviewedOn: LocalDate,
    reasons: Type.String({ maxLength: 4000 }),
  }),
  sample: { ...sample, outcome: 'stands', reviewedOn: '2025-02-11', reasons: '其余处罚决定足以支持列入' },
});

const publicCommon = { source: '/listing', topic: 'public', audience: 'public' } as const;

export const publicEntryMarked = defineEvent({
  ...publicCommon,
  type: 'cn.chengxin.register.entry-marked.v1',
  description: 'An entry of the public register is objected to, or no longer; copies show the mark.',
  data: Type.Object({
    entryId: Id,
    listType: Type.String(),
    /** null: the mark is gone */
    objectionSince: nullable(LocalDate),
  }),
  sample: { entryId: samples.case.id, listType: 'SAMR', objectionSince: '2026-06-01' },
});

export const publicEntryCorrected = defineEvent({
  ...publicCommon,
  type: 'cn.chengxin.register.entry-corrected.v1',
  description: 'An entry of the public register was corrected; copies take the entry as it stands now.',
  data: Type.Object({
    entry: PublicEntry,
    correctedOn: LocalDate,
    /** counts the corrections of the entry: a copy that holds a later one keeps it */
    correction: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
  sample: { entry: publicSample, correctedOn: '2026-06-04', correction: 1 },
});

/** What a system that holds a copy of an entry says when it has corrected it. */
const confirmation = Type.Object({
  ...about,
  correction: Type.Integer({ minimum: 1 }),
  appliedOn: LocalDate,
});
const confirmed = { ...sample, correction: 1, appliedOn: '2026-06-04' };

export const recordCorrectionApplied = defineEvent({
  type: 'cn.chengxin.record.correction-applied.v1',
  source: '/records',
  topic: 'records',
  audience: 'government',
  description: 'The credit file shows the corrected entry.',
  data: confirmation,
  sample: confirmed,
});

export const recordEndApplied = defineEvent({
  type: 'cn.chengxin.record.end-applied.v1',
  source: '/records',
  topic: 'records',
  audience: 'government',
  description: 'The credit file no longer shows the ended entry: the receipt that its closure waits for.',
  data: Type.Object({
    ...about,
    /** the end that is confirmed: an entry may be restored and end once more */
    endedOn: LocalDate,
    appliedOn: LocalDate,
  }),
  sample: { ...sample, endedOn: '2025-11-20', appliedOn: '2025-11-20' },
});

export const disciplineCorrectionApplied = defineEvent({
  type: 'cn.chengxin.discipline.correction-applied.v1',
  source: '/measures',
  topic: 'discipline',
  audience: 'government',
  description: 'Discipline actions of the case follow the corrected entry.',
  data: confirmation,
  sample: confirmed,
});

export const gradeCorrectionApplied = defineEvent({
  type: 'cn.chengxin.grade.correction-applied.v1',
  source: '/grading',
  topic: 'grades',
  audience: 'government',
  description: 'The grade rests on the corrected entry.',
  data: confirmation,
  sample: confirmed,
});

export const correctionConfirmations = [
  recordCorrectionApplied,
  disciplineCorrectionApplied,
  gradeCorrectionApplied,
];

export const caseCorrectionEvents = [
  listingCorrected,
  listingCorrectionSpread,
  listingBasisQuestioned,
  listingBasisReviewed,
];
export const correctionEvents = [...caseCorrectionEvents, publicEntryMarked, publicEntryCorrected];
