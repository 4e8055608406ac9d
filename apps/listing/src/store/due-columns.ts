import { addDays, isLocalDate, type LocalDate } from '#kernel';
import type { PageRequest } from '#platform';
import { shellRefusals } from '../refusals.js';
import { isUuid } from './uuid.js';

/** A clock that runs, of a case, an objection or a request. */
export interface Due<Clock extends string = string> {
  clock: Clock;
  dueOn: LocalDate;
}

/** How worklists sort: what has no clock comes last. */
export const NEVER = 'infinity';

/** The legal clock that runs out next, if any runs. */
export function nextDue<D extends Due>(clocks: readonly D[]): D | undefined {
  return [...clocks].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0];
}

/** Of the duties that were marked as late those that still wait. */
export function stillLate(clocks: readonly Due[], overdue: readonly string[]): string[] {
  return overdue.filter((clock) => clocks.some((one) => one.clock === clock));
}

/** The first day on which a duty that still waits was late. */
export function lateSince(clocks: readonly Due[], overdue: readonly string[]): LocalDate | null {
  const late = nextDue(clocks.filter(({ clock }) => overdue.includes(clock)));
  return late ? addDays(late.dueOn, 1) : null;
}

/**
 * Where a page of a worklist by due date goes on; the first page for none.
 *
 * @throws Refusal `listing.cursor-invalid`
 */
export function afterDue({ after }: PageRequest): { due: string; id: string } | null {
  if (!after) return null;
  const [due, id] = after;
  if (!(due === NEVER || isLocalDate(due)) || id === undefined || !isUuid(id))
    throw shellRefusals.refusal('listing.cursor-invalid');
  return { due, id };
}
