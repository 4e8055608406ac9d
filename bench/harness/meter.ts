/** Microseconds on the clock that all processes of one machine share. */
export function clockUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

/** What a process has done by now. */
export interface Reading {
  events: number;
  firstUs: number;
  /** events of the first report, which the window leaves out */
  first: number;
  lastUs: number;
  /** user and system time of this process between the first report and the last */
  cpuMs: number;
}

/**
 * Counts finished events. The window is the same for every contestant: from the first acknowledgement to the
 * last, so that neither connecting nor joining a group nor a poll before the first event is part of a rate.
 */
export class Meter {
  #events = 0;
  #first = 0;
  #firstUs = 0;
  #lastUs = 0;
  #cpuAtFirst: NodeJS.CpuUsage | undefined;
  #cpuMs = 0;

  finished(events: number): void {
    const now = clockUs();
    if (this.#events === 0) {
      this.#first = events;
      this.#firstUs = now;
      this.#cpuAtFirst = process.cpuUsage();
    }
    this.#events += events;
    this.#lastUs = now;
    const { user, system } = process.cpuUsage(this.#cpuAtFirst);
    this.#cpuMs = (user + system) / 1_000;
  }

  get reading(): Reading {
    return {
      events: this.#events,
      firstUs: this.#firstUs,
      first: this.#first,
      lastUs: this.#lastUs,
      cpuMs: this.#cpuMs,
    };
  }
}

/** Rate and CPU of one run, over all processes that took part in it. */
export function valuesOfReadings(readings: readonly Reading[]): Record<string, number> {
  const active = readings.filter(({ events }) => events > 0);
  const earliest = active.reduce((a, b) => (a.firstUs <= b.firstUs ? a : b));
  const seconds = (Math.max(...active.map(({ lastUs }) => lastUs)) - earliest.firstUs) / 1e6;
  const events = active.reduce((sum, reading) => sum + reading.events, 0) - earliest.first;
  const measured = active.reduce((sum, reading) => sum + reading.events - reading.first, 0);
  const cpuMs = active.reduce((sum, reading) => sum + reading.cpuMs, 0);
  return { 'events/s': events / seconds, 'CPU ms/1,000': (cpuMs * 1_000) / measured };
}
