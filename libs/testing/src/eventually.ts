import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** On a machine with more to do than it has cores everything takes so many times as long, and may. */
const MOST_PATIENCE = 4;

/**
 * Repeats `attempt` until it stops throwing and returns its value: for what another process, a relay or a
 * broker brings about. Waits 10 ms at first and at most 100 ms between attempts.
 *
 * @param limit `within`: milliseconds after which the last failure is thrown (20,000 when absent: machines are shared, and a
 *   consumer that joins anew beside other specs has needed more than five). Where more processes want to run than there
 *   are cores the limit grows with them, up to four times.
 */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  limit: { within?: number } = {},
): Promise<T> {
  const within = limit.within ?? 20_000;
  const began = performance.now();
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 100)) {
    try {
      return await attempt();
    } catch (failure) {
      const allowed = within * patience();
      if (performance.now() + pause > began + allowed) {
        if (failure instanceof Error)
          failure.message = `not within ${Math.round(allowed)} ms: ${failure.message}`;
        throw failure;
      }
    }
    await sleep(pause);
  }
}

/** Of the last minute; 1 where the system does not tell. */
function patience(): number {
  const [load = 0] = loadavg();
  return Math.min(MOST_PATIENCE, Math.max(1, load / availableParallelism()));
}
