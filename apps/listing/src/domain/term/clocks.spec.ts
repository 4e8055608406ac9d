import { describe, expect, test } from '@jest/globals';
import { inForce, notice, Story } from '../../../specs/story.js';
import { CLOCKS } from '../case/case.js';
import { CLOCK_MEANINGS, instantOf } from './clocks.js';

const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2025-03-03' } as const;

describe('a legal clock', () => {
  test('runs out at 24:00 in China of its last day', () => {
    expect(instantOf({ clock: 'defence', dueOn: '2025-03-10' }).toISOString()).toBe(
      '2025-03-10T16:00:00.000Z',
    );
  });

  test('of what takes effect on a day runs out when that day begins', () => {
    expect(instantOf({ clock: 'in-force', dueOn: '2025-03-10' }).toISOString()).toBe(
      '2025-03-09T16:00:00.000Z',
    );
  });

  test('is explained, every one of them', () => {
    expect(Object.keys(CLOCK_MEANINGS).sort()).toEqual([...CLOCKS].sort());
  });
});

describe('a duty that was not done by its day', () => {
  const mark = { type: 'mark-overdue', clock: 'decision' } as const;

  test('is marked the day after, once, and no earlier', () => {
    const story = new Story({ ...wage, clockFrom: '2025-02-10' }).does('handler', notice('2025-03-03'));
    expect(story.dueOn('decision')).toBe('2025-03-10');
    expect(story.on('2025-03-10').does('platform', mark).state.overdue).toEqual([]);
    expect(
      story
        .on('2025-03-11')
        .does('platform', mark)
        .does('platform', mark)
        .told.filter((type) => type === 'overdue'),
    ).toHaveLength(1);
    expect(story.state.overdue).toEqual(['decision']);
  });

  test('is forgiven by nothing but the deed', () => {
    const story = inForce(
      { ...wage, openedOn: '2025-03-03' },
      { decidedOn: '2025-03-12', servedOn: '2025-03-13' },
    );
    expect(story.on('2025-04-01').does('platform', mark).state.overdue).toEqual([]);
  });
});
