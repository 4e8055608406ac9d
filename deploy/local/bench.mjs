/**
 * `npm run bench [-- figure …] [--quick]`: PostgreSQL and Kafka on ports and data of their own, durable as in
 * production, then the figures of bench/; for the figure `idle` also the seven services.
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { join } = await import('node:path');
const { root } = await import('./profile.mjs');
const { startServices, servicePorts } = await import('./services.mjs');
const { bringUpParts, environmentOf, own } = await import('./stack.mjs');

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const options = args.filter((arg) => arg.startsWith('--'));
const withIdle = names.length === 0 || names.includes('idle');
const others = names.filter((name) => name !== 'idle');

process.exitCode = await own('bench', async (context) => {
  const { profile, processes } = context;
  const services = withIdle ? servicePorts(profile) : [];
  const addresses = await bringUpParts(context, { services, emptied: true, built: true });
  const measure = async (figures) => {
    const { code } = await processes.run({
      name: 'bench',
      command: process.execPath,
      args: [join('dist', 'bench', 'run.js'), ...figures, ...options],
      env: {
        ...environmentOf(addresses),
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
        CHENGXIN_RUN_DIR: profile.run,
        BENCH_RESULTS: join(root, 'bench', 'results'),
      },
      visible: true,
    });
    return code;
  };
  const codes = [];
  if (names.length === 0)
    codes.push(await measure(['relay', 'latency', 'apply', 'memory', 'discipline', 'checks']));
  else if (others.length > 0) codes.push(await measure(others));
  if (withIdle) {
    await startServices(context, addresses);
    codes.push(await measure(['idle']));
  }
  return Math.max(...codes);
});
