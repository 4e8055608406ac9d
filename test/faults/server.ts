import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '#testing';
import { pidOf } from '../stories/processes.js';
import type { LineUp } from './line-up.js';

/** Servers are killed only where they are ours: under `npm run faults`, whose supervisor starts them again. */
export const serversAreOurs = process.env['CHENGXIN_RUN_DIR'] !== undefined;

/** Signals a whole process group and waits until the supervisor has put another process in its place. */
export async function another(name: string, signal: NodeJS.Signals): Promise<void> {
  const before = pidOf(name);
  process.kill(-before, signal);
  await eventually(
    () => {
      // Between the two there is no file: that throws as well.
      if (pidOf(name) === before) throw new Error(`${name} has not come back`);
    },
    { within: 60_000 },
  );
}

/** The same, until the new server answers. */
export async function anotherServer(
  part: 'kafka' | 'postgres',
  signal: NodeJS.Signals,
  lineUp: LineUp,
): Promise<void> {
  await another(part, signal);
  await eventually(
    async () => {
      if (part === 'postgres') {
        await lineUp.databases.get('producer')!.db.query('SELECT 1');
        return;
      }
      const admin = lineUp.client().admin();
      await admin.connect();
      await admin.fetchTopicOffsets(lineUp.topic).finally(() => admin.disconnect());
    },
    { within: 90_000 },
  );
  await sleep(1_000);
}
