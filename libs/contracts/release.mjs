/*
 * Freezes all contracts as the next release: libs/contracts/released/<n>.json. A release once written is what
 * others were promised: it is never rewritten. Does nothing when no contract has changed, and refuses when a
 * change would break readers of the last release; such a change is a new version of the event.
 * Use after a build: node libs/contracts/release.mjs
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { allContracts, incompatibilities, releaseOf } from '../../dist/libs/contracts/src/index.js';

const folder = new URL('./released/', import.meta.url);
mkdirSync(folder, { recursive: true });
const numbers = readdirSync(folder).filter((file) => /^\d+\.json$/.test(file));
const last = Math.max(0, ...numbers.map((file) => Number.parseInt(file, 10)));
const released = last === 0 ? {} : JSON.parse(readFileSync(new URL(`${last}.json`, folder), 'utf8'));
const current = releaseOf(allContracts);

const faults = incompatibilities(released, current);
for (const { type, path, what, breaks } of faults)
  process.stderr.write(`${type} ${path}: ${what} (breaks ${breaks})\n`);
if (faults.length > 0) {
  process.exitCode = 1;
} else if (JSON.stringify(released) === JSON.stringify(current)) {
  process.stdout.write(`nothing has changed since release ${last}\n`);
} else {
  const file = new URL(`${last + 1}.json`, folder);
  const style = await resolveConfig(file);
  const text = await format(JSON.stringify(current), { ...style, parser: 'json' });
  writeFileSync(file, text, { flag: 'wx' });
  process.stdout.write(`released: ${last + 1}, ${Object.keys(current).length} events\n`);
}
