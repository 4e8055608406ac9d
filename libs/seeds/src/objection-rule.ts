import type { Period } from '#kernel';
import type { Seeded } from './basis.js';
import type { ListKey } from './list-type.js';

/**
 * What an objection to an entry can be about; the answer to a repair is no matter of a list. `lifting`: that measures were
 * not lifted though the term is over, where the rule of the list says so.
 */
export type ListObjectionAbout = 'listing' | 'content' | 'period' | 'lifting';

/**
 * The procedure of objection that one list has of its own (复查, 申诉, 更正). It stands in the place of the ordinance's
 * clocks for what it is about; which of several rows holds is told by the day on which the objection is received.
 */
export interface ListObjectionRule extends Seeded {
  list: ListKey;
  /** What the text calls it. */
  zh: string;
  en: string;
  about: ListObjectionAbout[];
  /** How long it may be filed, from the day after service of the decision or its publication, and what is open afterwards. */
  file: { period: Period; from?: 'service' | 'publication'; afterZh: string; afterEn: string } | null;
  /** On which grounds only: the decision behind it was revoked or changed, or it is gravely and obviously wrong; null: any. */
  grounds: ('basis-changed' | 'obvious-error')[] | null;
  /** Time to accept it, where the clock of the decision runs from acceptance. */
  accept: Period | null;
  /** Whether it may be refused to accept it, with reasons in writing (不予受理); absent: it may not. */
  mayRefuse?: boolean;
  decide: Period;
  from: 'receipt' | 'acceptance';
  /** Within it the material that is still needed is named, once; the clock of the decision then runs from its receipt. */
  material: Period | null;
  /** Once accepted it ends when the party applies for administrative review or sues against the same decision. */
  endsWithSuit: boolean;
  /** What is open to the party against a rejection, one level up: how long it may be asked after service, and decided. */
  review?: { file: Period; decide: Period; cite: string };
  /** The articles as a letter cites them. */
  cite: string;
}
