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
const STANDSTILL_LOOKS = 40;
/** What still moves after this will not come to rest. */
const LONGEST_MS = 600_000;

/** What differed when a fault expected that all was at rest. */
export class Differs extends Error {
  constructor(readonly differences: readonly string[]) {
    super(differences.join('; '));
  }
}

/**
 * Looks again and again until nothing differs, or nothing moves any more.
 *
 * @returns what still differs; empty when all is as it must be
 */
export async function untilAtRest(
  look: () => Promise<readonly string[]>,
  standstillMs = STANDSTILL_MS,
): Promise<readonly string[]> {
  const began = performance.now();
  let state = '';
  let since = began;
  for (let looks = 1; ; looks += 1) {
    const differences = await look().catch((error: Error) => [error.message]);
    if (differences.length === 0) return differences;
    if (differences.join() !== state) [state, since, looks] = [differences.join(), performance.now(), 1];
    const still = performance.now() - since > standstillMs && looks > STANDSTILL_LOOKS;
    if (still || performance.now() - began > LONGEST_MS) return differences;
    await sleep(100);
  }
}

/** Ends the load and waits until the backlog is zero by itself and everything agrees. */
export function settle(lineUp: LineUp, standstillMs?: number): Promise<readonly string[]> {
  lineUp.load(0);
  return untilAtRest(() => look(lineUp), standstillMs);
}

async function look(lineUp: LineUp): Promise<string[]> {
  const open = lineUp.producers.reduce((sum, producer) => sum + producer.open, 0);
  return [
    ...(open > 0 ? [`${open} transactions of the load open`] : []),
    ...(await unsettled(lineUp)),
    ...compare(await evidenceOf(lineUp)),
  ];
}

/** No load, and everything agrees. @throws Differs */
export async function quiet(lineUp: LineUp): Promise<void> {
  const differences = await settle(lineUp);
  if (differences.length > 0) throw new Differs(differences);
}
