import type { LocalDate } from '#kernel';
import type { Hand } from '../hand.js';

/*
 * 黑龙江省社会信用条例 art. 32: a state organ or state-owned unit on a list is reported to the level above, the
 * owner and audit, a member of its staff to the unit, discipline inspection and personnel; each answers with
 * what it did. Who does not correct is interviewed and ordered to perform within a limit;
 * then comes accountability with a public promise.
 */

export const PUBLIC_STANDINGS = ['state-organ', 'state-owned', 'staff'] as const;
export type PublicStanding = (typeof PUBLIC_STANDINGS)[number];

export const LETTER_TO = [
  'superior',
  'owner',
  'audit',
  'unit',
  'discipline-inspection',
  'personnel',
] as const;
export type LetterTo = (typeof LETTER_TO)[number];

/** 通报函. The ordinance fixes no days for the answer: the letter does. */
export interface OversightLetter {
  id: string;
  no: string;
  to: LetterTo;
  /** Unit of the register. */
  unit: string;
  unitName: string;
  text: string;
  sentOn: LocalDate;
  by: Hand;
  answerDue: LocalDate;
  /** The day on which the addressee is urged to answer; null: too near when it was sent, absent: sent before urging was known. */
  remindOn?: LocalDate | null;
  urgedOn?: LocalDate;
  /** The day for the answer has passed without one. */
  late?: true;
  answer: { on: LocalDate; text: string; by: Hand } | null;
}

/** 约谈 of the head. */
export interface Interview {
  heldOn: LocalDate;
  with: string;
  minutes: string;
  by: Hand;
}

/** 责令限期履行. */
export interface PerformanceOrder {
  no: string;
  orderedOn: LocalDate;
  performBy: LocalDate;
  text: string;
  by: Hand;
  /** What was done, as the unit that gave the order found it; absent: not found yet. */
  performed?: { on: LocalDate; text: string; by: Hand };
}

/** 问责 and 公开承诺, after the limit of an order passed without performance. */
export interface Accountability {
  on: LocalDate;
  /** Who was held accountable by whom, and how. */
  text: string;
  /** The words of the public promise. */
  promise: string;
  by: Hand;
}

export interface Oversight {
  letters: OversightLetter[];
  interviews: Interview[];
  /** The last one; a limit that passed is followed by a new order or by accountability. */
  order: PerformanceOrder | null;
  /** Absent: none, as in cases kept before the step was known. */
  accountability?: Accountability[];
}

export const NO_OVERSIGHT: Oversight = { letters: [], interviews: [], order: null };

/** Whom the ordinance asks to be told. A unit that is owned by nobody else has no owner to tell. */
const ADDRESSEES: Readonly<Record<PublicStanding, readonly LetterTo[]>> = {
  'state-organ': ['superior', 'audit'],
  'state-owned': ['superior', 'owner', 'audit'],
  staff: ['unit', 'discipline-inspection', 'personnel'],
};

/** Those who are still to be told. */
export function lettersMissing(standing: PublicStanding | null, { letters }: Oversight): LetterTo[] {
  if (standing === null) return [];
  return ADDRESSEES[standing].filter((to) => !letters.some((letter) => letter.to === to));
}

export function addresseesOf(standing: PublicStanding): readonly LetterTo[] {
  return ADDRESSEES[standing];
}

/** The order whose day still counts: neither performed nor answered for. */
export function orderAwaited({ order, accountability = [] }: Oversight): PerformanceOrder | null {
  if (!order || order.performed) return null;
  // Accountability lies after the day of the order that it is about, and before that of the next one.
  return accountability.some(({ on }) => on > order.performBy) ? null : order;
}

/** The ordinance has heads of units interviewed and units ordered; of staff it has others told only. */
export function isUnit(standing: PublicStanding | null): boolean {
  return standing === 'state-organ' || standing === 'state-owned';
}

/** Letters that await an answer, the one that is due first at the head. */
export function lettersAwaited({ letters }: Oversight): OversightLetter[] {
  return letters
    .filter((letter) => letter.answer === null)
    .sort((a, b) => (a.answerDue < b.answerDue ? -1 : a.answerDue > b.answerDue ? 1 : 0));
}
