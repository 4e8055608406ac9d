import type { LocalDate } from '#kernel';
import type { CaseRecord, Clock, Hand, NoticeWay, WithdrawalGround } from './case.js';
import type { Receipt } from './receipt.js';
import type { UnitLevel } from './rules.js';

/** What somebody wants to be done with a case, a clock included. */
export type Command =
  | {
      type: 'notice';
      noticeNo: string;
      reasons: string;
      way: NoticeWay;
      servedOn: LocalDate;
      /** Only where the rule leaves the period to the notice. */
      defenceUntil?: LocalDate;
    }
  | { type: 'defence'; text: string }
  | { type: 'review'; opinion: 'list' | 'do-not-list'; text: string }
  | { type: 'consent'; granted: boolean; text: string }
  | { type: 'approval'; text: string }
  | {
      type: 'decision';
      decisionNo: string;
      reasons: string;
      removalConditions?: string[];
      remedies?: string;
      /** Only where the rule leaves the term, or its start, to the decision. */
      termStartsOn?: LocalDate;
      termEndsOn?: LocalDate;
    }
  | { type: 'service'; way: NoticeWay; servedOn: LocalDate }
  | { type: 'publication'; secrecyReview: 'passed' | 'not-passed'; text: string }
  | {
      type: 'withdrawal';
      reason: string;
      ground: WithdrawalGround;
      correctedOn?: LocalDate;
      commitment?: boolean;
    }
  | { type: 'revocation'; reason: string }
  | {
      type: 'repair-request';
      requestId: string;
      correctedOn: LocalDate;
      commitment: boolean;
      statement: string;
      materials: string[];
      /** Bars that the register itself knows of, by code. */
      bars: string[];
    }
  | { type: 'repair-acceptance'; requestId: string; accepted: boolean; text: string }
  | { type: 'repair-decision'; requestId: string; granted: boolean; reasons: string }
  | { type: 'fall-silent' }
  | { type: 'take-effect' }
  | { type: 'expire' }
  | { type: 'mark-overdue'; clock: Clock }
  | { type: 'correct-basis'; record: CaseRecord }
  | { type: 'lose-basis'; recordId: string; cause: string; reason: string }
  | { type: 'close'; receipts: Receipt[] };

export type Action = Command['type'];
export type CommandOf<A extends Action> = Extract<Command, { type: A }>;

/** What a decision may know beside case, command and rules. */
export interface Circumstances {
  today: LocalDate;
  actor: Hand;
  /** True for a login of the party itself. */
  byParty: boolean;
  /** The deciding unit's level, and the unit whose consent a rule may demand. */
  owner: { level: UnitLevel; superior: string | null };
}
