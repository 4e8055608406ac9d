import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { localDateOf, type LocalDate } from '#kernel';

/** Legal time. Injected everywhere; rules get dates, never the clock. */
export abstract class Clock {
  abstract now(): Date;

  /** Today's civil date in Asia/Shanghai. */
  today(): LocalDate {
    return localDateOf(this.now());
  }
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

/** How long another service may go on by the time before a move: one stat of the file at most in so long. */
export const CLOCK_FOLLOWS_WITHIN_MS = 20;

/**
 * Development and tests only: real time plus an offset in a file that all services of one machine share,
 * so that a story may pass three years in a minute and a restarted service comes back into story time.
 */
export class MovableClock extends Clock {
  #offsetMs = 0;
  #read = { at: 0, mtimeMs: -1 };

  constructor(private readonly file: string) {
    super();
  }

  override now(): Date {
    const real = Date.now();
    // Sweeps and requests ask often.
    if (real - this.#read.at >= CLOCK_FOLLOWS_WITHIN_MS) this.#refresh(real);
    return new Date(real + this.#offsetMs);
  }

  /** Moves story time to `instant`; other services follow within `CLOCK_FOLLOWS_WITHIN_MS`. */
  moveTo(instant: Date): void {
    const temporary = `${this.file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify({ offsetMs: instant.getTime() - Date.now() }));
    renameSync(temporary, this.file);
    this.#read = { at: 0, mtimeMs: -1 };
  }

  #refresh(real: number): void {
    const mtimeMs = statSync(this.file, { throwIfNoEntry: false })?.mtimeMs;
    if (mtimeMs !== undefined && mtimeMs !== this.#read.mtimeMs) {
      this.#offsetMs = (JSON.parse(readFileSync(this.file, 'utf8')) as { offsetMs: number }).offsetMs;
    } else if (mtimeMs === undefined) {
      this.#offsetMs = 0;
    }
    this.#read = { at: real, mtimeMs: mtimeMs ?? -1 };
  }
}
