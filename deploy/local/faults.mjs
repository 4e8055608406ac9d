/**
 * `npm run faults [-- --short | part of a fault's name …]`: PostgreSQL and Kafka on ports and data of their own, then every
 * fault of test/faults under load. The table of what came of it is printed and kept beside the stack's data.
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { join } = await import('node:path');
const { say } = await import('./progress.mjs');
const { bringUpParts, environmentOf, own } = await import('./stack.mjs');

process.exitCode = await own('test', async (context) => {
  const { profile, processes } = context;
  profile.durable = true; // PostgreSQL is killed here: what it has answered must be on the disk
  const addresses = await bringUpParts(context, { services: [], emptied: true, built: true });
  const results = join(profile.folder, 'faults.md');
  const { code } = await processes.run({
    name: 'faults',
    command: process.execPath,
    args: [join('dist', 'test', 'faults', 'run.js'), ...process.argv.slice(2)],
    env: {
      ...environmentOf(addresses),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal', // what goes wrong here goes wrong on purpose
      CHENGXIN_RUN_DIR: profile.run,
      FAULT_RESULTS: results,
    },
    visible: true,
  });
  say(`The table is in ${results}`);
  return code;
});
