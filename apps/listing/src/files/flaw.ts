/** Why a file is not taken although it begins as what it claims to be: a refusal of `attachment.ts`, with its facts. */
export type Flaw =
  | { code: 'attachment.broken' }
  | { code: 'attachment.more-inside' }
  | { code: 'attachment.encrypted' }
  | { code: 'attachment.active'; part: string };

export const BROKEN: Flaw = { code: 'attachment.broken' };
export const MORE_INSIDE: Flaw = { code: 'attachment.more-inside' };

const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');
/** A ZIP file is read from its end: 22 bytes and a comment of at most 65,535. */
const ZIP_END_REACH = 22 + 65_535;

/** Whether the file can be opened as a ZIP archive too (office files and programs for Java and Android among them). */
export function endsAsArchive(bytes: Buffer): boolean {
  return bytes.subarray(-ZIP_END_REACH).includes(ZIP_END);
}
