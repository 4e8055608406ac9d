import { addMonths, compareDates, type LocalDate } from '#kernel';
import { checkRefusals } from './refusals.js';

/**
 * Of the occasions of ordinance art. 44 permits and honours leave a record; procurement and fiscal money leave none
 * here. How many of these were decided the department says itself, month by month.
 */
export const DECLARED_FIELDS = ['procurement', 'fiscal-funds'] as const;
export type DeclaredField = (typeof DECLARED_FIELDS)[number];

/** `2024-10` */
export type Month = string;
export const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;

/** What a department said of one month; versions begin with 1, and the last one counts. */
export interface Declaration {
  department: string;
  field: DeclaredField;
  month: Month;
  version: number;
  decisions: number;
  /** why it was corrected; null of the first */
  why: string | null;
  declaredBy: string;
  declaredOn: LocalDate;
}

/**
 * Whether a number can be said of the month: only of one that is over.
 *
 * @throws Refusal `check.counted-from-records`, `check.month-not-over`
 */
export function demandDeclarable(field: string, month: Month, today: LocalDate): DeclaredField {
  const declared = DECLARED_FIELDS.find((each) => each === field);
  if (!declared)
    throw checkRefusals.refusal(
      'check.counted-from-records',
      { field, fields: DECLARED_FIELDS.join(', ') },
      'field',
    );
  const over = addMonths(`${month}-01`, 1);
  if (compareDates(today, over) < 0)
    throw checkRefusals.refusal('check.month-not-over', { month, from: over }, 'month');
  return declared;
}

/** @throws Refusal `check.nothing-corrected` where the same number is said again */
export function demandCorrection(last: Pick<Declaration, 'decisions' | 'month'>, decisions: number): void {
  if (last.decisions === decisions)
    throw checkRefusals.refusal('check.nothing-corrected', { month: last.month, decisions }, 'decisions');
}
