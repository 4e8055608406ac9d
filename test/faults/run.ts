import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allFaults, runMatrix, tableOf } from './matrix.js';
import { checkTheChecker, plants } from './planted.js';

/*
 * `npm run faults [-- part of a name]`: lets every fault happen to the real parts, prints a table, exits
 * non-zero when anything was lost, doubled or out of order. FAULT_SEED repeats a run, as far as real
 * processes can be repeated.
 */
const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
const rate = Number(process.env['FAULT_RATE'] ?? 40);
const [part = ''] = process.argv.slice(2);
const faults = allFaults.filter(({ name }) => name.includes(part));
const programOf = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`FAULT_SEED=${seed}, ${faults.length} faults`);

const results = await runMatrix({
  seed,
  program: programOf('app'),
  faults,
  rate,
  onResult({ fault, events, repeats, dropped, seconds, differences }) {
    const figures = `${events} events, ${repeats} twice in the topic, ${dropped} dropped, ${seconds.toFixed(1)} s`;
    say(`${differences.length === 0 ? 'ok  ' : 'FAIL'} ${fault}: ${figures}`);
    for (const difference of differences) say(`       ${difference}`);
  },
});
let table = tableOf(seed, results);
let good = results.every(({ differences }) => differences.length === 0);

if (part === '' || part === 'planted') {
  const programs = { right: programOf('app'), wrong: programOf('wrong-app') };
  const found = await checkTheChecker(seed, rate, programs);
  const caught = plants.filter(({ mistake }) => found.get(mistake)!.length > 0);
  table += `\n| Planted mistake | What the checker found |\n|---|---|\n`;
  for (const [mistake, differences] of found) table += `| ${mistake} | ${differences[0] ?? 'nothing'} |\n`;
  table += `\nplanted ${plants.length} / caught ${caught.length}\n`;
  good &&= caught.length === plants.length;
}
say(`\n${table}`);
if (process.env['FAULT_RESULTS']) writeFileSync(process.env['FAULT_RESULTS'], table);
process.exitCode = good ? 0 : 1;
