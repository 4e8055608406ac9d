import { loadavg } from 'node:os';
import { environment, textOf } from './harness/environment.js';
import type { Figure } from './harness/figure.js';
import { keep, markdownOf, type Report, statusOf } from './harness/report.js';
import { interleave } from './harness/rounds.js';
import { judge } from './harness/verdict.js';
import { apply } from './apply/figure.js';
import { checks } from './checks/figure.js';
import { discipline } from './discipline/figure.js';
import { idle } from './idle/figure.js';
import { latency } from './latency/figure.js';
import { memory, quickMemory } from './memory/figure.js';
import { relay } from './relay/figure.js';

/*
 * `npm run bench [-- figure …] [--quick] [--only=part of a contestant's name]`: measures, checks, prints, keeps. Exits non-zero when a check
 * failed; a figure that falls short of what it should reach is told, and is no error.
 */
const ROUNDS = 5;
const QUICK_ROUNDS = 3;

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const FIGURES: readonly Figure[] = [
  relay,
  latency,
  apply,
  quick ? quickMemory : memory,
  discipline,
  checks,
  idle,
];
const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length) ?? '';
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = names.filter((name) => !FIGURES.some((figure) => figure.name === name));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (unknown.length > 0) {
  say(`no figure ${unknown.join(', ')}; there are ${FIGURES.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}
let failed = false;
for (const figure of FIGURES.filter(({ name }) => names.includes(name))) {
  const report = await measure(figure);
  failed ||= statusOf(report) === 'failed';
  say(`\n${markdownOf(report)}`);
  if (process.env['BENCH_RESULTS']) say(`kept in ${keep(report, process.env['BENCH_RESULTS'])}`);
}
process.exitCode = failed ? 1 : 0;

async function measure({ name, title, reaches, rounds = ROUNDS, prepare }: Figure): Promise<Report> {
  const machine = await environment();
  say(`\n${title}\n${textOf(machine)}`);
  const counted = quick ? Math.min(rounds, QUICK_ROUNDS) : rounds;
  const warmUps = rounds > 1 ? 1 : 0;
  const began = performance.now();
  const { contestants: all, how, close } = await prepare({ quick });
  const contestants = all.filter((contestant) => contestant.name.includes(only));
  const told = new Set(contestants.map((contestant) => contestant.name));
  const judged = reaches.filter(({ of, over }) => told.has(of) && (!over || told.has(over)));
  try {
    const outcome = await interleave(
      contestants,
      counted,
      warmUps,
      (contestant, round, { values, faults }) => {
        const told = Object.entries(values).map(([value, found]) => `${value} ${found.toFixed(1)}`);
        say(`${round < 0 ? 'warm-up' : `round ${round + 1}`} ${contestant.name}: ${told.join(', ')}`);
        for (const fault of faults) say(`  FAULT ${fault}`);
      },
    );
    machine.loadAfter = loadavg();
    const seconds = Math.round((performance.now() - began) / 1_000);
    return {
      figure: name,
      title,
      how: { rounds: counted, 'warm-ups': warmUps, seconds, ...how },
      environment: machine,
      outcome,
      verdicts: judge(outcome, judged),
    };
  } finally {
    await close();
  }
}
