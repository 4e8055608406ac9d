import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  ACTS,
  executorActs,
  FIRST,
  LAST,
  lifecycle,
  lifecycleDiagram,
  OPEN,
  refusalOf,
  type Status,
  STATUSES,
  stepOf,
  targetsOf,
} from './lifecycle.js';

describe('the life of a discipline action', () => {
  it('answers every act in every status: either a step or a refusal with a code, never both', () => {
    for (const status of STATUSES) {
      for (const act of ACTS) {
        const [step, refusal] = [stepOf(status, act), refusalOf(status, act)];
        expect({ status, act, answered: Boolean(step) !== Boolean(refusal) }).toEqual({
          status,
          act,
          answered: true,
        });
      }
    }
  });

  it('has each step once', () => {
    const names = lifecycle.map((step) => `${step.from} ${step.act}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('reaches every status from the first', () => {
    const reached = new Set<Status>([FIRST]);
    for (const status of reached)
      for (const step of lifecycle)
        if (step.from === status) targetsOf(step).forEach((to) => reached.add(to));
    expect([...reached].sort()).toEqual([...STATUSES].sort());
  });

  it('leads from every status to the last, and no act of a department leads on from there', () => {
    const ending = new Set<Status>([LAST]);
    for (const status of ending)
      for (const step of lifecycle) if (targetsOf(step).includes(status)) ending.add(step.from);
    expect([...ending].sort()).toEqual([...STATUSES].sort());
    // But for what reconciliation finds lifted although its listing lives.
    const leading = lifecycle.filter((step) => step.from === LAST && !targetsOf(step).includes(LAST));
    expect(leading.map(({ by }) => by)).toEqual(['reconciliation']);
  });

  it('lets the end of the listing take every action out of the statuses that need a live listing', () => {
    for (const status of OPEN) {
      const step = stepOf(status, 'order-lift');
      expect(step && targetsOf(step).some((to) => OPEN.includes(to))).toBe(false);
    }
  });

  it('stops each clock that it starts', () => {
    const stopped = lifecycle.flatMap((step) => step.stops ?? []);
    for (const step of lifecycle) for (const clock of step.starts ?? []) expect(stopped).toContain(clock);
  });

  it('tells the department what it may do', () => {
    const owing = ['assign', 'answer-applied', 'answer-not-applied'];
    expect(STATUSES.map((status) => [status, executorActs(status)])).toEqual([
      ['ordered', ['receive', 'check', ...owing]],
      ['received', ['check', ...owing]],
      ['checked', owing],
      ['applied', ['correct-answer']],
      ['not-applied', ['correct-answer', 'end-own-ground']],
      ['lift-ordered', ['assign', 'confirm-lift']],
      ['lifted', ['end-own-ground']],
    ]);
  });
});

describe('the picture in the README', () => {
  it('is the table', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    expect(/```mermaid\n([\s\S]*?)\n```/.exec(readme)?.[1]).toBe(lifecycleDiagram());
  });
});
