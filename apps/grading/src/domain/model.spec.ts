import { describe, expect, it } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { faultsOfModels, type GradeModel, modelFor } from './model.js';

const model: GradeModel = loadSeeds('grade-models')[0]!;

describe('the models of the seeds', () => {
  it('may be published', () => {
    expect(faultsOfModels(loadSeeds('grade-models'))).toEqual([]);
  });

  it('grade market entities, and no natural person', () => {
    expect(modelFor([model], 'enterprise', '2024-11-14')).toBe(model);
    expect(modelFor([model], 'natural-person', '2024-11-14')).toBeUndefined();
    expect(modelFor([model], 'government-body', '2024-11-14')).toBeUndefined();
  });
});

describe('the version of a day', () => {
  const next: GradeModel = { ...model, version: 2, validFrom: '2027-01-01', base: 80 };
  const closed: GradeModel = { ...model, validTo: '2026-12-31' };

  it('is the one valid then', () => {
    expect(modelFor([closed, next], 'enterprise', '2026-12-31')?.version).toBe(1);
    expect(modelFor([closed, next], 'enterprise', '2027-01-01')?.version).toBe(2);
    expect(modelFor([closed, next], 'enterprise', '2022-06-30')).toBeUndefined();
  });

  it('must be one: two models for one kind on one day are refused', () => {
    expect(faultsOfModels([closed, next])).toEqual([]);
    expect(faultsOfModels([model, next])).toEqual([
      'hlj-market-entity version 1 and hlj-market-entity version 2 both grade enterprise on one day',
    ]);
  });
});

describe('a faulty model', () => {
  it.each<[string, Partial<GradeModel>, RegExp]>([
    [
      'a gap under the lowest band',
      { scale: model.scale.filter((band) => band.grade !== 'E') },
      /lowest band must start at 0/,
    ],
    [
      'two bands with one bound',
      { scale: [...model.scale, { grade: 'F', class: 'dishonest', from: 40 }] },
      /two bands/,
    ],
    ['an unknown class', { classes: model.classes.slice(1) }, /unknown class trustworthy/],
    [
      'a veto to a grade that is not on the scale',
      { vetoes: [{ ...model.vetoes[0]!, grade: 'F' }] },
      /unknown grade F/,
    ],
    ['a base outside the range', { base: 120 }, /base lies outside/],
    ['an indicator twice', { indicators: [...model.indicators, model.indicators[0]!] }, /is there twice/],
    [
      'an indicator on listings without lists',
      { indicators: [{ ...model.indicators[0]!, source: 'listing' }] },
      /lists belong/,
    ],
    [
      'an indicator that never counts',
      { indicators: [{ ...model.indicators[0]!, decayMonths: 0 }] },
      /decays in no time/,
    ],
    ['an unknown grade without records', { withoutRecords: 'Z' }, /unknown grade Z/],
  ])('%s', (_, change, fault) => {
    expect(faultsOfModels([{ ...model, ...change }]).join('\n')).toMatch(fault);
  });
});
