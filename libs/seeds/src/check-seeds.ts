import { Refusal, workingCalendar } from '#kernel';
import { checkClues } from './check-clues.js';
import { checkDiscipline } from './check-discipline.js';
import { checkIncentives } from './check-incentives.js';
import { checkDocuments } from './check-documents.js';
import { checkGrades } from './check-grades.js';
import { checkLists } from './check-lists.js';
import { checkObjections } from './check-objections.js';
import { checkRecords } from './check-records.js';
import { checkRows } from './check-rows.js';
import { checkUnits } from './check-units.js';
import { type Contradiction, Findings } from './contradiction.js';
import type { Seeds } from './seed-files.js';

/**
 * Every contradiction in the given rows: inside a row, between rows, between files. Pure; an empty answer
 * means that the rows may be loaded. One bad row does not hide the next.
 */
export function checkSeeds(seeds: Seeds): Contradiction[] {
  const findings = new Findings();
  checkRows(seeds, findings);
  checkCalendars(seeds, findings);
  checkUnits(seeds, findings);
  checkLists(seeds, findings);
  checkObjections(seeds, findings);
  checkClues(seeds, findings);
  checkDiscipline(seeds, findings);
  checkIncentives(seeds, findings);
  checkGrades(seeds, findings);
  checkRecords(seeds, findings);
  checkDocuments(seeds, findings);
  return findings.found;
}

/**
 * For a loader: refuses the whole load, all contradictions in one message.
 *
 * @throws Error
 */
export function assertSeeds(seeds: Seeds): void {
  const found = checkSeeds(seeds);
  if (found.length === 0) return;
  const lines = found.map(({ file, row, code, text }) => `  seeds/${file}, ${row}: ${text} (${code})`);
  throw new Error(`The seeds contradict themselves and are not loaded:\n${lines.join('\n')}`);
}

function checkCalendars(seeds: Seeds, findings: Findings): void {
  try {
    workingCalendar(seeds.calendars);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    findings.in('calendars')(String(error.facts['year'] ?? ''), error.code, error.en);
  }
}
