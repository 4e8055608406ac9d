import { eventually } from '#testing';
import type { Child } from './child.js';
import type { LineUp } from './line-up.js';

/** Something that goes wrong while the load runs. */
export interface Fault {
  name: string;
  /**
   * Does the wrong, and mends it; what is left must heal by itself. A fault that does not find what it set out
   * to break throws: it would prove nothing.
   *
   * @returns what was seen meanwhile, for the table
   */
  happen: (lineUp: LineUp) => Promise<string | void>;
  /** What must have come of it: events twice in the topic, or repetitions that consumers dropped. */
  leaves?: 'repeats' | 'dropped';
  /** Too long for the short part of the matrix. */
  long?: boolean;
}

/** The owner of most shards. */
export function owner({ producers }: LineUp): Child {
  return [...producers].sort((a, b) => b.owned.length - a.owned.length)[0]!;
}

/** The other relay takes over what this one does not give any sign for. */
export async function takeover(lineUp: LineUp, from: Child): Promise<void> {
  const other = lineUp.producers.find((producer) => producer !== from)!;
  await eventually(
    () => {
      if (other.owned.length < 4) throw new Error(`${other.name} has ${other.owned.length} shards`);
    },
    { within: 60_000 },
  );
}
