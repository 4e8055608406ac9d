/**
 * An end that the user can do something about: one sentence with what is wrong and, behind the colon, the
 * cure. Printed without a stack trace.
 */
export class Halt extends Error {
  /**
   * @param {string} what what is wrong, without a full stop
   * @param {string} cure what to do, without a full stop
   */
  constructor(what, cure) {
    super(`${what}: ${cure}.`);
  }
}

/** The user pressed Ctrl-C, or something else ended the run: no message of its own. */
export class Interrupted extends Error {}

// A closed terminal or a reader that has left must not keep us from stopping what we started.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {number} since a `performance.now()` */
export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Says what is being done when it takes longer than a second, and how long it took when it is done:
 * `PostgreSQL … ready in 0.8 s`. Steps run side by side, so every line is whole.
 * @template T
 * @param {string} what
 * @param {string} done past participle, as in `ready`, `built`
 * @param {(note: (text: string) => void) => Promise<T>} work may leave a note for the last line
 * @param {{ announced?: boolean }} [how] announced: another line has said already that this is being done
 * @returns {Promise<T>}
 */
export async function step(what, done, work, { announced = false } = {}) {
  const began = performance.now();
  let note = '';
  const slow = announced ? undefined : setTimeout(() => say(`${what} …`), 1_000);
  try {
    const result = await work((text) => (note = ` (${text})`));
    say(`${what} … ${done} in ${seconds(began)}${note}`);
    return result;
  } finally {
    clearTimeout(slow);
  }
}
