import type { LocalDate, Period } from '#kernel';
import type { Hand } from '../hand.js';
import type { ObjectionAbout } from '../objection/about.js';
import type { LegalBasis } from '../rules/rules.js';
import type { Way } from './eligibility.js';
import type { HandedIn } from './handed-in.js';
import type { SitePublication } from './site-publication.js';

/*
 * What is kept with an entry beside its own course: requests for repair and what came of them, 信用中国's clock,
 * marks of objections, corrections.
 */

/** `removal`: off the list early; `suspension`: lifted for an approved bankruptcy plan; `site`: 信用中国 only. */
export const REPAIR_AIMS = ['removal', 'suspension', 'site'] as const;
export type RepairAim = (typeof REPAIR_AIMS)[number];

/** What a person found when it checked a request against the conditions of the rule. */
export interface Verification {
  text: string;
  /** Conditions of the rule by code, met or not. */
  conditions: { code: string; met: boolean }[];
  /** Bars of the rule by code, found to hold or not; absent in older verifications. */
  bars?: { code: string; found: boolean }[];
  on: LocalDate;
  by: Hand;
}

/** An application for repair (提前移出, 信用修复) that is not decided yet. */
export interface RepairRequest {
  id: string;
  aim: RepairAim;
  status: 'requested' | 'accepted' | 'verified';
  requestedOn: LocalDate;
  requestedBy: Hand;
  correctedOn: LocalDate;
  statement: string;
  /** As the application names them. */
  materials: string[];
  /** What lies behind them; absent in older requests. */
  handedIn?: HandedIn;
  way: Way['way'];
  /** Conditions of the way that was taken, by code. */
  conditions: string[];
  /** Bars that the verification must find to hold or not, by code; absent in older requests. */
  bars?: string[];
  /** What is asked is a shorter term; absent: to be off the list. */
  shortens?: boolean;
  /** The level that decides on it, where that is above the deciding unit. */
  level: Way['level'];
  /** Of the court list: the ground of deletion, and who asked for it. */
  ground: string | null;
  askedBy: string | null;
  /** Of a bankruptcy plan: number of the ruling that approved it. */
  rulingNo: string | null;
  /** The version of the list type whose procedure binds: that of the day of the request. */
  rulesVersion: LocalDate;
  /** Days for the acceptance from the request; absent in older requests. */
  accept?: Period | null;
  decide: Period | null;
  /** Those days are counted from the acceptance; absent: from receipt, and in older requests from whatever `acceptanceDue` says. */
  fromAcceptance?: boolean;
  /** Days of the decision from the verification on; absent in older requests. */
  afterVerification?: Period | null;
  extension: Period | null;
  removal: Period | null;
  acceptanceDue: LocalDate | null;
  acceptedOn: LocalDate | null;
  acceptedBy: Hand | null;
  verification: Verification | null;
  decisionDue: LocalDate | null;
  extended: { instead: LocalDate; reasons: string; by: Hand } | null;
}

/** A request that was granted: what a later finding of false material rests on. */
export interface GrantedRepair {
  id: string;
  aim: RepairAim;
  grantedOn: LocalDate;
  by: Hand;
}

/** For an approved bankruptcy plan, on the application of the enterprise. */
export interface PlanSuspension {
  requestId: string;
  on: LocalDate;
  rulingNo: string;
  reasons: string;
  by: Hand;
}

/** 行政复议, 行政诉讼: in which of them the body that examines the decision stopped its execution. */
export const STAYED_IN = ['administrative-review', 'suit'] as const;
export type StayedIn = (typeof STAYED_IN)[number];

/** 停止执行: the decision is not carried out until a review or a suit against it is over, or the stay is lifted. */
export interface Stay {
  in: StayedIn;
  /** The review body or the court. */
  body: string;
  orderNo: string;
  orderedOn: LocalDate;
  reasons: string;
  basis: LegalBasis[];
  /** Entered here on this day, and from it on the entry is lifted. */
  on: LocalDate;
  by: Hand;
}

export type Suspension = PlanSuspension | Stay;

export function isStay(suspension: Suspension): suspension is Stay {
  return 'orderNo' in suspension;
}

export const RESTORATION_CAUSES = [
  'plan-failed',
  'false-material',
  'broken-commitment',
  'stay-ended',
] as const;
export type RestorationCause = (typeof RESTORATION_CAUSES)[number];

export interface Restoration {
  on: LocalDate;
  cause: RestorationCause;
  reasons: string;
  by: Hand;
}

export interface FoundFalse {
  requestId: string;
  on: LocalDate;
  cause: Extract<RestorationCause, 'false-material' | 'broken-commitment'>;
  reasons: string;
  by: Hand;
  /** No repair of this entry may be asked up to and with this day. */
  barredUntil: LocalDate | 'for-good' | null;
  /** Nor of any other entry of the subject on the list: the list's own bar; absent in older findings. */
  listBarredUntil?: LocalDate | 'for-good' | null;
  siteUntil: LocalDate | null;
}

/**
 * `masked`: shown to nobody while a bankruptcy plan is carried out (order 36 art. 20). Its time runs on: nothing in the
 * rule stops it, and a plan that fails brings back what was shown before, not more of it.
 */
export type SiteState = SitePublication &
  (
    | { status: 'shown' }
    | { status: 'masked'; maskedOn: LocalDate }
    | { status: 'ended'; endedOn: LocalDate; how: SiteEnd }
  );
export type SiteEnd = 'longest-period' | 'repaired' | 'followed-list' | 'undone';

/** Not over for 信用中国: shown there, or to be shown again. */
export function openOnSite(
  site: SiteState | null,
): site is Extract<SiteState, { status: 'shown' | 'masked' }> {
  return site !== null && site.status !== 'ended';
}

/** The entry is marked as objected to while the objection is open. */
export interface ObjectionMark {
  id: string;
  about: ObjectionAbout;
  since: LocalDate;
}

export interface Change {
  field: 'decisionNo' | 'reasons' | 'termEndsOn' | 'caseField' | 'subjectName';
  /** Which field of the list, of a `caseField` alone. */
  code?: string;
  from: string | null;
  to: string;
}

/** A system that holds a copy has corrected it. */
export interface Confirmation {
  system: string;
  at: string;
  eventId: string;
}

/** What the entry says was corrected; earlier texts stay in the changes. */
export interface Correction {
  number: number;
  on: LocalDate;
  reasons: string;
  changes: Change[];
  by: Hand;
  objectionId: string | null;
  /** null: it came by itself, in a year whose calendar is not loaded. */
  confirmBy: LocalDate | null;
  confirmations: Confirmation[];
}

export interface Entry {
  /** null: not shown on 信用中国 at all. */
  site: SiteState | null;
  granted: GrantedRepair[];
  foundFalse: FoundFalse[];
  restorations: Restoration[];
  objections: ObjectionMark[];
  corrections: Correction[];
}

export const NEW_ENTRY: Entry = {
  site: null,
  granted: [],
  foundFalse: [],
  restorations: [],
  objections: [],
  corrections: [],
};

/** Systems that keep a copy of an entry, and confirm a correction by an event of their own. */
export const COPY_HOLDERS = ['records', 'measures', 'grading'] as const;

/** Who has not confirmed a correction yet. */
export function laggards({ confirmations }: Pick<Correction, 'confirmations'>): string[] {
  return COPY_HOLDERS.filter((system) => !confirmations.some((one) => one.system === system));
}

/** A change of a record on which the case rests, which a person must look at (ordinance art. 38). */
export interface BasisQuestion {
  recordId: string;
  change: 'corrected' | 'withdrawn';
  documentNo: string;
  /** The provider told later than the two working days that it has. */
  toldLate: boolean;
  since: LocalDate;
  /** null where the calendar of that year is not loaded. */
  due: LocalDate | null;
}
