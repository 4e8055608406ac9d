import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Fault } from './fault.js';
import { allFaults, type Result, runMatrix } from './matrix.js';
import { Chance } from './model/chance.js';
import { checkTheChecker } from './planted.js';
import { plantedTableOf, tableOf } from './report.js';

/*
 * `npm run faults [-- --short | part of a name …]`: lets every fault happen to the real parts, prints a table,
 * exits non-zero when anything was lost, doubled or out of order. FAULT_SEED repeats a run, as far as real
 * processes can be repeated. `--short`: as many faults, in an order drawn by the seed, as fit into 90 s.
 */
const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
/** transactions a second, of each of the two producers */
const rate = Number(process.env['FAULT_RATE'] ?? 40);
const SHORT_MS = 90_000;

const args = process.argv.slice(2);
const short = args.includes('--short');
const parts = args.filter((arg) => !arg.startsWith('--'));
const wanted = (name: string): boolean => parts.length === 0 || parts.some((part) => name.includes(part));
const programOf = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function chosen(): Fault[] {
  const faults = allFaults.filter(({ name, long }) => wanted(name) && !(short && long));
  if (!short) return faults;
  const chance = new Chance(seed);
  return faults
    .map((fault) => ({ fault, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ fault }) => fault);
}

function tell({ fault, events, repeats, dropped, healed, seconds, seen, differences }: Result): void {
  const figures = `${events} events, ${repeats} twice in the topic, ${dropped} dropped, healed in ${healed.toFixed(1)} s, ${seconds.toFixed(1)} s in all`;
  say(`${differences.length === 0 ? 'ok  ' : 'FAIL'} ${fault}: ${figures}${seen && `; ${seen}`}`);
  for (const difference of differences) say(`       ${difference}`);
}

const faults = chosen();
say(`FAULT_SEED=${seed}, ${faults.length} faults${short ? ', as many as fit into 90 s' : ''}`);
if (faults.length === 0 && !wanted('planted'))
  say(
    `none of them has ${parts.join(' or ')} in its name; there are ${allFaults.map(({ name }) => `"${name}"`).join(', ')}, planted and services`,
  );
const results = await runMatrix({
  seed,
  program: programOf('app'),
  faults,
  rate,
  ...(short && { budgetMs: SHORT_MS }),
  onResult: tell,
});
let table = results.length > 0 ? tableOf(seed, results) : '';
let failed = results.filter(({ differences }) => differences.length > 0).length;
let passed = results.length - failed;

if (!short && wanted('planted')) {
  const programs = { right: programOf('app'), wrong: programOf('wrong-app') };
  const found = await checkTheChecker(seed, rate, programs, ({ mistake, differences, right }) =>
    say(`${right ? 'ok  ' : 'FAIL'} planted: ${mistake}: ${differences[0] ?? 'nothing found'}`),
  );
  table += `\n${plantedTableOf(found)}`;
  passed += found.filter(({ right }) => right).length;
  failed += found.filter(({ right }) => !right).length;
}
say(`\n${table}`);
if (process.env['FAULT_RESULTS']) writeFileSync(process.env['FAULT_RESULTS'], table);
say(`${passed} passed, ${failed} failed`);
// Told to end: a KafkaJS client whose broker was killed may have connected again after its `disconnect`, and that
// connection would keep the process, and whoever waits for it, for ever.
process.stdout.write('', () => process.exit(failed === 0 && passed > 0 ? 0 : 1));
