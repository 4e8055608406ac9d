import { describe, expect, test } from '@jest/globals';
import { workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import { decisionDue } from './due-day.js';
import type { ObjectionAbout } from './about.js';
import type { HelpRequest, Objection } from './objection.js';
import { objectionRulesFrom } from './rules.js';

const calendar = workingCalendar(loadSeeds('calendars'));
const ordinance = loadSeeds('ordinance-clocks');
const site = loadSeeds('repair-rules').find((rule) => rule.id === 'ndrc-36')!;
const since36 = objectionRulesFrom(ordinance, site.clocks, calendar);
const before36 = objectionRulesFrom(ordinance, [], calendar);

const objection = (about: ObjectionAbout, more: Partial<Objection>): Objection =>
  ({ about, extension: null, help: [], pauses: [], ...more }) as Objection;
const helper = { unit: 'hlj.finance' } as HelpRequest;

describe('the last day for the decision', () => {
  test.each([
    // received on Friday 2026-05-08, after the holiday; 05-09 is a made-up Saturday
    ['listing, ordinance art. 35: 3 working days', 'listing', { clockFrom: '2026-05-08' }, '2026-05-12'],
    ['content, art. 39: 3 working days', 'content', { clockFrom: '2026-06-01' }, '2026-06-04'],
    ['over the Dragon Boat Festival (2026-06-19 off)', 'content', { clockFrom: '2026-06-17' }, '2026-06-23'],
    [
      'with help of another unit: 7 working days',
      'content',
      { clockFrom: '2026-06-01', help: [helper] },
      '2026-06-10',
    ],
    [
      'help does not lengthen the objection to a listing',
      'listing',
      { clockFrom: '2026-06-01', help: [helper] },
      '2026-06-04',
    ],
    [
      'five working days of a test are not counted',
      'content',
      { clockFrom: '2026-06-01', pauses: [{ why: 'test', from: '2026-06-02', to: '2026-06-09' }] },
      '2026-06-11',
    ],
    [
      'while the test goes on the clock stands still',
      'content',
      { clockFrom: '2026-06-01', pauses: [{ why: 'test', from: '2026-06-02', to: null }] },
      null,
    ],
    [
      'repair result, order 36 art. 18: before acceptance no clock for the decision',
      'repair-result',
      { clockFrom: null },
      null,
    ],
    [
      'repair result: 7 working days from acceptance',
      'repair-result',
      { clockFrom: '2026-06-02' },
      '2026-06-11',
    ],
    [
      'longer when the party was told before',
      'repair-result',
      {
        clockFrom: '2026-06-02',
        extension: {
          until: '2026-06-30',
          reason: '案情复杂（虚构）',
          on: '2026-06-08',
          by: { id: 'h', name: 'h', department: null },
        },
      },
      '2026-06-30',
    ],
  ] as const)('%s', (_, about, more, expected) => {
    expect(decisionDue(objection(about, more as Partial<Objection>), since36)).toBe(expected);
  });

  test('a repair result before 2026-04-01 is information like other: 3 working days from receipt', () => {
    expect(before36.about['repair-result']).toMatchObject({ from: 'receipt', accept: null });
    expect(decisionDue(objection('repair-result', { clockFrom: '2025-10-20' }), before36)).toBe('2025-10-23');
  });

  test('in a year without a calendar is not guessed: it is not known', () => {
    expect(decisionDue(objection('content', { clockFrom: '2028-03-01' }), since36)).toBeNull();
  });
});
