import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { allFaults } from './matrix.js';
import { planted } from './platform/planted.js';
import { platformFaults } from './platform/platform-faults.js';

/* What is told of the faults must be all of them: one that was added and never run would not be missed. */

const text = readFileSync(new URL('./RESULTS.md', import.meta.url), 'utf8');
const rows = text.split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim());
  return cells.length > 3 ? [{ name: cells[1]!.replace(' (*)', ''), outcome: cells.at(-2)! }] : [];
});
const named = (name: string) => rows.find((row) => row.name === name);

it('RESULTS.md has a row for each fault, and none failed', () => {
  // Those that end the servers themselves are left out where the servers are not ours.
  expect(allFaults.length).toBeGreaterThan(25);
  for (const { name } of allFaults) expect([name, named(name)?.outcome]).toEqual([name, 'ok']);
  for (const { after, name } of platformFaults)
    expect([name, named(`after "${after}": ${name}`)?.outcome]).toEqual([name, 'ok']);
  expect(text).toContain('planted 5 / caught 5');
  expect(text).toContain(`planted ${planted.length} / caught ${planted.length}`);
});
