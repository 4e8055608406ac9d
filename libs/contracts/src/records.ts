import { type Static, Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Id, LocalDate, nullable, oneOf, samples, SubjectRef, UnitId } from './parts.js';

/** 轻微, 一般, 严重 in the sense of order 36 art. 7–9; `none` for records that tell nothing bad. */
export const SEVERITIES = ['none', 'minor', 'general', 'serious'] as const;

export const RecordRef = Type.Object({
  id: Id,
  type: Type.String({
    maxLength: 40,
    description: 'entry of the record catalogue: penalty, permit, judgment, commitment, honour',
  }),
  documentNo: Type.String({ maxLength: 128 }),
  decidedOn: LocalDate,
  severity: oneOf(SEVERITIES),
  /** 处罚类别 and 违法行为类型 of a penalty, in the words of the source */
  category: nullable(Type.String({ maxLength: 200 })),
  conduct: nullable(Type.String({ maxLength: 2000 })),
  fineYuan: nullable(Type.Number({ minimum: 0 })),
  /** of a judgment or commitment; null while it runs, and of everything else */
  performance: nullable(oneOf(['kept', 'broken'])),
  authority: Type.Object({
    name: Type.String({ maxLength: 200 }),
    code: nullable(Type.String({ maxLength: 18 })),
  }),
  /** unit that pushed the record and answers for it */
  provider: UnitId,
  publishedUntil: nullable(LocalDate),
});
export type RecordRef = Static<typeof RecordRef>;

const sample = {
  id: '0192f0c4-6c00-7000-8000-0000000000a1',
  type: 'penalty',
  documentNo: '哈市监罚〔2024〕101号（虚构）',
  decidedOn: '2024-10-28',
  severity: 'serious',
  category: '罚款',
  conduct: '生产不符合食品安全标准的食品',
  fineYuan: 520000,
  performance: null,
  authority: { name: '哈尔滨市市场监督管理局', code: null },
  provider: 'hlj.city.230100.market-regulation',
  publishedUntil: '2027-10-28',
} satisfies RecordRef;

export const recordAccepted = defineEvent({
  type: 'cn.chengxin.record.accepted.v1',
  source: '/records',
  topic: 'records',
  audience: 'government',
  description: 'A credit record passed the checks of its catalogue entry and counts from now on.',
  data: Type.Object({ record: RecordRef, subject: SubjectRef }),
  sample: { record: sample, subject: samples.subject },
});

export const recordCorrected = defineEvent({
  type: 'cn.chengxin.record.corrected.v1',
  source: '/records',
  topic: 'records',
  audience: 'government',
  description: 'The provider corrected a record; the record is told as it now stands (ordinance art. 38).',
  data: Type.Object({
    record: RecordRef,
    subject: SubjectRef,
    reason: Type.String({ maxLength: 1000 }),
    changed: Type.Array(Type.String()),
  }),
  sample: { record: sample, subject: samples.subject, reason: '罚款金额录入有误', changed: ['fineYuan'] },
});

export const recordWithdrawn = defineEvent({
  type: 'cn.chengxin.record.withdrawn.v1',
  source: '/records',
  topic: 'records',
  audience: 'government',
  description:
    'The decision behind a record was revoked, changed or found unlawful; the record counts no more (行政处罚法 art. 48, ordinance art. 38).',
  data: Type.Object({
    record: RecordRef,
    subject: SubjectRef,
    cause: oneOf(['revoked', 'found-unlawful', 'void', 'changed', 'sent-by-mistake']),
    reason: Type.String({ maxLength: 1000 }),
    withdrawnOn: LocalDate,
    /** day of the decision that revoked or changed it, from which the provider has two working days to tell */
    changedOn: Type.Optional(LocalDate),
  }),
  sample: {
    record: sample,
    subject: samples.subject,
    cause: 'revoked',
    reason: '行政复议决定撤销',
    withdrawnOn: '2025-02-10',
  },
});

export const recordEvents = [recordAccepted, recordCorrected, recordWithdrawn];
