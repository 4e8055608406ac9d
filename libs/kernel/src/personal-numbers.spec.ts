import { describe, expect, test } from '@jest/globals';
import { citizenIdCheckCharacter } from './citizen-id.js';
import { withoutPersonalNumbers } from './personal-numbers.js';

const first17 = '23010019800101101';
const right = `${first17}${citizenIdCheckCharacter(first17)}`;
const wrong = `${first17}${right.endsWith('0') ? '1' : '0'}`;
const wide = (text: string): string =>
  text.replace(/[0-9X]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
const masked = (number: string): string => `230***********${number.slice(-4)}`;

describe('text by hand (all numbers are fictitious)', () => {
  test.each([
    ['a citizen ID', `经办人${right}`, `经办人${masked(right)}`],
    ['one of a single wrong digit', `身份证${wrong},`, `身份证${masked(wrong)},`],
    ['at full width', `（${wide(right)}）`, `（${masked(right)}）`],
    ['in groups', '230100 19800101 101x', masked('23010019800101101X')],
    ['in groups with hyphens', '230100-19800101-101X 号', `${masked('23010019800101101X')} 号`],
    ['the fifteen digits of before 1999', '旧号230100800101101,', '旧号230************,'],
    ['a mobile number', '电话13800001234。', '电话138****1234。'],
    ['a mobile number in groups', '138 0000 1234', '138****1234'],
    ['a mobile number at full width', '１３８００００１２３４', '138****1234'],
    ['a passport', '护照号码:E12345678', '护照号码:E12******'],
    ['a travel permit', '来往内地通行证H1234567890', '来往内地通行证H12********'],
    ['two after each other', `${right}、${wrong}`, `${masked(right)}、${masked(wrong)}`],
  ])('%s is masked', (_, text, shown) => {
    expect(withoutPersonalNumbers(text)).toBe(shown);
  });

  test.each([
    '统一社会信用代码91230100MA1ABCDE8J',
    '罚款520000元',
    '（2024）黑01执101号，2024-10-08至2025-10-08',
    '哈市监罚〔2024〕101号',
    '账号1234567890123456789',
    '230100199013451010', // no such month
    '货值 2301 元、1980 元、0101 元',
  ])('%s stays', (text) => {
    expect(withoutPersonalNumbers(text)).toBe(text);
  });

  test('a long run of digits is read once, not over and over', () => {
    const began = performance.now();
    withoutPersonalNumbers('2 3 0 1 '.repeat(5_000));
    expect(performance.now() - began).toBeLessThan(500);
  });
});
