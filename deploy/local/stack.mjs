import { rmSync } from 'node:fs';
import { build } from './build.mjs';
import { removeVolumes } from './containers.mjs';
import { fullDiskBehind, requireSpace } from './disk.mjs';
import { install } from './install.mjs';
import { kafka } from './kafka.mjs';
import { Ownership } from './ownership.mjs';
import { requirePorts } from './ports.mjs';
import { postgres } from './postgres.mjs';
import { Processes } from './processes.mjs';
import { profileOf } from './profile.mjs';
import { Halt, Interrupted, say } from './progress.mjs';
import { redis } from './redis.mjs';

/** @typedef {{ databaseAdminUrl: string, kafkaBrokers: string, redisUrl: string }} Addresses */

/**
 * Does `work` as the one owner of a profile's folder. However it ends (done, refused, failed, Ctrl-C, SIGTERM,
 * a closed terminal), all that it started is stopped.
 * @param {import('./profile.mjs').ProfileName} name
 * @param {(context: import('./part.mjs').Context) => Promise<number>} work resolves with the exit code
 * @returns {Promise<number>} exit code
 */
export async function own(name, work) {
  const interruption = new AbortController();
  /** @type {Ownership | undefined} */ let ownership;
  /** @type {Processes | undefined} */ let processes;
  let asked = 0;
  const onSignal = () => {
    // A Ctrl-C may come twice at once: from the terminal, and passed on by npm.
    if (interruption.signal.aborted)
      return performance.now() - asked > 1_000 ? processes?.killAll() : undefined;
    asked = performance.now();
    say('Stopping … (once more to kill at once)');
    interruption.abort();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const watch = watchParent(() => interruption.signal.aborted || onSignal());
  /** @returns {Promise<number>} */
  const asOwner = async () => {
    const profile = profileOf(name);
    try {
      await requireSpace(profile.folder);
      ownership = await Ownership.take(profile);
      processes = new Processes(profile, ownership, interruption.signal);
      return await work({ profile, processes });
    } catch (error) {
      throw (await fullDiskBehind(profile.folder, error.message)) ?? error;
    }
  };
  const [outcome] = await Promise.allSettled([asOwner()]);
  await processes?.stopAll();
  ownership?.release();
  clearInterval(watch);
  for (const signal of SIGNALS) process.off(signal, onSignal);
  return outcome.status === 'fulfilled' ? outcome.value : report(outcome.reason);
}

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * npm passes SIGTERM on to its shell, which dies of it without telling us: then we have another parent.
 * @param {() => unknown} onEnd
 */
function watchParent(onEnd) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onEnd();
  }, 500);
  return watch.unref();
}

/** @param {unknown} error @returns {number} exit code */
function report(error) {
  if (error instanceof Interrupted) return 130;
  console.error(error instanceof Halt ? error.message : error);
  return 1;
}

/**
 * Brings up what the services stand on, and builds them meanwhile. What is missing on the machine or in the
 * way is said before anything is installed or started.
 * @param {import('./part.mjs').Context} context
 * @param {{ services: { port: number, title: string }[], emptied: boolean, built: boolean }} wanted
 *   services: ports that will be needed later; emptied: old data is thrown away; built: the build is needed
 * @returns {Promise<Addresses>}
 */
export async function bringUpParts(context, { services, emptied, built }) {
  const { profile, processes } = context;
  const parts = [postgres(context), await kafka(context), await redis(context)];
  await requirePorts(profile, [...services, ...parts.flatMap(({ needs }) => needs)]);
  if (emptied) {
    await removeVolumes(profile);
    rmSync(profile.data, { recursive: true, force: true });
  }
  await install(context);
  const [databaseAdminUrl = '', kafkaBrokers = '', redisUrl = ''] = await Promise.all([
    ...parts.map(({ bringUp }) => bringUp()),
    built ? build(processes) : '',
  ]);
  return { databaseAdminUrl, kafkaBrokers, redisUrl };
}

/** The parts' addresses as the services and tests read them. @param {Addresses} addresses */
export function environmentOf({ databaseAdminUrl, kafkaBrokers, redisUrl }) {
  return { DATABASE_ADMIN_URL: databaseAdminUrl, KAFKA_BROKERS: kafkaBrokers, REDIS_URL: redisUrl };
}
