import { describe, expect, it } from '@jest/globals';
import { actionsIn, hasEnded, JOB_LIFE, type JobState } from './job-states.js';

const STATES = Object.keys(JOB_LIFE) as JobState[];

describe('the life of a redrive job', () => {
  it('reaches every state from ready, and can always be brought to an end', () => {
    const from = (start: JobState): Set<JobState> => {
      const seen = new Set<JobState>([start]);
      for (const state of seen) for (const next of Object.values(JOB_LIFE[state])) seen.add(next);
      return seen;
    };
    expect([...from('ready')].sort()).toEqual([...STATES].sort());
    for (const state of STATES) expect([...from(state)].some(hasEnded)).toBe(true);
  });

  it('leaves nothing to do with one that has ended, and offers nobody to finish one', () => {
    expect(STATES.filter(hasEnded)).toEqual(['finished', 'cancelled']);
    expect(STATES.map(actionsIn)).toEqual([
      ['start', 'cancel'],
      ['pause', 'cancel'],
      ['resume', 'cancel'],
      [],
      [],
    ]);
  });
});
