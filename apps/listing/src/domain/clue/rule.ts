import type { LocalDate, Period, WorkingCalendar } from '#kernel';

export const CLUE_SOURCES = ['complaint', 'report', 'inspection', 'transfer', 'media', 'other'] as const;
export type ClueSource = (typeof CLUE_SOURCES)[number];

/** The steps and clocks that a kind of clue has by its own law; kept with the clue, which goes by them to its end. */
export interface ClueRule {
  kind: string;
  zh: string;
  /** From which sources it must be accepted or not, and within what; `period: null`: the text gives no days. */
  acceptance: { sources: readonly ClueSource[]; period: Period | null } | null;
  /** Whether the unit that accepts hands it to the one that handles it, and within what from acceptance. */
  forwarding: { period: Period | null } | null;
  result: ResultRule | null;
  /** Who is complained of is urged to tell how things stand, then interviewed, named, ordered; absent: no such steps. */
  pressing?: boolean;
  /** The articles as a letter cites them. */
  cite: string;
}

/** By when there must be a result, and how far an approver may extend that. */
export interface ResultRule {
  period: Period;
  /** `handling`: the day on which the unit that handles the clue has received it. */
  from: 'acceptance' | 'handling';
  /** Counts from the day that it was due first, or is all that there may be from the beginning. */
  extension: { atMost: Period; from: 'due' | 'beginning' } | null;
}

/** What a clue is handed in under: every version of every kind, and the working calendar. */
export interface ClueLaw {
  rules: readonly (ClueRule & { validFrom: LocalDate | null; validTo: LocalDate | null })[];
  calendar: WorkingCalendar;
}

/** The kind that has no clock of its own. */
export const GENERAL = 'general';
