import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Halt, step } from './progress.mjs';
import { ask } from './processes.mjs';

/** Kafka 4 needs 17. */
const JAVA = 17;

/** @returns {Promise<{ command?: string, found?: number }>} a fitting `java`, or the version that does not fit */
export async function findJava() {
  let found;
  const candidates = process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, 'bin', 'java'), 'java'] : ['java'];
  for (const command of candidates) {
    const answer = await ask(command, ['-version']);
    const version = Number(answer?.out.match(/version "(?:1\.)?(\d+)/)?.[1]);
    if (version >= JAVA) return { command };
    if (version) found = version;
  }
  return { found };
}

/** @returns {Promise<boolean>} */
export async function hasMaven() {
  return (await ask('mvn', ['--version'], { timeout: 30_000 }))?.code === 0;
}

/** @returns {Promise<boolean>} an engine that answers, and the compose plugin */
export async function hasDocker() {
  const [engine, compose] = await Promise.all([
    ask('docker', ['info'], { timeout: 5_000 }),
    ask('docker', ['compose', 'version'], { timeout: 5_000 }),
  ]);
  return engine?.code === 0 && compose?.code === 0;
}

/** As root on Debian or its children we may install what is missing. */
export function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/**
 * @param {import('./processes.mjs').Processes} processes
 * @param {string[]} packages
 */
export async function aptInstall(processes, packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (name, args) => processes.run({ name, command: '/usr/bin/apt-get', args, env });
  await step(`apt-get install ${packages.join(' ')}`, 'done', async () => {
    await apt('apt-get', ['-q', 'update']);
    const { code, tail } = await apt('apt-get', [
      '-q',
      'install',
      '-y',
      '--no-install-recommends',
      ...packages,
    ]);
    if (code !== 0)
      throw new Halt(
        `apt-get could not install ${packages.join(' ')} (${tail.split('\n').at(-1)})`,
        'install them by hand, then run the command again',
      );
  });
}
