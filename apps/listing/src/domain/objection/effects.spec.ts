import { describe, expect, test } from '@jest/globals';
import {
  acceptance,
  granting,
  inForce,
  removalDecision,
  request,
  type Story,
  verification,
} from '../../../specs/story.js';
import type { Command } from '../case/commands.js';
import type { CommandOf } from '../case/commands.js';

const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07' } as const;
const listed = (): Story =>
  inForce(wage, { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' });

const marked = (about: CommandOf<'mark-objection'>['mark']['about']): Story =>
  listed()
    .on('2026-06-01')
    .does('platform', { type: 'mark-objection', mark: { id: 'o1', about, since: '2026-06-01' } });
const settled = (change: Partial<CommandOf<'settle-objection'>>): Command => ({
  type: 'settle-objection',
  objectionId: 'o1',
  about: 'listing',
  outcome: 'upheld',
  corrected: {},
  reasons: '经复核,工资已在限期内付清（虚构）',
  reopened: null,
  ...change,
});
const marks = (story: Story) => ('entry' in story.state ? story.state.entry.objections : undefined);

describe('what an objection does to the entry', () => {
  test('it carries the mark while it is open', () => {
    const story = marked('listing');
    expect(marks(story)).toEqual([{ id: 'o1', about: 'listing', since: '2026-06-01' }]);
    story.does('platform', settled({ outcome: 'rejected' }));
    expect(marks(story)).toEqual([]);
    expect(story.status).toBe('in-force');
  });

  test('upheld to the listing: off the list as wrong, which leaves no bad record (ordinance art. 35)', () => {
    const story = marked('listing').on('2026-06-03').does('platform', settled({}));
    expect(story.state).toMatchObject({
      status: 'ended',
      end: { kind: 'corrected', endedOn: '2026-06-03' },
      publication: { status: 'ended' },
      entry: { objections: [], site: { status: 'ended', how: 'undone' } },
    });
  });

  test('upheld to the content: the entry reads otherwise, by the objection', () => {
    const story = marked('content').on('2026-06-03');
    story.does('platform', settled({ about: 'content', corrected: { reasons: '欠付工资三十万元（虚构）' } }));
    expect(story.state).toMatchObject({
      status: 'in-force',
      decision: { reasons: '欠付工资三十万元（虚构）' },
      entry: { corrections: [{ objectionId: 'o1', changes: [{ field: 'reasons' }] }] },
    });
  });

  test('upheld to what the unit has corrected meanwhile: it is settled, and nothing is corrected twice', () => {
    const corrected = { reasons: '欠付工资三十万元（虚构）' };
    const story = marked('content').on('2026-06-02');
    story.does('approver', { type: 'correction', corrected, reasons: '自行更正（虚构）' });
    story.on('2026-06-03').does('platform', settled({ about: 'content', corrected }));
    expect(story.state).toMatchObject({
      status: 'in-force',
      entry: { objections: [], corrections: [{ objectionId: null }] },
    });
  });

  test('what is wrong is put right also in a year whose calendar is not loaded', () => {
    const story = marked('content').on('2027-01-05');
    story.does('platform', settled({ about: 'content', corrected: { reasons: '欠付工资三十万元（虚构）' } }));
    expect(story.state).toMatchObject({ entry: { corrections: [{ confirmBy: null }] } });
  });

  test('upheld to the answer of a repair: the request is decided again, by its own clock', () => {
    const story = listed().on('2026-11-06').does('party', request('2026-05-05'));
    const asked = 'removalRequest' in story.state ? story.state.removalRequest! : undefined;
    story.does('handler', acceptance()).does('approver', removalDecision(false));
    story.does('platform', {
      type: 'mark-objection',
      mark: { id: 'o1', about: 'repair-result', since: '2026-11-09' },
    });
    story.on('2026-11-16').does('platform', settled({ about: 'repair-result', reopened: asked! }));
    expect(story.state).toMatchObject({ status: 'in-force', removalRequest: { status: 'requested' } });
    granting(story);
    expect(story.status).toBe('ended');
  });

  describe('to an entry that is over by now, which 信用中国 still shows', () => {
    const over = (about: CommandOf<'mark-objection'>['mark']['about'] = 'listing'): Story => {
      const story = granting(listed().on('2026-11-06').does('party', request('2026-05-05')));
      const mark = { id: 'o1', about, since: '2026-11-09' } as const;
      return story.on('2026-11-09').does('platform', { type: 'mark-objection', mark });
    };

    test('upheld to the listing: gone from the site as wrong; the end of the listing stays what it was', () => {
      const story = over().on('2026-11-11').does('platform', settled({}));
      expect(story.state).toMatchObject({
        status: 'ended',
        end: { kind: 'early-removal' },
        entry: { objections: [], site: { status: 'ended', how: 'undone', endedOn: '2026-11-11' } },
      });
    });

    test('rejected: it stays there until its time is over', () => {
      const story = over().does('platform', settled({ outcome: 'rejected' }));
      expect(story.state).toMatchObject({ entry: { objections: [], site: { status: 'shown' } } });
    });

    test('upheld to the content: what is shown reads otherwise; the term, which is over, is not touched', () => {
      const corrected = { reasons: '欠付工资三十万元（虚构）', termEndsOn: '2026-12-31' };
      const story = over('content').does('platform', settled({ about: 'content', corrected }));
      expect(story.state).toMatchObject({
        status: 'ended',
        decision: { reasons: corrected.reasons },
        term: { endsOn: '2029-04-21' },
        entry: { corrections: [{ changes: [{ field: 'reasons' }] }] },
      });
    });

    test('upheld to a refused request for the site: it is decided again, and granted no earlier than any other', () => {
      const story = over('repair-result');
      const asked = story.facts.find((fact) => fact.type === 'removal-requested')!;
      const reopened = { ...asked.request, aim: 'site' as const, acceptanceDue: '2026-11-11' };
      story.does('platform', settled({ about: 'repair-result', reopened }));
      expect(story.state).toMatchObject({ status: 'ended', removalRequest: { aim: 'site' } });
      story.does('handler', acceptance()).does('handler', verification(story));
      expect(story.refusal('approver', removalDecision())).toEqual({
        code: 'listing.site-too-early',
        facts: { eligibleOn: '2027-04-22' },
      });
    });
  });

  test('to an entry that nothing shows any more settles the objection and undoes nothing twice', () => {
    const story = listed().on('2026-11-06').does('party', request('2026-05-05'));
    granting(story).on('2029-04-22').does('platform', { type: 'end-site-publication' });
    const mark = { id: 'o1', about: 'listing', since: '2029-04-22' } as const;
    story.does('platform', { type: 'mark-objection', mark }).does('platform', settled({}));
    expect(story.state).toMatchObject({
      status: 'ended',
      end: { kind: 'early-removal' },
      entry: { objections: [], site: { how: 'longest-period' } },
    });
  });
});
