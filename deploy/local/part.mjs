import { fullDiskBehind } from './disk.mjs';
import { ProcessFailed } from './processes.mjs';
import { Halt } from './progress.mjs';

/**
 * One of PostgreSQL, Kafka and Redis, as this machine will have it.
 * @typedef {object} Part
 * @property {{ port: number, title: string }[]} needs ports it will listen on; none when its address was given
 * @property {() => Promise<string>} bringUp resolves with its address, ready to be used
 */

/** @typedef {{ profile: import('./profile.mjs').Profile, processes: import('./processes.mjs').Processes }} Context */

/**
 * Starts a part's server and turns its failure into the sentence with the cure.
 * @param {Context} context
 * @param {Omit<import('./processes.mjs').ProcessSpec, 'layer'>} spec
 */
export async function startPart({ profile, processes }, spec) {
  try {
    await processes.start({ ...spec, layer: 'part' });
  } catch (error) {
    if (!(error instanceof ProcessFailed)) throw error;
    throw await explain(profile, error);
  }
}

/**
 * @param {import('./profile.mjs').Profile} profile
 * @param {ProcessFailed} failure
 */
export async function explain(profile, failure) {
  const full = await fullDiskBehind(profile.folder, failure.tail);
  if (full) return full;
  const said = lastComplaint(failure.tail);
  const what = `${failure.message}${said ? `, saying "${said}"` : ''}`;
  if (profile.name !== 'start') return new Halt(what, `its log is ${failure.log}`);
  return new Halt(
    `${what} (log: ${failure.log})`,
    `if its data in ${profile.data} is broken, \`npm run reset\` clears it and the next start begins anew`,
  );
}

/** @param {string} words what the process printed */
function lastComplaint(words) {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const line =
    lines.findLast((each) => /fatal|panic|error|bad |could not|exception/i.test(each)) ?? lines.at(-1);
  return line && messageOf(line).slice(0, 240);
}

/** @param {string} line plain, or JSON with a message */
function messageOf(line) {
  if (!line.startsWith('{')) return line.trim();
  try {
    return String(JSON.parse(line).message).split('\n')[0].trim();
  } catch (error) {
    if (error instanceof SyntaxError) return line.trim(); // cut off, or only looks like JSON
    throw error;
  }
}
