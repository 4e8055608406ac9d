import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone, lockOwner } from './ownership.mjs';
import { root } from './profile.mjs';
import { Halt, step } from './progress.mjs';

const stamp = join(root, 'node_modules', '.chengxin-lock');

/**
 * `npm ci`, when node_modules is not what package-lock.json says.
 * @param {import('./part.mjs').Context} context
 */
export async function install({ profile, processes }) {
  await alone('install', processes, async () => {
    const lock = readFileSync(join(root, 'package-lock.json'));
    const hash = createHash('sha256').update(lock).digest('hex');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
    if (!isInstalled(JSON.parse(lock.toString('utf8')))) {
      refuseUnder(profile);
      await step('npm ci', 'done', () => npmCi(processes));
    }
    writeFileSync(stamp, hash);
  });
}

/** A stack that runs from node_modules must not lose it. @param {import('./profile.mjs').Profile} profile */
function refuseUnder(profile) {
  const stacks = join(root, '.local');
  for (const name of readdirSync(stacks)) {
    const folder = join(stacks, name, 'run');
    const owner = folder === profile.run ? undefined : lockOwner(join(folder, 'lock'));
    if (owner)
      throw new Halt(
        `package-lock.json has changed and pid ${owner.pid} runs a stack (.local/${name}) on the packages as they were`,
        `stop it, then run \`${profile.command}\` again`,
      );
  }
}

/**
 * True when someone has run `npm ci` by hand: the record npm keeps in node_modules names the same versions.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean }> }} lock
 */
function isInstalled(lock) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(lock.packages).every(
    ([path, { version, optional }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional === true),
  );
}

/** @param {import('./processes.mjs').Processes} processes */
async function npmCi(processes) {
  const { code, tail } = await processes.run({
    name: 'npm-ci',
    command: 'npm',
    args: ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=warn'],
    env: { NODE_ENV: undefined, npm_config_omit: undefined },
  });
  if (code === 0) return;
  const errors = tail.split('\n').flatMap((line) => line.match(/^npm error (?!code )(.*\S)/)?.[1] ?? []);
  throw new Halt(
    `npm ci failed (${errors[0]?.slice(0, 240) ?? `code ${code}`})`,
    `see ${processes.logFile('npm-ci')}, and that this machine reaches the npm registry`,
  );
}
