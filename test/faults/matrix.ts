import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './process-faults.js';
import { lineFaults } from './line-faults.js';
import { LineUp } from './line-up.js';
import { messageFaults } from './message-faults.js';
import { processFaults } from './process-faults.js';
import { serverFaults } from './server-faults.js';

export const allFaults: readonly Fault[] = [
  ...processFaults,
  ...lineFaults,
  ...messageFaults,
  ...serverFaults,
];

export interface Result {
  fault: string;
  events: number;
  /** messages that lie in the topic more than once */
  repeats: number;
  /** what consumers dropped as received or settled before */
  dropped: number;
  seconds: number;
  differences: string[];
}

export interface Run {
  seed: number;
  /** the compiled app.js */
  program: string;
  faults: readonly Fault[];
  /** transactions a second, of each producer */
  rate: number;
  onResult: (result: Result) => void;
}

/** How long the backlog may take to reach zero by itself. */
const SETTLE_MS = Number(process.env['FAULT_SETTLE_MS'] ?? 45_000);
/** Load before a fault and after it. */
const AROUND_MS = 1_500;

/** Lets fault after fault happen under load, and looks at everything after each. A line-up that failed is replaced. */
export async function runMatrix({ seed, program, faults, rate, onResult }: Run): Promise<Result[]> {
  const results: Result[] = [];
  let lineUp: LineUp | undefined;
  try {
    for (const [at, fault] of faults.entries()) {
      if (!lineUp) {
        lineUp = new LineUp(seed + at, program);
        await lineUp.open();
      }
      const result = await endure(lineUp, fault, rate);
      results.push(result);
      onResult(result);
      if (result.differences.length === 0) continue;
      await lineUp.close();
      lineUp = undefined;
    }
  } finally {
    await lineUp?.close();
  }
  return results;
}

async function endure(lineUp: LineUp, fault: Fault, rate: number): Promise<Result> {
  const began = performance.now();
  const before = counts(lineUp);
  lineUp.load(rate);
  await sleep(AROUND_MS);
  const failed = await fault.happen(lineUp).then(
    () => [],
    (error: unknown) => [`the fault itself: ${(error as Error).message}`],
  );
  lineUp.kafka.restore();
  lineUp.postgres.restore();
  lineUp.load(rate);
  await sleep(AROUND_MS);
  const differences = [...failed, ...(await lineUp.settle(SETTLE_MS))];
  const after = counts(lineUp);
  return {
    fault: fault.name,
    events: after.events - before.events,
    repeats: after.repeats - before.repeats,
    dropped: after.dropped - before.dropped,
    seconds: (performance.now() - began) / 1_000,
    differences,
  };
}

function counts({ journal, dropped }: LineUp): Pick<Result, 'events' | 'repeats' | 'dropped'> {
  const told = journal.messages.filter(({ id }) => id !== '');
  const events = new Set(told.map(({ id }) => id)).size;
  return { events, repeats: told.length - events, dropped };
}

/** As Markdown. */
export function tableOf(seed: number, results: readonly Result[]): string {
  const rows = results.map(
    ({ fault, events, repeats, dropped, seconds, differences }) =>
      `| ${fault} | ${events} | ${repeats} | ${dropped} | ${seconds.toFixed(1)} | ${differences.length === 0 ? 'ok' : differences.join('; ')} |`,
  );
  const passed = results.filter(({ differences }) => differences.length === 0).length;
  return [
    `FAULT_SEED=${seed}, Node ${process.version}, ${cpus().length} cores; ${passed} of ${results.length} endured`,
    '',
    '| Fault | Events | Twice in the topic | Dropped by consumers | Seconds | Outcome |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
