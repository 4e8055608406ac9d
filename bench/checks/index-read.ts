import { Database } from '#platform';
import { Standings } from '../../apps/measures/src/checks/store/standings.js';
import { clockUs } from '../harness/meter.js';
import { benchLogger } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import type { Asked } from './asker.js';

/* The limit: the same statement through `pg`, one subject at a time, and nothing else: no HTTP, no login, no log, no signature. */
let database: Database;
let standings: Standings;

serve({
  start({ databaseUrl }: { databaseUrl: string }) {
    database = new Database({ DATABASE_URL: databaseUrl, DATABASE_POOL: 10 }, benchLogger('index-read'));
    standings = new Standings(database);
  },
  async flood({
    codes,
    connections,
    seconds,
  }: {
    codes: string[];
    connections: number;
    seconds: number;
  }): Promise<Asked> {
    const end = clockUs() + seconds * 1e6;
    const began = clockUs();
    const asked: Asked = { answered: 0, bound: 0, seconds: 0, delaysMs: [] };
    let next = 0;
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (clockUs() < end) {
          const found = await standings.of([codes[next++ % codes.length]!]);
          asked.answered += 1;
          if (found.size > 0) asked.bound += 1;
        }
      }),
    );
    return { ...asked, seconds: (clockUs() - began) / 1e6 };
  },
  stop: () => database.onApplicationShutdown(),
});
