import { setTimeout as sleep } from 'node:timers/promises';
import { LineUp } from './line-up.js';
import { messageFaults } from './message-faults.js';
import { type Fault, processFaults } from './process-faults.js';

/** A mistake on the real parts, who makes it, and the fault that brings it to light. */
interface Plant {
  mistake: string;
  who: 'producer' | 'consumer';
  under: Fault;
}

const onlyLoad: Fault = { name: 'load alone', happen: () => sleep(5_000) };
const named = (faults: readonly Fault[], part: string): Fault =>
  faults.find(({ name }) => name.includes(part))!;

export const plants: readonly Plant[] = [
  { mistake: 'naive cursor', who: 'producer', under: onlyLoad },
  { mistake: 'two unsharded relays', who: 'producer', under: onlyLoad },
  { mistake: 'offset before commit', who: 'consumer', under: named(processFaults, 'after commit') },
  { mistake: 'inbox dropped', who: 'consumer', under: named(messageFaults, 'told twice') },
  {
    mistake: 'blind overwrite of a newer row',
    who: 'consumer',
    under: named(messageFaults, 'late copies'),
  },
];

/** Puts each mistake in the place of the right part. @returns what the checker said of each, by mistake */
export async function checkTheChecker(
  seed: number,
  rate: number,
  programs: { right: string; wrong: string },
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { mistake, who, under } of plants) {
    const lineUp = new LineUp(seed, programs.right, { mistake, who, program: programs.wrong });
    try {
      await lineUp.open();
      lineUp.load(rate);
      await sleep(1_500);
      await under.happen(lineUp);
      found.set(mistake, await lineUp.settle(8_000));
    } finally {
      await lineUp.close();
    }
  }
  return found;
}
