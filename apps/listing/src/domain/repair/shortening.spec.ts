import { describe, expect, test } from '@jest/globals';
import {
  acceptance,
  inForce,
  removalDecision,
  request,
  type Story,
  verification,
} from '../../../specs/story.js';
import type { Command } from '../case/commands.js';

/* 科学技术活动违规行为调查处理规定 art. 42: on application the term is shortened (减期); nobody is taken off the list. */

const research = {
  list: 'RESEARCH',
  conductKind: 'research.fabrication',
  openedOn: '2026-04-07',
  department: { id: 'hlj.science', level: 'province' },
} as const;
const days = { decidedOn: '2026-04-15', servedOn: '2026-04-16' };
const twoYears = (): Story => inForce(research, days, { termMonths: 24, gravity: 'limited' });
const asked = (story: Story): Story =>
  story.on('2026-09-01').does('party', request('2026-05-06')).does('handler', acceptance());
const shortenTo = (termEndsOn?: string): Command =>
  ({ ...removalDecision(), ...(termEndsOn ? { termEndsOn } : {}) }) as Command;

describe('a shorter term for a major contribution', () => {
  test('needs the contribution, the correction and the completed rectification, each found', () => {
    const story = asked(twoYears());
    expect(story.state).toMatchObject({
      removalRequest: {
        shortens: true,
        conditions: ['major-contribution', 'corrected', 'rectification-completed'],
      },
    });
    story.does('handler', verification(story, ['rectification-completed']));
    expect(story.refusal('approver', shortenTo('2027-06-30')).code).toBe('listing.repair-condition-unmet');
  });

  test('is set by the decision, between today and the present last day; the entry stays until then', () => {
    const story = asked(twoYears());
    story.does('handler', verification(story));
    for (const wrong of [undefined, '2026-08-31', '2028-04-16'])
      expect(story.refusal('approver', shortenTo(wrong))).toEqual({
        code: 'listing.shortened-term',
        facts: { earliest: '2026-09-01', before: '2028-04-16' },
      });
    story.does('approver', shortenTo('2027-06-30'));
    expect(story.state).toMatchObject({
      status: 'in-force',
      term: { startsOn: '2026-04-16', endsOn: '2027-06-30' },
      removalRequest: null,
      entry: {
        granted: [{ aim: 'removal' }],
        corrections: [{ changes: [{ field: 'termEndsOn', from: '2028-04-16', to: '2027-06-30' }] }],
      },
    });
    expect(story.dueOn('expiry')).toBe('2027-06-30');
    // No correction goes beyond what was granted.
    const longer: Command = { type: 'correction', corrected: { termEndsOn: '2028-01-01' }, reasons: '—' };
    expect(story.refusal('otherApprover', longer).code).toBe('listing.correction-beyond-term');
  });

  test('stands in the decision as what it is', () => {
    expect(twoYears().state).toMatchObject({
      decision: { removalConditions: ['列入期限届满', expect.stringContaining('可以申请减期')] },
    });
  });

  test('gives a permanent ban a last day', () => {
    const story = asked(inForce(research, days, { permanent: true, gravity: 'grave' }));
    expect(story.dueOn('expiry')).toBeUndefined();
    story.does('handler', verification(story)).does('approver', shortenTo('2031-04-16'));
    expect(story.state).toMatchObject({ status: 'in-force', term: { endsOn: '2031-04-16' } });
    expect(story.dueOn('expiry')).toBe('2031-04-16');
  });

  test('is known to no other list', () => {
    const wages = inForce(
      { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07' },
      { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
    );
    wages.on('2026-11-06').does('party', request('2026-05-05')).does('handler', acceptance());
    wages.does('handler', verification(wages));
    expect(wages.refusal('approver', shortenTo('2027-06-30')).code).toBe('listing.shortening-not-asked');
  });
});
