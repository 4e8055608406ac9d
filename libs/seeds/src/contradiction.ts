import type { SeedKind } from './seed-files.js';

/** One thing that is wrong between rows, or inside one: a loader refuses the whole load with it. */
export interface Contradiction {
  file: SeedKind;
  /** The key of the row, with its validity start where a key has several versions. */
  row: string;
  code: string;
  text: string;
  /** The code, the name or the days that it is about, where the row alone does not say. */
  about?: string;
}

/** Collects contradictions of one file; `of` names the row. */
export class Findings {
  readonly found: Contradiction[] = [];

  in(file: SeedKind): (row: string, code: string, text: string, about?: string) => void {
    return (row, code, text, about) => {
      this.found.push({ file, row, code, text, ...(about === undefined ? {} : { about }) });
    };
  }
}
