/**
 * `npm run faults [-- --short | part of a fault's name …]`: PostgreSQL, Kafka and Redis on ports and data of their
 * own; every fault of test/faults under load, then the seven services under faults. The table of what came of
 * it is printed and kept beside the stack's data.
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { join } = await import('node:path');
const { say } = await import('./progress.mjs');
const { addressOf, commonEnvironment, servicePorts, startServices } = await import('./services.mjs');
const { bringUpParts, environmentOf, own } = await import('./stack.mjs');

const args = process.argv.slice(2);
const withServices = args.length === 0 || args.includes('services');
const alone = args.length === 1 && withServices;

process.exitCode = await own('test', async (context) => {
  const { profile, processes } = context;
  profile.durable = true; // PostgreSQL is killed here: what it has answered must be on the disk
  const services = withServices ? servicePorts(profile) : [];
  const addresses = await bringUpParts(context, { services, emptied: true, built: true });
  const results = join(profile.folder, 'faults.md');
  const env = {
    ...environmentOf(addresses),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal', // what goes wrong here goes wrong on purpose
    CHENGXIN_RUN_DIR: profile.run,
    FAULT_RESULTS: results,
  };
  /** @param {string[]} program @param {Record<string, string>} [more] */
  const run = async (program, more = {}) => {
    const script = join('dist', 'test', 'faults', ...program);
    const { code } = await processes.run({
      name: 'faults',
      command: process.execPath,
      args: [script, ...args],
      env: { ...env, ...more },
      visible: true,
    });
    return code;
  };
  const matrix = alone ? 0 : await run(['run.js']);
  if (!withServices) return matrix;
  await startServices(context, addresses);
  const story = await run(['platform', 'run.js'], {
    ...commonEnvironment(profile),
    CHENGXIN_URL: addressOf(profile),
    CHENGXIN_PATIENCE: '6',
  });
  say(`The table is in ${results}`);
  return matrix || story;
});
