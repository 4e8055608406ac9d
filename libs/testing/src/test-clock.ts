import { addDays, localDateOf, type LocalDate, startOfDay } from '#kernel';
import { Clock } from '#platform';

/** Legal time in a spec: stands still until the spec moves it. */
export class TestClock extends Clock {
  #now: Date;

  constructor(instant: Date | string) {
    super();
    this.#now = instantOf(instant);
  }

  override now(): Date {
    return new Date(this.#now);
  }

  moveTo(instant: Date | string): void {
    this.#now = instantOf(instant);
  }

  advance(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }

  /** To 09:00 in China of that day, when offices open. */
  moveToMorningOf(date: LocalDate): void {
    this.#now = new Date(startOfDay(date).getTime() + 9 * 3_600_000);
  }

  advanceDays(days: number): void {
    const date = this.today();
    const timeOfDay = this.#now.getTime() - startOfDay(date).getTime();
    this.#now = new Date(startOfDay(addDays(date, days)).getTime() + timeOfDay);
  }
}

/** A clock that shows one instant, ISO 8601 with offset. */
export function fixedClock(instant: string): Clock {
  return new TestClock(instant);
}

/** A clock that the spec moves. */
export function movableClock(instant: string): TestClock {
  return new TestClock(instant);
}

function instantOf(instant: Date | string): Date {
  localDateOf(instant); // refuses a text without offset, which would mean another time on another machine
  return new Date(instant);
}
