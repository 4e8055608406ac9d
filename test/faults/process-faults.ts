import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '#testing';
import { CONSUMERS } from './app-protocol.js';
import { type Fault, owner, takeover } from './fault.js';
import type { LineUp } from './line-up.js';
import { HEARTBEAT, OFFSET_COMMIT, PRODUCE } from '../../libs/messaging/specs/proxy.js';

/** Resolves at the next answer to a produce request, before anyone has got it. */
function nextPublish({ kafka }: LineUp, then: () => void): Promise<void> {
  return new Promise((resolve) => {
    kafka.onAnswer = ({ api }) => {
      if (api !== PRODUCE) return 'pass';
      kafka.onAnswer = undefined;
      then();
      resolve();
      return 'drop';
    };
  });
}

/** Resolves when the process wants to commit an offset: what stands before it is committed. It never arrives. */
function nextOffset({ kafka }: LineUp, process: string, then: () => void): Promise<void> {
  return new Promise((resolve) => {
    kafka.onRequest = ({ api, client }) => {
      if (api !== OFFSET_COMMIT || client !== process) return 'pass';
      kafka.onRequest = undefined;
      then();
      resolve();
      return 'drop';
    };
  });
}

/** Resolves when the broker has told the process that its group is no longer its to use. */
function denied({ kafka }: LineUp, process: string): Promise<void> {
  return new Promise((resolve) => {
    kafka.onAnswer = ({ api, client }) => {
      if (api !== HEARTBEAT || client !== process) return 'pass';
      kafka.onAnswer = undefined;
      resolve();
      return 'deny';
    };
  });
}

/** Waits until a consumer holds a transaction open at PostgreSQL. */
async function midTransaction({ databases }: LineUp, consumer: string): Promise<void> {
  const { db } = databases.get(consumer)!;
  await eventually(
    async () => {
      const { rows } = await db.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      if (rows.length === 0) throw new Error(`${consumer} has no transaction open`);
    },
    { within: 60_000 },
  );
}

export const processFaults: readonly Fault[] = [
  {
    name: 'kill -9 of the relay between publish and mark',
    leaves: 'repeats',
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
        const consumer = lineUp.child(`${name}-1`);
        consumer.tell({ mode: { slowMs: 20 } });
        await midTransaction(lineUp, name);
        consumer.kill();
        consumer.tell({ mode: { slowMs: 0 } });
      }
      await lineUp.ready();
    },
  },
  {
    name: 'a consumer crashes for good, its process ends',
    async happen(lineUp) {
      for (const name of CONSUMERS) {
        const consumer = lineUp.child(`${name}-1`);
        const { restarts } = consumer;
        await denied(lineUp, consumer.name);
        await eventually(
          () => {
            if (consumer.restarts === restarts)
              throw new Error(`${consumer.name} goes on without its consumer`);
          },
          { within: 60_000 },
        );
      }
      await lineUp.ready();
    },
  },
  {
    name: 'kill -9 of a consumer after commit, before the offset',
    leaves: 'dropped',
    async happen(lineUp) {
      for (const name of CONSUMERS) {
        const consumer = lineUp.child(`${name}-1`);
        await nextOffset(lineUp, consumer.name, () => consumer.kill());
        await sleep(lineUp.chance.between(500, 1_500));
      }
      await lineUp.ready();
    },
  },
  {
    name: 'two relays on one shard: the owner is stopped (SIGSTOP), another takes over, the first goes on',
    async happen(lineUp) {
      const stopped = owner(lineUp);
      stopped.freeze();
      try {
        await takeover(lineUp, stopped);
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
