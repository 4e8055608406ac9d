import { setTimeout as sleep } from 'node:timers/promises';
import { brokerFaults } from './broker-faults.js';
import { databaseFaults } from './database-faults.js';
import type { Fault } from './fault.js';
import { LineUp } from './line-up.js';
import { messageFaults } from './message-faults.js';
import { processFaults } from './process-faults.js';
import { settle } from './settle.js';

/** Those first that tell again whatever the topic holds: it fills with each fault. */
export const allFaults: readonly Fault[] = [
  ...messageFaults,
  ...processFaults,
  ...brokerFaults,
  ...databaseFaults,
];

export interface Result {
  fault: string;
  events: number;
  /** messages that lie in the topic more than once */
  repeats: number;
  /** what consumers dropped as received or settled before */
  dropped: number;
  /** from the end of the load until the backlog was zero and everything agreed */
  healed: number;
  seconds: number;
  seen: string;
  differences: string[];
}

export interface Run {
  seed: number;
  /** the compiled app.js */
  program: string;
  faults: readonly Fault[];
  /** transactions a second, of each producer */
  rate: number;
  /** no further fault is begun after so long */
  budgetMs?: number;
  onResult: (result: Result) => void;
}

/** Load before a fault and after it. */
const AROUND_MS = 1_500;

/** Lets fault after fault happen under load, and looks at everything after each. A line-up that failed is replaced. */
export async function runMatrix({
  seed,
  program,
  faults,
  rate,
  budgetMs = Infinity,
  onResult,
}: Run): Promise<Result[]> {
  const began = performance.now();
  const results: Result[] = [];
  let lineUp: LineUp | undefined;
  try {
    for (const [at, fault] of faults.entries()) {
      if (performance.now() - began > budgetMs) break;
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
  const seen: string[] = [];
  const failed: string[] = [];
  try {
    seen.push(...[await fault.happen(lineUp)].flatMap((text) => text ?? []));
  } catch (error) {
    failed.push(`the fault itself: ${(error as Error).message}`);
  }
  lineUp.kafka.restore();
  lineUp.postgres.restore();
  lineUp.load(rate);
  await sleep(AROUND_MS);
  const mended = performance.now();
  const differences = [...failed, ...(await settle(lineUp))];
  const healed = (performance.now() - mended) / 1_000;
  const after = counts(lineUp);
  const came = {
    events: after.events - before.events,
    repeats: after.repeats - before.repeats,
    dropped: after.dropped - before.dropped,
  };
  const { leaves } = fault;
  if (leaves && came[leaves] === 0) differences.push(`the fault has left no trace (${leaves})`);
  if (differences.length > 0) differences.push(...timesOf(lineUp.notes));
  lineUp.notes.length = 0;
  seen.push(...lineUp.ownEnds.splice(0));
  return {
    fault: fault.name,
    ...came,
    healed,
    seconds: (performance.now() - began) / 1_000,
    seen: seen.join('; '),
    differences,
  };
}

/** What processes reported meanwhile, each kind once. */
function timesOf(notes: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const note of notes) {
    const kind = note.replace(/[0-9a-f-]{36}/g, '…');
    times.set(kind, (times.get(kind) ?? 0) + 1);
  }
  return [...times].map(([kind, count]) => `${count} × ${kind}`);
}

function counts({ journal, dropped }: LineUp): Pick<Result, 'events' | 'repeats' | 'dropped'> {
  const told = journal.messages.filter(({ id }) => id !== '');
  const events = new Set(told.map(({ id }) => id)).size;
  return { events, repeats: told.length - events, dropped };
}
