import type { LocalDate } from '#kernel';
import type { FoundingDocument } from '../case/case.js';
import type { Hand } from '../hand.js';
import type { ClockMeaning } from '../term/clock-meaning.js';
import type { ClueRule, ClueSource } from './rule.js';

/*
 * 线索: from a complaint, a report, an inspection or another unit, before there is a case. A handler verifies it,
 * which yields a document of finding, or drops it with the reason. One clue leads to one case at most. A kind of clue
 * that has a rule of its own is accepted, handed to the unit that handles it and answered within that rule's clocks.
 */

export const CLUE_CLOCKS = ['acceptance', 'forwarding', 'result'] as const;
export type ClueClock = (typeof CLUE_CLOCKS)[number];

export interface RunningClueClock {
  clock: ClueClock;
  dueOn: LocalDate;
}

interface Answer {
  on: LocalDate;
  by: Hand;
  reason: string;
}

/** 受理, or not. */
export type ClueAcceptance = Answer & { accepted: boolean };

/** 转交: the unit that accepted the clue hands it to the one that handles it, which has it from that day. */
export interface ClueForwarding {
  from: string;
  to: string;
  on: LocalDate;
  by: Hand;
}

/** 延长: by the approver of the unit that handles it. */
export interface ClueExtension {
  on: LocalDate;
  by: Hand;
  reasons: string;
  until: LocalDate;
  /** The day that it was due without it. */
  instead: LocalDate;
}

/** What was done with who is complained of, in the order in which it came about. */
export type Pressed =
  | { what: 'feedback'; on: LocalDate; text: string; asPrescribed: boolean; by: Hand }
  | { what: 'urging-letter'; no: string; text: string; on: LocalDate; answerBy: LocalDate; by: Hand }
  | { what: 'interview'; on: LocalDate; with: string; minutes: string; by: Hand }
  | { what: 'circular'; no: string; to: string; text: string; on: LocalDate; by: Hand }
  | { what: 'correction-order'; no: string; text: string; on: LocalDate; correctBy: LocalDate; by: Hand };

interface Told {
  id: string;
  /** `general`, or a kind that has a rule. */
  kind: string;
  /** The rule of that kind on the day of receipt; null: no clock runs. */
  rule: ClueRule | null;
  source: ClueSource;
  content: string;
  /** Whom it is about, as told; the subject is named when the case is opened. */
  about: string;
  /** The unit at which it is now. */
  department: string;
  receivedOn: LocalDate;
  receivedBy: Hand;
  acceptance: ClueAcceptance | null;
  forwarding: ClueForwarding | null;
  extensions: readonly ClueExtension[];
  /** What was done with who is complained of, where the rule of the kind knows that. */
  pressed: readonly Pressed[];
  /** What runs now. */
  clocks: readonly RunningClueClock[];
  /** Clocks that were ever missed. */
  overdue: readonly ClueClock[];
}

export type Clue = Told &
  (
    | { status: 'received' | 'accepted' | 'handled' }
    | { status: 'dropped'; answer: Answer }
    | { status: 'verified'; answer: Answer; document: FoundingDocument }
    | { status: 'used'; answer: Answer; document: FoundingDocument; caseId: string }
  );

export const CLUE_CLOCK_MEANINGS: Readonly<Record<ClueClock, ClockMeaning>> = {
  acceptance: {
    zh: '决定是否受理线索',
    en: 'whether the clue is accepted must be decided',
    byItself: false,
  },
  forwarding: {
    zh: '转交处理部门',
    en: 'the clue must be handed to the unit that handles it',
    byItself: false,
  },
  result: { zh: '形成处理结果', en: 'there must be a result', byItself: false },
};
