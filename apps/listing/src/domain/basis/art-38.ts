import {
  compareDates,
  deadline,
  type LocalDate,
  type Period,
  whereKnown,
  type WorkingCalendar,
} from '#kernel';

/*
 * The basis of an entry fell away or was changed (ordinance art. 38): the provider tells the platform within 2
 * working days of the change, and the platform withdraws or changes what rests on it within 1 more. 行政处罚法
 * art. 48 knows three days for a published penalty; the ordinance's two and one are shorter or equal.
 */

export interface Article38 {
  /** basis-lost-tell */
  tell: Period;
  /** basis-lost-withdraw */
  withdraw: Period;
  calendar: WorkingCalendar;
}

/** What falls must fall also in a year whose calendar is not loaded; its limits are then not known. */
function limit(calendar: WorkingCalendar, from: LocalDate, period: Period): LocalDate | null {
  return whereKnown(() => deadline(calendar, from, period));
}

export interface BasisClocks {
  /** The provider had to tell by this day; null where it did not say when the change was. */
  tellDue: LocalDate | null;
  toldLate: boolean;
  /** The platform must have withdrawn or changed by this day; null where the calendar of that year is not loaded. */
  withdrawDue: LocalDate | null;
}

export function basisClocks(
  { tell, withdraw, calendar }: Article38,
  { changedOn, toldOn }: { changedOn: LocalDate | null; toldOn: LocalDate },
): BasisClocks {
  const tellDue = changedOn === null ? null : limit(calendar, changedOn, tell);
  return {
    tellDue,
    toldLate: tellDue !== null && compareDates(toldOn, tellDue) > 0,
    withdrawDue: limit(calendar, toldOn, withdraw),
  };
}

/**
 * Whether a corrected record reads otherwise in what a case rests on: whose finding it is, of what conduct, how grave,
 * with which penalty. How long it is published is its own affair.
 *
 * @param fields what record.corrected says was changed
 */
export function touchesBasis(fields: readonly string[]): boolean {
  return fields.some((field) => field !== 'publishedUntil');
}

/**
 * What a change of one record means for a case that rests on several: nothing left, it falls by itself, since
 * nothing may stand without a basis; something left, or only changed, a person looks at what still carries it.
 */
export function meaningOf(
  records: readonly { id: string; withdrawn: boolean }[],
  recordId: string,
  change: 'withdrawn' | 'corrected',
): 'falls' | 'for-a-person' | 'nothing' {
  const record = records.find((one) => one.id === recordId);
  if (!record || record.withdrawn) return 'nothing';
  if (change === 'corrected') return 'for-a-person';
  return records.some((one) => one.id !== recordId && !one.withdrawn) ? 'for-a-person' : 'falls';
}
