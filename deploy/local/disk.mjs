import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { Halt } from './progress.mjs';

const NEEDED_AT_START = 1024 ** 3;
const FULL = 16 * 1024 ** 2;

/** @param {string} folder @returns {Promise<number>} bytes that this user may still write there */
async function freeBytes(folder) {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/**
 * A database that runs out of disk in the middle of starting leaves a folder that needs repair, so we look first.
 * @param {string} folder
 */
export async function requireSpace(folder) {
  mkdirSync(folder, { recursive: true });
  const free = await freeBytes(folder);
  if (free < NEEDED_AT_START) throw diskFull(folder, free);
}

/**
 * The full disk behind a failure, if that was it.
 * @param {string} folder
 * @param {string} words of the program that failed
 * @returns {Promise<Halt | undefined>}
 */
export async function fullDiskBehind(folder, words) {
  const free = await freeBytes(folder);
  return free < FULL || /No space left on device|ENOSPC/.test(words) ? diskFull(folder, free) : undefined;
}

/** @param {string} folder @param {number} free */
function diskFull(folder, free) {
  return new Halt(
    `The disk under ${folder} has only ${Math.floor(free / 1024 ** 2)} MB left and Chengxin needs 1 GB to start`,
    'make room there, then run the command again',
  );
}
