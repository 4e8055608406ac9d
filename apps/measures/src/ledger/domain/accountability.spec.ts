import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#kernel';
import { loadSeeds } from '#seeds';
import {
  accountable,
  type NamedUnits,
  reportersOf,
  reportingPart,
  standingOn,
  type Units,
} from './accountability.js';

const seeded = loadSeeds('units');
const units: Units = new Map(
  seeded.map((unit) => [
    unit.id,
    { id: unit.id, successor: unit.successor ?? null, collective: unit.collective ?? null },
  ]),
);
const idOf = new Map(seeded.map((unit) => [unit.seedName, unit.id]));
const measures = new Map<number, NamedUnits>(
  loadSeeds('measures').map((measure) => [
    measure.number,
    {
      number: measure.number,
      deadline: measure.deadline,
      leads: measure.leadUnits.map((name) => idOf.get(name)!),
      responsible: measure.responsibleUnits.map((name) => idOf.get(name)!),
    },
  ]),
);
const measure = (no: number): NamedUnits => measures.get(no)!;

function refused(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

describe('who answers for a measure', () => {
  it('its leads; measure 39 has none, so its responsible unit', () => {
    expect(accountable(measure(8), units).units).toEqual(['hlj.human-resources']);
    expect(measure(39).leads).toEqual([]);
    expect(accountable(measure(39), units).units).toEqual(['hlj.business-environment']);
  });

  it('every one of the 45 has somebody', () => {
    expect([...measures.values()].filter((each) => accountable(each, units).units.length === 0)).toEqual([]);
    expect(measures.size).toBe(45);
  });

  it('各市(地)政府(行署) are the 12 cities and the prefecture office', () => {
    const { units: cities, undesignated } = reportersOf([idOf.get('各市(地)政府(行署)')!], units);
    expect(cities).toHaveLength(13);
    expect(cities).toContain('hlj.prefecture.232700');
    expect(undesignated).toEqual([]);
  });

  it('an open collective among the leads (17, 20, 37) waits for somebody to be designated', () => {
    for (const no of [17, 20, 37]) expect(accountable(measure(no), units).undesignated).toHaveLength(1);
    expect(accountable(measure(37), units).undesignated).toEqual(['hlj.units-concerned']);
  });
});

describe('who may report', () => {
  it('a lead unit, and a responsible one', () => {
    expect(reportingPart(measure(1), 'hlj.science', units)).toBe('lead');
    expect(reportingPart(measure(1), 'hlj.education', units)).toBe('responsible');
    expect(reportingPart(measure(1), 'hlj.city.230200', units)).toBe('responsible');
    expect(reportingPart(measure(39), 'hlj.business-environment', units)).toBe('responsible');
  });

  it('the body that followed a unit, for that unit', () => {
    expect(reportingPart(measure(31), 'hlj.data', units)).toBe('lead');
    expect(reportingPart(measure(11), 'hlj.pboc-provincial', units)).toBe('lead');
  });

  it('no other department, and no collective name', () => {
    expect(refused(() => reportingPart(measure(8), 'hlj.finance', units))).toBe('measure.not-named');
    expect(refused(() => reportingPart(measure(1), 'hlj.all-cities', units))).toBe(
      'measure.collective-cannot-report',
    );
    expect(refused(() => reportingPart(measure(1), 'hlj.units-concerned', units))).toBe(
      'measure.collective-cannot-report',
    );
  });

  it('nobody by way of an open collective', () => {
    // Measure 12 names 中省直各有关单位; the statistics bureau is not named itself.
    expect(measure(12).responsible).toContain('hlj.units-concerned');
    expect(refused(() => reportingPart(measure(12), 'hlj.statistics', units))).toBe('measure.not-named');
  });
});

describe('how a measure stands', () => {
  it('is overdue from the day after the last day of the month, not before', () => {
    expect(measure(1).deadline).toBe('2022-12-31');
    expect(standingOn(measure(1), [], units, '2022-12-31')).toEqual({
      percent: 0,
      done: false,
      overdue: false,
    });
    expect(standingOn(measure(1), [], units, '2023-01-01')).toEqual({
      percent: 0,
      done: false,
      overdue: true,
    });
  });

  it('is the mean of its leads, and done only when all of them are', () => {
    const reports = [{ unit: 'hlj.science', percent: 100 }];
    expect(standingOn(measure(1), reports, units, '2022-11-01')).toEqual({
      percent: 50,
      done: false,
      overdue: false,
    });
    const all = [...reports, { unit: 'hlj.public-security', percent: 100 }];
    expect(standingOn(measure(1), all, units, '2026-01-01')).toEqual({
      percent: 100,
      done: true,
      overdue: false,
    });
  });

  it('counts the report of a successor for the unit that it followed, and no report of a responsible unit', () => {
    expect(standingOn(measure(31), [{ unit: 'hlj.data', percent: 80 }], units, '2025-12-01').percent).toBe(
      80,
    );
    expect(
      standingOn(measure(8), [{ unit: 'hlj.city.230100', percent: 100 }], units, '2025-12-01').percent,
    ).toBe(0);
  });
});
