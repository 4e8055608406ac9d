import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats `attempt` until it stops throwing and returns its value: for what another process, a relay or a
 * broker brings about. Waits 10 ms at first and at most 100 ms between attempts.
 *
 * @param limit `within`: milliseconds after which the last failure is thrown (20,000 when absent: machines are shared, and a
 *   consumer that joins anew beside other specs has needed more than five)
 */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  limit: { within?: number } = {},
): Promise<T> {
  const within = limit.within ?? 20_000;
  const end = performance.now() + within;
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 100)) {
    try {
      return await attempt();
    } catch (failure) {
      if (performance.now() + pause > end) {
        if (failure instanceof Error) failure.message = `not within ${within} ms: ${failure.message}`;
        throw failure;
      }
    }
    await sleep(pause);
  }
}
