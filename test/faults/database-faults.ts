import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '#testing';
import type { Fault } from './fault.js';
import type { LineUp } from './line-up.js';
import { SUBJECTS } from './load.js';
import { anotherServer, serversAreOurs } from './server.js';

/** Every tenth COMMIT, until so many are cut that the load's and each consumer's are among them. */
async function cutCommits(lineUp: LineUp, how: 'cut before' | 'cut after'): Promise<string> {
  let commits = 0;
  let cut = 0;
  lineUp.postgres.onCommit = () => {
    commits += 1;
    if (commits % 10 !== 0) return 'pass';
    cut += 1;
    return how;
  };
  await eventually(
    () => {
      if (cut < 30) throw new Error(`${cut} of ${commits} commits cut`);
    },
    { within: 120_000 },
  );
  return `${cut} of ${commits} commits cut`;
}

/**
 * Its subjects stay locked until PostgreSQL ends what has been idle for 60 s. One of its transactions may wait
 * for another of them, and is idle only from then on: hence more than once 60 s.
 */
async function stoppedInTransaction({ producers, journal }: LineUp): Promise<string> {
  const [stopped] = producers;
  const began = performance.now();
  await eventually(() => {
    if (stopped!.open < 2) throw new Error(`${stopped!.name} has no transactions open`);
  });
  stopped!.freeze();
  try {
    for (;;) {
      const from = journal.messages.length;
      await sleep(5_000);
      const moving = new Set(journal.messages.slice(from).map(({ key }) => key)).size;
      const seconds = Math.round((performance.now() - began) / 1_000);
      if (moving > SUBJECTS * 0.9) return `${moving} of ${SUBJECTS} subjects moved again after ${seconds} s`;
      if (seconds > 300) throw new Error(`after ${seconds} s only ${moving} of ${SUBJECTS} subjects move`);
    }
  } finally {
    stopped!.thaw();
  }
}

export const databaseFaults: readonly Fault[] = [
  {
    name: 'PostgreSQL connections cut before COMMIT arrives',
    happen: (lineUp) => cutCommits(lineUp, 'cut before'),
  },
  {
    name: 'PostgreSQL connections cut before the answer to COMMIT',
    leaves: 'dropped',
    happen: (lineUp) => cutCommits(lineUp, 'cut after'),
  },
  {
    name: 'PostgreSQL connections cut, then out of reach for 4 s',
    async happen({ postgres }) {
      postgres.block();
      await sleep(4_000);
    },
  },
  {
    name: 'a writing transaction held open for 5 s',
    async happen({ databases, journal }) {
      const client = await databases.get('producer')!.db.pool.connect();
      try {
        await client.query('BEGIN; SELECT pg_current_xact_id()');
        const before = journal.messages.length;
        await sleep(5_000);
        const told = journal.messages.length - before;
        await client.query('ROLLBACK');
        if (told === 0) throw new Error('nothing was published behind the open transaction');
        return `${told} events published meanwhile`;
      } finally {
        client.release();
      }
    },
  },
  {
    name: 'a process stopped (SIGSTOP) with transactions open, until its subjects move again',
    long: true,
    happen: stoppedInTransaction,
  },
  ...(serversAreOurs
    ? [
        {
          name: 'PostgreSQL restarted',
          happen: (lineUp: LineUp) => anotherServer('postgres', 'SIGINT', lineUp),
        },
        {
          name: 'PostgreSQL killed (kill -9)',
          happen: (lineUp: LineUp) => anotherServer('postgres', 'SIGKILL', lineUp),
        },
      ]
    : []),
];
