/**
 * One thing that must agree: what was told on one side, what somebody holds on the other. Lists, not sets, so
 * that what is held twice shows; a repetition of what was told is no second fact and is left out before.
 */
export interface Agreement {
  what: string;
  told: readonly string[];
  held: readonly string[];
}

/** @returns a line for each kind of difference; empty when all agree */
export function disagreements(agreements: readonly Agreement[]): string[] {
  return agreements.flatMap(({ what, told, held }) => {
    const wanted = new Set(told);
    const found = new Set<string>();
    const twice: string[] = [];
    for (const each of held) {
      if (found.has(each)) twice.push(each);
      found.add(each);
    }
    return [
      ...some(
        `${what}: missing`,
        [...wanted].filter((each) => !found.has(each)),
      ),
      ...some(
        `${what}: nobody told`,
        [...found].filter((each) => !wanted.has(each)),
      ),
      ...some(`${what}: held twice`, twice),
    ];
  });
}

function some(what: string, which: readonly string[]): string[] {
  return which.length === 0 ? [] : [`${which.length} ${what}: ${which.slice(0, 3).join(', ')}`];
}
