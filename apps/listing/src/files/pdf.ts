import { inflateSync } from 'node:zlib';
import { BROKEN, type Flaw, MORE_INSIDE } from './flaw.js';
import { readPdf } from './pdf-tokens.js';

/**
 * Names of what a reader would run, start, send, fetch, play or unpack (ISO 32000-1, table 198; ISO 32000-2, table 201);
 * a name counts however it is written (`/J#61vaScript`). What stays inside the file (GoTo, Named, Hide, ResetForm, …) is
 * lawful, and so is a link that a person follows (URI).
 */
const ACTIVE = [
  ...['JavaScript', 'JS', 'Launch'],
  // Sent elsewhere, or fetched and opened from there.
  ...['SubmitForm', 'ImportData', 'GoToR', 'GoToE', 'Thread'],
  // Actions that no person asks for: when a page is opened, a field left, the file closed.
  'AA',
  ...['Sound', 'Movie', 'Rendition', 'RichMedia', 'RichMediaExecute', '3D'],
  // `EF` embeds a file even where its stream does not say what it is.
  ...['EmbeddedFile', 'EmbeddedFiles', 'EF', 'FileAttachment'],
  'XFA',
];
/** Objects that a file holds compressed are unpacked up to here, all together. */
const MOST_UNPACKED = 16 * 1024 * 1024;

/**
 * A PDF file has its header at its first byte, ends with `startxref`, the place of its last cross-reference and
 * `%%EOF`, and carries no program and no other file (ISO 32000-1, 7.5; 12.6.4; 7.11.4). Earlier `%%EOF` are
 * lawful: a file that was signed or amended is added to at its end (7.5.6). What object streams hold is unpacked
 * and looked at as well; an object at a place where it would not be seen (in a stream, a string, a comment) is
 * refused.
 *
 * @param bytes that begin with `%PDF-`
 */
export function flawOfPdf(bytes: Buffer): Flaw | undefined {
  if (!/^%PDF-[12]\.\d[\r\n ]/.test(bytes.toString('latin1', 0, 9))) return BROKEN;
  const tail = bytes.toString('latin1').slice(-2048);
  const end = /^startxref\s+(\d{1,10})\s+%%EOF([^]*)$/.exec(
    tail.slice(Math.max(0, tail.lastIndexOf('startxref'))),
  );
  if (!end) return bytes.includes('%%EOF') ? MORE_INSIDE : BROKEN;
  if (/[^\s\0]/.test(end[2]!)) return MORE_INSIDE;
  const reference = Number(end[1]);
  if (!/^\s*(xref|\d+\s+\d+\s+obj)/.test(bytes.toString('latin1', reference, reference + 40))) return BROKEN;

  let unpacked = 0;
  const names = new Set<string>();
  const whole = readPdf(bytes, {
    name: (name) => names.add(name),
    objects: (packed, filters) => {
      const content = unpack(packed, filters, MOST_UNPACKED - unpacked);
      unpacked += content?.length ?? 0;
      return content !== undefined && readPdf(content, { name: (name) => names.add(name) });
    },
  });
  // First, since an encrypted file cannot be looked into.
  if (names.has('Encrypt')) return { code: 'attachment.encrypted' };
  const part = ACTIVE.find((name) => names.has(name));
  if (part) return { code: 'attachment.active', part };
  return whole ? undefined : BROKEN;
}

/** What an object stream holds; nothing when it is packed in another way than writers of PDF use for it. */
function unpack(packed: Buffer, filters: readonly string[], most: number): Buffer | undefined {
  if (filters.length === 0) return packed;
  if (filters.join() !== 'FlateDecode' || most <= 0) return undefined;
  try {
    return inflateSync(packed, { maxOutputLength: most });
  } catch {
    return undefined;
  }
}
