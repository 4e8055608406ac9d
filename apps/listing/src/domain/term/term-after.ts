import { type LocalDate, type Period, periodEnd } from '#kernel';

/*
 * 惩戒期限累计执行: who is found again within a term bears the new one after it, as long as the law lets them follow
 * each other (联合惩戒办法 art. 10: five years in a row at the longest; order 116 of accountants art. 10 sets no bound).
 */

/** A term of the same subject on the same list, ended or not; none that was undone. */
export interface RunningTerm {
  /** Of which case; absent where it is of no case here. */
  caseId?: string;
  startsOn: LocalDate;
  endsOn: LocalDate;
}

/** Where the new term joins, and the day beyond which all of them together may not go; null where there is none. */
export interface TermAfter {
  endsOn: LocalDate;
  noLaterThan: LocalDate | null;
}

/** @returns null where no earlier term reaches the day of the decision */
export function termAfter(
  { longest }: { longest: Period | null },
  earlier: readonly RunningTerm[],
  decidedOn: LocalDate,
): TermAfter | null {
  const [last, ...before] = [...earlier].sort((a, b) => (a.endsOn < b.endsOn ? 1 : -1));
  if (!last || last.endsOn < decidedOn) return null;
  // Terms that followed each other without a gap are one row, from the first day of the first.
  const rowFrom = before.reduce(
    (from, term) => (term.endsOn >= from && term.startsOn < from ? term.startsOn : from),
    last.startsOn,
  );
  return { endsOn: last.endsOn, noLaterThan: longest && periodEnd(rowFrom, longest) };
}

/** A plan as it reads once it joins another term, or none. */
export function withAfter<P extends { after?: TermAfter }>(plan: P, after: TermAfter | null): P {
  const { after: _, ...rest } = plan;
  return { ...rest, ...(after ? { after } : {}) } as P;
}
