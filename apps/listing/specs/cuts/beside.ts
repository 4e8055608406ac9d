import { type NewDeadline, scheduleAll } from '#deadlines';
import type { LocalDate } from '#kernel';
import { Clock, type Tx } from '#platform';
import type { Desk } from '../desk.js';
import type { RunningListing } from '../running-listing.js';

/** Where steps beside those of cases are prepared. */
export interface Beside {
  running: RunningListing;
  desk: Desk;
}

/** A few days before the day of all steps. */
export const SENT: LocalDate = '2029-05-07';

/** Of clocks whose day is past only the one that is to be swept: the sweep has not come round to the others. */
export function runClocks(
  tx: Tx,
  { app }: RunningListing,
  clocks: readonly NewDeadline[],
  swept: string | undefined,
): Promise<void> {
  const now = app.get(Clock).now();
  return scheduleAll(
    tx,
    clocks.filter(({ kind, dueAt }) => kind === swept || dueAt > now),
  );
}
