import { deadline, type LocalDate, whereKnown } from '#kernel';
import type { Hand } from '../hand.js';
import type { ObjectionFact } from './facts.js';
import type { ObjectionAbout, ObjectionGround } from './about.js';
import type { AskedValues, Filed, Objection, Open, Review } from './objection.js';
import { OF_ENTRY, OF_RECORD } from './objection.js';
import { objectionRefusals } from './refusals.js';
import type { ObjectionRule, ObjectionRules } from './rules.js';

export type AskedReview = Omit<Review, 'court' | 'unit'> & { court?: string };

export interface Filing {
  id: string;
  about: ObjectionAbout;
  /** Where it asks the level above to review a rejection; which one is said where it is no unit of the register. */
  review?: AskedReview;
  /** Needed where the rule of the list takes certain grounds only. */
  ground?: ObjectionGround;
  repairId: string | null;
  statement: string;
  asked: AskedValues;
  materials: string[];
  channel: 'department' | 'credit-site';
  /** The day on which it was received, where a handler takes it down later. */
  receivedOn: LocalDate;
  authorisation: string | null;
}

/** A request for repair that was answered against the party, and when; null: kept without its day. */
export interface RefusedRepair {
  id: string;
  answeredOn: LocalDate | null;
}

/** What is objected to. */
export interface Objected {
  caseId: string;
  caseNo: string;
  /** Of a record that is published by itself: what can be wrong in it. */
  recordId?: string;
  subjectId: string;
  department: string;
  /** When the decision on the entry, or that behind the record, was made. */
  decidedOn?: LocalDate;
  /** When the decision reached the party; null or absent: not yet, or no decision that is served. */
  servedOn?: LocalDate | null;
  /** When the entry was published; null or absent: not yet. */
  publishedOn?: LocalDate | null;
  status: string;
  /** The same in Chinese. */
  statusZh: string;
  /** Whether there is an entry that an objection can be about. */
  decided: boolean;
  /** The day on which the term was over; null or absent: it is not, or the entry ended otherwise. */
  expiredOn?: LocalDate | null;
  /** Requests for repair that were answered against the party. */
  refusedRepairs: readonly RefusedRepair[];
  /** The unit above the one that decided, with its name; null or absent: it is none of the register. */
  superior?: { id: string; name: string } | null;
  /** Objections that were filed before. */
  earlier?: readonly Objection[];
  /** An objection to the same thing that is open. */
  sameOpen: string | null;
}

/**
 * Files an objection. The mark is set with the filing itself, so the working day that art. 39 gives for it is
 * not used up; a letter that a handler takes down days later is marked late (`isMarkedLate`), and counts as such.
 * It does not wait for the calendar of a coming year: the entry is marked, and the days are known with the calendar.
 *
 * @throws Refusal `objection.*`
 */
export function fileObjection(
  objected: Objected,
  filing: Filing,
  rules: ObjectionRules,
  { today, actor, byParty }: { today: LocalDate; actor: Hand; byParty: boolean },
): Extract<ObjectionFact, { type: 'filed' }> {
  const { about, repairId, receivedOn } = filing;
  if (!objected.decided)
    throw objectionRefusals.refusal('objection.nothing-to-object-to', {
      objected: objected.recordId === undefined ? 'case' : 'record',
      objectedZh: objected.recordId === undefined ? '案件' : '信用信息',
      status: objected.status,
      statusZh: objected.statusZh,
    });
  if (objected.sameOpen !== null)
    throw objectionRefusals.refusal('objection.same-open', { objectionId: objected.sameOpen });
  const answered = objected.refusedRepairs.find(({ id }) => id === repairId);
  if ((about === 'repair-result') !== (repairId !== null) || (repairId !== null && !answered))
    throw objectionRefusals.refusal('objection.repair-needed', {}, 'repairId');
  if (!byParty && filing.authorisation === null)
    throw objectionRefusals.refusal('objection.authorisation-missing', {}, 'authorisation');
  if (receivedOn > today)
    throw objectionRefusals.refusal('objection.received-in-future', { today }, 'receivedOn');
  // Nobody objects to an answer before it is given.
  const on = answered ? answered.answeredOn : objected.decidedOn;
  if (on && receivedOn < on) {
    const facts = { on };
    throw objectionRefusals.refusal('objection.received-before-decision', facts, 'receivedOn');
  }
  const ofEntry = objected.recordId === undefined;
  const fields = ofEntry ? [...OF_ENTRY.fields, 'fields'] : OF_RECORD.fields;
  const unknown = Object.keys(filing.asked).find((field) => !fields.includes(field));
  if (unknown) {
    const facts = { field: unknown, fields: fields.join(', ') };
    throw objectionRefusals.refusal('objection.field-not-correctable', facts, 'asked');
  }

  const review = filing.review && reviewOf(filing.review, objected);
  const rule = review ? reviewRule(objected, filing, review, rules) : (rules.about[about] ?? notProvided());
  if (about === 'lifting') checkExpired(objected, receivedOn, rule);
  if (rule.grounds && (filing.ground === undefined || !rule.grounds.includes(filing.ground))) {
    const facts = { basis: rule.basis, grounds: rule.grounds.join(', ') };
    throw objectionRefusals.refusal('objection.ground-needed', facts, 'ground');
  }
  checkFilingLimit(objected, receivedOn, rule, rules);
  const fromReceipt = rule.from === 'receipt';
  const { caseId, caseNo, recordId, subjectId, department } = objected;
  const { review: _, ...stated } = filing;
  const common = {
    ...stated,
    ...(review ? { review } : {}),
    ...{ caseId, caseNo, subjectId, department },
    ...(recordId === undefined ? {} : { recordId }),
    rule,
    filedOn: today,
    filedBy: actor,
    markedOn: today,
    markDue: whereKnown(() => deadline(rules.calendar, receivedOn, rules.mark)),
    handlers: byParty ? [] : [actor.id],
    help: [],
    pauses: [],
    extension: null,
    clockFrom: fromReceipt ? receivedOn : null,
    overdue: [],
  };
  const objection: Filed | Open = fromReceipt
    ? { ...common, status: 'open', acceptedOn: null }
    : { ...common, status: 'filed' };
  return { type: 'filed', objection };
}

/** 上一级: the unit above by the register, else the one that is named. @throws Refusal `objection.review-court-needed` */
function reviewOf({ court, ...asked }: AskedReview, { superior = null }: Pick<Objected, 'superior'>): Review {
  if (superior) return { ...asked, court: superior.name, unit: superior.id };
  if (!court?.trim()) throw objectionRefusals.refusal('objection.review-court-needed', {}, 'review.court');
  return { ...asked, court };
}

/** Other lists know no such appeal: who has not lifted is named and reminded all the same. */
function notProvided(): never {
  throw objectionRefusals.refusal('objection.lifting-not-provided', {}, 'about');
}

/** 到期未解除: not before the end of the term, and of no entry that ended otherwise. */
function checkExpired(
  { expiredOn = null, status, statusZh }: Objected,
  receivedOn: LocalDate,
  { basis }: ObjectionRule,
): void {
  if (expiredOn !== null && receivedOn >= expiredOn) return;
  throw objectionRefusals.refusal('objection.not-expired', { status, statusZh, basis }, 'about');
}

/**
 * The clocks of a review of a rejection: 法释〔2017〕7号 art. 12 of courts, within ten days of service, decided in fifteen.
 *
 * @throws Refusal `objection.review-*`
 */
function reviewRule(
  { earlier = [] }: Objected,
  { about, receivedOn }: Filing,
  { of, servedOn }: Review,
  { about: rules, calendar }: ObjectionRules,
): ObjectionRule {
  const { review, basis } = rules[about] ?? notProvided();
  if (!review) throw objectionRefusals.refusal('objection.review-not-provided', { basis }, 'review');
  const first = earlier.find(({ id }) => id === of);
  const decision = first?.status === 'decided' && first.about === about ? first.decision : undefined;
  if (decision?.outcome !== 'rejected' || first?.review)
    throw objectionRefusals.refusal('objection.review-of-nothing', { objectionId: of }, 'review.of');
  const again = earlier.find((one) => one.review?.of === of && one.status !== 'withdrawn');
  if (again)
    throw objectionRefusals.refusal('objection.reviewed-already', { objectionId: again.id }, 'review.of');
  const known = first?.status === 'decided' ? first.service?.servedOn : undefined;
  const [earliest, latest] = [known ?? decision.on, known ?? receivedOn];
  if (servedOn < earliest || servedOn > latest) {
    const facts = { earliest, latest };
    throw objectionRefusals.refusal('objection.review-service-day', facts, 'review.servedOn');
  }
  const lastDay = whereKnown(() => deadline(calendar, servedOn, review.file));
  if (lastDay !== null && receivedOn > lastDay) {
    const facts = { servedOn, lastDay, basis: review.cite };
    throw objectionRefusals.refusal('objection.review-too-late', facts, 'receivedOn');
  }
  const { decide, cite } = review;
  const clocks = { decide, from: 'receipt', withHelp: null, accept: null } as const;
  return { ...clocks, extensible: false, pausable: false, file: null, basis: cite };
}

/** Where the list limits it: counted from the day after service or publication, a last day that is a holiday moves. */
function checkFilingLimit(
  { servedOn = null, publishedOn = null }: Objected,
  receivedOn: LocalDate,
  { file, basis }: ObjectionRule,
  { calendar }: ObjectionRules,
): void {
  const fromPublication = file?.from === 'publication';
  const from = fromPublication ? publishedOn : servedOn;
  if (file === null || from === null) return;
  const lastDay = whereKnown(() => deadline(calendar, from, file.period));
  if (lastDay === null || receivedOn <= lastDay) return;
  const { zh: whatZh, en: what, afterZh, afterEn: after } = file;
  const facts = { lastDay, basis, whatZh, what, afterZh, after };
  if (!fromPublication)
    throw objectionRefusals.refusal('objection.filed-too-late', { servedOn: from, ...facts }, 'receivedOn');
  const published = { publishedOn: from, ...facts };
  throw objectionRefusals.refusal('objection.filed-too-late-after-publication', published, 'receivedOn');
}
