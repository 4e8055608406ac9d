import type { LocalDate } from '#kernel';

/*
 * 决定书文号: the unit's short name, the year, and a serial number of that year (党政机关公文处理工作条例 art. 9 (5)),
 * so that no unit gives one number of a year to two decisions.
 */

const BRACKETS: Readonly<Record<string, string>> = {
  '〔': '(',
  '〕': ')',
  '【': '(',
  '】': ')',
  '[': '(',
  ']': ')',
};

/** A number as it is compared: however brackets, blanks and wide letters were typed, it is the same number. */
export function comparedNumber(no: string): string {
  return no
    .normalize('NFKC')
    .replace(/[〔〕【】[\]]/g, (bracket) => BRACKETS[bracket]!)
    .replace(/\s/g, '');
}

/** The year in whose series of the unit a decision is numbered: that of its day. */
export function yearOfNumber(decidedOn: LocalDate): number {
  return Number(decidedOn.slice(0, 4));
}
