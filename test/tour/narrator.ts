/** Prints each call and what followed from it, in plain words. */
export interface Narrator {
  chapter(title: string): void;
  /** who does what */
  act(who: string, what: string): void;
  /** what followed */
  saw(what: string): void;
}

export function plainNarrator(out: NodeJS.WritableStream): Narrator {
  const started = Date.now();
  const say = (line: string): void => void out.write(`${line}\n`);
  return {
    chapter: (title) => say(`\n── ${title} ──  (${((Date.now() - started) / 1000).toFixed(1)} s)`),
    act: (who, what) => say(`  ${who}: ${what}`),
    saw: (what) => say(`      → ${what}`),
  };
}

/** Keeps what was said; a story in a test shows it when it fails. */
export function silentNarrator(): Narrator & { lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    chapter: (title) => lines.push(`── ${title}`),
    act: (who, what) => lines.push(`${who}: ${what}`),
    saw: (what) => lines.push(`  → ${what}`),
  };
}
