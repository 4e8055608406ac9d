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
