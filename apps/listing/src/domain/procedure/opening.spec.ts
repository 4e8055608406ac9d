import { describe, expect, test } from '@jest/globals';
import { enterprise, openingRefusal, penalty, person, Story } from '../../../specs/story.js';

const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2025-03-03' } as const;
const court = {
  list: 'COURT',
  conductKind: 'court.evasion',
  openedOn: '2025-03-03',
  department: { id: 'hlj.court', level: 'province' },
} as const;

describe('a case is opened', () => {
  test('on a record, by the department that decides on the list', () => {
    const story = new Story(wage);
    expect(story.state).toMatchObject({
      status: 'proposed',
      listType: 'WAGE',
      rulesVersion: '2022-01-01',
      handlers: ['handler'],
    });
  });

  test('by a bureau of the same line in a city', () => {
    const story = new Story({
      list: 'SAMR',
      conductKind: 'samr.food',
      openedOn: '2024-11-04',
      department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
    });
    expect(story.status).toBe('proposed');
  });

  test.each([
    ['another line', { ...wage, department: { id: 'hlj.market-regulation', level: 'province' } }],
    ['a bureau of another line', { ...wage, department: { id: 'hlj.city.230100.finance', level: 'city' } }],
    // Order 54 art. 21: determination is for the city level and above.
    [
      'a county',
      {
        list: 'TAX',
        conductKind: 'tax.evasion',
        openedOn: '2025-03-03',
        department: { id: 'hlj.tax', level: 'county' },
      },
    ],
  ] as const)('never by %s', (_, opening) => {
    expect(openingRefusal(opening).code).toBe('listing.department-not-competent');
  });

  test('never on a conduct kind that the list does not know', () => {
    expect(openingRefusal({ ...wage, conductKind: 'samr.food' })).toEqual({
      code: 'listing.conduct-kind-unknown',
      field: 'conductKind',
    });
  });

  test('never on a kind of subject that the list excludes', () => {
    // Order 45 is about employers: a government body is none in its sense; it goes on the list GOV.
    expect(openingRefusal({ ...wage, subject: { ...enterprise, kind: 'government-body' } }).code).toBe(
      'listing.subject-kind-excluded',
    );
    // The abnormal directory holds enterprises only; individual businesses are marked.
    const directory = {
      list: 'SAMRABN',
      conductKind: 'samrabn.annual-report',
      openedOn: '2025-07-10',
      department: { id: 'hlj.market-regulation', level: 'province' },
      subject: person,
    } as const;
    expect(openingRefusal(directory).code).toBe('listing.subject-kind-excluded');
  });

  test('never without a record, on a withdrawn one, or on one of another subject', () => {
    expect(openingRefusal({ ...wage, records: [] })).toEqual({
      code: 'listing.record-missing',
      field: 'recordIds',
    });
    expect(openingRefusal({ ...wage, records: [{ ...penalty, withdrawn: true }] }).code).toBe(
      'listing.record-withdrawn',
    );
  });
});

describe('a natural person', () => {
  // 法释〔2017〕7号 art. 4: a minor is never put on the court list.
  test('who is a minor is refused up to the 18th birthday: 周岁 counts from the day after', () => {
    const born = { ...court, subject: person };
    expect(openingRefusal({ ...born, bornOn: '2007-03-03' }).code).toBe('listing.minor');
    expect(new Story({ ...born, bornOn: '2007-03-02' }).status).toBe('proposed');
  });

  test('born on 29 February is of age from 1 March of a common year', () => {
    const born = { ...court, subject: person, bornOn: '2008-02-29' };
    expect(openingRefusal({ ...born, openedOn: '2026-02-28' }).code).toBe('listing.minor');
    expect(new Story({ ...born, openedOn: '2026-03-01' }).status).toBe('proposed');
  });

  test('needs a checked birth date, of which nothing is kept', () => {
    expect(openingRefusal({ ...court, subject: person })).toEqual({
      code: 'listing.age-unknown',
      field: 'bornOn',
    });
    const story = new Story({ ...court, subject: person, bornOn: '1990-01-01' });
    expect(JSON.stringify(story.state)).not.toContain('1990');
  });
});

describe('the decision clock', () => {
  // Order 45: 20 working days after the payment limit; National Day 2025 is 1 to 8 October, 11 October is worked.
  test('of the wage list runs from the payment limit', () => {
    const story = new Story({ ...wage, openedOn: '2025-09-29', clockFrom: '2025-09-26' });
    expect(story.dueOn('decision')).toBe('2025-10-30');
  });

  test('of the court list runs 15 calendar days from the request, and a last day off moves', () => {
    // 2025-03-01 is a Saturday.
    const story = new Story({ ...court, openedOn: '2025-02-17', clockFrom: '2025-02-14' });
    expect(story.dueOn('decision')).toBe('2025-03-03');
  });

  test('does not run where the rule fixes none or its day is not known', () => {
    expect(new Story(wage).dueOn('decision')).toBeUndefined();
  });

  test('starts when its day becomes known, and follows when that day is corrected', () => {
    const story = new Story({ ...wage, openedOn: '2025-09-29' });
    story.does('handler', { type: 'clock-start', from: '2025-09-25', source: '限期支付指令书（虚构）' });
    story.does('handler', { type: 'clock-start', from: '2025-09-26', source: '送达回证（虚构）' });
    expect(story.dueOn('decision')).toBe('2025-10-30');
    expect(story.state).toMatchObject({ clockFrom: '2025-09-26' });
    story.on('2025-10-31').does('platform', { type: 'mark-overdue', clock: 'decision' });
    // The limit was prolonged: the day that was missed is none any more.
    story.does('handler', { type: 'clock-start', from: '2025-10-10', source: '延期支付通知（虚构）' });
    expect([story.state.overdue, story.dueOn('decision')]).toEqual([[], '2025-11-06']);
    story.does('approver', { type: 'extension', reason: '案情复杂' });
    const again = { type: 'clock-start', from: '2025-10-13', source: '—' } as const;
    expect(story.refusal('handler', again).code).toBe('listing.extended-already');
  });

  test('of a list whose clock runs from the notice, or that has none, is not started by a stated day', () => {
    const story = new Story({
      list: 'SAMR',
      conductKind: 'samr.food',
      openedOn: '2024-11-04',
      department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
    });
    const start = { type: 'clock-start', from: '2024-11-01', source: '—' } as const;
    expect(story.refusal('handler', start).code).toBe('listing.clock-start-not-provided');
  });

  test('of the court list never starts from a day to come', () => {
    const ahead = { type: 'clock-start', from: '2025-02-18', source: '申请书（虚构）' } as const;
    const story = new Story({ ...court, openedOn: '2025-02-17' });
    expect(story.refusal('handler', ahead).code).toBe('listing.date-in-future');
  });
});
