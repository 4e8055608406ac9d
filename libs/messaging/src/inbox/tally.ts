import type { Cause } from './classify.js';

/**
 * What became of a message: handled by its handler, passed over because nobody here hears it, dropped as a
 * duplicate (its id was received before) or stale (its sequence was settled before), told once more to a read
 * model that is rebuilt, parked behind a dead
 * letter, or set aside as one.
 */
export type Outcome = 'handled' | 'passed' | 'duplicate' | 'stale' | 'rebuilt' | 'parked' | 'dead';

/** Where the consumer's figures go. */
export interface Tally {
  consumed(topic: string, outcome: Outcome, events: number): void;
  gap(topic: string): void;
  deadLetter(topic: string, cause: Cause): void;
}
