import { checkCreditCode } from './credit-code.js';
import { isLocalDate } from './local-date.js';
import { maskCitizenId } from './masking.js';

/*
 * Numbers of persons in what was written by hand (ordinance of Heilongjiang art. 23: numbers of documents and telephones
 * of persons are not opened). What looks like one is masked, whether its check character is right or not: a number with
 * one wrong digit still leads to its holder.
 */

/** A digit as it is typed, also at full width, with at most one blank or hyphen after it. */
const DIGIT = '[0-9０-９]';
const GAP = '[ \\u00a0\\u3000\\-－]?';
const BEFORE = '(?<![0-9０-９A-Za-zＡ-Ｚａ-ｚ])';
const AFTER = '(?![0-9０-９A-Za-zＡ-Ｚａ-ｚ])';
const digits = (count: number): string => `(?:${DIGIT}${GAP}){${count - 1}}${DIGIT}`;

/** GB 11643: eighteen characters, and the fifteen digits of before 1999. */
const OF_CITIZENS = new RegExp(`${BEFORE}(?:${digits(17)}${GAP}[0-9０-９XxＸｘ]|${digits(15)})${AFTER}`, 'g');
const MOBILE = new RegExp(`${BEFORE}[1１]${GAP}[3-9３-９]${GAP}${digits(9)}${AFTER}`, 'g');
/** Of other documents the form says little; the word before it says what it is. */
const NAMED =
  /((?:护照|通行证|台胞证|居留证|居留身份证|居住证|身份证|军官证|士兵证|证件)(?:号码|编号|号)?(?:为|是)?[:： ]?)([A-Za-zＡ-Ｚａ-ｚ]{0,3}[0-9０-９]{6,18}[XxＸｘ]?)(?![0-9０-９A-Za-zＡ-Ｚａ-ｚ])/g;

/** First two digits of the provinces, and of residence permits of Hong Kong, Macao and Taiwan. */
const PLACE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/** The text with every number of a person masked; credit codes, amounts and numbers of documents stay. */
export function withoutPersonalNumbers(text: string): string {
  return text
    .replace(OF_CITIZENS, (typed) => {
      const number = plain(typed);
      return isOfCitizen(number) ? maskCitizenId(number) : typed;
    })
    .replace(MOBILE, (typed) => {
      const number = plain(typed);
      return `${number.slice(0, 3)}****${number.slice(-4)}`;
    })
    .replace(NAMED, (_, word: string, number: string) => `${word}${maskCitizenId(plain(number))}`);
}

/** Full width to half, gaps out. */
function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\-－]/g, '')
    .toUpperCase();
}

/** A province, and a birthday that exists. A right credit code of digits alone is an organisation's. */
function isOfCitizen(number: string): boolean {
  if (!PLACE.test(number)) return false;
  const born = number.length === 18 ? number.slice(6, 14) : `19${number.slice(6, 12)}`;
  if (!/^(?:19|20)/.test(born)) return false;
  if (!isLocalDate(`${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`)) return false;
  return number.length === 15 || !checkCreditCode(number).ok;
}
