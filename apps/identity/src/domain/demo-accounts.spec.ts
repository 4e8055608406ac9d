import { describe, expect, it } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { demoAccounts } from './demo-accounts.js';
import { standsOn, withSuccessors } from './unit.js';

const units = loadSeeds('units');
const rules = loadSeeds('discipline-rules');
const accounts = demoAccounts({
  units,
  executors: rules.flatMap(({ executors }) => executors.units),
  leads: loadSeeds('measures').flatMap(({ leadUnits }) => leadUnits),
});
const usernames = accounts.people.map(({ username }) => username);

describe('the accounts of the demonstration', () => {
  it('given the seeds, then every login of the stories is there, once', () => {
    for (const username of [
      'handler.hlj.human-resources',
      'reviewer.hlj.city.230100.market-regulation',
      'approver.hlj.market-regulation',
      'secrecy-reviewer.hlj.city.230100.market-regulation',
      'evaluator.hlj.business-environment',
      'operator',
      'auditor',
    ]) {
      expect(usernames).toContain(username);
    }
    expect(new Set(usernames).size).toBe(usernames.length);
  });

  it('every unit that executes a discipline rule has an officer, and so has its successor', () => {
    for (const unit of rules.flatMap(({ executors }) => executors.units)) {
      expect(usernames).toContain(`discipline-officer.${unit}`);
    }
    expect(usernames).toContain('discipline-officer.hlj.data');
  });

  it('every body has a system; a collective has nothing', () => {
    const systems = accounts.systems.map(({ unit }) => unit);
    expect(systems).toEqual(units.filter(({ kind }) => kind !== 'collective').map(({ id }) => id));
    for (const { id } of units.filter(({ kind }) => kind === 'collective')) {
      expect(usernames.filter((username) => username.endsWith(`.${id}`))).toEqual([]);
    }
  });

  it('every city has at least a system and a handler', () => {
    const cities = units.filter(({ kind }) => kind === 'city-government' || kind === 'prefecture-office');
    expect(cities).toHaveLength(13);
    for (const { id } of cities) expect(usernames).toContain(`handler.${id}`);
  });
});

describe('units over time', () => {
  it('both ends of the validity belong to it', () => {
    const unit = { validFrom: '2018-10-01', validTo: '2024-12-31' };
    const days = ['2018-09-30', '2018-10-01', '2024-12-31', '2025-01-01'];
    expect(days.map((day) => standsOn(unit, day))).toEqual([false, true, true, false]);
    expect(standsOn({ validFrom: null, validTo: null }, '1949-10-01')).toBe(true);
  });

  it('a circle of successors ends', () => {
    const circle = new Map(
      [
        { id: 'a', successor: 'b' },
        { id: 'b', successor: 'a' },
      ].map(({ id, successor }) => [
        id,
        { id, successor, name: id, seedName: null, kind: 'department', level: 'province', region: '230000' },
      ]),
    );
    expect(withSuccessors(circle, 'a').map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
