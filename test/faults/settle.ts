import { setTimeout as sleep } from 'node:timers/promises';
import { compare } from './checker.js';
import { evidenceOf, unsettled } from './evidence.js';
import type { LineUp } from './line-up.js';

/**
 * Not healed is what stands still: so long, and over so many looks, nothing has moved. A machine that is busy
 * with other things looks more seldom, and moves less, but moves. (A dead member's partitions wait for 10 s, a
 * relay for at most 5 s, a silent connection is left after 6 s.)
 */
const STANDSTILL_MS = 30_000;
const STANDSTILL_LOOKS = 60;
/** What still moves after this will not come to rest. */
const LONGEST_MS = 600_000;

/** What differed when a fault expected that all was at rest. */
export class Differs extends Error {
  constructor(readonly differences: readonly string[]) {
    super(differences.join('; '));
  }
}

/**
 * Ends the load and waits until the backlog is zero by itself and everything agrees.
 *
 * @returns what differs when nothing moves any more; empty when all is as it must be
 */
export async function settle(lineUp: LineUp, standstillMs = STANDSTILL_MS): Promise<string[]> {
  lineUp.load(0);
  const began = performance.now();
  let state = '';
  let since = began;
  let looks = 0;
  for (;;) {
    const differences = await look(lineUp).catch((error: Error) => [error.message]);
    if (differences.length === 0) return [];
    const now = differences.join();
    if (now !== state) {
      [state, since, looks] = [now, performance.now(), 0];
    }
    looks += 1;
    const still =
      performance.now() - since > standstillMs && looks > STANDSTILL_LOOKS * (standstillMs / STANDSTILL_MS);
    if (still || performance.now() - began > LONGEST_MS) return differences;
    await sleep(100);
  }
}

async function look(lineUp: LineUp): Promise<string[]> {
  const open = lineUp.producers.reduce((sum, producer) => sum + producer.open, 0);
  return [
    ...(open > 0 ? [`${open} transactions of the load open`] : []),
    ...(await unsettled(lineUp)),
    ...compare(await evidenceOf(lineUp)),
  ];
}
