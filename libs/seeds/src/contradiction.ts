import type { SeedKind } from './seed-files.js';

/** One thing that is wrong between rows, or inside one: a loader refuses the whole load with it. */
export interface Contradiction {
  file: SeedKind;
  /** The key of the row, with its validity start where a key has several versions. */
  row: string;
  code: string;
  text: string;
}

/** Collects contradictions of one file; `of` names the row. */
export class Findings {
  readonly found: Contradiction[] = [];

  in(file: SeedKind): (row: string, code: string, text: string) => void {
    return (row, code, text) => {
      this.found.push({ file, row, code, text });
    };
  }
}
