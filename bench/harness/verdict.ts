import { type Outcome, valuesOf } from './rounds.js';
import { ratioOf, type Spread, spreadOf } from './statistics.js';

/** What a figure must reach: one value, or the ratio of two contestants' values round by round. */
export interface Reach {
  text: string;
  of: string;
  value: string;
  /** contestant whose value (or `baseValue`) divides it */
  over?: string;
  overValue?: string;
  least?: number;
  most?: number;
}

export interface Verdict {
  text: string;
  /** undefined when rounds failed: a figure that cannot be told is not reached */
  found: Spread | undefined;
  reached: boolean;
}

/** Judges by the median. */
export function judge(outcome: Outcome, reaches: readonly Reach[]): Verdict[] {
  return reaches.map(({ text, of, value, over, overValue = value, least, most }) => {
    if (outcome.faults.some(({ contestant }) => contestant === of || contestant === over))
      return { text, found: undefined, reached: false };
    const values = valuesOf(outcome, of, value);
    const found = over ? ratioOf(values, valuesOf(outcome, over, overValue)) : spreadOf(values);
    const reached =
      (least === undefined || found.median >= least) && (most === undefined || found.median <= most);
    return { text, found, reached };
  });
}
