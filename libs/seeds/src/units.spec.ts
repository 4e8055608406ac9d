import { describe, expect, it } from '@jest/globals';
import { HEILONGJIANG_DIVISIONS } from '#kernel';
import { unitsBehind } from './list-rules.js';
import { loadSeeds } from './load.js';

const units = loadSeeds('units');
const measures = loadSeeds('measures');
const named = units.filter((unit) => unit.seedName !== null);

describe('units of the provincial opinion', () => {
  it('are exactly the 50 strings of its brackets', () => {
    const strings = new Set(
      measures.flatMap((measure) => [...measure.leadUnits, ...measure.responsibleUnits]),
    );
    expect(new Set(named.map((unit) => unit.seedName))).toEqual(strings);
    expect(named).toHaveLength(50);
    expect(named.filter((unit) => unit.kind === 'collective')).toHaveLength(4);
  });

  it('keep the slugs that cases and logins use', () => {
    const name = (id: string) => units.find((unit) => unit.id === id)?.name;
    expect(name('hlj.market-regulation')).toBe('省市场监管局');
    expect(name('hlj.human-resources')).toBe('省人社厅');
    expect(name('hlj.court')).toBe('省法院');
    expect(name('hlj.customs')).toBe('哈尔滨海关');
    expect(name('hlj.pboc')).toBe('人民银行哈尔滨中心支行');
    expect(name('hlj.financial-supervision')).toBe('黑龙江银保监局');
    expect(name('hlj.data')).toBe('黑龙江省数据局');
    expect(name('hlj.city.230100.market-regulation')).toBe('哈尔滨市市场监督管理局');
  });

  it('expand 各市(地)政府(行署) to twelve cities and one prefecture office', () => {
    const regions = unitsBehind(units, 'hlj.all-cities').map((unit) => unit.region);
    expect(regions).toEqual(HEILONGJIANG_DIVISIONS.map((division) => division.code));
    expect(units.find((unit) => unit.id === 'hlj.prefecture.232700')?.kind).toBe('prefecture-office');
  });

  it('leave the open collectives open: nobody can be inferred from 各有关单位', () => {
    expect(unitsBehind(units, 'hlj.units-concerned')).toEqual([]);
    expect(unitsBehind(units, 'hlj.units-concerned-internet')).toEqual([]);
    expect(unitsBehind(units, 'hlj.court').map((unit) => unit.id)).toEqual(['hlj.court']);
    expect(unitsBehind(units, 'hlj.nowhere')).toEqual([]);
  });

  it('lead from a renamed body to its successor, without inventing the day', () => {
    const old = units.find((unit) => unit.seedName === '黑龙江银保监局');
    const present = units.find((unit) => unit.id === old?.successor);
    expect(present).toMatchObject({
      name: '国家金融监督管理总局黑龙江监管局',
      validFrom: null,
      confirmed: false,
    });
    expect(old?.validTo).toBeNull();
  });

  it('give city bureaus only to the three demonstration cities, marked as a default', () => {
    const bureaus = units.filter((unit) => /^hlj\.city\.\d{6}\../.test(unit.id));
    expect(bureaus).toHaveLength(27);
    expect(new Set(bureaus.map((unit) => unit.region))).toEqual(new Set(['230100', '230200', '230600']));
    expect(bureaus.every((unit) => unit.confirmed === false && unit.seedName === null)).toBe(true);
  });
});
