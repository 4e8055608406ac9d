import { addDays, type LocalDate } from '#kernel';

/** Whether a clock has run out: what begins with a day does so on it, what ends with one after it. */
export function ranOut({ clock, dueOn }: { clock: string; dueOn: LocalDate }, today: LocalDate): boolean {
  return dueOn < today || (dueOn === today && (clock === 'in-force' || clock === 'letter-reminder'));
}

/** The day on which a clock is seen to have run out. */
export function runsOutOn({ clock, dueOn }: { clock: string; dueOn: LocalDate }): LocalDate {
  return clock === 'in-force' || clock === 'letter-reminder' ? dueOn : addDays(dueOn, 1);
}
