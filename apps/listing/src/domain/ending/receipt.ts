import type { LocalDate } from '#kernel';
import type { Hand } from '../hand.js';

export type ReceiptKind =
  | 'publication-ended'
  | 'sharing-stopped'
  | 'discipline-lifted'
  | 'grade-computed'
  | 'party-told'
  | 'departments-told';

/** What shows that one thing which a listing brought about is undone. */
export interface Receipt {
  kind: ReceiptKind;
  /** What it is for: the action of `discipline-lifted`, the unit of `departments-told`, the holder of `sharing-stopped`; else empty. */
  ref: string;
  /** Who gave it. */
  by: string;
  /** ISO 8601 instant. */
  at: string;
  eventId: string;
}

/** 督促解除: which unit an appeal found not to have lifted at the end of a term, and by when it must (联合惩戒办法 art. 14, 16). */
export interface Urging {
  objectionId: string;
  unit: string;
  on: LocalDate;
  /** null where the list gives no days, or the calendar of that year is not loaded. */
  liftBy: LocalDate | null;
  /** 反馈结果: that it has lifted; null: not yet. */
  answer: { liftedOn: LocalDate; text: string; by: Hand } | null;
}
