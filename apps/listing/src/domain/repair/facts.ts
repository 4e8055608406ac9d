import type { LocalDate } from '#kernel';
import type { Hand } from '../hand.js';
import type { ObjectionAbout } from '../objection/about.js';
import type { Urging } from '../ending/receipt.js';
import type { FieldAnswer, ReviewedAbove } from '../objection/objection.js';
import type {
  BasisQuestion,
  Confirmation,
  Correction,
  FoundFalse,
  ObjectionMark,
  PlanSuspension,
  RepairRequest,
  Restoration,
  SiteEnd,
  Stay,
  Suspension,
  Verification,
} from './entry.js';
import type { CaseField } from '../procedure/case-field.js';
import type { HandedIn } from './handed-in.js';
import type { SitePublication } from './site-publication.js';
import type { StayEnd } from './commands.js';

interface Answered {
  requestId: string;
  on: LocalDate;
  by: Hand;
  reasons: string;
}

/** What became so with repair, objection, correction and basis of an entry. */
export type RepairFact =
  | { type: 'removal-requested'; request: RepairRequest }
  | { type: 'removal-supplemented'; requestId: string; handedIn: HandedIn; on: LocalDate; by: Hand }
  | {
      type: 'removal-accepted';
      requestId: string;
      on: LocalDate;
      by: Hand;
      text: string;
      decisionDue: LocalDate | null;
    }
  /** The calendar came in without which they could not be counted. */
  | {
      type: 'removal-days-set';
      requestId: string;
      on: LocalDate;
      acceptanceDue: LocalDate | null;
      decisionDue: LocalDate | null;
    }
  | ({ type: 'removal-not-accepted' } & Answered)
  | {
      type: 'removal-verified';
      requestId: string;
      verification: Verification;
      /** Only where the days of the decision run from the verification. */
      decisionDue?: LocalDate;
    }
  | { type: 'removal-extended'; requestId: string; decisionDue: LocalDate; reasons: string; by: Hand }
  | { type: 'removal-withdrawn'; requestId: string; on: LocalDate; by: Hand }
  | ({ type: 'removal-refused' } & Answered)
  | ({ type: 'removal-granted' } & Answered)
  | { type: 'removal-reopened'; request: RepairRequest; objectionId: string }
  /** 减期; its last day is told by the correction. */
  | { type: 'term-shortened'; requestId: string; endsOn: LocalDate }
  | { type: 'suspended'; suspension: Suspension }
  /** Of a decision that has not taken effect, or whose entry a plan has lifted: there is no entry to lift. */
  | { type: 'stayed'; stay: Stay }
  /** A plan was approved while the execution is stopped. */
  | { type: 'plan-besides'; suspension: PlanSuspension }
  /** The plan failed, or was granted on false material, while the execution is stopped. */
  | { type: 'stay-goes-on'; on: LocalDate; reasons: string; by: Hand }
  | {
      type: 'stay-ended';
      on: LocalDate;
      why: StayEnd;
      reasons: string;
      by: Hand;
      publicationDue: LocalDate | null;
    }
  | {
      type: 'restored';
      restoration: Restoration;
      term: { startsOn: LocalDate | null; endsOn: LocalDate | null };
      publicationDue: LocalDate | null;
    }
  | {
      type: 'found-false';
      found: FoundFalse;
      restored: boolean;
      /** Of the entry that stands again; absent where none does, and in older facts. */
      termEndsOn?: LocalDate | null;
    }
  | { type: 'site-publication-started'; site: SitePublication }
  | { type: 'site-publication-ended'; on: LocalDate; how: SiteEnd }
  | { type: 'site-publication-masked'; on: LocalDate }
  | { type: 'site-publication-resumed'; on: LocalDate }
  | { type: 'penalty-publication-ended'; recordIds: string[]; on: LocalDate }
  | { type: 'penalty-publication-resumed'; recordIds: string[]; on: LocalDate }
  | { type: 'objection-marked'; mark: ObjectionMark }
  | {
      type: 'objection-settled';
      objectionId: string;
      outcome: string;
      /** What the party reads of a decision, or why it is not accepted or ends; absent where it was withdrawn, and in older facts. */
      decision?: {
        about: ObjectionAbout;
        on: LocalDate;
        reasons: string;
        remedies: string;
        /** When the objection was received, which tells the rule that it goes by; absent in older facts. */
        receivedOn?: LocalDate;
        /** What became of each value that was asked. */
        answers?: readonly FieldAnswer[];
        /** Of a decision on review: the unit above that made it. */
        review?: ReviewedAbove;
      };
    }
  | {
      type: 'material-named';
      objectionId: string;
      about: ObjectionAbout;
      text: string;
      on: LocalDate;
      by: Hand;
    }
  /** On an appeal a unit was found not to have lifted though the term is over. */
  | { type: 'lifting-urged'; urging: Urging; reasons: string }
  /** `fields`: all that the list asks for, as it reads now; absent where none of it was corrected. */
  | { type: 'corrected'; correction: Correction; termEndsOn: LocalDate | null; fields?: CaseField[] }
  | { type: 'correction-confirmed'; number: number; confirmation: Confirmation }
  | { type: 'correction-spread'; number: number; on: LocalDate; confirmations: Confirmation[] }
  | { type: 'basis-questioned'; question: BasisQuestion }
  | { type: 'basis-reviewed'; outcome: 'stands' | 'falls'; on: LocalDate; reasons: string; by: Hand };
