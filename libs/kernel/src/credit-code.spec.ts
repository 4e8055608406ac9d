import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkCreditCode, creditCodeCheckCharacter, organisationCheckCharacter } from './credit-code.js';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const digit = fc.constantFrom(...'0123456789');
const character = fc.constantFrom(...ALPHABET);

/** Codes as a registration authority builds them: both checks computed. */
const validCode = fc
  .tuple(
    fc.string({ unit: character, minLength: 2, maxLength: 2 }),
    fc.string({ unit: digit, minLength: 6, maxLength: 6 }),
    fc.string({ unit: character, minLength: 8, maxLength: 8 }),
  )
  .map(([registration, division, body]) => {
    const first17 = registration + division + body + organisationCheckCharacter(body);
    return first17 + creditCodeCheckCharacter(first17);
  });

describe('a unified social credit code', () => {
  test.each([
    ['914403001922038216', 'the worked example: S = 831'],
    ['91110108551385082Q', 'an enterprise'],
    ['91110000802100433B', 'an enterprise'],
    ['91100000100003962T', 'a bank, registered with the national authority'],
    ['911100001000044477', 'a bank'],
    ['91440300192317458F', 'an enterprise'],
    ['9144030071526726XG', 'the check of the organisation code is X'],
    ['11420000MB15291767', 'a public body'],
    ['91350100M000100Y43', 'the widely circulated example: S = 1640'],
    ['91230100MA1ABCDE8J', 'made up, with both checks right'],
  ])('%s passes: %s', (code) => {
    expect(checkCreditCode(code)).toEqual({ ok: true });
  });

  test.each([
    ['91350100M000100Y4Z', { reason: 'alphabet', position: 18, character: 'Z' }],
    ['914403001922038217', { reason: 'check-character', position: 18, character: '7', expected: '6' }],
    ['9144030019220382I6', { reason: 'alphabet', position: 17, character: 'I' }],
    ['91230100ma1ABCDE8J', { reason: 'alphabet', position: 9, character: 'm' }],
    ['9123O100MA1ABCDE8J', { reason: 'alphabet', position: 5, character: 'O' }],
    ['9123A100MA1ABCDE8J', { reason: 'alphabet', position: 5, character: 'A' }],
    ['91230100MA1ABCDE8J', undefined],
    ['9123010０MA1ABCDE8J', { reason: 'alphabet', position: 8, character: '０' }],
    ['91230100MA1ABCDE8', { reason: 'length', length: 17 }],
    [' 91230100MA1ABCDE8J', { reason: 'length', length: 19 }],
    ['', { reason: 'length', length: 0 }],
  ])('%j: %o', (code, fault) => {
    expect(checkCreditCode(code)).toEqual(fault ? { ok: false, ...fault } : { ok: true });
  });

  test('a wrong organisation code under a right check character is found', () => {
    const first17 = '91230100MA1ABCDE7';
    expect(checkCreditCode(first17 + creditCodeCheckCharacter(first17))).toEqual({
      ok: false,
      reason: 'organisation-check',
      position: 17,
      character: '7',
      expected: '8',
    });
  });

  test('development zones use divisions that GB/T 2260 does not have: not rejected', () => {
    const body = 'MA1ABCDE8';
    const first17 = `91230199${body}`;
    expect(checkCreditCode(first17 + creditCodeCheckCharacter(first17))).toEqual({ ok: true });
  });

  test('every code built by the rule passes', () => {
    fc.assert(fc.property(validCode, (code) => expect(checkCreditCode(code)).toEqual({ ok: true })));
  });

  test('one mistyped character is always found: 31 is prime', () => {
    fc.assert(
      fc.property(validCode, fc.nat(17), character, (code, at, typed) => {
        fc.pre(code.charAt(at) !== typed);
        expect(checkCreditCode(code.slice(0, at) + typed + code.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  test('two neighbours exchanged are always found', () => {
    fc.assert(
      fc.property(validCode, fc.nat(16), (code, at) => {
        const [a, b] = [code.charAt(at), code.charAt(at + 1)];
        fc.pre(a !== b);
        expect(checkCreditCode(code.slice(0, at) + b + a + code.slice(at + 2)).ok).toBe(false);
      }),
    );
  });

  test('any text gets an answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(typeof checkCreditCode(text).ok).toBe('boolean');
      }),
    );
  });
});
