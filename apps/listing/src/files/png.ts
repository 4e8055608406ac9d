import { crc32 } from 'node:zlib';
import { BROKEN, type Flaw, MORE_INSIDE } from './flaw.js';

const SIGNATURE_BYTES = 8;
const CHUNK_FRAME = 12;

/**
 * A PNG file is its signature and chunks of length, type, data and checksum, from IHDR to IEND, and nothing after
 * (PNG specification, ISO/IEC 15948, clause 5).
 *
 * @param bytes that begin with the signature
 */
export function flawOfPng(bytes: Buffer): Flaw | undefined {
  let at = SIGNATURE_BYTES;
  let data = false;
  while (at + CHUNK_FRAME <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + CHUNK_FRAME + length;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) return BROKEN;
    if ((at === SIGNATURE_BYTES) !== (type === 'IHDR')) return BROKEN;
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return BROKEN;
    data ||= type === 'IDAT';
    if (type === 'IEND') {
      if (length > 0 || !data) return BROKEN;
      return end === bytes.length ? undefined : MORE_INSIDE;
    }
    at = end;
  }
  return BROKEN;
}
