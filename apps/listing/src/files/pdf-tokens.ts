/** What is told while a PDF file is read. */
export interface PdfReading {
  name(name: string): void;
  /**
   * An object stream (ISO 32000-1, 7.5.7), with the filters that unpack it (`unknown` for one that is not written
   * beside it). Without it, no stream is expected.
   *
   * @returns whether it could be read
   */
  objects?(packed: Buffer, filters: readonly string[]): boolean;
}

const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITER = new Set([...'()<>[]{}/%'].map((sign) => sign.charCodeAt(0)));
const [OPEN, CLOSE, LESS, GREATER, SLASH, PERCENT, BACKSLASH] = [40, 41, 60, 62, 47, 37, 92];
/** How far before `obj` its two numbers are looked for. */
const OBJECT_HEAD = 256;
/** A file that has the word more often where no object may be is made to be slow to read. */
const MOST_LOOKS = 1_000;
const OBJECT = /\d(?:[\0\s]|%[^\r\n]*[\r\n])+\d+(?:[\0\s]|%[^\r\n]*[\r\n])*$/;

/**
 * Reads the tokens of a PDF file (ISO 32000-1, 7.2 and 7.3) from its first byte to its last.
 *
 * @returns whether every string and stream ends and none of them, and no comment, holds an object
 */
export function readPdf(bytes: Buffer, reading: PdfReading): boolean {
  const holdsObject = objectFinder();
  let at = 0;
  let afterDictionary = false;
  let names: string[] = [];
  while (at < bytes.length) {
    const sign = bytes[at]!;
    if (SPACE.has(sign)) {
      at += 1;
      continue;
    }
    const from = at;
    if (sign === PERCENT) {
      at = endOfLine(bytes, at);
      if (holdsObject(bytes.subarray(from, at))) return false;
      continue;
    }
    const closes = sign === GREATER && bytes[at + 1] === GREATER;
    if (sign === OPEN) {
      at = endOfString(bytes, at);
      if (at < 0 || holdsObject(bytes.subarray(from, at))) return false;
    } else if (sign === LESS && bytes[at + 1] !== LESS) {
      at = bytes.indexOf(GREATER, at) + 1;
      if (at === 0 || !/^[\dA-Fa-f\s\0]*$/.test(bytes.toString('latin1', from + 1, at - 1))) return false;
    } else if (sign === SLASH) {
      at = endOfWord(bytes, at + 1);
      const name = nameOf(bytes.toString('latin1', from + 1, at));
      names.push(name);
      reading.name(name);
    } else if (DELIMITER.has(sign)) {
      at += closes || (sign === LESS && bytes[at + 1] === LESS) ? 2 : 1;
    } else {
      at = endOfWord(bytes, at);
      const word = at - from > 9 ? '' : bytes.toString('latin1', from, at);
      if (word.endsWith('obj')) names = [];
      if (word === 'stream' && afterDictionary && reading.objects) {
        const end = bytes.indexOf('endstream', at);
        if (end < 0) return false;
        const data = bytes.subarray(bytes[at] === 13 ? at + 2 : at + 1, end);
        if (holdsObject(data)) return false;
        const packsObjects = names.includes('ObjStm') || names.includes('First');
        if (packsObjects && !reading.objects(data, filtersOf(names))) return false;
        at = end + 'endstream'.length;
      }
    }
    afterDictionary = closes;
  }
  return true;
}

function filtersOf(names: readonly string[]): string[] {
  const filters = names.filter((name) => name.endsWith('Decode') || name === 'Crypt' || name === 'Fl');
  const elsewhere = filters.length === 0 && names.some((name) => name === 'Filter' || name === 'F');
  // Rows that a predictor changed, and filters or data that stand elsewhere, are not what is read here.
  return elsewhere || names.includes('DecodeParms') ? [...filters, 'unknown'] : filters;
}

const nameOf = (written: string): string =>
  !written.includes('#')
    ? written
    : written.replace(/#([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

function endOfLine(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at += 1;
  return at;
}

function endOfWord(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && !SPACE.has(bytes[at]!) && !DELIMITER.has(bytes[at]!)) at += 1;
  return at;
}

/** @returns the place after its closing bracket, or -1 */
function endOfString(bytes: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === BACKSLASH) at += 1;
    else if (bytes[at] === OPEN) depth += 1;
    else if (bytes[at] === CLOSE && --depth === 0) return at + 1;
  }
  return -1;
}

/** @returns whether a reader that is sent into these bytes finds an object there; also where it is too much to tell */
function objectFinder(): (bytes: Buffer) => boolean {
  let looked = 0;
  return (bytes) => {
    for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', at + 3)) {
      const before = bytes[at - 1];
      if (before === undefined || !(SPACE.has(before) || (before >= 48 && before <= 57))) continue;
      looked += 1;
      if (looked > MOST_LOOKS) return true;
      if (OBJECT.test(bytes.toString('latin1', Math.max(0, at - OBJECT_HEAD), at))) return true;
    }
    return false;
  };
}
