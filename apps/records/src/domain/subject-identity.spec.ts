import { describe, expect, test } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { identityOf, kindOfCode, regionOfCode } from './subject-identity.js';

const penalty = loadSeeds('record-types').find(({ id }) => id === 'penalty')!;
const CODE = '91230100MA1ABCDE8J';
const PERSON = '11010519491231002X';

describe('whom a record is about', () => {
  test('an organisation by its code, with the kind that the code tells', () => {
    const identity = identityOf(penalty, { CF_XDR_LB: '法人及非法人组织', CF_XDR_SHXYM: CODE });
    expect(identity).toEqual({ kind: 'enterprise', code: CODE });
  });

  test('an individual business because the category says so', () => {
    expect(identityOf(penalty, { CF_XDR_LB: '个体工商户', CF_XDR_SHXYM: CODE })).toEqual({
      kind: 'individual-business',
      code: CODE,
    });
  });

  test('a natural person by the citizen number', () => {
    expect(identityOf(penalty, { CF_XDR_LB: '自然人', CF_XDR_ZJHM: PERSON })).toEqual({
      kind: 'natural-person',
      citizenId: PERSON,
    });
  });

  test('without a category the number that is filled in decides', () => {
    const type = { ...penalty, subject: { ...penalty.subject, category: null } };
    expect(identityOf(type, { CF_XDR_ZJHM: PERSON })).toMatchObject({ kind: 'natural-person' });
    expect(identityOf(type, { CF_XDR_SHXYM: CODE })).toMatchObject({ kind: 'enterprise' });
    expect(identityOf(type, {})).toEqual({ code: 'record.field-required', field: 'CF_XDR_SHXYM' });
  });

  test('a number of the other kind is refused rather than dropped', () => {
    const both = { CF_XDR_SHXYM: CODE, CF_XDR_ZJHM: PERSON };
    expect(identityOf(penalty, { CF_XDR_LB: '自然人', ...both })).toEqual({
      code: 'record.subject-ambiguous',
      field: 'CF_XDR_SHXYM',
    });
    expect(identityOf(penalty, { CF_XDR_LB: '法人及非法人组织', ...both })).toEqual({
      code: 'record.subject-ambiguous',
      field: 'CF_XDR_ZJHM',
    });
  });
});

test.each([
  ['11230000MB15291767', 'government-body'],
  ['12230000MB15291767', 'public-institution'],
  ['52230000MB15291767', 'social-organisation'],
  ['91230000MB15291767', 'enterprise'],
  ['92230000MB15291767', 'individual-business'],
  ['93230000MB15291767', 'other-organisation'],
])('the code %s is that of a %s', (code, kind) => {
  expect(kindOfCode(code)).toBe(kind);
});

test.each([
  ['91230103MA1ABCDE8J', '230100', 'a district of Harbin'],
  ['91232721MA1ABCDE8J', '232700', 'a county of the prefecture'],
  ['91239900MA1ABCDE8J', '230000', 'a zone of Heilongjiang that GB/T 2260 does not have'],
  ['914403001922038216', '440000', 'another province'],
  ['91100000100003962T', '230600', 'the national registry: the region of the provider'],
])('%s belongs to %s: %s', (code, region) => {
  expect(regionOfCode(code, '230600')).toBe(region);
});
