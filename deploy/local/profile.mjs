import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Halt } from './progress.mjs';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What can be rebuilt without loss and is shared by all profiles. */
export const cache = join(root, '.local', 'cache');

const DEFAULT_BASE = 7100;

/** @typedef {'start' | 'test' | 'bench'} ProfileName */

/** How far from CHENGXIN_PORT_BASE each has its ports. @type {Record<ProfileName, number>} */
const OFFSETS = { start: 0, test: 100, bench: 200 };

/**
 * Where one stack lives. `npm start`, `npm test` and `npm run bench` have their own, so that they run side by
 * side.
 * @typedef {object} Profile
 * @property {ProfileName} name
 * @property {string} command what the user typed
 * @property {number} shift another CHENGXIN_PORT_BASE, for when this one's ports are taken
 * @property {string} folder all that follows lies in it
 * @property {string} data
 * @property {string} logs
 * @property {string} run lock and process ids
 * @property {string} clockFile
 * @property {boolean} durable whether PostgreSQL waits for the disk; tests need it only where it is killed
 * @property {string} topicPrefix new for each test run, so that a broker that was given shows it nothing old
 * @property {{ base: number, postgres: number, redis: number, kafka: number, controller: number }} ports
 *   services are at base + 0 to 6
 */

/**
 * Ports are counted from CHENGXIN_PORT_BASE (7100); tests take the next hundred, the bench the one after. A
 * shifted base has its own data folder, so two checkouts' worth of stacks, or two data sets, can run on one
 * machine.
 * @param {ProfileName} name
 * @returns {Profile}
 */
export function profileOf(name) {
  const given = process.env.CHENGXIN_PORT_BASE;
  const start = given === undefined || given === '' ? DEFAULT_BASE : Number(given);
  if (!Number.isInteger(start) || start < 1024 || start > 65_000)
    throw new Halt(
      `CHENGXIN_PORT_BASE is "${given}"`,
      'give a whole number from 1024 to 65000, or leave it unset for 7100',
    );
  const base = start + OFFSETS[name];
  const folder = join(root, '.local', start === DEFAULT_BASE ? name : `${name}-${base}`);
  return {
    name,
    command: name === 'bench' ? 'npm run bench' : `npm ${name}`,
    shift: start < 60_000 ? start + 1_000 : DEFAULT_BASE,
    folder,
    data: join(folder, 'data'),
    logs: join(folder, 'logs'),
    run: join(folder, 'run'),
    topicPrefix: name === 'start' ? 'chengxin' : `chengxin-${name}-${Date.now().toString(36)}`,
    durable: name !== 'test',
    clockFile: join(folder, 'data', 'clock.json'),
    ports: { base, postgres: base + 32, redis: base + 79, kafka: base + 92, controller: base + 93 },
  };
}
