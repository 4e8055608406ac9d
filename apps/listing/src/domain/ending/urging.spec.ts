import { describe, expect, test } from '@jest/globals';
import { inForce, type Story } from '../../../specs/story.js';
import type { Command } from '../case/commands.js';
import type { Ended } from '../case/case.js';
import { type Consequences, missingReceipts } from './closure.js';

/* 相关惩戒措施到期未解除: what an appeal that is right does to the end (联合惩戒办法 art. 14 to 16). */

const telecom = {
  list: 'TELECOM',
  conductKind: 'telecom.police-finding',
  openedOn: '2024-12-02',
  department: { id: 'hlj.public-security', level: 'province' },
} as const;

/** Two years from 2 December 2024, over on 3 December 2026. */
const over = (): Story =>
  inForce(telecom, { decidedOn: '2024-12-02', servedOn: '2024-12-03' })
    .on('2026-12-03')
    .does('platform', { type: 'expire' })
    .on('2026-12-10');
const settled = (unlifted: string[]): Command => ({
  ...{ type: 'settle-objection', objectionId: 'o1', about: 'lifting', outcome: 'upheld', corrected: {} },
  ...{ reasons: '电话卡功能仍受限制（虚构）', reopened: null, unlifted },
});
const feedback = (unit: string, liftedOn: string): Command => ({
  type: 'lifting-feedback',
  unit,
  liftedOn,
  text: '功能已恢复（虚构）',
});
const known: Consequences = {
  actionsOrdered: 1,
  actions: [{ id: 'a1', executor: 'hlj.industry' }],
  receipts: [],
};
const lifted = (at: string): Consequences => ({
  ...known,
  receipts: [{ kind: 'discipline-lifted', ref: 'a1', by: 'hlj.industry', at, eventId: 'e' }],
});
const owing = (story: Story, consequences: Consequences): string[] =>
  missingReceipts(story.state as Ended, consequences)
    .filter(({ kind }) => kind === 'discipline-lifted')
    .map(({ ref, from }) => `${from} ${ref}`);

describe('measures that were not lifted at the end of the term', () => {
  test('the units are urged, with ten working days, and each is told', () => {
    const story = over().does('platform', settled(['hlj.industry', 'hlj.local-finance', 'hlj.industry']));
    expect(story.status).toBe('ended');
    expect(story.state).toMatchObject({
      end: {
        kind: 'expired',
        urged: [
          { objectionId: 'o1', unit: 'hlj.industry', on: '2026-12-10', liftBy: '2026-12-24', answer: null },
          { unit: 'hlj.local-finance', liftBy: '2026-12-24' },
        ],
      },
    });
    expect(story.told.filter((fact) => fact.startsWith('lifting-urged'))).toHaveLength(2);
  });

  test('rejected, nobody is', () => {
    const story = over().does('platform', { ...settled([]), outcome: 'rejected' } as Command);
    expect((story.state as Ended).end.urged).toBeUndefined();
  });

  test('a unit that is urged owes its lifting, once, whatever it had confirmed before', () => {
    const story = over().does('platform', settled(['hlj.industry', 'hlj.local-finance']));
    expect(owing(story, known)).toEqual(['hlj.industry a1', 'hlj.local-finance (urged)']);
    expect(owing(story, lifted('2026-12-09T01:00:00.000Z'))).toEqual([
      'hlj.industry (urged)',
      'hlj.local-finance (urged)',
    ]);
    // It confirmed since.
    expect(owing(story, lifted('2026-12-10T01:00:00.000Z'))).toEqual(['hlj.local-finance (urged)']);
  });

  test('its answer is entered, on a day since the end, by whoever found it', () => {
    const story = over().does('platform', settled(['hlj.local-finance']));
    const code = (command: Command) => story.refusal('handler', command).code;
    expect(code(feedback('hlj.industry', '2026-12-10'))).toBe('listing.lifting-unit-not-urged');
    expect(code(feedback('hlj.local-finance', '2026-12-11'))).toBe('listing.date-in-future');
    expect(code(feedback('hlj.local-finance', '2026-12-02'))).toBe('listing.date-too-early');
    story.does('handler', feedback('hlj.local-finance', '2026-12-10'));
    expect(owing(story, lifted('2026-12-09T01:00:00.000Z'))).toEqual([]);
    expect(code(feedback('hlj.local-finance', '2026-12-10'))).toBe('listing.nothing-urged');
  });
});
