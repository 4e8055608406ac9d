import type { Findings } from './contradiction.js';
import { listKeys } from './list-type.js';
import type { Seeds } from './seed-files.js';

/** Kinds of clues: of a list that is known, with clocks that start somewhere. */
export function checkClues(seeds: Seeds, findings: Findings): void {
  const found = findings.in('clue-rules');
  for (const { kind, list, validFrom, acceptance, forwarding, result } of seeds['clue-rules']) {
    const row = `${kind}@${validFrom}`;
    if (kind === 'general') found(row, 'clue.kind-taken', 'general is the kind that has no rule.');
    if (!listKeys.includes(list)) found(row, 'clue.list-unknown', `${list} is not among the known lists.`);
    if (acceptance === null && (forwarding !== null || result?.from === 'acceptance'))
      found(row, 'clue.acceptance-unclear', 'A clock from acceptance needs a step of acceptance.');
    if (acceptance?.sources.length === 0)
      found(row, 'clue.acceptance-of-nothing', 'The row does not say from which sources it is accepted.');
  }
}
