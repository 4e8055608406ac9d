import { BROKEN, type Flaw, MORE_INSIDE } from './flaw.js';

const [SOI, EOI, SOS, TEM] = [0xd8, 0xd9, 0xda, 0x01];
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
/** Start of a frame: C0 to CF without the tables DHT (C4), JPG (C8) and DAC (CC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * A JPEG file is segments with their lengths, and scans, from SOI to EOI, and nothing after (ITU-T T.81, annex B).
 *
 * @param bytes that begin with SOI
 */
export function flawOfJpeg(bytes: Buffer): Flaw | undefined {
  let at = 2;
  let frame = false;
  let scan = false;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return BROKEN;
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at];
    at += 1;
    if (marker === EOI) {
      if (!frame || !scan) return BROKEN;
      return at === bytes.length ? undefined : MORE_INSIDE;
    }
    if (marker === undefined || marker === SOI || marker === TEM || marker < 0xc0 || isRestart(marker))
      return BROKEN;
    if (at + 2 > bytes.length) return BROKEN;
    const length = bytes.readUInt16BE(at);
    if (length < 2 || at + length > bytes.length) return BROKEN;
    at += length;
    frame ||= isFrame(marker);
    if (marker !== SOS) continue;
    scan = true;
    at = endOfScan(bytes, at);
  }
  return BROKEN;
}

/** Where the compressed data ends: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    const next = bytes[at + 1];
    if (next !== 0 && !(next !== undefined && isRestart(next))) return at;
    at += 2;
  }
}
