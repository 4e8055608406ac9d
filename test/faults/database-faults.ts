import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';
import type { LineUp } from './line-up.js';
import { anotherServer, serversAreOurs } from './server.js';

/** Every n-th COMMIT for so long. */
async function cutCommits(lineUp: LineUp, how: 'cut before' | 'cut after'): Promise<string> {
  let commits = 0;
  lineUp.postgres.onCommit = () => ((commits += 1) % 25 === 0 ? how : 'pass');
  await sleep(4_000);
  if (commits < 25) throw new Error('no commit was cut');
  return `${Math.floor(commits / 25)} of ${commits} commits cut`;
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
