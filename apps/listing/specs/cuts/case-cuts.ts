import type { CaseCut } from './case-cut.js';
import { ofChanges, ofFiles } from './changes.js';
import { ofEntries, ofOversight } from './entries.js';
import { ofObjections } from './objections.js';
import { ofRepairs } from './repairs.js';
import { untilTheDecision } from './until-the-decision.js';

/*
 * A step for each row of the lifecycle table of a case, each of a file of its own that stands where the row begins, and
 * all on one day. What a step brings about is told by the pure core; killed.spec.ts counts from it which rows are cut.
 */

/** Stories of their own, so that none touches another's. */
export function caseCuts(): CaseCut[] {
  const all = [untilTheDecision, ofEntries, ofOversight, ofRepairs, ofObjections, ofChanges, ofFiles];
  return all.flatMap((cuts) => cuts());
}
