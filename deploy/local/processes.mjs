import { execFile, spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signal } from './ownership.mjs';
import { root } from './profile.mjs';
import { Interrupted, say, seconds } from './progress.mjs';

/**
 * @typedef {object} Command
 * @property {string} name also of its log file
 * @property {string} command
 * @property {string[]} args
 * @property {Record<string, string | undefined>} [env] on top of ours
 * @property {string} [cwd]
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {boolean} [visible] writes to our terminal instead of its log
 * @property {'part'} [layer] parts are stopped last: the services still use them while they stop
 * @property {NodeJS.Signals} [stopSignal] SIGTERM when absent
 * @property {number} [stopWithin] milliseconds until it is killed
 */

/**
 * A process that is to stay up; attempts: starts before giving up (1).
 * @typedef {Command & {
 *   title: string,
 *   isReady: () => Promise<boolean>,
 *   readyWithin: number,
 *   attempts?: number,
 * }} ProcessSpec
 */

/**
 * @typedef {object} Running
 * @property {Command} spec
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<string>} ended how it ended
 * @property {boolean} over
 * @property {number} logFrom where its own lines begin in the log
 */

const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 10_000;
const LOG_LIMIT = 10 * 1024 * 1024;

/** A process ended, or did not get ready, before it was of use. `tail` holds its last words. */
export class ProcessFailed extends Error {
  /** @param {string} title @param {string} how @param {string} tail @param {string} log */
  constructor(title, how, tail, log) {
    super(`${title} ${how}`);
    this.tail = tail;
    this.log = log;
  }
}

/**
 * All children of this run: started in groups of their own (so that a Ctrl-C in the terminal reaches only us
 * and we keep the order of stopping), on record before they are waited for, restarted when they die.
 */
export class Processes {
  /** @type {Map<string, Running>} */
  #running = new Map();
  #stopping = false;

  /**
   * @param {import('./profile.mjs').Profile} profile
   * @param {import('./ownership.mjs').Ownership} ownership
   * @param {AbortSignal} interrupted
   */
  constructor(profile, ownership, interrupted) {
    this.profile = profile;
    this.ownership = ownership;
    this.interrupted = interrupted;
    mkdirSync(profile.logs, { recursive: true });
  }

  /** @param {string} name */
  logFile(name) {
    return join(this.profile.logs, `${name}.log`);
  }

  /**
   * Runs a command to its end.
   * @param {Command} command
   * @returns {Promise<{ code: number, tail: string }>}
   */
  async run(command) {
    const running = this.#spawn(command);
    const stop = () => running.child.pid && signal(-running.child.pid, 'SIGTERM');
    this.interrupted.addEventListener('abort', stop);
    try {
      await running.ended;
      this.#mustGoOn();
      return { code: running.child.exitCode ?? 1, tail: this.#tail(running) };
    } finally {
      this.interrupted.removeEventListener('abort', stop);
    }
  }

  /**
   * Starts a process, waits until it is ready, and from then on starts it again whenever it ends by itself.
   * @param {ProcessSpec} spec
   */
  async start(spec) {
    for (let attempt = 1; ; attempt++) {
      const running = this.#spawn(spec);
      const how = await this.#untilReady(spec, running);
      if (how === 'ready') return void this.#watch(spec, running, FIRST_BACKOFF);
      if (attempt >= (spec.attempts ?? 1)) {
        await this.#end(running);
        throw new ProcessFailed(spec.title, how, this.#tail(running), this.logFile(spec.name));
      }
      say(`${spec.title} ${how}; trying again (${attempt + 1} of ${spec.attempts})`);
      await this.pause(FIRST_BACKOFF * 2 ** (attempt - 1));
    }
  }

  /** Ends everything: commands and services first, then the parts. Nothing is started any more. */
  async stopAll() {
    this.#stopping = true;
    const all = [...this.#running.values()];
    await Promise.all(all.filter(({ spec }) => spec.layer !== 'part').map((each) => this.#end(each)));
    await Promise.all(all.filter(({ spec }) => spec.layer === 'part').map((each) => this.#end(each)));
  }

  /** For the second Ctrl-C. */
  killAll() {
    for (const { child, over } of this.#running.values())
      if (!over && child.pid) signal(-child.pid, 'SIGKILL');
  }

  /** @param {Command} spec @returns {Running} */
  #spawn(spec) {
    this.#mustGoOn();
    const log = this.#openLog(spec.name);
    const out = spec.visible ? 'inherit' : log;
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd ?? root,
      env: { ...process.env, ...spec.env },
      uid: spec.uid,
      gid: spec.gid,
      stdio: ['ignore', out, out],
      detached: true,
    });
    const logFrom = fstatSync(log).size;
    closeSync(log);
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(`could not be started (${error.message})`));
      child.once('exit', (code, by) => resolve(by ? `ended by ${by}` : `ended with code ${code}`));
    });
    /** @type {Running} */
    const running = { spec, child, ended, over: false, logFrom };
    void ended.then(() => this.#forget(running));
    this.#running.set(spec.name, running);
    if (child.pid) this.ownership.add(spec.name, child.pid, spec.stopSignal);
    return running;
  }

  /** @param {Running} running */
  #forget(running) {
    running.over = true;
    if (this.#running.get(running.spec.name) !== running) return; // its successor is there already
    this.#running.delete(running.spec.name);
    this.ownership.remove(running.spec.name);
  }

  /** @param {ProcessSpec} spec @param {Running} running @returns {Promise<string>} `ready`, or what happened */
  async #untilReady(spec, running) {
    const until = performance.now() + spec.readyWithin;
    while (performance.now() < until) {
      if (await spec.isReady()) return 'ready';
      const how = await Promise.race([running.ended, this.pause(100)]);
      if (how !== undefined) {
        this.#mustGoOn();
        return how;
      }
    }
    return `was not ready after ${spec.readyWithin / 1000} s`;
  }

  /** @param {ProcessSpec} spec @param {Running} running @param {number} backoff */
  async #watch(spec, running, backoff) {
    const began = performance.now();
    const how = await running.ended;
    if (this.#stopping || this.interrupted.aborted) return;
    const wait = performance.now() - began > 60_000 ? FIRST_BACKOFF : backoff;
    say(`${spec.title} ${how}; starting it again in ${wait / 1000} s (log: ${this.logFile(spec.name)})`);
    const next = Math.min(wait * 2, LONGEST_BACKOFF);
    try {
      await this.pause(wait);
      const again = performance.now();
      const successor = this.#spawn(spec);
      void this.#watch(spec, successor, next);
      if ((await this.#untilReady(spec, successor)) === 'ready')
        say(`${spec.title} … back in ${seconds(again)}`);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
  }

  /** @param {Running} running */
  async #end({ spec, child, ended, over }) {
    if (over || !child.pid) return;
    signal(child.pid, spec.stopSignal ?? 'SIGTERM');
    const inTime = new AbortController();
    const limit = sleep(spec.stopWithin ?? 15_000, 'late', { signal: inTime.signal }).catch(() => 'in time');
    if ((await Promise.race([ended, limit])) === 'late') {
      say(`${spec.name} did not stop in time and was killed`);
      signal(-child.pid, 'SIGKILL');
    }
    inTime.abort();
    await ended;
  }

  #mustGoOn() {
    if (this.#stopping || this.interrupted.aborted) throw new Interrupted();
  }

  /** Resolves when the user wants to stop. @returns {Promise<void>} */
  interruption() {
    return new Promise((resolve) => {
      if (this.interrupted.aborted) resolve();
      this.interrupted.addEventListener('abort', () => resolve());
    });
  }

  /** Sleeps, and ends early with `Interrupted`. @param {number} ms @returns {Promise<undefined>} */
  async pause(ms) {
    await sleep(ms, undefined, { signal: this.interrupted }).catch(() => this.#mustGoOn());
    this.#mustGoOn();
  }

  /** @param {string} name */
  #openLog(name) {
    const file = this.logFile(name);
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(file, `${file}.1`);
    return openSync(file, 'a');
  }

  /** @param {Running} running */
  #tail(running) {
    return readFileSync(this.logFile(running.spec.name)).subarray(running.logFrom).toString('utf8').trim();
  }
}

/**
 * The answer of a short command, `undefined` when there is no such command or it does not answer in time.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').ExecFileOptions} [options]
 * @returns {Promise<{ code: number, out: string } | undefined>}
 */
export function ask(command, args, options = {}) {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 10_000, ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') resolve(undefined);
      else resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr });
    });
  });
}
