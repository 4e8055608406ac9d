import { setTimeout as sleep } from 'node:timers/promises';
import type { EventOf, measureProgressReported } from '#contracts';
import type { Delivery } from '#messaging';
import type { Mode } from './app-protocol.js';
import { FAILING, REFUSED } from './load.js';
import type { Chance } from './model/chance.js';

/** A real 40001, as PostgreSQL raises it under contention. */
const CONFLICT = `DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = 'serialization_failure'; END $$`;

/** The effect of an event: a row for each time it was handled, and one row that shows the newest. */
export function hearing(
  mode: Mode,
  chance: Chance,
  refuse: () => never,
): (event: EventOf<typeof measureProgressReported>, delivery: Delivery) => Promise<void> {
  return async (event, { tx }) => {
    await tx.query('INSERT INTO effect (event_id, subject, sequence) VALUES ($1, $2, $3)', [
      event.id,
      event.subject,
      Number(event.sequence),
    ]);
    await tx.query(
      `INSERT INTO state (subject, sequence) VALUES ($1, $2)
       ON CONFLICT (subject) DO UPDATE SET sequence = EXCLUDED.sequence`,
      [event.subject, Number(event.sequence)],
    );
    if (mode.slowMs > 0) await sleep(chance.below(mode.slowMs * 2));
    const stall = mode.stallMs;
    mode.stallMs = 0;
    if (stall > 0) await sleep(stall);
    if (chance.happens(mode.conflicts)) await tx.query(CONFLICT);
    if (mode.refusing && event.data.percent === REFUSED) refuse();
    if (mode.refusing && event.data.percent === FAILING) throw new Error('a fault of the program');
  };
}
