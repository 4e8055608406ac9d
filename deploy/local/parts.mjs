/**
 * `node deploy/local/parts.mjs`: only PostgreSQL, Kafka and Redis of the test profile, until it is stopped; for
 * running single specs again and again (`npx jest libs/messaging`) without waiting for the parts each time.
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { rmSync, writeFileSync } = await import('node:fs');
const { join } = await import('node:path');
const { say } = await import('./progress.mjs');
const { bringUpParts, environmentOf, own } = await import('./stack.mjs');

process.exitCode = await own('test', async (context) => {
  const addresses = await bringUpParts(context, { services: [], emptied: true, built: false });
  const pairs = Object.entries(environmentOf(addresses)).map(([name, value]) => `${name}=${value}`);
  const file = join(context.profile.folder, 'parts.env');
  writeFileSync(file, `export ${pairs.join(' ')}\n`);
  say(`export ${pairs.join(' ')}`);
  say(`Also in ${file}; stays until Ctrl-C.`);
  await context.processes.interruption();
  rmSync(file);
  return 0;
});
