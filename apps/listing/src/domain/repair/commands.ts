import type { LocalDate } from '#kernel';
import type { ObjectionAbout } from '../objection/about.js';
import type { FieldAnswer, ReviewedAbove } from '../objection/objection.js';
import type { GivenField } from '../procedure/case-field.js';
import type { Bar, Way } from './eligibility.js';
import type { HandingIn } from './handed-in.js';
import type { Confirmation, ObjectionMark, RepairRequest, Restoration, StayedIn } from './entry.js';

/** 维持; 撤回, 驳回或者终止; 解除停止执行: how a stay ends with the decision standing. One that is annulled is revoked. */
export const STAY_ENDS = ['upheld', 'proceedings-over', 'stay-lifted'] as const;
export type StayEnd = (typeof STAY_ENDS)[number];

interface Application {
  requestId: string;
  correctedOn: LocalDate;
  commitment: boolean;
  statement: string;
  materials: string[];
  handingIn?: HandingIn;
}

/** What somebody wants to be done about repair, objection, correction and basis of an entry. */
export type RepairCommand =
  | (Application & {
      type: 'repair-request';
      way: Way['way'];
      ground: string | null;
      askedBy: string | null;
      /** Bars of the list that the register itself knows of, and those of earlier false applications. */
      bars: Bar[];
      repairBars: Bar[];
    })
  | (Application & { type: 'suspension-request'; rulingNo: string })
  | (Application & { type: 'site-repair-request'; repairBars: Bar[] })
  | { type: 'repair-supplement'; requestId: string; handingIn: HandingIn }
  | { type: 'repair-acceptance'; requestId: string; accepted: boolean; text: string }
  | {
      type: 'repair-verification';
      requestId: string;
      text: string;
      conditions: { code: string; met: boolean }[];
      bars: { code: string; found: boolean }[];
    }
  | { type: 'repair-extension'; requestId: string; reasons: string }
  | { type: 'repair-withdrawal'; requestId: string }
  | {
      type: 'repair-decision';
      requestId: string;
      granted: boolean;
      reasons: string;
      /** The last day of the term as it is shortened to, where that is what is asked. */
      termEndsOn?: LocalDate;
    }
  | { type: 'plan-failure'; documentNo: string; reasons: string }
  | { type: 'plan-completion'; documentNo: string; reasons: string }
  | {
      type: 'stay';
      in: StayedIn;
      body: string;
      orderNo: string;
      orderedOn: LocalDate;
      reasons: string;
    }
  | { type: 'stay-end'; why: StayEnd; documentNo: string; endedOn: LocalDate; reasons: string }
  | {
      type: 'false-application';
      requestId: string;
      cause: 'false-material' | 'broken-commitment';
      reasons: string;
    }
  /** Of a person bound with a principal whose removal is revoked: it stands again with it. */
  | { type: 'stand-again'; restoration: Restoration; anew: boolean; termEndsOn: LocalDate | null }
  | { type: 'end-site-publication' }
  | { type: 'mark-objection'; mark: ObjectionMark }
  | {
      type: 'settle-objection';
      objectionId: string;
      about: ObjectionAbout;
      outcome:
        | 'upheld'
        | 'partly-upheld'
        | 'rejected'
        | 'not-accepted'
        | 'withdrawn'
        /** Deemed withdrawn, since review or a suit was begun. */
        | 'terminated'
        | 'lapsed';
      corrected: CorrectionValues;
      reasons: string;
      /** Of a decision, and of a refusal to accept; absent where the party withdrew it. */
      remedies?: string;
      /** When the objection was received, which tells the rule that it goes by. */
      receivedOn?: LocalDate;
      /** What became of each value that was asked. */
      answers?: readonly FieldAnswer[];
      /** Of a decision on review: the unit above that made it. */
      review?: ReviewedAbove;
      /** Units that have not lifted though the term is over. */
      unlifted?: readonly string[];
      /** The request that was refused, as it was asked, where the answer to a repair is set aside. */
      reopened: RepairRequest | null;
    }
  /** The party is told in writing which material is still needed. */
  | { type: 'tell-material'; objectionId: string; about: ObjectionAbout; text: string }
  | { type: 'correction'; corrected: CorrectionValues; reasons: string }
  /** The party is called otherwise, by what the records service tells of it. */
  | { type: 'follow-name'; from: string; to: string }
  | { type: 'confirm-correction'; number: number; confirmation: Confirmation }
  | { type: 'basis-review'; outcome: 'stands' | 'falls'; reasons: string };

export interface CorrectionValues {
  decisionNo?: string;
  reasons?: string;
  termEndsOn?: LocalDate;
  /** Of what the list asks for beside the reasons, those that read otherwise. */
  fields?: readonly GivenField[];
}
