/** The 31 characters of GB 32100-2015; a character's value is its place. No I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** 3^(i-1) mod 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** GB 11714: the organisation code inside (positions 9–17) counts letters from A = 10 to Z = 35. */
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

export type CreditCodeFault =
  | { reason: 'length'; length: number }
  | { reason: 'alphabet'; position: number; character: string }
  | { reason: 'check-character'; position: 18; character: string; expected: string }
  | { reason: 'organisation-check'; position: 17; character: string; expected: string };

export type CreditCodeCheck = { ok: true } | ({ ok: false } & CreditCodeFault);

/**
 * Checks a unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters of its alphabet, the
 * division (positions 3–8) in digits, the check character, and the check character of the organisation code
 * inside. Positions count from 1; the first fault found is reported.
 *
 * Which authorities (1), kinds (2) and divisions (3–8) exist is not checked: codes of registration
 * authorities were added after the standard, and development zones use division codes that GB/T 2260 does
 * not have. Lower case is a fault of the alphabet: whoever takes input may offer the capital letter.
 */
export function checkCreditCode(code: string): CreditCodeCheck {
  const characters = [...code];
  if (characters.length !== 18) return { ok: false, reason: 'length', length: characters.length };
  for (const [index, character] of characters.entries()) {
    const allowed = index >= 2 && index <= 7 ? ALPHABET.slice(0, 10) : ALPHABET;
    if (!allowed.includes(character))
      return { ok: false, reason: 'alphabet', position: index + 1, character };
  }
  const check = characters[17]!;
  const expected = creditCodeCheckCharacter(code.slice(0, 17));
  if (check !== expected)
    return { ok: false, reason: 'check-character', position: 18, character: check, expected };
  const inner = characters[16]!;
  const innerExpected = organisationCheckCharacter(code.slice(8, 16));
  if (inner !== innerExpected) {
    return {
      ok: false,
      reason: 'organisation-check',
      position: 17,
      character: inner,
      expected: innerExpected,
    };
  }
  return { ok: true };
}

/** The 18th character for the first 17, which must be of the alphabet. */
export function creditCodeCheckCharacter(first17: string): string {
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) sum += ALPHABET.indexOf(first17.charAt(index)) * weight;
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The 9th character of an organisation code (组织机构代码, GB 11714) for its first 8. */
export function organisationCheckCharacter(first8: string): string {
  let sum = 0;
  for (const [index, weight] of ORGANISATION_WEIGHTS.entries()) {
    sum += ORGANISATION_ALPHABET.indexOf(first8.charAt(index)) * weight;
  }
  return '0123456789X0'.charAt(11 - (sum % 11));
}
