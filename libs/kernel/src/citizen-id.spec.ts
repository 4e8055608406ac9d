import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkCitizenId, citizenIdCheckCharacter } from './citizen-id.js';
import { addDays } from './local-date.js';
import { maskCitizenId, maskName } from './masking.js';

const validId = fc
  .tuple(
    fc.constantFrom('110105', '230102', '232721', '500101', '650100', '810000', '830000'),
    fc.integer({ min: 0, max: 45_000 }).map((days) => addDays('1900-01-01', days)),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([division, birth, sequence]) => {
    const first17 = `${division}${birth.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    return { id: first17 + citizenIdCheckCharacter(first17), birth };
  });

describe('a citizen ID number', () => {
  test.each([
    ['11010519491231002X', { document: 'citizen-id', birthDate: '1949-12-31', sex: 'female' }],
    ['440524188001010014', { document: 'citizen-id', birthDate: '1880-01-01', sex: 'male' }],
  ])('%s of the standard passes', (id, content) => {
    expect(checkCitizenId(id)).toEqual({ ok: true, ...content });
  });

  test.each(['810000', '820000', '830000'])('a residence permit with prefix %s passes', (prefix) => {
    const first17 = `${prefix}19900228001`;
    expect(checkCitizenId(first17 + citizenIdCheckCharacter(first17))).toMatchObject({
      ok: true,
      document: 'residence-permit',
      birthDate: '1990-02-28',
    });
  });

  test.each([
    ['110105194912310021', { reason: 'check-character', expected: 'X' }],
    ['11010519491231002x', { reason: 'alphabet', position: 18, character: 'x' }],
    ['1101051949123100X2', { reason: 'alphabet', position: 17, character: 'X' }],
    ['110105491231002', { reason: 'length', length: 15 }],
    ['990105199001010012', { reason: 'division' }],
    ['810001199001010012', { reason: 'division' }],
    ['110105199002300011', { reason: 'birth-date' }],
    ['110105199013010011', { reason: 'birth-date' }],
    ['', { reason: 'length', length: 0 }],
  ])('%j fails: %o', (id, fault) => {
    expect(checkCitizenId(id)).toEqual({ ok: false, ...fault });
  });

  test('every number built by the rule passes, and any one mistyped digit is found', () => {
    fc.assert(
      fc.property(validId, fc.nat(17), fc.constantFrom(...'0123456789X'), ({ id, birth }, at, typed) => {
        expect(checkCitizenId(id)).toMatchObject({ ok: true, birthDate: birth });
        fc.pre(id.charAt(at) !== typed);
        expect(checkCitizenId(id.slice(0, at) + typed + id.slice(at + 1)).ok).toBe(false);
      }),
    );
  });
});

describe('what the public sees of a person', () => {
  test.each([
    ['张三', '张*'],
    ['欧阳娜娜', '欧*'],
    [' 李四 ', '李*'],
    ['𠮷野', '𠮷*'],
    ['', ''],
  ])('the name %j becomes %j', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  test.each([
    ['11010519491231002X', '110***********002X'],
    ['110105491231002', '110************'],
    ['E12345678', 'E12******'],
    ['1234', '****'],
  ])('the number %s becomes %s', (id, masked) => {
    expect(maskCitizenId(id)).toBe(masked);
  });

  test('no digit of the birth date and no county is ever left', () => {
    fc.assert(
      fc.property(validId, ({ id }) => {
        const masked = maskCitizenId(id);
        expect(masked).toHaveLength(18);
        expect(masked.slice(3, 14)).toBe('***********');
      }),
    );
  });
});
