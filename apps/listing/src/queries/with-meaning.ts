import type { LocalDate } from '#kernel';
import type { ClockMeaning } from '../domain/term/clock-meaning.js';
import type { Due } from '../store/due-columns.js';

/** Running clocks as their readers see them: until when, whether late, and what happens then. */
export function withMeaning<Clock extends string, D extends Due<Clock>>(
  clocks: readonly D[],
  meanings: Readonly<Record<Clock, ClockMeaning>>,
  today: LocalDate,
): (D & ClockMeaning & { overdue: boolean })[] {
  return clocks.map((one) => ({ ...one, overdue: today > one.dueOn, ...meanings[one.clock] }));
}
