/** Where a consumer stands with one subject of one topic. */
export interface Standing {
  /** last sequence settled; null when nothing has been seen yet */
  last: number | null;
  /** dead letter that must be settled first */
  blockedBy: string | null;
  /** its sequence; null when it could not be read */
  blockedSequence: number | null;
  /** while read models are rebuilt: how far theirs are; absent when nothing is */
  rebuilt?: number;
}

/**
 * What is to be done with an event that arrives with a sequence:
 *
 *   handle  its turn
 *   stale   settled before: a repetition, or a late copy that a replaced producer left on its way
 *   rebuild settled before, and told to a read model that was emptied and is filled again
 *   park    something before it waits for an operator
 *   gap     events before it are missing
 */
export type Turn = 'handle' | 'stale' | 'rebuild' | 'park' | 'gap';

/**
 * The turn of an event. A subject seen for the first time is taken up wherever it is: a new subscriber may
 * begin at a topic whose beginning is no longer kept.
 *
 * With one idempotent producer per shard a gap cannot come from us; it means that the broker lost or
 * expired what was not yet read. The event is then set aside as a dead letter of its own kind and the
 * subject waits: acting on "removed from the list" without having seen "listed" is worse than being late.
 * When the missing events do arrive (a partition that was restored, a late copy) they are handled in
 * their order and the subject goes on by itself; otherwise an operator accepts the gap.
 *
 * What was settled before a rebuild was settled with its gaps and dead letters: they stop nobody again.
 */
export function turnOf({ last, blockedBy, blockedSequence, rebuilt }: Standing, sequence: number): Turn {
  if (last !== null && sequence <= last)
    return rebuilt !== undefined && sequence > rebuilt ? 'rebuild' : 'stale';
  const next = last !== null && sequence === last + 1;
  if (blockedBy !== null) {
    const fillsTheGap = next && blockedSequence !== null && sequence < blockedSequence;
    return fillsTheGap ? 'handle' : 'park';
  }
  return next || last === null ? 'handle' : 'gap';
}
