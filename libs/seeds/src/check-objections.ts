import type { Findings } from './contradiction.js';
import { listKeys } from './list-type.js';
import type { Seeds } from './seed-files.js';

/** Procedures of objection of single lists: of a list that is known, with clocks that start somewhere. */
export function checkObjections(seeds: Seeds, findings: Findings): void {
  const found = findings.in('objection-rules');
  for (const { list, validFrom, about, accept, from } of seeds['objection-rules']) {
    const row = `${list}@${validFrom}`;
    if (!listKeys.includes(list))
      found(row, 'objection.list-unknown', `${list} is not among the known lists.`);
    if (about.length === 0) found(row, 'objection.about-nothing', 'The row does not say what it is about.');
    if ((from === 'acceptance') !== (accept !== null))
      found(
        row,
        'objection.acceptance-unclear',
        'A clock from acceptance needs a time to accept, no other does.',
      );
  }
}
