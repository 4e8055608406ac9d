import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './profile.mjs';
import { Halt, say } from './progress.mjs';

/**
 * A process as it can be recognised later. The pid alone is not enough: after a crash or a reboot it may
 * belong to a stranger, and we never signal a stranger. So its start time is kept beside it.
 * @typedef {{ pid: number, born: string, stopSignal?: NodeJS.Signals }} Identity
 */

/**
 * Start time of a living process, undefined when there is none. A zombie counts as gone: in a container
 * without an init nobody ever reaps it.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function bornAt(pid) {
  if (existsSync('/proc/self/stat')) {
    if (!existsSync(`/proc/${pid}/stat`)) return undefined;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch (error) {
      if (['ENOENT', 'ESRCH'].includes(error.code)) return undefined; // ended while we looked
      throw error;
    }
  }
  const shown = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return shown.stdout?.trim() || undefined;
}

/** @param {Identity | undefined} identity */
export function isAlive(identity) {
  return identity !== undefined && bornAt(identity.pid) === identity.born;
}

/**
 * Takes a lock file, over the body of its former owner if need be.
 * @param {string} file
 * @returns {Identity | undefined} the living owner, or undefined when the lock is now ours
 */
export function takeLock(file) {
  const mine = JSON.stringify({ pid: process.pid, born: bornAt(process.pid) });
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    /** @type {Identity | undefined} */
    const owner = readJson(file);
    if (isAlive(owner)) return owner;
    rmSync(file, { force: true });
  }
}

/** @param {string} file @returns {Identity | undefined} the living owner */
export function lockOwner(file) {
  const owner = readJson(file);
  return isAlive(owner) ? owner : undefined;
}

/**
 * Lets one start at a time do a piece of work that all profiles share; a second one waits for the first.
 * @param {'install' | 'build' | 'jars'} what
 * @param {{ pause: (ms: number) => Promise<undefined> }} processes whose pause ends when the run is interrupted
 * @param {() => Promise<void> | undefined} work
 */
export async function alone(what, processes, work) {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `${what}.lock`);
  for (let said = false, other; (other = takeLock(file)); said = true) {
    if (!said) say(`Waiting for pid ${other.pid}, which is at the same work (${what}) …`);
    await processes.pause(250);
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file @returns {any} undefined when it is not there, or was cut off by a crash */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The table of everything one stack has running, on disk before anything else can happen to it. */
export class Ownership {
  /** @type {Map<string, Identity>} */
  #processes = new Map();

  /** @param {import('./profile.mjs').Profile} profile */
  constructor(profile) {
    this.folder = profile.run;
    this.lock = join(profile.run, 'lock');
    this.table = join(profile.run, 'processes.json');
  }

  /**
   * Becomes the one owner of the profile's folder, and ends what an owner that was killed has left running.
   * @param {import('./profile.mjs').Profile} profile
   */
  static async take(profile) {
    mkdirSync(profile.run, { recursive: true });
    const ownership = new Ownership(profile);
    const other = takeLock(ownership.lock);
    if (other)
      throw new Halt(
        `${profile.command} is already running here (pid ${other.pid})`,
        `use it, or stop it with Ctrl-C or \`kill ${other.pid}\``,
      );
    await ownership.#endLeftovers();
    return ownership;
  }

  async #endLeftovers() {
    if (!existsSync(this.table)) return;
    /** @type {Record<string, Identity>} */
    const left = readJson(this.table) ?? {};
    const alive = Object.entries(left).filter(([, identity]) => isAlive(identity));
    if (alive.length > 0)
      say(`Ending what a killed start left running: ${alive.map(([name]) => name).join(', ')}`);
    // Same order as a proper stop would have had: last started, first ended; in pairs it is quick enough.
    await Promise.all(alive.map(([, identity]) => end(identity, 10_000)));
    for (const file of readdirSync(this.folder)) if (file.endsWith('.pid')) rmSync(join(this.folder, file));
    rmSync(this.table, { force: true });
  }

  /**
   * @param {string} name
   * @param {number} pid
   * @param {NodeJS.Signals} [stopSignal]
   */
  add(name, pid, stopSignal) {
    const born = bornAt(pid);
    if (born === undefined) return; // ended already
    this.#processes.set(name, { pid, born, stopSignal });
    writeFileSync(join(this.folder, `${name}.pid`), `${pid}\n`);
    this.#write();
  }

  /** @param {string} name */
  remove(name) {
    this.#processes.delete(name);
    rmSync(join(this.folder, `${name}.pid`), { force: true });
    this.#write();
  }

  #write() {
    writeFileSync(`${this.table}.new`, JSON.stringify(Object.fromEntries(this.#processes), undefined, 1));
    renameSync(`${this.table}.new`, this.table);
  }

  release() {
    if (this.#processes.size === 0) rmSync(this.table, { force: true });
    rmSync(this.lock, { force: true });
  }
}

/**
 * Ends a process that is ours but not our child. Each was started as leader of its own group.
 * @param {Identity} identity
 * @param {number} within milliseconds until it is killed
 */
async function end(identity, within) {
  const until = performance.now() + within;
  signal(identity.pid, identity.stopSignal ?? 'SIGTERM');
  while (isAlive(identity)) {
    if (performance.now() > until) signal(-identity.pid, 'SIGKILL');
    await sleep(50);
  }
}

/**
 * `process.kill` that takes "it has ended meanwhile" for an answer. A negative pid is the group.
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
