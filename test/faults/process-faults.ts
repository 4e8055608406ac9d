import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '#testing';
import { CONSUMERS } from './app-protocol.js';
import type { Child } from './child.js';
import type { LineUp } from './line-up.js';

/** Something that goes wrong while the load runs. */
export interface Fault {
  name: string;
  /** does the wrong, and mends it; what is left must heal by itself */
  happen: (lineUp: LineUp) => Promise<void>;
}

/** Resolves at the next answer to a produce request, before anyone has got it. */
function nextPublish({ kafka }: LineUp, then: () => void): Promise<void> {
  return new Promise((resolve) => {
    kafka.onProduceAnswer = () => {
      kafka.onProduceAnswer = undefined;
      then();
      resolve();
      return 'drop';
    };
  });
}

/** The owner of most shards. */
export function owner({ producers }: LineUp): Child {
  return [...producers].sort((a, b) => b.owned.length - a.owned.length)[0]!;
}

/** What a process holds open at PostgreSQL: a transaction in the middle. */
async function midTransaction(lineUp: LineUp, consumer: string): Promise<void> {
  const { db } = lineUp.databases.get(consumer)!;
  await eventually(
    async () => {
      const { rows } = await db.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      if (rows.length === 0) throw new Error(`${consumer} has no transaction open`);
    },
    { within: 10_000 },
  );
}

export const processFaults: readonly Fault[] = [
  {
    name: 'kill -9 of the relay between publish and mark',
    async happen(lineUp) {
      for (let times = 0; times < 3; times += 1) {
        await nextPublish(lineUp, () => owner(lineUp).kill());
        await sleep(lineUp.chance.between(500, 1_500));
      }
      await lineUp.ready();
    },
  },
  {
    name: 'kill -9 of a consumer in mid transaction',
    async happen(lineUp) {
      for (const name of CONSUMERS) {
        lineUp.child(`${name}-1`).tell({ mode: { slowMs: 20 } });
        await midTransaction(lineUp, name);
        lineUp.child(`${name}-1`).kill();
        lineUp.child(`${name}-1`).tell({ mode: { slowMs: 0 } });
      }
      await lineUp.ready();
    },
  },
  {
    name: 'kill -9 of a consumer after commit, before the offset',
    async happen(lineUp) {
      // Offsets are committed every 500 ms, effects all the time: any moment under load is between them.
      for (let times = 0; times < 3; times += 1) {
        await sleep(lineUp.chance.between(800, 1_600));
        lineUp.child(`${lineUp.chance.pick(CONSUMERS)}-1`).kill();
      }
      await lineUp.ready();
    },
  },
  {
    name: 'owner stopped (SIGSTOP) and continued after a takeover',
    async happen(lineUp) {
      const stopped = owner(lineUp);
      const other = lineUp.producers.find((producer) => producer !== stopped)!;
      stopped.freeze();
      try {
        await eventually(
          () => {
            if (other.owned.length < 4) throw new Error(`the other relay has ${other.owned.length} shards`);
          },
          { within: 15_000 },
        );
      } finally {
        stopped.thaw();
      }
      await sleep(2_000);
    },
  },
  {
    name: 'shards handed over again and again between two relays',
    async happen(lineUp) {
      for (let times = 0; times < 4; times += 1) {
        lineUp.chance.pick(lineUp.producers).kill();
        await sleep(lineUp.chance.between(700, 1_500));
      }
      await lineUp.ready();
    },
  },
  {
    name: 'rebalance storm',
    async happen(lineUp) {
      for (let times = 0; times < 4; times += 1) {
        const name = `${lineUp.chance.pick(CONSUMERS)}-${times + 2}`;
        const more = lineUp.add(name, 'consumer', name.replace(/-\d+$/, ''));
        await sleep(lineUp.chance.between(1_000, 2_500));
        await more.end();
        lineUp.children.delete(name);
      }
      await lineUp.ready();
    },
  },
];
