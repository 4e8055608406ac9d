import { setTimeout as sleep } from 'node:timers/promises';
import type { LineUp } from './line-up.js';
import type { Fault } from './process-faults.js';

/** Every n-th COMMIT for so long. */
async function cutCommits(lineUp: LineUp, how: 'cut before' | 'cut after'): Promise<void> {
  let commits = 0;
  lineUp.postgres.onCommit = () => ((commits += 1) % 25 === 0 ? how : 'pass');
  await sleep(4_000);
  lineUp.postgres.restore();
}

export const lineFaults: readonly Fault[] = [
  {
    name: 'connections to the broker cut',
    async happen({ kafka, chance }) {
      for (let times = 0; times < 5; times += 1) {
        kafka.cut();
        await sleep(chance.between(300, 1_200));
      }
    },
  },
  {
    name: 'broker out of reach for 6 s, intake going on',
    async happen({ kafka }) {
      kafka.block();
      await sleep(6_000);
      kafka.restore();
    },
  },
  {
    name: 'connections to the broker open but silent',
    async happen({ kafka }) {
      kafka.halfOpen();
      await sleep(9_000);
    },
  },
  {
    name: 'answers to produce requests dropped',
    async happen({ kafka }) {
      let answers = 0;
      kafka.onProduceAnswer = () => ((answers += 1) % 7 === 3 ? 'drop' : 'pass');
      await sleep(8_000);
      kafka.restore();
    },
  },
  {
    name: 'broker slow by 150 ms',
    async happen({ kafka }) {
      kafka.delayMs = 150;
      await sleep(4_000);
      kafka.restore();
    },
  },
  {
    name: 'PostgreSQL connections cut before COMMIT arrives',
    happen: (lineUp) => cutCommits(lineUp, 'cut before'),
  },
  {
    name: 'PostgreSQL connections cut before the answer to COMMIT',
    happen: (lineUp) => cutCommits(lineUp, 'cut after'),
  },
  {
    name: 'all PostgreSQL sessions ended, then out of reach for 4 s',
    async happen({ postgres }) {
      postgres.block();
      await sleep(4_000);
      postgres.restore();
    },
  },
  {
    name: 'a writing transaction held open for 5 s',
    async happen({ databases }) {
      const client = await databases.get('producer')!.db.pool.connect();
      await client.query('BEGIN; SELECT pg_current_xact_id()');
      await sleep(5_000);
      await client.query('ROLLBACK');
      client.release();
    },
  },
];
