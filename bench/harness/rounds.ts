import { type Spread, spreadOf } from './statistics.js';

/** What one contestant did in one round: values by their names (with unit), and what was wrong with it. */
export interface Run {
  values: Record<string, number>;
  /** what the check after the run found: lost, doubled, out of order */
  faults: readonly string[];
}

export interface Contestant {
  name: string;
  /** product: ours; peer: what others use; limit: the bare work below which nothing can go */
  kind: 'product' | 'peer' | 'limit';
  run(round: number): Promise<Run>;
}

/** All rounds of one contestant. */
export interface Course {
  name: string;
  kind: Contestant['kind'];
  rounds: Run[];
}

export interface Outcome {
  contestants: Course[];
  /** of every round, warm-ups included; a figure with faults is a failed figure */
  faults: Fault[];
}

export interface Fault {
  contestant: string;
  round: number;
  text: string;
}

/**
 * Runs all contestants in each round, so that they meet the same weather; each round begins with another one,
 * so that none always runs behind the same other. The first `warmUps` rounds are checked but not counted.
 */
export async function interleave(
  contestants: readonly Contestant[],
  rounds: number,
  warmUps: number,
  onRun: (contestant: Contestant, round: number, run: Run) => void = () => undefined,
): Promise<Outcome> {
  const records = contestants.map(({ name, kind }): Course => ({ name, kind, rounds: [] }));
  const faults: Fault[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const place = (turn + round + warmUps) % contestants.length;
      const contestant = contestants[place]!;
      const run = await attempt(contestant, round);
      for (const text of run.faults) faults.push({ contestant: contestant.name, round: round + 1, text });
      if (round >= 0) records[place]!.rounds.push(run);
      onRun(contestant, round, run);
    }
  }
  return { contestants: records, faults };
}

/** A contestant that breaks down has failed its round; the others go on. */
async function attempt(contestant: Contestant, round: number): Promise<Run> {
  try {
    return await contestant.run(round);
  } catch (error) {
    const { message, stack = message } = error as Error;
    process.stderr.write(`${stack}\n`);
    // What is kept names no path of a machine; a worker's error brings its stack as its message.
    return { values: {}, faults: [`broke down: ${message.split('\n', 1)[0]}`] };
  }
}

/** A value of one contestant in each round. Rounds with faults have no value: a wrong run is not a fast one. */
export function valuesOf(outcome: Outcome, name: string, value: string): number[] {
  const record = outcome.contestants.find((each) => each.name === name);
  if (!record) throw new Error(`no contestant ${name}`);
  return record.rounds.map((run) => {
    const found = run.values[value];
    if (run.faults.length > 0 || found === undefined)
      throw new Error(`${name} has a round without a good value of "${value}"`);
    return found;
  });
}

/** Spreads of all values of one contestant, over its good rounds. */
export function summaryOf({ rounds }: Course): Record<string, Spread> {
  const good = rounds.filter(({ faults }) => faults.length === 0);
  const names = new Set(good.flatMap(({ values }) => Object.keys(values)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      spreadOf(good.flatMap(({ values }) => (values[name] === undefined ? [] : [values[name]]))),
    ]),
  );
}
