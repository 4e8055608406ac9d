import type { Contestant } from './rounds.js';
import type { Reach } from './verdict.js';

/** What one figure needs to be run. */
export interface Prepared {
  contestants: Contestant[];
  /** sizes and settings that shaped it, to be printed and kept with the result */
  how: Record<string, string | number>;
  close(): Promise<void>;
}

export interface Figure {
  name: string;
  title: string;
  reaches: readonly Reach[];
  /** rounds counted; 5 when absent */
  rounds?: number;
  prepare(size: { quick: boolean }): Promise<Prepared>;
}
