import { Gauge } from 'prom-client';
import { endOfDay, type WorkingCalendar } from '#kernel';
import type { Clock } from './clock.js';
import type { Metrics } from './metrics.js';

/**
 * Up to when working days are known here, for the alarm that comes before a clock is refused: the notice of the State
 * Council for a year comes in the November before it. Seconds since 1970; 0 where not even the day of today is known.
 */
export function calendarGauge(metrics: Metrics, clock: Clock, calendar: () => WorkingCalendar): void {
  new Gauge({
    name: 'working_calendar_known_until_timestamp_seconds',
    help: 'End of the last year whose State Council holiday notice is loaded, without a gap from today',
    registers: [metrics.registry],
    collect() {
      const last = calendar().knownUntil(clock.today());
      this.set(last === null ? 0 : endOfDay(last).getTime() / 1000);
    },
  });
}
