import { describe, expect, test } from '@jest/globals';
import {
  approval,
  consent,
  decision,
  defence,
  enterprise,
  notice,
  penalty,
  person,
  publicNotice,
  review,
  Story,
} from '../../../specs/story.js';
import type { Command } from '../case/commands.js';

const samr = () =>
  new Story({
    list: 'SAMR',
    conductKind: 'samr.food',
    openedOn: '2024-09-27',
    department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
  });
const wage = (openedOn = '2025-03-03') =>
  new Story({ list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn });
const court = () =>
  new Story({
    list: 'COURT',
    conductKind: 'court.evasion',
    openedOn: '2025-03-03',
    department: { id: 'hlj.court', level: 'province' },
  });

describe('the defence of five working days', () => {
  test('runs over National Day 2024 and the Sunday that is worked for it', () => {
    // 29 September is worked; 1 to 7 October are off.
    const story = samr().does('handler', notice('2024-09-27'));
    expect(story.state).toMatchObject({ status: 'noticed', notice: { defenceUntil: '2024-10-10' } });
    expect(story.dueOn('defence')).toBe('2024-10-10');
  });

  test('counts a make-up Saturday', () => {
    const story = samr().on('2024-10-08').does('handler', notice('2024-10-08')); // 12 October 2024 is worked
    expect(story.dueOn('defence')).toBe('2024-10-14');
  });

  test('is refused for a year whose calendar is not loaded', () => {
    expect(wage('2026-12-28').refusal('handler', notice('2026-12-28'))).toEqual({
      code: 'calendar.year-unknown',
      facts: { year: 2027, date: '2027-01-01' },
    });
  });

  test('is heard on the last day of a year, although the days for its verification are not known yet', () => {
    const story = wage('2026-12-24').does('handler', notice('2026-12-24')).on('2026-12-31');
    expect(story.state).toMatchObject({ notice: { defenceUntil: '2026-12-31' } });
    story.does('party', defence);
    expect(story.state).toMatchObject({ status: 'heard', verificationDue: null });
  });

  test('begins with a notice of this case: none of before its opening, served or issued', () => {
    const early = { code: 'listing.date-too-early', facts: { earliest: '2025-03-03' } };
    expect(wage().refusal('handler', notice('2025-02-20'))).toMatchObject(early);
    const issued = { ...notice('2025-02-20'), ...publicNotice('2025-02-20') } as Command;
    expect(wage().refusal('handler', issued)).toMatchObject(early);
    // That of the penalty, or of the enforcement, may have come before.
    expect(samr().does('handler', notice('2024-09-20')).status).toBe('noticed');
    expect(court().does('handler', notice('2025-02-20')).status).toBe('noticed');
  });

  test('may be stated until its last day, and added to', () => {
    const story = samr().does('handler', notice('2024-09-27'));
    story.on('2024-09-30').does('party', defence);
    expect(story.status).toBe('heard');
    story.on('2024-10-10').does('party', { type: 'defence', text: '补充材料' });
    expect(story.state).toMatchObject({ defences: [{ statedOn: '2024-09-30' }, { statedOn: '2024-10-10' }] });
    expect(story.on('2024-10-11').refusal('party', defence)).toEqual({
      code: 'listing.defence-over',
      facts: { defenceUntil: '2024-10-10' },
    });
  });

  test('must be verified within five working days', () => {
    // Order 45; National Day 2024 again, and 12 October is worked.
    const story = wage('2024-09-27')
      .does('handler', notice('2024-09-27'))
      .on('2024-10-08')
      .does('party', defence);
    expect(story.dueOn('verification')).toBe('2024-10-14');
    expect(story.dueOn('defence')).toBeUndefined();
  });

  test('may be taken down by a handler, who then is one of the handlers of the case', () => {
    const story = samr().does('handler', notice('2024-09-27')).does('otherHandler', defence);
    expect(story.state).toMatchObject({
      defences: [{ onBehalf: true }],
      handlers: ['handler', 'other-handler'],
    });
    expect(story.on('2024-10-11').refusal('otherHandler', review()).code).toBe('listing.second-person');
  });
});

describe('nothing is reviewed or decided before the limit', () => {
  test.each(['noticed', 'heard'] as const)('of a case that is %s', (status) => {
    const story = samr().does('handler', notice('2024-09-27'));
    if (status === 'heard') story.does('party', defence);
    story.on('2024-10-10');
    const open = { code: 'listing.defence-open', facts: { defenceUntil: '2024-10-10' } };
    expect(story.refusal('reviewer', review())).toEqual(open);
    expect(story.refusal('approver', approval)).toEqual(open);
    expect(story.refusal('handler', decision)).toEqual(open);
    expect(story.refusal('superior', consent())).toEqual(open);
    expect(story.on('2024-10-11').does('reviewer', review()).status).toBe('reviewed');
  });
});

describe('silence', () => {
  test('is recorded when the last day has ended, and is not consent', () => {
    const story = wage().does('handler', notice('2025-03-03'));
    expect(story.on('2025-03-10').does('platform', { type: 'fall-silent' }).status).toBe('noticed');
    expect(story.on('2025-03-11').does('platform', { type: 'fall-silent' }).status).toBe('silent');
    expect(story.refusal('approver', approval).code).toBe('listing.action-not-possible');
    expect(story.does('reviewer', review('do-not-list')).status).toBe('reviewed');
  });

  test('is recorded with the review when the clock has not come round yet', () => {
    const story = wage().does('handler', notice('2025-03-03')).on('2025-03-11').does('reviewer', review());
    expect(story.told).toEqual(['noticed', 'fell-silent', 'reviewed']);
    expect(story.does('platform', { type: 'fall-silent' }).status).toBe('reviewed');
  });

  test('is not recorded for a party that has stated a defence', () => {
    const story = wage().does('handler', notice('2025-03-03')).does('party', defence);
    expect(story.on('2025-03-11').does('platform', { type: 'fall-silent' }).status).toBe('heard');
  });
});

describe('a list without defence step', () => {
  // 法释〔2017〕7号: a risk warning in the enforcement notice, no prior notice hearing.
  test('still needs its risk warning', () => {
    expect(court().refusal('reviewer', review()).code).toBe('listing.notice-missing');
  });

  test('is reviewed as soon as the warning is on file, and hears no defence', () => {
    const story = court().does('handler', notice('2024-12-02'));
    expect(story.state).toMatchObject({ status: 'noticed', notice: { defenceUntil: null } });
    expect(story.dueOn('defence')).toBeUndefined();
    expect(story.refusal('party', defence).code).toBe('listing.defence-not-prescribed');
    expect(story.does('reviewer', review()).told).toEqual(['noticed', 'reviewed']);
  });

  test('goes from the opening to the review where no notice is prescribed', () => {
    const story = new Story({
      list: 'SAMRABN',
      conductKind: 'samrabn.unreachable',
      openedOn: '2025-07-10',
      department: { id: 'hlj.market-regulation', level: 'province' },
      clockFrom: '2025-07-08',
    });
    expect(story.dueOn('decision')).toBe('2025-07-22');
    expect(story.refusal('handler', notice('2025-07-10')).code).toBe('listing.notice-not-prescribed');
    expect(story.does('reviewer', review()).status).toBe('reviewed');
  });
});

describe('the period of the notice', () => {
  const safety = () =>
    new Story({
      list: 'SAFETY',
      conductKind: 'safety.concealment',
      openedOn: '2025-03-03',
      department: { id: 'hlj.emergency', level: 'province' },
      subject: enterprise,
      records: [penalty],
    });

  test('must be set in the notice where the rule fixes none', () => {
    expect(safety().refusal('handler', notice('2025-03-03')).code).toBe('listing.defence-period-needed');
    expect(safety().refusal('handler', notice('2025-03-03', '2025-03-03')).code).toBe(
      'listing.date-too-early',
    );
    expect(safety().does('handler', notice('2025-03-03', '2025-03-10')).dueOn('defence')).toBe('2025-03-10');
  });

  test('cannot be set otherwise than the rule', () => {
    expect(wage().refusal('handler', notice('2025-03-03', '2025-03-06'))).toMatchObject({
      code: 'listing.defence-period-fixed',
      facts: { defenceUntil: '2025-03-10' },
    });
  });

  test('begins with service, which only by public notice lies ahead', () => {
    expect(wage().refusal('handler', notice('2025-03-04')).code).toBe('listing.date-in-future');
    const { servedOn: _, ...told } = notice('2025-03-03') as Command & { type: 'notice' };
    const story = wage().does('handler', { ...told, ...publicNotice('2025-03-03') });
    expect(story.state).toMatchObject({ notice: { announcedOn: '2025-03-03', servedOn: '2025-04-02' } });
    expect(story.dueOn('defence')).toBe('2025-04-10');
  });
});

test('natural persons state their defence like everyone', () => {
  const story = new Story({
    list: 'WAGE',
    conductKind: 'wage.mass-incident',
    openedOn: '2025-03-03',
    subject: person,
    bornOn: '1980-05-05',
  });
  expect(story.does('handler', notice('2025-03-03')).does('party', defence).status).toBe('heard');
});

describe('a list without defence step', () => {
  test('reviews nothing before the notice counts as served: by public notice thirty days later', () => {
    const opening = {
      list: 'TELECOM',
      conductKind: 'telecom.criminal',
      openedOn: '2025-03-03',
      department: { id: 'hlj.public-security', level: 'province' },
    } as const;
    const { servedOn: _, ...byNotice } = {
      ...notice('2025-03-03'),
      ...publicNotice('2025-03-03'),
    } as Command & {
      servedOn?: string;
    };
    const story = new Story(opening).does('handler', byNotice as Command);
    expect(story.state).toMatchObject({ notice: { servedOn: '2025-04-02', defenceUntil: null } });
    expect(story.on('2025-04-01').refusal('reviewer', review())).toEqual({
      code: 'listing.notice-not-served',
      facts: { servedOn: '2025-04-02' },
    });
    expect(story.on('2025-04-02').does('reviewer', review()).status).toBe('reviewed');
  });
});
