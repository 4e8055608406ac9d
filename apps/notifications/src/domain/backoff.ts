/** Waits between the attempts of one delivery, in seconds: about a day and a quarter until it is given up. */
const WAITS = [5, 30, 120, 600, 1800, 7200, 21_600, 43_200, 43_200] as const;

/**
 * Seconds until the next attempt.
 *
 * @param attempts attempts made so far, at least 1
 * @returns undefined when the delivery is given up
 */
export function waitAfter(attempts: number): number | undefined {
  return WAITS[attempts - 1];
}

/** Statuses that say the request itself can never succeed; anything else may pass later. 410 means: subscription over. */
export function givesUp(status: number): boolean {
  return status === 410;
}
