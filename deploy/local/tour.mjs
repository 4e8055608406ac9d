/** `npm run tour`: walks the main job against the running system; exits non-zero at the first difference. */
import { requireNode } from './node-version.mjs';

requireNode();
const { spawn } = await import('node:child_process');
const { existsSync } = await import('node:fs');
const { join } = await import('node:path');
const { profileOf, root } = await import('./profile.mjs');
const { Halt } = await import('./progress.mjs');
const { exchange } = await import('./ports.mjs');
const { addressOf, commonEnvironment } = await import('./services.mjs');

try {
  const profile = profileOf('start');
  const address = process.env.CHENGXIN_URL ?? addressOf(profile);
  const { hostname, port, protocol } = new URL(address);
  const main = join(root, 'dist', 'test', 'tour', 'main.js');
  if (!existsSync(main))
    throw new Halt('The tour is not built yet', 'run `npm start` first, it builds everything');
  if ((await exchange(hostname, Number(port || (protocol === 'https:' ? 443 : 80)))) === undefined)
    throw new Halt(
      `Nothing answers at ${address}`,
      'run `npm start` in another terminal and wait for its "Ready"',
    );
  const env = { ...commonEnvironment(profile), ...process.env, CHENGXIN_URL: address };
  const child = spawn(process.execPath, [main, ...process.argv.slice(2)], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  // A Ctrl-C reaches the child by itself; we stay to pass on how it ended.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  console.error(error instanceof Halt ? error.message : error);
  process.exitCode = 1;
}
