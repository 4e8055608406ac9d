import type { Period } from '#kernel';
import type { Seeded } from './basis.js';
import type { ListKey } from './list-type.js';

/** Where a clue can come from. */
export type ClueRuleSource = 'complaint' | 'report' | 'inspection' | 'transfer' | 'media' | 'other';

/**
 * A kind of clue (线索) whose law gives it clocks before there is a case. Which of several rows holds is told by the day
 * on which the clue is received. A clue of no kind here has no clock of its own.
 */
export interface ClueRule extends Seeded {
  /** What a clue is told to be when it is handed in: `research`, `arrears`. */
  kind: string;
  zh: string;
  en: string;
  /** The list to which such a clue mostly leads. */
  list: ListKey;
  /** From which sources it must be accepted or not, and within what; `period: null`: the text gives no days. */
  acceptance: { sources: ClueRuleSource[]; period: Period | null } | null;
  /** Whether the unit that accepts hands it to another that handles it, and within what from acceptance. */
  forwarding: { period: Period | null } | null;
  /**
   * By when there must be a result, and how far an approver may extend that: `atMost` counts from the day that it was
   * due (`due`), or is all that there may be from the beginning (`beginning`). `handling` begins when the unit that
   * handles the clue has received it.
   */
  result: {
    period: Period;
    from: 'acceptance' | 'handling';
    extension: { atMost: Period; from: 'due' | 'beginning' } | null;
  } | null;
  /** 督办书, then 约谈、通报 and 责令整改 of who is complained of and does not tell how things stand; absent: none. */
  pressing?: boolean;
  /** The articles as a letter cites them. */
  cite: string;
}
