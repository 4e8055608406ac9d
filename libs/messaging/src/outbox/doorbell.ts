/** Called with the shards in which a committed transaction has left events. */
export type Listener = (shards: Iterable<number>) => void;

const listeners = new Set<Listener>();

/**
 * Wakes the relay of this process after a commit, so that an event leaves in milliseconds while the
 * relay's own poll may be slow. Process-wide on purpose: `publish` is a function that any transaction
 * may call, and a ring too many costs one empty read. (NOTIFY inside the business transaction was
 * measured at 2.5× fewer commits: it takes a lock that all committing transactions share.)
 */
export function ring(shards: Iterable<number>): void {
  for (const listener of listeners) listener(shards);
}

/** @returns the way to stop listening */
export function onRing(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
