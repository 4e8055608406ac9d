import type { LocalDate, Period, SubjectKind } from '#kernel';
import type { CaseField } from '../procedure/case-field.js';
import type { Finding } from '../procedure/finding.js';
import type { Hand } from '../hand.js';
import type { Urging } from '../ending/receipt.js';
import type { BasisQuestion, Entry, RepairRequest, Stay, Suspension } from '../repair/entry.js';
import type { Defence, Notice, OralHearing, Reminder } from '../procedure/told.js';
import type { Oversight, PublicStanding } from '../oversight/oversight.js';
import type { Capacity, LegalBasis, TermStart } from '../rules/rules.js';
import type { Service } from '../procedure/service.js';
import type { TermAfter } from '../term/term-after.js';

/*
 * A case (案件) as it stands: one shape for each status, so that a date exists only from the status that
 * creates it. Publication and early removal have a status of their own beside it.
 */

export type { Hand } from '../hand.js';

export interface Subject {
  id: string;
  kind: SubjectKind;
  code: string | null;
  /** Of a natural person the masked name; the true one is not known here. */
  name: string;
  region: string;
}

/** A record on which the case rests. */
export interface CaseRecord {
  id: string;
  documentNo: string;
  decidedOn: LocalDate;
  /** The decision behind it fell away (ordinance art. 38). */
  withdrawn: boolean;
  /** Its own publication ended with the entry (order 107 art. 13), on that day. */
  publicationEndedOn?: LocalDate;
}

/** The legal clocks of a case; each is a deadline row `listing.<clock>` while it runs. */
export const CLOCKS = [
  'defence',
  'verification',
  'decision',
  'in-force',
  'grace',
  'publication',
  'publication-end',
  'expiry',
  'letter-reminder',
  'letter-answer',
  'performance-order',
  'repair-acceptance',
  'repair-decision',
  'removal',
  'site-publication',
  'correction',
  'basis-review',
] as const;
export type Clock = (typeof CLOCKS)[number];

/** A finding that is no record of the platform: a judgment, minutes of a check, letters that came back (ordinance art. 27). */
export interface FoundingDocument {
  no: string;
  issuer: string;
  title: string;
  issuedOn: LocalDate;
}

/** 立案来源. */
export type Origin = { kind: 'record' } | { kind: 'clue'; clueId: string } | { kind: 'hand'; reason: string };

/**
 * The place of a listing in its file (案卷). Employer and responsible persons are listed each for itself, with
 * own service, term, publication and end; what is done once for all of them is done at the principal's.
 */
export interface FilePlace {
  capacity: 'principal' | Capacity;
  /** Of a bound person: the listing of the principal. */
  principal: string | null;
  /** Of the principal: the listings of the persons bound with it. */
  companions: string[];
  /** Of a bound person: the judgment or article by which it is bound, where the rule asks for one. */
  evidence: string | null;
}

/** 延长: once, by the approver, before the clock has run out. */
export interface Extension {
  on: LocalDate;
  reason: string;
  by: Hand;
  /** The day that it was due without it. */
  instead: LocalDate;
}

interface Dossier {
  id: string;
  no: string;
  listType: string;
  listName: string;
  serious: boolean;
  /** The version of the list type that governs; fixed with the decision. */
  rulesVersion: LocalDate;
  subject: Subject;
  department: string;
  conductKind: string;
  records: CaseRecord[];
  documents: FoundingDocument[];
  /** What the list asks for beside the reasons; absent where nothing was entered, or was kept then. */
  fields?: CaseField[];
  origin: Origin;
  file: FilePlace;
  /** Of a state organ, a state-owned unit or its staff: others must be told (ordinance art. 32). */
  publicStanding: PublicStanding | null;
  openedOn: LocalDate;
  /**
   * Of the court list: the creditor at whose request it lists, as written in the request. null: the court by
   * itself, or another list; undefined in cases opened before it was kept.
   */
  requestedBy?: string | null;
  /** Logins that handled the case: none of them may review or approve it. */
  handlers: string[];
  /** The day from which the decision clock runs where that is no step of the case (payment limit, request …). */
  clockFrom: LocalDate | null;
  decisionDue: LocalDate | null;
  extension: Extension | null;
  /** Changes of the basis that a person has not looked at yet (ordinance art. 38). */
  basisQuestions: BasisQuestion[];
  /** Clocks that have run out without the step that they wait for. */
  overdue: Clock[];
}

export interface Review {
  opinion: 'list' | 'do-not-list';
  text: string;
  /** What the list asks the reviewer to find, answered; absent where it asks for nothing. */
  findings?: Finding[];
  on: LocalDate;
  by: Hand;
}

export interface Consent {
  granted: boolean;
  text: string;
  on: LocalDate;
  by: Hand;
}

export interface Approval {
  text: string;
  on: LocalDate;
  by: Hand;
}

/** How long the entry will stand, settled with the decision; dates follow when its start is known. */
export interface TermPlan {
  startsAt: TermStart;
  /** null: given as a date, or no fixed term. */
  period: Period | null;
  /** Given in the decision where the rule leaves it to the decision. */
  startsOn: LocalDate | null;
  endsOn: LocalDate | null;
  /** `term`: ends by itself. `application`: the term must be over and the party must ask. `never`: permanent. */
  ends: 'term' | 'application' | 'performance' | 'never';
  /** Found again within an earlier term: this one follows it (telecom fraud). */
  after?: TermAfter;
  /** The subject's cases on this list that were decided before it: where one of them changes, `after` is found anew. */
  earlier?: string[];
}

/** 列入决定书; its parts are those of the ordinance art. 28. */
export interface Decision {
  no: string;
  reasons: string;
  basis: LegalBasis[];
  removalConditions: string[];
  remedies: string;
  /** Of the repair notice that is made with the decision and served with it; absent in older decisions. */
  repairNoticeNo?: string;
  decidedOn: LocalDate;
  by: Hand;
  term: TermPlan;
}

/**
 * 公示: `sent` to the authority of another province where the subject is registered, which publishes (order 44 art. 14);
 * `due` is counted from the day of sending, on which the system delivers. `published` until its last day where the rule
 * has one (capital market), else as long as the entry stands. `withheld` after a secrecy review that was not passed;
 * `held-back` while a court's grace runs, or for
 * good where a tax debt was paid before publication.
 */
export type Publication =
  | { status: 'none'; due: LocalDate | null }
  | { status: 'sent'; sentOn: LocalDate; to: string; due: LocalDate }
  | { status: 'held-back'; ground: 'paid' | 'grace'; on: LocalDate; until: LocalDate | null; reason: string }
  | { status: 'withheld'; on: LocalDate; reason: string }
  | { status: 'published'; publishedOn: LocalDate; by?: string; until?: LocalDate }
  | { status: 'ended'; publishedOn: LocalDate; endedOn: LocalDate };

/** Term as dates; `endsOn` is the last day on the list. */
export interface Term {
  startsOn: LocalDate | null;
  endsOn: LocalDate | null;
}

export type EndKind = 'expired' | 'early-removal' | 'revoked' | 'corrected' | 'performed';

export interface End {
  kind: EndKind;
  endedOn: LocalDate;
  reasons: string;
  /** By this day publication and sharing must have stopped; null where the rule or the calendar gives none. */
  removalDue: LocalDate | null;
  /** The request that was granted, the ground on which, and who asked; null: it ended otherwise. */
  repair: { id: string; ground: string | null; askedBy: string | null } | null;
  /** Units that an appeal found not to have lifted; absent: none. */
  urged?: Urging[];
}

export type WithdrawalGround =
  | 'spared'
  | 'no-intent'
  | 'defence-accepted'
  | 'opened-by-mistake'
  | 'basis-lost'
  | 'consent-refused'
  | 'other';

export interface Withdrawal {
  ground: WithdrawalGround;
  reason: string;
  on: LocalDate;
}

export interface Proposed extends Dossier {
  status: 'proposed';
}
export interface Noticed extends Dossier {
  status: 'noticed';
  notice: Notice;
}
export interface Heard extends Dossier {
  status: 'heard';
  notice: Notice;
  /** None where the party asked for a hearing only. */
  defences: Defence[];
  oralHearing: OralHearing | null;
  verificationDue: LocalDate | null;
}
export interface Silent extends Dossier {
  status: 'silent';
  notice: Notice;
}

interface AfterReview extends Dossier {
  notice: Notice | null;
  defences: Defence[];
  oralHearing: OralHearing | null;
  review: Review;
}
export interface Reviewed extends AfterReview {
  status: 'reviewed';
  /** A refusal from above leaves the case here. */
  consent: Consent | null;
}
export interface Consented extends AfterReview {
  status: 'consented';
  consent: Consent;
}

interface AfterApproval extends AfterReview {
  consent: Consent | null;
  approval: Approval;
}
export interface Approved extends AfterApproval {
  status: 'approved';
}

interface AfterDecision extends AfterApproval {
  decision: Decision;
  publication: Publication;
  oversight: Oversight;
  entry: Entry;
}
export interface Decided extends AfterDecision {
  status: 'decided';
  /** 停止执行: it takes effect when it is served, and is not carried out. */
  stay?: Stay;
}
/** Served by a way whose effect lies ahead (public notice). */
export interface Served extends AfterDecision {
  status: 'served';
  service: Service;
  stay?: Stay;
}
export interface InForce extends AfterDecision {
  status: 'in-force';
  /** null: a decision that binds when made and is not served yet (court list). */
  service: Service | null;
  inForceOn: LocalDate;
  term: Term;
  removalRequest: RepairRequest | null;
}
/**
 * Lifted provisionally, masked and without restrictions: for an approved bankruptcy plan (order 36 art. 20), or while
 * the execution of the decision is stopped (行政复议法 art. 42, 行政诉讼法 art. 56).
 */
export interface Suspended extends Omit<InForce, 'status'> {
  status: 'suspended';
  suspension: Suspension;
  /** Beside a plan: what one of them ends, the other still lifts. */
  stay?: Stay;
}
export interface Ended extends AfterDecision {
  status: 'ended';
  service: Service | null;
  /** null: the basis fell away before the decision took effect. */
  inForceOn: LocalDate | null;
  term: Term;
  end: End;
  /** Only 信用中国 may still be asked about. */
  removalRequest: RepairRequest | null;
}
export interface Closed extends Omit<Ended, 'status'> {
  status: 'closed';
  closedOn: LocalDate;
}
export interface Withdrawn extends Dossier {
  status: 'withdrawn';
  notice: Notice | null;
  defences: Defence[];
  withdrawal: Withdrawal;
}
/** 提示提醒 in the place of a listing. */
export interface Reminded extends Dossier {
  status: 'reminded';
  notice: Notice | null;
  defences: Defence[];
  reminder: Reminder;
}

export type ListingCase =
  | Proposed
  | Noticed
  | Heard
  | Silent
  | Reviewed
  | Consented
  | Approved
  | Decided
  | Served
  | InForce
  | Suspended
  | Ended
  | Closed
  | Withdrawn
  | Reminded;

export type Status = ListingCase['status'];
export type InStatus<S extends Status> = Extract<ListingCase, { status: S }>;

/** The notice and the defences of a case in whatever status, for documents and for what comes next. */
export function hearingOf(state: ListingCase): { notice: Notice | null; defences: Defence[] } {
  return {
    notice: 'notice' in state ? state.notice : null,
    defences: 'defences' in state ? state.defences : [],
  };
}

/** The name by which a party's login is known: the code of an organisation, the id of a person. */
export function partyOf(subject: Pick<Subject, 'id' | 'code'>): string {
  return subject.code ?? subject.id;
}
