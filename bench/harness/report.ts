import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.js';
import { type Outcome, summaryOf } from './rounds.js';
import type { Spread } from './statistics.js';
import type { Verdict } from './verdict.js';

export interface Report {
  figure: string;
  title: string;
  /** rounds counted, after how many warm-ups, and what else shaped the run */
  how: Record<string, string | number>;
  environment: Environment;
  outcome: Outcome;
  verdicts: Verdict[];
}

/** `failed` when anything was lost, doubled or out of order, whatever the rates are. */
export function statusOf({ outcome, verdicts }: Pick<Report, 'outcome' | 'verdicts'>): string {
  if (outcome.faults.length > 0) return 'failed';
  return verdicts.every(({ reached }) => reached) ? 'reached' : 'short';
}

/** The figure as it is printed: one table of contestants, one of what was to be reached. */
export function markdownOf(report: Report): string {
  const { title, outcome, verdicts } = report;
  const names = [...new Set(outcome.contestants.flatMap((each) => Object.keys(summaryOf(each))))];
  const rows = outcome.contestants.map((course) => {
    const summary = summaryOf(course);
    const cells = names.map((name) => (summary[name] ? spread(summary[name]) : '–'));
    return `| ${course.name} | ${course.kind} | ${cells.join(' | ')} |`;
  });
  const judged = verdicts.map(
    ({ text, found, reached }) =>
      `| ${text} | ${found ? spread(found) : 'no figure'} | ${reached ? 'reached' : 'short'} |`,
  );
  return [
    `### ${title}: ${statusOf(report)}`,
    `| | | ${names.join(' | ')} |`,
    `|---|---|${names.map(() => '---|').join('')}`,
    ...rows,
    '',
    ...(judged.length > 0 ? ['| To be reached | Found | |', '|---|---|---|', ...judged, ''] : []),
    ...outcome.faults.map(({ contestant, round, text }) => `FAULT ${contestant}, round ${round}: ${text}`),
  ].join('\n');
}

/** Kept under date and time, so that a later run never overwrites what it is compared with. */
export function keep(report: Report, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const { at, cores, memoryGb } = report.environment;
  const moment = at.slice(0, 16).replace(':', '');
  const file = join(folder, `${moment}-${report.figure}-${cores}x${Math.round(memoryGb)}GB.json`);
  writeFileSync(file, `${JSON.stringify({ status: statusOf(report), ...report }, null, 1)}\n`);
  return file;
}

function spread({ median, least, most }: Spread): string {
  return `${round(median)} (${round(least)}–${round(most)})`;
}

/** Three digits that count; more would claim what the spread denies. */
function round(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 3) });
}
