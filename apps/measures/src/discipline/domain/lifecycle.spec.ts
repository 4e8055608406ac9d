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
      for (const step of lifecycle) if (step.from === status) reached.add(step.to);
    expect([...reached].sort()).toEqual([...STATUSES].sort());
  });

  it('leads from every status to the last, and from there nowhere', () => {
    const ending = new Set<Status>([LAST]);
    for (const status of ending) for (const step of lifecycle) if (step.to === status) ending.add(step.from);
    expect([...ending].sort()).toEqual([...STATUSES].sort());
    expect(lifecycle.filter((step) => step.from === LAST)).toEqual([]);
  });

  it('lets the end of the listing take every action out of the statuses that need a live listing', () => {
    for (const status of OPEN) expect(OPEN).not.toContain(stepOf(status, 'order-lift')?.to);
  });

  it('stops each clock that it starts', () => {
    const stopped = lifecycle.flatMap((step) => step.stops ?? []);
    for (const step of lifecycle) if (step.starts) expect(stopped).toContain(step.starts);
  });

  it('tells the department what it may do', () => {
    expect(STATUSES.map((status) => [status, executorActs(status)])).toEqual([
      ['ordered', ['answer-applied', 'answer-not-applied']],
      ['applied', []],
      ['not-applied', []],
      ['lift-ordered', ['confirm-lift']],
      ['lifted', []],
    ]);
  });
});

describe('the picture in the README', () => {
  it('is the table', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    expect(/```mermaid\n([\s\S]*?)\n```/.exec(readme)?.[1]).toBe(lifecycleDiagram());
  });
});
