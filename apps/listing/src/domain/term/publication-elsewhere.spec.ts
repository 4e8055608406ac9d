import { describe, expect, test } from '@jest/globals';
import { enterprise, inForce, publication, type Story } from '../../../specs/story.js';
import type { Command } from '../case/commands.js';

/* Order 44 art. 14: the subject is registered in another province, whose authority publishes the entry. */

const days = { decidedOn: '2024-12-05', servedOn: '2024-12-06' };
const opening = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-25',
  department: { id: 'hlj.market-regulation', level: 'province' },
} as const;
const changchun = { ...enterprise, region: '220100' };
const elsewhere = (): Story => inForce({ ...opening, subject: changchun }, days);
const there: Command = { ...publication, sentTo: '长春市市场监督管理局' } as Command;
const answer = (more: object): Command =>
  ({ type: 'publication-answer', outcome: 'published', text: '已公示', ...more }) as Command;

describe('an entry of a subject that is registered in another province', () => {
  test('is sent within ten working days of the decision, and published there within ten of receipt', () => {
    const story = elsewhere();
    expect(story.dueOn('publication')).toBe('2024-12-19');
    expect(story.on('2024-12-10').refusal('secrecy', publication)).toEqual({
      code: 'listing.publication-elsewhere',
      facts: { region: '220100' },
    });
    story.does('secrecy', there);
    expect(story.state).toMatchObject({
      publication: { status: 'sent', sentOn: '2024-12-10', to: '长春市市场监督管理局', due: '2024-12-24' },
      entry: { site: null },
    });
    expect(story.dueOn('publication')).toBe('2024-12-24');
    expect(story.refusal('secrecy', there).code).toBe('listing.publication-sent-already');
    story.on('2024-12-23').does('handler', answer({ publishedOn: '2024-12-20' }));
    expect(story.state).toMatchObject({
      publication: { status: 'published', publishedOn: '2024-12-20', by: '长春市市场监督管理局' },
    });
    expect(story.dueOn('publication')).toBeUndefined();
  });

  test('is overdue where it was not sent, and where nothing came back', () => {
    const late: Command = { type: 'mark-overdue', clock: 'publication' };
    expect(elsewhere().on('2024-12-20').does('platform', late).state.overdue).toEqual(['publication']);
    const silent = elsewhere().on('2024-12-10').does('secrecy', there);
    expect(silent.on('2024-12-24').does('platform', late).state.overdue).toEqual([]);
    expect(silent.on('2024-12-25').does('platform', late).state.overdue).toEqual(['publication']);
  });

  test('that comes back is to be sent again, by the day that it was due', () => {
    const story = elsewhere().on('2024-12-10').does('secrecy', there);
    story.on('2024-12-12').does('handler', answer({ outcome: 'returned', text: '已迁至吉林市' }));
    expect(story.state).toMatchObject({ publication: { status: 'none', due: '2024-12-19' } });
    expect(story.on('2024-12-13').does('secrecy', there).state).toMatchObject({
      publication: { status: 'sent', sentOn: '2024-12-13' },
    });
  });

  test('is reviewed for secrecy here, before it is sent', () => {
    const secret: Command = { type: 'publication', secrecyReview: 'not-passed', text: '涉密' };
    expect(elsewhere().on('2024-12-10').does('secrecy', secret).state).toMatchObject({
      publication: { status: 'withheld' },
    });
  });

  test('names a day of publication between its sending and today', () => {
    const story = elsewhere().on('2024-12-10').does('secrecy', there).on('2024-12-16');
    expect(story.refusal('handler', answer({})).code).toBe('listing.published-day-needed');
    expect(story.refusal('handler', answer({ publishedOn: '2024-12-17' })).code).toBe(
      'listing.date-in-future',
    );
    expect(story.refusal('handler', answer({ publishedOn: '2024-12-09' })).facts).toEqual({
      field: 'publishedOn',
      earliest: '2024-12-10',
    });
  });

  test('that ends meanwhile is called back', () => {
    const story = elsewhere().on('2024-12-10').does('secrecy', there).on('2024-12-13');
    story.does('approver', { type: 'revocation', reason: '认定事实有误' });
    expect(story.state).toMatchObject({ status: 'ended', publication: { status: 'none', due: null } });
    expect(story.facts.find(({ type }) => type === 'publication-unsent')).toMatchObject({ why: 'recalled' });
  });
});

describe('an entry of a subject of the own province', () => {
  test('is published here, and sent to nobody', () => {
    const story = inForce(opening, days);
    expect(story.dueOn('publication')).toBe('2025-01-03');
    expect(story.on('2024-12-10').refusal('secrecy', there).code).toBe('listing.publication-here');
    expect(story.refusal('handler', answer({ publishedOn: '2024-12-10' })).code).toBe(
      'listing.publication-not-sent',
    );
  });

  test('nor is one of a list that knows no other, wherever it is registered', () => {
    const wages = inForce(
      { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07', subject: changchun },
      { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
    );
    expect(wages.state).toMatchObject({ publication: { status: 'published' } });
  });
});
