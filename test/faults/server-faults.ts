import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '#testing';
import type { LineUp } from './line-up.js';
import type { Fault } from './process-faults.js';

/** Set by `npm run faults`, whose supervisor starts a server that has ended again. */
const folder = process.env['CHENGXIN_RUN_DIR'];
const fileOf = (part: string): string => join(folder ?? '', `${part}.pid`);

function pidOf(part: string): number {
  return Number(readFileSync(fileOf(part), 'utf8').trim().split(/\s/)[0]);
}

/** Signals a server's whole group and waits until another process answers in its place. */
async function another(part: 'kafka' | 'postgres', signal: NodeJS.Signals, lineUp: LineUp): Promise<void> {
  const before = pidOf(part);
  process.kill(-before, signal);
  await eventually(
    async () => {
      if (!existsSync(fileOf(part)) || pidOf(part) === before) throw new Error(`${part} has not come back`);
      if (part === 'postgres') {
        await lineUp.databases.get('producer')!.db.query('SELECT 1');
        return;
      }
      const admin = lineUp.client().admin();
      await admin.connect();
      await admin.fetchTopicOffsets(lineUp.topic).finally(() => admin.disconnect());
    },
    { within: 60_000 },
  );
  await sleep(1_000);
}

/** Only where the servers are ours to kill. */
export const serverFaults: readonly Fault[] =
  folder === undefined
    ? []
    : [
        { name: 'broker restarted', happen: (lineUp) => another('kafka', 'SIGTERM', lineUp) },
        { name: 'broker killed (kill -9)', happen: (lineUp) => another('kafka', 'SIGKILL', lineUp) },
        { name: 'PostgreSQL restarted', happen: (lineUp) => another('postgres', 'SIGINT', lineUp) },
        { name: 'PostgreSQL killed (kill -9)', happen: (lineUp) => another('postgres', 'SIGKILL', lineUp) },
        {
          name: 'broker away for 60 s, intake going on',
          async happen({ kafka }) {
            kafka.block();
            await sleep(60_000);
            kafka.restore();
          },
        },
      ];
