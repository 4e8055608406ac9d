/** Fictitious identifiers that pass every check: the serial parts lie where no authority has ever counted. */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Check character of a unified social credit code (GB 32100-2015) for its first 17 characters. */
function creditCodeCheck(first17) {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31];
}

/** Check character of the organisation code inside (GB 11714) for its first 8 characters. */
function organisationCheck(first8) {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...first8].reduce((total, character, index) => {
    return total + ORGANISATION_ALPHABET.indexOf(character) * weights[index];
  }, 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/**
 * A credit code. `prefix` is registration authority and kind of body ('91' enterprise, '92' individual
 * business, '93' cooperative, '51' to '53' social organisations, '11' government, '12' public institution).
 * Bodies are MAXU0001 and on for market entities, MJXU… and MBXU… for the others: series not in use.
 */
export function creditCode(prefix, region, serial) {
  const series = prefix.startsWith('9') ? 'MAXU' : prefix.startsWith('5') ? 'MJXU' : 'MBXU';
  const body = `${series}${String(serial).padStart(4, '0')}`;
  const first17 = `${prefix}${region}${body}${organisationCheck(body)}`;
  return first17 + creditCodeCheck(first17);
}

/** A citizen ID of division 230199, which GB/T 2260 does not have, with a sequence from 000 on. */
export function citizenId(birthDate, sequence) {
  const first17 = `230199${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + Number(first17[index]) * weight, 0);
  return first17 + '10X98765432'[sum % 11];
}

/** The same numbers on every machine (mulberry32). */
export function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    number: (limit) => Math.floor(next() * limit),
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}

/** Day `offset` after `start`, both civil dates. */
export function dayAfter(start, offset) {
  return new Date(Date.parse(`${start}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
}
