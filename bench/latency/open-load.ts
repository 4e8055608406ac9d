import { setTimeout as sleep } from 'node:timers/promises';
import { clockUs } from '../harness/meter.js';

/** An event and the moment of something that befell it. */
export interface Stamp {
  id: string;
  us: number;
}

/**
 * Begins so many pieces of work a second, whether the earlier ones have ended or not: a load that waits for
 * the answer would be slowed by what it measures.
 */
export async function openLoad(
  rate: number,
  events: number,
  work: (nth: number, subject: string) => Promise<Stamp>,
): Promise<Stamp[]> {
  const began = clockUs();
  const under: Promise<Stamp>[] = [];
  for (;;) {
    const due = Math.min(events, Math.floor(((clockUs() - began) * rate) / 1e6) + 1);
    while (under.length < due) {
      const nth = under.length;
      under.push(work(nth, `subject-${String(nth % 500).padStart(3, '0')}`));
    }
    if (under.length === events) return Promise.all(under);
    await sleep(1);
  }
}
