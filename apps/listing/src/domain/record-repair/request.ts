import type { LocalDate } from '#kernel';
import type { Subject } from '../case/case.js';
import type { Hand } from '../hand.js';
import { handIn, type HandingIn, nothingHandedIn } from '../repair/handed-in.js';
import { siteClock } from '../repair/site-law.js';
import type { DishonestyKind } from '../repair/site-publication.js';
import type { RecordRepairFact } from './facts.js';
import {
  barredCategory,
  clocksOfRequest,
  materialLawOn,
  procedureOn,
  publicationOf,
  type RecordRepairRules,
} from './law.js';
import type { PublishedRecord } from './repair.js';
import { recordRepairRefusals as refusals } from './refusals.js';

/** What the platform knows of a record whose repair is asked. */
export interface RecordToRepair {
  id: string;
  documentNo: string;
  decidedOn: LocalDate;
  /** `none`: tells nothing bad. */
  severity: DishonestyKind | 'none';
  /** 处罚类别 in the words of the source. */
  category: string | null;
  /** null: it is not published. */
  publishedUntil: LocalDate | null;
  department: string;
  subject: Subject;
  withdrawn: boolean;
  /** Off 信用中国 by an earlier repair. */
  repaired: boolean;
  /** The entry that rests on it, where it was listed. */
  listedBy: { caseId: string; no: string } | null;
  openRepair: string | null;
  /** Latest day of a bar from an earlier false application. */
  barredUntil: LocalDate | null;
}

export interface RecordApplication {
  id: string;
  correctedOn: LocalDate;
  commitment: boolean;
  statement: string;
  materials: string[];
  handingIn?: HandingIn;
}

/** From when the repair of a record may be asked, and what stands against it. */
export interface RecordEligibility {
  published: boolean;
  rule: string | null;
  kind: DishonestyKind | null;
  publishedUntil: LocalDate | null;
  eligibleOn: LocalDate | null;
  barredUntil: LocalDate | null;
  /** The kind of penalty that no early repair is provided for; null: it may be repaired. */
  noEarlyRepair: string | null;
  listedBy: { caseId: string; no: string } | null;
  openRepair: string | null;
  conditions: readonly string[];
  mayAsk: boolean;
}

export function eligibilityOfRecord(
  record: RecordToRepair,
  rules: RecordRepairRules,
  today: LocalDate,
): RecordEligibility {
  const shown = shownRecord(record, rules, today);
  const eligibleOn = shown?.publication.repairableFrom ?? null;
  const barred = record.barredUntil !== null && today <= record.barredUntil;
  const law = procedureOn(rules, record.department, today);
  const noEarlyRepair = barredCategory(law, record.category);
  const free = record.listedBy === null && record.openRepair === null && !barred && noEarlyRepair === null;
  return {
    published: shown !== null,
    rule: shown?.publication.rule ?? null,
    kind: shown?.record.kind ?? null,
    publishedUntil: shown?.record.publishedUntil ?? null,
    eligibleOn,
    barredUntil: barred ? record.barredUntil : null,
    noEarlyRepair,
    listedBy: record.listedBy,
    openRepair: record.openRepair,
    conditions: law?.conditions ?? [],
    mayAsk: eligibleOn !== null && eligibleOn <= today && free,
  };
}

/**
 * Order 36 art. 13–16: asked at 信用中国 or at the finder; the shortest publication is over, the conduct corrected,
 * a commitment given. The clocks are those of the day of the request.
 *
 * @throws Refusal `repair.*`, `calendar.year-unknown`
 */
export function requestRecordRepair(
  record: RecordToRepair,
  application: RecordApplication,
  rules: RecordRepairRules,
  { today, actor }: { today: LocalDate; actor: Hand },
): Extract<RecordRepairFact, { type: 'requested' }> {
  const { documentNo, listedBy, openRepair, barredUntil } = record;
  const shown = shownRecord(record, rules, today);
  if (!shown) throw refusals.refusal('repair.not-published', { documentNo });
  if (listedBy) {
    const facts = { documentNo, caseNo: listedBy.no, caseId: listedBy.caseId };
    throw refusals.refusal('repair.record-listed', facts);
  }
  if (openRepair !== null)
    throw refusals.refusal('repair.open-already', { documentNo, repairId: openRepair });
  if (barredUntil !== null && today <= barredUntil)
    throw refusals.refusal('repair.barred', { until: barredUntil });
  const law = procedureOn(rules, record.department, today);
  const category = barredCategory(law, record.category);
  if (category !== null) {
    const facts = { documentNo, category, until: shown.record.publishedUntil };
    throw refusals.refusal('repair.not-provided', facts);
  }
  const { repairableFrom } = shown.publication;
  if (today < repairableFrom)
    throw refusals.refusal('repair.too-early', { documentNo, eligibleOn: repairableFrom });
  if (application.correctedOn > today)
    throw refusals.refusal('repair.date-in-future', { field: 'correctedOn', today }, 'correctedOn');
  if (!application.commitment) throw refusals.refusal('repair.commitment-missing', {}, 'commitment');

  const decide = siteClock(law, 'decide');
  const { id, correctedOn, statement, materials, handingIn } = application;
  const asked = materialLawOn(rules, today);
  const demanded = nothingHandedIn(asked, 'repair');
  const byParty = actor.department === null;
  return {
    type: 'requested',
    request: {
      status: 'requested',
      id,
      record: shown.record,
      subject: record.subject,
      department: record.department,
      publicationRule: shown.publication.rule,
      procedureRule: law?.id ?? shown.publication.rule,
      repairableFrom,
      requestedOn: today,
      requestedBy: actor,
      aim: 'repair',
      rulingNo: null,
      correctedOn,
      statement,
      materials,
      handedIn: handingIn ? handIn(demanded, handingIn, asked, { today, actor, byParty }) : demanded,
      conditions: [...(law?.conditions ?? [])],
      decide: decide?.period ?? null,
      extension: decide?.extension ?? null,
      ...clocksOfRequest(rules, record.department, today),
      extended: null,
      overdue: [],
    },
  };
}

/** The record as it is published today, and by which rule; null where it is not. */
export function shownRecord(
  { id, documentNo, decidedOn, severity, publishedUntil, subject, withdrawn, repaired }: RecordToRepair,
  rules: RecordRepairRules,
  today: LocalDate,
): { record: PublishedRecord; publication: NonNullable<ReturnType<typeof publicationOf>> } | null {
  if (withdrawn || repaired || severity === 'none' || publishedUntil === null || publishedUntil < today)
    return null;
  const publication = publicationOf(rules, { decidedOn, kind: severity }, subject.kind);
  if (!publication) return null;
  return { record: { id, documentNo, decidedOn, kind: severity, publishedUntil }, publication };
}
