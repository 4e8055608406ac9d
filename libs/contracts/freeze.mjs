/*
 * Writes the frozen sample of every contract that has none yet. A sample once written is what a producer
 * really sent: it is never rewritten, a changed event gets a new version instead.
 * Use after a build: node libs/contracts/freeze.mjs
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { allContracts } from '../../dist/libs/contracts/src/index.js';

const folder = new URL('./samples/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const { type, sample } of allContracts) {
  const file = new URL(`${type}.json`, folder);
  if (existsSync(file)) continue;
  writeFileSync(file, `${JSON.stringify(sample, null, 2)}\n`);
  process.stdout.write(`frozen: ${type}\n`);
}
