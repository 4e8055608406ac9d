import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
/** Random bytes are drawn for so many ids at once: a call for each costs more than all the rest of making one. */
const pool = Buffer.allocUnsafe(256 * BYTES);
let used = pool.length;
let msecs = -Infinity;
let seq = 0;

/**
 * A UUIDv7 (RFC 9562), greater than every one that this process has made before it: within a millisecond a counter
 * of 32 bits goes on (section 6.2, method 1), and when the clock is set back the last millisecond stays.
 */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + BYTES);
  used += BYTES;
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = random.readUInt32BE(6) & 0x7fff_ffff; // room to count upwards
  } else {
    seq = (seq + 1) >>> 0;
    if (seq === 0) msecs += 1;
  }
  return v7({ random, msecs, seq });
}
