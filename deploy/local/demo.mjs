import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './profile.mjs';
import { say, step } from './progress.mjs';
import { addressOf, commonEnvironment } from './services.mjs';

const LOADER = join('dist', 'seeds', 'demo', 'load.js');

/**
 * Gives an empty system its fictitious subjects, through the public API as any department would. When that
 * fails the system is of use all the same, and the next start tries again.
 * @param {import('./part.mjs').Context} context
 */
export async function loadDemo({ profile, processes }) {
  const stamp = join(profile.data, 'demo-is-loaded');
  if (existsSync(stamp) || !existsSync(join(root, LOADER))) return;
  const env = { ...commonEnvironment(profile), CHENGXIN_URL: addressOf(profile) };
  const { code } = await step('Demo data', 'done', () =>
    processes.run({ name: 'demo', command: process.execPath, args: [LOADER], env }),
  );
  if (code === 0) writeFileSync(stamp, '');
  else say(`Demo data was refused in part; the next start tries again. Why: ${processes.logFile('demo')}`);
}
