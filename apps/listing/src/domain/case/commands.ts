import type { LocalDate } from '#kernel';
import type { CaseRecord, Clock, EndKind, WithdrawalGround } from './case.js';
import type { GivenField } from '../procedure/case-field.js';
import type { Finding } from '../procedure/finding.js';
import type { Hand } from '../hand.js';
import type { LetterTo } from '../oversight/oversight.js';
import type { Receipt } from '../ending/receipt.js';
import type { RepairCommand } from '../repair/commands.js';
import type { Gravity, UnitLevel } from '../rules/rules.js';
import type { DeliveryClaim } from '../procedure/service.js';
import type { RunningTerm } from '../term/term-after.js';
import type { AttachmentRef } from '../attachment-ref.js';

export const REVOCATION_GROUNDS = ['basis-lost', 'own-error'] as const;
export type RevocationGround = (typeof REVOCATION_GROUNDS)[number];

/** What a list asks for of a person bound with the principal. */
export interface FieldsOfPerson {
  /** The person's own listing. */
  listingId: string;
  fields: GivenField[];
}

/** What somebody wants to be done with a case, a clock included. */
export type Command =
  | (DeliveryClaim & {
      type: 'notice';
      noticeNo: string;
      reasons: string;
      /** Only where the rule leaves the period to the notice. */
      defenceUntil?: LocalDate;
    })
  | { type: 'defence'; text: string; attachments?: AttachmentRef[] }
  | { type: 'hearing-request' }
  | { type: 'hearing-notice'; noticeNo: string; heldOn: LocalDate; place: string }
  | { type: 'hearing-record'; outcome: 'held' | 'waived'; on: LocalDate; minutes: string }
  | { type: 'extension'; reason: string }
  /** The day from which the decision clock runs, and from what it is known (a payment order, a request). */
  | { type: 'clock-start'; from: LocalDate; source: string }
  | {
      type: 'reminder';
      reminderNo: string;
      text: string;
      /** The four findings of the ordinance art. 30; all must be found. */
      minor: boolean;
      oneOff: boolean;
      correctedOn: LocalDate;
      harmless: boolean;
    }
  | { type: 'review'; opinion: 'list' | 'do-not-list'; text: string; findings?: Finding[] }
  | { type: 'consent'; granted: boolean; text: string }
  | { type: 'approval'; text: string }
  | {
      type: 'decision';
      decisionNo: string;
      reasons: string;
      removalConditions?: string[];
      remedies?: string;
      /** What the list asks for and the opening did not bring, or brought otherwise. */
      fields?: GivenField[];
      /** The same of the persons bound with a principal, in the decision on the whole file. */
      persons?: FieldsOfPerson[];
      /** Of such a person: where its `fields` stand in that decision, which a refusal names. */
      fieldsAt?: string;
      /** Of the repair notice (信用修复告知书) that goes with it; without one it is numbered after the case. */
      repairNoticeNo?: string;
      /** Only where the rule leaves the term, or its start, to the decision. */
      termStartsOn?: LocalDate;
      termEndsOn?: LocalDate;
      /** The same as a length in months, counted from where the rule starts the term. */
      termMonths?: number;
      /** For good, where the rule knows that (research database). */
      permanent?: boolean;
      /** How grave, where the rule sets bounds to the term by it (research database). */
      gravity?: Gravity;
      /** Years added where the rule lengthens the term for violence or several kinds of conduct (court list). */
      extraYears?: number;
      /** 宽限期: publication is held back until then (court list). */
      graceUntil?: LocalDate;
    }
  | (DeliveryClaim & { type: 'service'; repairNoticeNo?: string })
  | { type: 'hold-back'; paidOn: LocalDate; reason: string }
  | {
      type: 'publication';
      secrecyReview: 'passed' | 'not-passed';
      text: string;
      /** The authority of another province to which it is sent for publication, where the subject is registered there. */
      sentTo?: string;
    }
  | {
      type: 'publication-answer';
      /** `returned`: that authority does not publish it, as when it was sent to the wrong one. */
      outcome: 'published' | 'returned';
      publishedOn?: LocalDate;
      text: string;
    }
  | {
      type: 'withdrawal';
      reason: string;
      ground: WithdrawalGround;
      correctedOn?: LocalDate;
      commitment?: boolean;
    }
  | {
      type: 'revocation';
      reason: string;
      /** Its basis fell away, or the unit found an error of its own; without one the latter. */
      ground?: RevocationGround;
    }
  | {
      type: 'letter';
      letterId: string;
      letterNo: string;
      to: LetterTo;
      unit: string;
      unitName: string;
      text: string;
      answerDue: LocalDate;
    }
  | { type: 'letter-answer'; letterId: string; answeredOn: LocalDate; text: string }
  /** The day before which nobody urges has come. */
  | { type: 'urge-letter'; letterId: string }
  | { type: 'order-performed'; performedOn: LocalDate; text: string }
  /** 反馈解除结果: a unit that was urged has lifted. */
  | { type: 'lifting-feedback'; unit: string; liftedOn: LocalDate; text: string }
  | { type: 'accountability'; on: LocalDate; text: string; promise: string }
  | { type: 'interview'; heldOn: LocalDate; with: string; minutes: string }
  | { type: 'performance-order'; orderNo: string; performBy: LocalDate; text: string }
  | { type: 'fall-silent' }
  | { type: 'take-effect' }
  | { type: 'end-grace' }
  | { type: 'end-publication' }
  | { type: 'follow-principal'; kind: EndKind; reasons: string; removalDue: LocalDate | null }
  | { type: 'expire' }
  /** @param letterId of which letter, where each has a clock of its own */
  | { type: 'mark-overdue'; clock: Clock; letterId?: string }
  | { type: 'correct-basis'; record: CaseRecord }
  | {
      type: 'lose-basis';
      recordId: string;
      cause: string;
      reason: string;
      /** Of the decision that took the basis away, where the provider told it. */
      changedOn?: LocalDate;
    }
  | { type: 'close'; receipts: Receipt[] }
  /** Another case of the subject, which this term follows, was undone or has another term. */
  | { type: 'rejoin-term'; earlier: RunningTerm[]; because: string }
  | RepairCommand;

export type Action = Command['type'];
export type CommandOf<A extends Action> = Extract<Command, { type: A }>;

/** What a decision may know beside case, command and rules. */
export interface Circumstances {
  today: LocalDate;
  actor: Hand;
  /** True for a login of the party itself. */
  byParty: boolean;
  /** The step is taken for this party only, where it would else hold for the whole file. */
  alone?: boolean;
  /** The deciding unit's level, the unit whose consent a rule may demand, its division, whether it is a branch of a central body or a court. */
  owner: {
    level: UnitLevel;
    superior: string | null;
    region?: string;
    vertical?: boolean;
    court?: boolean;
  };
  /** The subject's other terms on this list, looked up for a decision where they add up (telecom fraud). */
  earlierTerms?: readonly RunningTerm[];
}
