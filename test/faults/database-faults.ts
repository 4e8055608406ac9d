import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '#testing';
import type { Fault } from './fault.js';
import type { LineUp } from './line-up.js';
import { SUBJECTS } from './load.js';
import { anotherServer, serversAreOurs } from './server.js';

/** Every n-th COMMIT for so long. */
async function cutCommits(lineUp: LineUp, how: 'cut before' | 'cut after'): Promise<string> {
  let commits = 0;
  lineUp.postgres.onCommit = () => ((commits += 1) % 25 === 0 ? how : 'pass');
  await sleep(4_000);
  if (commits < 25) throw new Error('no commit was cut');
  return `${Math.floor(commits / 25)} of ${commits} commits cut`;
}

/** Its subjects stay locked until PostgreSQL ends the idle transactions (60 s); from then on nobody waits for it. */
async function stoppedInTransaction({ producers, acknowledged, journal }: LineUp): Promise<string> {
  const [stopped] = producers;
  const subjects = (from: number): number => new Set(journal.messages.slice(from).map(({ key }) => key)).size;
  await eventually(() => {
    if (stopped!.open < 2) throw new Error(`${stopped!.name} has no transactions open`);
  });
  stopped!.freeze();
  try {
    const before = acknowledged.size;
    await sleep(75_000);
    const from = journal.messages.length;
    await sleep(5_000);
    if (subjects(from) < SUBJECTS / 2) throw new Error(`only ${subjects(from)} subjects move on`);
    return `${acknowledged.size - before} events accepted meanwhile, ${subjects(from)} of ${SUBJECTS} subjects moving at its end`;
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
    name: 'a process stopped (SIGSTOP) with transactions open for 75 s',
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
