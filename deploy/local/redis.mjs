import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { containerOf } from './containers.mjs';
import { addressIn, requireAnswer } from './given.mjs';
import { fetchJars, jarsAreThere, redisFromJar, redisJarFits } from './jars.mjs';
import { startPart } from './part.mjs';
import { exchange } from './ports.mjs';
import { ask } from './processes.mjs';
import { Halt, step } from './progress.mjs';
import { aptInstall, canInstall, hasDocker, hasMaven } from './tools.mjs';

const VARIABLE = 'REDIS_URL';

/**
 * Redis: given, or `redis-server` from the PATH, or the static one that a jar on Maven Central carries, or a
 * container.
 * @param {import('./part.mjs').Context} context
 * @returns {Promise<import('./part.mjs').Part>}
 */
export async function redis(context) {
  const { profile, processes } = context;
  const given = process.env[VARIABLE];
  if (given) {
    const bringUp = async () => {
      await requireAnswer(VARIABLE, addressIn(VARIABLE, given, 6379));
      return given;
    };
    return { needs: [], bringUp };
  }
  const from = await chooseSource(processes);
  const port = profile.ports.redis;
  const bringUp = async () => {
    if (from === 'jar') await fetchJars(processes);
    return await step('Redis', 'ready', async (note) => {
      const command = from === 'jar' ? redisFromJar() : 'redis-server';
      const server =
        from === 'container' ? containerOf(profile, 'redis') : { command, args: settings(profile) };
      const isReady = async () =>
        (await exchange('127.0.0.1', port, 'PING\r\n'))?.startsWith('+PONG') === true;
      await startPart(context, { readyWithin: 30_000, ...server, name: 'redis', title: 'Redis', isReady });
      note(`127.0.0.1:${port}`);
      return `redis://127.0.0.1:${port}`;
    });
  };
  return { needs: [{ port, title: 'Redis' }], bringUp };
}

/**
 * @param {import('./processes.mjs').Processes} processes
 * @returns {Promise<'path' | 'jar' | 'container'>}
 */
async function chooseSource(processes) {
  if (await hasServer()) return 'path';
  if (redisJarFits && (jarsAreThere() || (await hasMaven()))) return 'jar';
  if (await hasDocker()) return 'container';
  if (canInstall()) await aptInstall(processes, ['redis-server']);
  if (await hasServer()) return 'path';
  throw new Halt(
    'Neither `redis-server` nor `mvn`, which would fetch one, is on the PATH',
    `install one of them (Debian, Ubuntu: \`apt-get install redis-server\`), or set ${VARIABLE} to a server that you run`,
  );
}

/** BullMQ wants 6.2 or newer. */
async function hasServer() {
  const answer = await ask('redis-server', ['--version']);
  const [, major = 0, minor = 0] = (answer?.out.match(/v=(\d+)\.(\d+)/) ?? []).map(Number);
  return major > 6 || (major === 6 && minor >= 2);
}

/** @param {import('./profile.mjs').Profile} profile */
function settings(profile) {
  const folder = join(profile.data, 'redis');
  mkdirSync(folder, { recursive: true });
  const options = {
    port: profile.ports.redis,
    bind: '127.0.0.1',
    dir: folder,
    daemonize: 'no',
    save: '',
    appendonly: profile.name === 'start' ? 'yes' : 'no',
    'maxmemory-policy': 'noeviction', // a queue that forgets jobs under pressure is none
  };
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
