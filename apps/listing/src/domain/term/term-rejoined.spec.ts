import { describe, expect, test } from '@jest/globals';
import {
  approval,
  decision,
  granting,
  inForce,
  notice,
  request,
  review,
  service,
  Story,
} from '../../../specs/story.js';
import type { Command } from '../case/commands.js';
import type { RunningTerm } from './term-after.js';
import { runningTermOf } from './term.js';

/* 联合惩戒办法 art. 10, 15: what becomes of a term that follows another, when that one was wrong or is another one. */

const FIRST = '0192f0c4-6c00-7000-8000-0000000000f1';
const SECOND = '0192f0c4-6c00-7000-8000-0000000000f2';
const first: RunningTerm = { caseId: FIRST, startsOn: '2025-01-13', endsOn: '2027-01-13' };
const second: RunningTerm = { caseId: SECOND, startsOn: '2027-01-13', endsOn: '2029-01-13' };

/** A police finding of 2 years, decided while the given terms run. */
function found(on: string, earlier: RunningTerm[], served = on): Story {
  const story = new Story({
    list: 'TELECOM',
    conductKind: 'telecom.police-finding',
    openedOn: on,
    department: { id: 'hlj.public-security', level: 'province' },
  });
  story.earlierTerms = earlier;
  story
    .does('handler', {
      type: 'notice',
      noticeNo: '（虚构）告知1号',
      reasons: '—',
      way: 'personal',
      servedOn: on,
    })
    .does('reviewer', { type: 'review', opinion: 'list', text: '—' })
    .does('approver', { type: 'approval', text: '同意' })
    .does('handler', {
      type: 'decision',
      decisionNo: '（虚构）1号',
      reasons: '—',
      repairNoticeNo: '（虚构）修1号',
    });
  if (served === on)
    story.does('handler', {
      type: 'service',
      way: 'personal',
      servedOn: on,
      repairNoticeNo: '（虚构）修1号',
    });
  return story;
}
const rejoin = (earlier: RunningTerm[]): Command => ({
  type: 'rejoin-term',
  earlier,
  because: 'TELECOM-2025-000001',
});
const termOf = (story: Story) => ('term' in story.state ? story.state.term : null);

describe('a term that follows another', () => {
  test('stands alone when the earlier finding is revoked: from its own finding, its own two years', () => {
    const story = found('2026-03-09', [first]);
    expect(termOf(story)).toEqual({ startsOn: '2027-01-13', endsOn: '2029-01-13' });
    story.on('2026-06-01').does('platform', rejoin([]));
    expect(termOf(story)).toEqual({ startsOn: '2026-03-09', endsOn: '2028-03-09' });
    expect(story.state).toMatchObject({
      entry: {
        corrections: [
          {
            number: 1,
            changes: [{ field: 'termEndsOn', from: '2029-01-13', to: '2028-03-09' }],
            reasons: 'TELECOM-2025-000001已被撤销或者变更，惩戒期限重新计算',
            // Ordinance art. 39: three working days for every copy.
            confirmBy: '2026-06-04',
          },
        ],
      },
    });
    expect(story.dueOn('expiry')).toBe('2028-03-09');
  });

  test('begins earlier when the earlier term was corrected to a shorter one', () => {
    const story = found('2026-03-09', [first]).on('2026-06-01');
    story.does('platform', rejoin([{ ...first, endsOn: '2026-10-13' }]));
    expect(termOf(story)).toEqual({ startsOn: '2026-10-13', endsOn: '2028-10-13' });
    // And back again, when that correction is set right.
    story.on('2026-06-08').does('platform', rejoin([first]));
    expect(termOf(story)).toEqual({ startsOn: '2027-01-13', endsOn: '2029-01-13' });
  });

  test('follows no more where the earlier one was over before its own decision', () => {
    const story = found('2026-03-09', [first]).on('2026-06-01');
    story.does('platform', rejoin([{ ...first, endsOn: '2026-03-08' }]));
    expect(termOf(story)).toEqual({ startsOn: '2026-03-09', endsOn: '2028-03-09' });
  });

  test('of three in a row: without the first the five years count from the second', () => {
    const third = found('2028-03-09', [first, second]);
    expect(termOf(third)).toEqual({ startsOn: '2029-01-13', endsOn: '2030-01-13' });
    // The second, decided on 2026-03-09, now stands alone until 2028-03-09: the third still joins it.
    const alone = { ...second, startsOn: '2026-03-09', endsOn: '2028-03-09' };
    third.on('2028-06-01').does('platform', rejoin([alone]));
    expect(termOf(third)).toEqual({ startsOn: '2028-03-09', endsOn: '2030-03-09' });
  });

  test('that is over by then ends with the next sweep, from the day after its last', () => {
    const story = found('2026-03-09', [first]).on('2028-06-01').does('platform', rejoin([]));
    expect(story.dueOn('expiry')).toBe('2028-03-09');
    story.does('platform', { type: 'expire' });
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'expired', endedOn: '2028-03-10' } });
  });

  test('keeps a correction of its own that made it shorter', () => {
    const story = found('2026-03-09', [first]).on('2026-05-06');
    story.does('otherApprover', {
      type: 'correction',
      corrected: { termEndsOn: '2027-06-13' },
      reasons: '有误',
    });
    story.on('2026-06-01').does('platform', rejoin([]));
    expect(termOf(story)).toEqual({ startsOn: '2026-03-09', endsOn: '2027-06-13' });
  });

  test('does not wait for a calendar; the day of the confirmations is then not known', () => {
    const story = found('2026-03-09', [first]).on('2026-12-31').does('platform', rejoin([]));
    expect(termOf(story)).toMatchObject({ endsOn: '2028-03-09' });
    expect(story.state).toMatchObject({ entry: { corrections: [{ confirmBy: null }] } });
  });

  test('that is decided and not served yet is settled by its service', () => {
    const story = found('2026-03-09', [first], 'not yet').on('2026-03-12').does('platform', rejoin([]));
    expect(story.told.at(-1)).toBe('term-rejoined');
    const serve: Command = {
      type: 'service',
      way: 'personal',
      servedOn: '2026-03-12',
      repairNoticeNo: '（虚构）修1号',
    };
    expect(termOf(story.does('handler', serve))).toEqual({ startsOn: '2026-03-09', endsOn: '2028-03-09' });
  });

  test('is told of nothing where nothing is different, and no other list knows it', () => {
    const story = found('2026-03-09', [first]);
    const facts = story.facts.length;
    story.on('2026-06-01').does('platform', rejoin([first]));
    expect(story.facts).toHaveLength(facts);
    const wages = inForce(
      { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07' },
      { decidedOn: '2026-04-21', servedOn: '2026-04-22' },
    );
    expect(wages.on('2026-06-01').does('platform', rejoin([first])).told).not.toContain('term-rejoined');
    expect(runningTermOf(wages.state)).toMatchObject({ caseId: wages.state.id });
  });
});

describe('an accountant found again while listed (order 116 art. 10)', () => {
  const cpa = {
    list: 'CPA',
    conductKind: 'cpa.suspension',
    openedOn: '2026-03-02',
    department: { id: 'hlj.finance', level: 'province' },
  } as const;
  /** Decided on 2026-03-11 beside the given term. */
  const again = (earlier: RunningTerm): Story => {
    const story = new Story(cpa);
    story.earlierTerms = [earlier];
    return story
      .does('handler', notice('2026-03-02'))
      .on('2026-03-11')
      .does('reviewer', review())
      .does('approver', approval)
      .does('handler', decision)
      .does('handler', service('2026-03-11'));
  };
  const listed = () =>
    inForce({ ...cpa, openedOn: '2025-01-06' }, { decidedOn: '2025-01-15', servedOn: '2025-01-16' });

  test('bears the two years after the two that run, however long they are together', () => {
    const running = runningTermOf(listed().state)!;
    expect(running.endsOn).toBe('2027-01-15');
    expect(termOf(again(running))).toEqual({ startsOn: '2027-01-15', endsOn: '2029-01-15' });
    const five = { ...running, startsOn: '2024-01-15', endsOn: '2029-01-15' };
    expect(termOf(again(five))).toEqual({ startsOn: '2029-01-15', endsOn: '2031-01-15' });
  });

  test('bears its own only, once the first was removed early', () => {
    const removed = granting(listed().on('2026-01-19').does('party', request('2025-03-03')));
    const over = runningTermOf(removed.state)!;
    expect(over.endsOn).toBe('2026-01-19');
    expect(termOf(again(over))).toEqual({ startsOn: '2026-03-11', endsOn: '2028-03-11' });
  });
});
