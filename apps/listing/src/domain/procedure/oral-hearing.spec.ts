import { describe, expect, test } from '@jest/globals';
import { notice, review, Story } from '../../../specs/story.js';
import type { Noticed } from '../case/case.js';

const samr = () =>
  new Story({
    list: 'SAMR',
    conductKind: 'samr.food',
    openedOn: '2024-11-04',
    department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
  }).does('handler', notice('2024-11-04'));

const hearingOn = (heldOn: string) =>
  ({ type: 'hearing-notice', noticeNo: '（虚构）听证通知〔2024〕3号', heldOn, place: '第一会议室' }) as const;
const record = (on: string, outcome: 'held' | 'waived' = 'held') =>
  ({ type: 'hearing-record', outcome, on, minutes: '当事人陈述已整改（虚构）' }) as const;

describe('a hearing (行政处罚法 art. 63 to 65)', () => {
  test('is asked for within five working days of the notice', () => {
    const asked = samr().on('2024-11-11').does('party', { type: 'hearing-request' });
    expect(asked.status).toBe('heard');
    expect(samr().on('2024-11-12').refusal('party', { type: 'hearing-request' })).toEqual({
      code: 'listing.hearing-request-over',
      facts: { until: '2024-11-11' },
    });
  });

  test('is told seven working days before, held, and only then reviewed', () => {
    const story = samr().on('2024-11-06').does('party', { type: 'hearing-request' });
    // 7, 8, 11, 12, 13, 14, 15 November.
    expect(story.on('2024-11-06').refusal('handler', hearingOn('2024-11-14'))).toEqual({
      code: 'listing.hearing-too-soon',
      facts: { earliest: '2024-11-15' },
    });
    story.does('handler', hearingOn('2024-11-18')).on('2024-11-13');
    expect(story.refusal('reviewer', review()).code).toBe('listing.hearing-outstanding');
    expect(story.refusal('reviewer', record('2024-11-13')).code).toBe('listing.hearing-not-set');
    story.on('2024-11-18').does('reviewer', record('2024-11-18'));
    expect(story.refusal('reviewer', record('2024-11-18')).code).toBe('listing.hearing-closed');
    expect(story.does('otherReviewer', review()).state).toMatchObject({
      status: 'reviewed',
      oralHearing: { set: { on: '2024-11-18' }, result: { kind: 'held', host: { id: 'reviewer' } } },
    });
  });

  test('is presided over by none of those who handled the case (art. 64 no. 4)', () => {
    const story = samr()
      .does('otherHandler', { type: 'hearing-request' })
      .does('handler', hearingOn('2024-11-18'));
    expect(story.on('2024-11-18').refusal('otherHandler', record('2024-11-18')).code).toBe(
      'listing.second-person',
    );
  });

  test('that the party does not attend counts as waived (art. 64 no. 6)', () => {
    const story = samr().does('party', { type: 'hearing-request' }).on('2024-11-12');
    expect(story.does('reviewer', record('2024-11-12', 'waived')).does('reviewer', review()).status).toBe(
      'reviewed',
    );
  });

  test('may be asked for as long as the law gives, though the notice sets the days of the defence (art. 64 no. 1)', () => {
    const safety = () =>
      new Story({
        list: 'SAFETY',
        conductKind: 'safety.major-accident',
        openedOn: '2025-03-03',
        department: { id: 'hlj.emergency', level: 'province' },
      });
    expect(safety().refusal('handler', notice('2025-03-03', '2025-03-04'))).toEqual({
      code: 'listing.defence-before-hearing',
      facts: { hearingUntil: '2025-03-10' },
    });
    const story = safety().does('handler', notice('2025-03-03', '2025-03-10'));
    expect(story.state).toMatchObject({ notice: { defenceUntil: '2025-03-10', hearingUntil: '2025-03-10' } });
    expect(story.on('2025-03-10').refusal('reviewer', review()).code).toBe('listing.defence-open');
    expect(story.does('party', { type: 'hearing-request' }).status).toBe('heard');
  });

  test('of an older case whose notice cut it short may still be asked for, and nothing is reviewed before', () => {
    const story = new Story({
      list: 'SAFETY',
      conductKind: 'safety.major-accident',
      openedOn: '2025-03-03',
      department: { id: 'hlj.emergency', level: 'province' },
    }).does('handler', notice('2025-03-03', '2025-03-10'));
    const { hearingUntil: _, ...old } = (story.state as Noticed).notice;
    story.state = { ...(story.state as Noticed), notice: { ...old, defenceUntil: '2025-03-04' } };
    story.on('2025-03-05').does('platform', { type: 'fall-silent' });
    expect(story.refusal('reviewer', review())).toEqual({
      code: 'listing.hearing-time-open',
      facts: { until: '2025-03-10' },
    });
    expect(story.does('party', { type: 'hearing-request' }).status).toBe('heard');
  });

  test('is no part of the wage list', () => {
    const wage = new Story({ list: 'WAGE', conductKind: 'wage.mass-incident', openedOn: '2025-03-03' });
    wage.does('handler', notice('2025-03-03'));
    expect(wage.refusal('party', { type: 'hearing-request' }).code).toBe('listing.hearing-not-provided');
  });
});
