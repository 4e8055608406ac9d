import { describe, expect, it } from '@jest/globals';
import { entitlementsFor, type StandingIncentive } from './entitlement.js';

const greenChannel: StandingIncentive = {
  id: 'entry-1',
  incentive: 'incentive/green-channel',
  title: '绿色通道',
  fields: ['permit'],
  executors: ['hlj.business-environment', 'hlj.market-regulation'],
  answers: {},
  basis: [{ instrument: '黑龙江省社会信用条例', article: '26' }],
  ground: { kind: 'grade', text: 'A (hlj-market-entity)' },
  from: '2024-11-14',
  until: null,
};
const ask = (
  incentive: Partial<StandingIncentive>,
  field = 'permit',
  department = 'hlj.finance',
  today = '2024-12-02',
  listings: { serious: boolean }[] = [],
) => entitlementsFor([{ ...greenChannel, ...incentive }], listings, { field, department }, today);

describe('what a subject is entitled to in an approval', () => {
  it('shows the incentive in its kind of business, with basis, ground, term and who gives it', () => {
    expect(ask({})).toEqual([
      {
        id: 'entry-1',
        incentive: 'incentive/green-channel',
        title: '绿色通道',
        basis: [{ instrument: '黑龙江省社会信用条例', article: '26' }],
        ground: { kind: 'grade', text: 'A (hlj-market-entity)' },
        from: '2024-11-14',
        until: null,
        givers: [
          { unit: 'hlj.business-environment', answer: null },
          { unit: 'hlj.market-regulation', answer: null },
        ],
        yours: false,
      },
    ]);
  });

  it('not in another kind of business', () => {
    expect(ask({}, 'procurement')).toEqual([]);
  });

  it('is the own affair of whoever gives it, and of its line in the cities', () => {
    expect(ask({}, 'permit', 'hlj.market-regulation')[0]!.yours).toBe(true);
    expect(ask({}, 'permit', 'hlj.city.230100.market-regulation')[0]!.yours).toBe(true);
  });

  it('shows up to the last day of its rule, and not before its first', () => {
    expect(ask({ until: '2024-12-31' }, 'permit', 'hlj.finance', '2024-12-31')).toHaveLength(1);
    expect(ask({ until: '2024-12-31' }, 'permit', 'hlj.finance', '2025-01-01')).toEqual([]);
    expect(ask({}, 'permit', 'hlj.finance', '2024-11-13')).toEqual([]);
  });

  it('shows what one department does not give and another does; nothing that nobody gives', () => {
    const one = { 'hlj.market-regulation': 'not-applied' } as const;
    expect(ask({ answers: one })[0]!.givers).toEqual([
      { unit: 'hlj.business-environment', answer: null },
      { unit: 'hlj.market-regulation', answer: 'not-applied' },
    ]);
    expect(ask({ answers: { ...one, 'hlj.business-environment': 'not-applied' } })).toEqual([]);
  });

  it('nothing on a list of the seriously dishonest; a directory of abnormal operation takes nothing', () => {
    expect(ask({}, 'permit', 'hlj.finance', '2024-12-02', [{ serious: true }])).toEqual([]);
    expect(ask({}, 'permit', 'hlj.finance', '2024-12-02', [{ serious: false }])).toHaveLength(1);
  });
});
