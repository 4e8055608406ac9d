import type { LocalDate, SubjectKind } from '#kernel';
import type { ListKey } from '#seeds';

/*
 * Worked examples: what happened on which day, and what follows by the rule. They are data, read by a lawyer in
 * docs/worked-examples.md and run by src/domain/worked-examples.spec.ts. Every day was counted by hand on the
 * State Council's calendar before it was run.
 */

/** What happened. A day that is left out did not come, or is the shortest lawful one. */
export interface Happened {
  /** Opened, and the notice served. */
  opened: LocalDate;
  /** Decided by the city bureau instead of the province. */
  city?: true;
  subject?: SubjectKind;
  bornOn?: LocalDate;
  /** From which the decision clock runs: payment limit, request, discovery, acceptance, review limits over. */
  clockFrom?: LocalDate;
  extended?: true;
  /** Day of the penalty on which it rests. */
  penaltyOn?: LocalDate;
  decided?: LocalDate;
  termStartsOn?: LocalDate;
  termEndsOn?: LocalDate;
  termMonths?: number;
  permanent?: true;
  gravity?: 'limited' | 'serious' | 'grave';
  /** An earlier term of the same subject on this list. */
  earlierFrom?: LocalDate;
  earlierUntil?: LocalDate;
  extraYears?: number;
  graceUntil?: LocalDate;
  served?: LocalDate;
  /** Public notice of the decision, issued on that day. */
  announced?: LocalDate;
  published?: LocalDate;
  /** Registered in another province, in this division; the deciding unit is of Heilongjiang (230000). */
  registeredIn?: string;
  /** Sent to the authority of the registration, and published by it. */
  sentOn?: LocalDate;
  publishedThere?: LocalDate;
  paid?: LocalDate;
  corrected?: LocalDate;
  asked?: LocalDate;
  /** By the approver, of itself or because the basis fell away. */
  revoked?: LocalDate;
  revokedFor?: 'basis-lost' | 'own-error';
  /** An earlier entry was deleted on that day because this creditor asked for it. */
  deletedAtRequest?: LocalDate;
  /** Who brings the new listing about; left out: the court by itself. */
  requestedBy?: 'same-creditor' | 'other-creditor';
}

/** What follows. */
export interface Follows {
  version?: LocalDate;
  /** On a list of the seriously dishonest. */
  serious?: boolean;
  defenceUntil?: LocalDate | null;
  decisionDue?: LocalDate | null;
  publicationDue?: LocalDate | null;
  graceUntil?: LocalDate;
  inForceOn?: LocalDate;
  /** Last day on which the entry is shown, where that is not as long as it stands. */
  shownUntil?: LocalDate | null;
  termStartsOn?: LocalDate | null;
  termEndsOn?: LocalDate | null;
  eligibleOn?: LocalDate;
  /** From when the same creditor may have the subject listed again. */
  relistableOn?: LocalDate;
  acceptanceDue?: LocalDate | null;
  repairDecisionDue?: LocalDate | null;
  removalDue?: LocalDate | null;
  /** Last day on 信用中国; null: the entry is not shown there, or has no end of its own. */
  siteUntil?: LocalDate | null;
  publication?: 'none' | 'sent' | 'held-back' | 'withheld' | 'published' | 'ended';
  /** The code of the refusal of the last thing that was tried. */
  refusal?: string;
}

export interface Example {
  list: ListKey;
  conduct: string;
  /** What the example shows, in Chinese. */
  shows: string;
  basis: string;
  happened: Happened;
  follows: Follows;
}

/** Examples of one list; most share kind of conduct and instrument. */
export function of(list: ListKey, usual: { conduct: string; basis: string }) {
  return (
    shows: string,
    happened: Happened,
    follows: Follows,
    other: Partial<Pick<Example, 'conduct' | 'basis'>> = {},
  ): Example => ({ list, ...usual, ...other, shows, happened, follows });
}
