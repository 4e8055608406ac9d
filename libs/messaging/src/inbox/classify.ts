import { Refusal } from '#kernel';
import { databaseAway } from '#platform';
import { UnfitPublication } from '../outbox/envelope.js';

/**
 * What a failure means for the event that met it:
 *
 *   away       the database cannot be reached or refuses everyone: wait until it answers, count nothing
 *   conflict   another transaction was in the way: at once again, count nothing
 *   permanent  the event will be refused every time: set aside at once
 *   unknown    a fault of program or surroundings: a few more attempts, then set aside
 */
export type FailureKind = 'away' | 'conflict' | 'permanent' | 'unknown';

/** Why an event was set aside; the operator's list is grouped by it. */
export const CAUSES = [
  'unreadable',
  'unknown-type',
  'unfit-data',
  'sequence-gap',
  'not-rebuilt',
  'refused',
  'failed',
] as const;
export type Cause = (typeof CAUSES)[number];

/** An event that no attempt can make good, found before any handler saw it. */
export class PermanentFault extends Error {
  override readonly name = 'PermanentFault';

  constructor(
    readonly faultCause: Cause,
    message: string,
  ) {
    super(message);
  }
}

/** serialization failure, deadlock, lock timeout */
const CONFLICT_STATE = /^(40001|40P01|55P03)$/;
/** Looks through the causes of an error: drivers and mappers wrap what the database said. */
export function classify(error: unknown): FailureKind {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth += 1
  ) {
    if (
      current instanceof Refusal ||
      current instanceof PermanentFault ||
      current instanceof UnfitPublication
    ) {
      // A refusal that says "not now" is about the surroundings, not about the event.
      return current instanceof Refusal && current.kind === 'unavailable' ? 'unknown' : 'permanent';
    }
    const code = (current as { code?: unknown }).code;
    if (typeof code === 'string' && CONFLICT_STATE.test(code)) return 'conflict';
    if (databaseAway(current)) return 'away';
  }
  return 'unknown';
}

export function causeOf(error: unknown): Cause {
  if (error instanceof PermanentFault) return error.faultCause;
  return error instanceof Refusal ? 'refused' : 'failed';
}
