import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from './profile.mjs';
import { ask } from './processes.mjs';

const JEST = [
  '--disable-warning=ExperimentalWarning',
  '--experimental-vm-modules',
  join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
];

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * Two rounds: specs that need the parts only, and stories over the seven running services.
 * @typedef {{ name: 'specs' | 'stories', selection: string[] }} Round
 */
export const SPECS = /** @type {Round} */ ({
  name: 'specs',
  selection: ['--testPathIgnorePatterns=<rootDir>/test/stories/', `--maxWorkers=${workers()}`],
});
export const STORIES = /** @type {Round} */ ({
  name: 'stories',
  selection: ['--testMatch=<rootDir>/test/stories/**/*.spec.ts', '--runInBand'],
});

/**
 * One more than there are cores, at most four: a third of the specs' time is waiting, for a broker's sessions and for
 * paces that are kept. Each worker takes up to 0.8 GB.
 */
function workers() {
  return Math.min(availableParallelism() + 1, 4);
}

/**
 * Whether a round has anything to do under the user's arguments; asked of Jest, which knows what they mean.
 * @param {Round} round
 * @param {string[]} args
 */
export async function hasTests(round, args) {
  const answer = await ask(
    process.execPath,
    [...JEST, '--listTests', '--passWithNoTests', ...args, ...round.selection],
    {
      cwd: root,
      timeout: 120_000,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return answer === undefined || answer.code !== 0 || /\.spec\.ts$/m.test(answer.out);
}

/**
 * @param {import('./part.mjs').Context} context
 * @param {Round} round
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<Count>} a suite that could not run counts as one failed test
 */
export async function runTests({ profile, processes }, round, args, env) {
  const file = join(profile.folder, `${round.name}.json`);
  rmSync(file, { force: true });
  const { code } = await processes.run({
    name: `jest-${round.name}`,
    command: process.execPath,
    args: [...JEST, '--passWithNoTests', ...args, ...round.selection, '--json', `--outputFile=${file}`],
    env: { ...env, NODE_ENV: 'test' },
    visible: true,
  });
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  // Jest can fail without a failed test (a coverage threshold, a worker that died): never call that a success.
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
