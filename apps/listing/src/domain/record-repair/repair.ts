import type { LocalDate, Period } from '#kernel';
import type { Subject } from '../case/case.js';
import type { ClockMeaning } from '../term/clock-meaning.js';
import type { Hand } from '../hand.js';
import type { Verification } from '../repair/entry.js';
import type { HandedIn } from '../repair/handed-in.js';
import type { DishonestyKind } from '../repair/site-publication.js';

/*
 * 信用修复 of a record that 信用中国 publishes by itself, with no entry on a list: an administrative penalty above
 * all (order 36 art. 4, 13). A request as it stands: one shape for each status.
 */

/** The record as the finder sent it, with how long it is shown. */
export interface PublishedRecord {
  id: string;
  documentNo: string;
  decidedOn: LocalDate;
  kind: DishonestyKind;
  /** Last day on which it is shown by itself. */
  publishedUntil: LocalDate;
}

/**
 * `repair`: its publication ends (order 36 art. 14). `plan`: it is masked while an approved reorganisation plan or
 * settlement is carried out (art. 20). `stay`: while a review body or court has stopped the penalty's execution (art. 19).
 */
export const RECORD_REPAIR_AIMS = ['repair', 'plan', 'stay'] as const;
export type RecordRepairAim = (typeof RECORD_REPAIR_AIMS)[number];

/** 受理. */
export interface Acceptance {
  text: string;
  on: LocalDate;
  by: Hand;
}

interface Common {
  id: string;
  record: PublishedRecord;
  subject: Subject;
  /** 失信信息认定单位: the unit that made the record decides on its repair (谁认定、谁修复). */
  department: string;
  /** The repair rule by which the shortest publication is counted, and that of the procedure: of the request's day. */
  publicationRule: string;
  procedureRule: string;
  /** First day on which repair may be asked. */
  repairableFrom: LocalDate;
  requestedOn: LocalDate;
  /** An answer was set aside, and its days begin here; absent: it was not. */
  reopenedOn?: LocalDate;
  requestedBy: Hand;
  /** Absent in requests from before there were others. */
  aim?: RecordRepairAim;
  /** Of a plan or a stay: the ruling or decision on which it rests. */
  rulingNo?: string | null;
  /** null: nothing is said of it where only masking is asked. */
  correctedOn: LocalDate | null;
  statement: string;
  /** As the application names them. */
  materials: string[];
  /** What lies behind them; absent in older requests. */
  handedIn?: HandedIn;
  /** What must be found met, by code. */
  conditions: string[];
  decide: Period | null;
  extension: Period | null;
  acceptanceDue: LocalDate | null;
  decisionDue: LocalDate | null;
  extended: { instead: LocalDate; reasons: string; on: LocalDate; by: Hand } | null;
  overdue: RecordRepairClock[];
}

export interface Requested extends Common {
  status: 'requested';
}
export interface Accepted extends Common {
  status: 'accepted';
  acceptance: Acceptance;
}
export interface Verified extends Common {
  status: 'verified';
  acceptance: Acceptance;
  verification: Verification;
  /** 附带期限的处罚: its publication does not end before the penalty's own term does (order 36 art. 12). */
  ownTermEndsOn: LocalDate | null;
}
/** 不予受理, with the one-time list of what is missing; it may be asked again. */
export interface NotAccepted extends Common {
  status: 'not-accepted';
  answer: Acceptance;
}
export interface Refused extends Omit<Verified, 'status' | 'verification'> {
  status: 'refused';
  verification: Verification | null;
  answer: Acceptance;
}
export interface Granted extends Omit<Verified, 'status'> {
  status: 'granted';
  answer: Acceptance;
}
/** 临时屏蔽, 暂停公示: granted, and shown to nobody until the plan is carried out or fails, or the stay is over. */
export interface Masked extends Omit<Verified, 'status'> {
  status: 'masked';
  answer: Acceptance;
}
/** The plan failed, or the stay is over: shown as before, for what is left of its time. */
export interface Resumed extends Omit<Masked, 'status'> {
  status: 'resumed';
  resumption: { documentNo: string; reasons: string; on: LocalDate; by: Hand };
}
/** Order 36 art. 25: it rested on false material, or the commitment was not kept. */
export interface FoundFalse extends Omit<Granted, 'status'> {
  status: 'found-false';
  found: {
    cause: 'false-material' | 'broken-commitment';
    reasons: string;
    on: LocalDate;
    by: Hand;
    /** The record of the false application is shown up to and with this day, without an earlier end. */
    shownUntil: LocalDate;
    /** No repair of the original record may be asked up to and with this day. */
    barredUntil: LocalDate;
  };
}
export interface WithdrawnRequest extends Common {
  status: 'withdrawn';
  withdrawnOn: LocalDate;
}
/** The record fell away, or its publication ended by itself: nothing is left to repair. */
export interface Lapsed extends Common {
  status: 'lapsed';
  lapsedOn: LocalDate;
  reason: string;
}

export type RecordRepair =
  | Requested
  | Accepted
  | Verified
  | NotAccepted
  | Refused
  | Granted
  | Masked
  | Resumed
  | FoundFalse
  | WithdrawnRequest
  | Lapsed;
export type RecordRepairStatus = RecordRepair['status'];

export const RECORD_REPAIR_CLOCKS = ['acceptance', 'decision'] as const;
export type RecordRepairClock = (typeof RECORD_REPAIR_CLOCKS)[number];

/** What is due when a clock of a request has run out. */
export const RECORD_REPAIR_CLOCK_MEANINGS: Readonly<Record<RecordRepairClock, ClockMeaning>> = {
  acceptance: {
    zh: '受理信用修复申请',
    en: 'the request for repair must be accepted or not',
    byItself: false,
  },
  decision: { zh: '决定信用修复申请', en: 'the request for repair must be decided', byItself: false },
};

/** Waits for an answer. */
export type OpenRepair = Requested | Accepted | Verified;
export const OPEN_STATUSES = ['requested', 'accepted', 'verified'] as const;

export function aimOf({ aim }: Pick<RecordRepair, 'aim'>): RecordRepairAim {
  return aim ?? 'repair';
}

export function isOpen(repair: RecordRepair): repair is OpenRepair {
  return (OPEN_STATUSES as readonly string[]).includes(repair.status);
}
