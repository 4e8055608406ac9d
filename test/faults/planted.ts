import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';
import { LineUp } from './line-up.js';
import { messageFaults } from './message-faults.js';
import { Differs, settle } from './settle.js';

/** A mistake on the real parts, who makes it, and the fault that brings it to light. */
interface Plant {
  mistake: string;
  who: 'producer' | 'consumer';
  under: Fault;
}

const onlyLoad: Fault = { name: 'load alone', happen: () => sleep(5_000) };
/** At any moment; the right consumer stands it, too, but it is asked at the worst one. */
const killed: Fault = {
  name: 'consumers killed',
  async happen(lineUp) {
    for (let times = 0; times < 3; times += 1) {
      await sleep(lineUp.chance.between(800, 1_600));
      for (const consumer of lineUp.consumers) consumer.kill();
    }
  },
};
const named = (faults: readonly Fault[], part: string): Fault =>
  faults.find(({ name }) => name.includes(part))!;

export const plants: readonly Plant[] = [
  { mistake: 'naive cursor', who: 'producer', under: onlyLoad },
  { mistake: 'two unsharded relays', who: 'producer', under: onlyLoad },
  { mistake: 'offset before commit', who: 'consumer', under: killed },
  { mistake: 'inbox dropped', who: 'consumer', under: named(messageFaults, 'delivered twice') },
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
  onFound: (mistake: string, differences: readonly string[]) => void,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { mistake, who, under } of plants) {
    const lineUp = new LineUp(seed, programs.right, { mistake, who, program: programs.wrong });
    try {
      await lineUp.open();
      lineUp.load(rate);
      await sleep(1_500);
      const during = await Promise.resolve(under.happen(lineUp)).then(() => [], differing);
      const differences = [...during, ...(await settle(lineUp, 8_000))];
      found.set(mistake, differences);
      onFound(mistake, differences);
    } finally {
      await lineUp.close();
    }
  }
  return found;
}

/** Only what the checker found counts as caught; a fault that cannot happen is a fault of ours. */
function differing(error: unknown): readonly string[] {
  if (error instanceof Differs) return error.differences;
  throw error;
}
