/**
 * Writes the demo data: `node seeds/demo/generate.mjs [folder]` (default: its own folder). Everything in it
 * is fictitious and says so; the same bytes come out on every run, which a spec of libs/seeds checks.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoPenalties, HEADER, ROWS } from './penalties.mjs';
import { demoSubjects } from './subjects.mjs';

const folder = process.argv[2] ?? import.meta.dirname;
mkdirSync(folder, { recursive: true });

const { subjects, links } = demoSubjects();
const { rows, lines } = demoPenalties(subjects);

const cell = (value = '') => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const list = (values) => `[\n${values.map((value) => `    ${JSON.stringify(value)}`).join(',\n')}\n  ]`;
const write = (name, text) => writeFileSync(join(folder, name), text);

write('subjects.json', `{\n  "subjects": ${list(subjects)},\n  "links": ${list(links)}\n}\n`);
write(
  'penalties.csv',
  `${[HEADER.join(','), ...rows.map((row) => HEADER.map((name) => cell(row[name])).join(','))].join('\n')}\n`,
);
const count = (outcome) => lines.filter((line) => line.outcome === outcome).length;
const totals = {
  rows: ROWS,
  accepted: ROWS - lines.length,
  duplicates: count('duplicate'),
  refused: count('refused'),
};
write(
  'penalties.expected.json',
  `{\n  "file": "penalties.csv",\n  "totals": ${JSON.stringify(totals)},\n  "lines": ${list(lines)}\n}\n`,
);
