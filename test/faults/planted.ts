import { setTimeout as sleep } from 'node:timers/promises';
import { compare } from './checker.js';
import { evidenceOf } from './evidence.js';
import type { Fault } from './fault.js';
import { LineUp } from './line-up.js';
import { messageFaults } from './message-faults.js';
import { Differs, settle } from './settle.js';

/** A mistake on the real parts, who makes it, and the fault that brings it to light. */
interface Plant {
  /** `none`: the same program without a mistake, in which nothing may be found */
  mistake: string;
  who: 'producer' | 'consumer';
  under: readonly Fault[];
}

export interface Caught {
  mistake: string;
  differences: readonly string[];
  /** a mistake was found, or nothing where there is none */
  right: boolean;
}

/** Longer than the partitions of a killed consumer wait: what is merely late must not count as lost. */
const STANDSTILL_MS = 45_000;
const TRIES = 4;

const named = (part: string): Fault => messageFaults.find(({ name }) => name.includes(part))!;
const onlyLoad: Fault = { name: 'load alone', happen: () => sleep(5_000) };
const again = named('delivered twice');
const late = named('late copies');
const killed: Fault = {
  name: 'consumers killed',
  async happen(lineUp) {
    for (let times = 0; times < 3; times += 1) {
      await sleep(lineUp.chance.between(800, 1_600));
      for (const consumer of lineUp.consumers) consumer.kill();
    }
  },
};

const plants: readonly Plant[] = [
  { mistake: 'naive cursor', who: 'producer', under: [onlyLoad] },
  { mistake: 'two unsharded relays', who: 'producer', under: [onlyLoad] },
  { mistake: 'none', who: 'producer', under: [onlyLoad] },
  { mistake: 'offset before commit', who: 'consumer', under: [killed] },
  { mistake: 'inbox dropped', who: 'consumer', under: [again] },
  { mistake: 'blind overwrite of a newer row', who: 'consumer', under: [late] },
  { mistake: 'none', who: 'consumer', under: [killed, again, late] },
];

/** Puts each mistake in the place of the right part, and looks whether the checker finds it. */
export async function checkTheChecker(
  seed: number,
  rate: number,
  programs: { right: string; wrong: string },
  onCaught: (caught: Caught) => void,
): Promise<Caught[]> {
  const found: Caught[] = [];
  for (const { mistake, who, under } of plants) {
    const lineUp = new LineUp(seed, programs.right, { mistake, who, program: programs.wrong });
    try {
      await lineUp.open();
      // A mistake shows only when two things meet: on a busy machine not at the first try.
      let differences: readonly string[] = [];
      for (let left = mistake === 'none' ? 1 : TRIES; left > 0 && differences.length === 0; left -= 1) {
        lineUp.load(rate);
        await sleep(1_500);
        for (const fault of under) await Promise.resolve(fault.happen(lineUp)).catch(unlessDiffering);
        await settle(lineUp, STANDSTILL_MS);
        // Only what the journals say: a relay that keeps no position always looks as if it had a backlog.
        differences = compare(await evidenceOf(lineUp));
      }
      const right = differences.length > 0 === (mistake !== 'none');
      found.push({ mistake: mistake === 'none' ? `none (${who})` : mistake, differences, right });
      onCaught(found.at(-1)!);
    } finally {
      await lineUp.close();
    }
  }
  return found;
}

/** A fault may find the mistake itself; anything else that it throws is a fault of ours. */
function unlessDiffering(error: unknown): void {
  if (!(error instanceof Differs)) throw error;
}
