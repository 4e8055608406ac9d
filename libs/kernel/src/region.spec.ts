import { describe, expect, test } from '@jest/globals';
import { divisionOf, HEILONGJIANG_DIVISIONS, regionByCode } from './region.js';
import { isSubjectKind, SUBJECT_KIND_NAMES, SUBJECT_KINDS } from './subject-kind.js';

describe('the divisions of Heilongjiang', () => {
  test('are 12 cities and one prefecture, each with a code of its own', () => {
    expect(HEILONGJIANG_DIVISIONS.filter((region) => region.kind === 'city')).toHaveLength(12);
    expect(HEILONGJIANG_DIVISIONS.filter((region) => region.kind === 'prefecture').map((r) => r.zh)).toEqual([
      '大兴安岭地区',
    ]);
    expect(new Set(HEILONGJIANG_DIVISIONS.map((region) => region.code)).size).toBe(13);
    expect(HEILONGJIANG_DIVISIONS.every((region) => /^23\d{2}00$/.test(region.code))).toBe(true);
  });

  test.each([
    ['230102', '哈尔滨市'],
    ['230199', '哈尔滨市'],
    ['232721', '大兴安岭地区'],
    ['231200', '绥化市'],
    ['230000', undefined],
    ['110105', undefined],
    ['2301', undefined],
  ])('%s belongs to %s', (code, name) => {
    expect(divisionOf(code)?.zh).toBe(name);
  });

  test('the province is found by its code, a county is not', () => {
    expect(regionByCode('230000')?.zh).toBe('黑龙江省');
    expect(regionByCode('230102')).toBeUndefined();
  });
});

describe('kinds of subject', () => {
  test('each has its names, and only they are kinds', () => {
    expect(Object.keys(SUBJECT_KIND_NAMES)).toEqual([...SUBJECT_KINDS]);
    expect(isSubjectKind('enterprise')).toBe(true);
    expect(isSubjectKind('company')).toBe(false);
    expect(isSubjectKind(undefined)).toBe(false);
  });
});
