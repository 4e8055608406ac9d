import { isLocalDate, type LocalDate } from './local-date.js';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** The check character for a remainder of 0, 1, 2 … */
const CHECK = '10X98765432';

/** First two digits of the provinces of GB/T 2260; counties change, these have been stable since 1997. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71'.split(
    ' ',
  ),
);
/** Residence permits (居住证) for residents of Hong Kong, Macao and Taiwan carry these instead of a division. */
const RESIDENCE_PERMITS = new Set(['810000', '820000', '830000']);

export type CitizenIdFault =
  | { reason: 'length'; length: number }
  | { reason: 'alphabet'; position: number; character: string }
  | { reason: 'division' }
  | { reason: 'birth-date' }
  | { reason: 'check-character'; expected: string };

export type CitizenIdCheck =
  | { ok: true; document: 'citizen-id' | 'residence-permit'; birthDate: LocalDate; sex: 'male' | 'female' }
  | ({ ok: false } & CitizenIdFault);

/**
 * Checks an 18-character citizen ID number (公民身份号码, GB 11643-1999) or the number of a residence permit,
 * which follows the same rule: division, a birth date that exists, check character. The county is not
 * checked, since abolished ones stay in their holders' numbers for life. Foreigners' permanent-residence
 * cards (first digit 9) are another document and refused as `division`.
 *
 * Whether the birth date is past is for the caller, who has the clock. Never log what went in.
 */
export function checkCitizenId(id: string): CitizenIdCheck {
  const characters = [...id];
  if (characters.length !== 18) return { ok: false, reason: 'length', length: characters.length };
  for (const [index, character] of characters.entries()) {
    const allowed = index === 17 ? '0123456789X' : '0123456789';
    if (!allowed.includes(character))
      return { ok: false, reason: 'alphabet', position: index + 1, character };
  }
  const permit = RESIDENCE_PERMITS.has(id.slice(0, 6));
  if (!permit && !PROVINCES.has(id.slice(0, 2))) return { ok: false, reason: 'division' };
  const birthDate = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
  if (!isLocalDate(birthDate)) return { ok: false, reason: 'birth-date' };
  const expected = citizenIdCheckCharacter(id.slice(0, 17));
  if (id.charAt(17) !== expected) return { ok: false, reason: 'check-character', expected };
  return {
    ok: true,
    document: permit ? 'residence-permit' : 'citizen-id',
    birthDate,
    sex: Number(id.charAt(16)) % 2 === 1 ? 'male' : 'female',
  };
}

/** The 18th character for the first 17 digits. */
export function citizenIdCheckCharacter(first17: string): string {
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) sum += Number(first17.charAt(index)) * weight;
  return CHECK.charAt(sum % 11);
}
