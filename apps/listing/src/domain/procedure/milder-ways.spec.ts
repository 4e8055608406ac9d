import { describe, expect, test } from '@jest/globals';
import {
  approval,
  decision,
  granting,
  inForce,
  notice,
  publication,
  publicNotice,
  request,
  review,
  service,
  Story,
} from '../../../specs/story.js';
import { SERVICE_WAYS } from './service.js';

const wage = {
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  openedOn: '2025-03-03',
  clockFrom: '2025-02-28',
} as const;
const tax = {
  list: 'TAX',
  conductKind: 'tax.evasion',
  openedOn: '2025-03-03',
  department: { id: 'hlj.tax', level: 'province' },
} as const;
const court = {
  list: 'COURT',
  conductKind: 'court.evasion',
  openedOn: '2025-03-03',
  department: { id: 'hlj.court', level: 'province' },
} as const;
const extension = { type: 'extension', reason: '案情复杂（虚构）' } as const;
const reminder = {
  type: 'reminder',
  reminderNo: '（虚构）提醒〔2025〕1号',
  text: '今后应当依法经营',
  minor: true,
  oneOff: true,
  correctedOn: '2025-03-03',
  harmless: true,
} as const;

/** The notice issued publicly on that day. */
const publicly = (announcedOn: string) => ({
  type: 'notice' as const,
  noticeNo: '（虚构）告知〔2025〕1号',
  reasons: '违法行为情节严重（虚构）',
  ...publicNotice(announcedOn),
});

describe('more time for the decision (order 45: twenty working days, twenty more)', () => {
  test('is added to the day that it was due, once, and only before it has passed', () => {
    const story = new Story(wage);
    // Twenty working days after 28 February 2025, and twenty more over Qingming (4 to 6 April).
    expect(story.dueOn('decision')).toBe('2025-03-28');
    story.does('approver', extension);
    expect(story.state).toMatchObject({ decisionDue: '2025-04-27', extension: { instead: '2025-03-28' } });
    expect(story.refusal('approver', extension).code).toBe('listing.extended-already');
    expect(new Story(wage).on('2025-03-31').refusal('approver', extension).code).toBe(
      'listing.extension-too-late',
    );
  });

  test('for research integrity is six months', () => {
    const story = new Story({
      list: 'RESEARCH',
      conductKind: 'research.paper-trade',
      openedOn: '2026-04-07',
      clockFrom: '2026-03-30',
      department: { id: 'hlj.science', level: 'province' },
    });
    expect(story.dueOn('decision')).toBe('2026-09-30');
    expect(() => story.does('approver', extension)).toThrow(/2027/);
  });

  test('is not known to the tax list, whose thirty working days stand still during a public notice (order 54 art. 10)', () => {
    expect(new Story(tax).refusal('approver', extension).code).toBe('listing.extension-not-provided');
    // Thirty working days after 28 February 2025, over Qingming.
    const due = { ...tax, clockFrom: '2025-02-28' };
    const personal = new Story(due).does('handler', notice('2025-03-03'));
    expect(personal.dueOn('decision')).toBe('2025-04-14');
    // One working day was gone when it was issued; 29 are left on 2 April, when it counts as served: over Qingming,
    // Labour Day and the Sunday worked for it.
    const announced = publicly('2025-03-03');
    const published = new Story(due).does('handler', announced);
    expect(published.state).toMatchObject({ notice: { servedOn: '2025-04-02' } });
    expect(published.dueOn('decision')).toBe('2025-05-16');
    // The same where the day from which it runs is stated afterwards; and another list counts that time.
    const later = new Story(tax).does('handler', announced);
    later.does('handler', { type: 'clock-start', from: '2025-02-28', source: '复议期限届满（虚构）' });
    expect(later.dueOn('decision')).toBe('2025-05-16');
    expect(new Story(wage).does('handler', announced).dueOn('decision')).toBe('2025-03-28');
    // Issued when the time was over already it gives none back.
    expect(new Story(due).on('2025-04-15').does('handler', publicly('2025-04-15')).dueOn('decision')).toBe(
      '2025-04-14',
    );
  });
});

describe('an order to pay that still runs (order 45 art. 5: 逾期未支付)', () => {
  const reviewed = (clockFrom: string) =>
    new Story({ ...wage, clockFrom }).does('handler', notice('2025-03-03')).on('2025-03-11');

  test('lists nobody until its last day is over', () => {
    const story = reviewed('2025-03-14').does('reviewer', review());
    const running = { code: 'listing.payment-limit-running', facts: { paymentLimit: '2025-03-14' } };
    expect(story.refusal('approver', approval)).toEqual(running);
    expect(story.on('2025-03-14').refusal('approver', approval)).toEqual(running);
    expect(story.on('2025-03-15').does('approver', approval).does('handler', decision).status).toBe(
      'decided',
    );
  });

  test('whose limit turns out to be later stops a decision that was approved', () => {
    const story = reviewed('2025-02-28').does('reviewer', review()).does('approver', approval);
    story.does('handler', { type: 'clock-start', from: '2025-03-20', source: '责令改正指令书（虚构）' });
    expect(story.refusal('handler', decision).code).toBe('listing.payment-limit-running');
    expect(story.on('2025-03-21').does('handler', decision).status).toBe('decided');
  });
});

describe('a reminder instead of a listing (ordinance art. 30)', () => {
  test('ends the case without a listing', () => {
    const story = new Story(wage).does('handler', notice('2025-03-03')).does('approver', reminder);
    expect(story.state).toMatchObject({ status: 'reminded', reminder: { no: reminder.reminderNo } });
    expect(story.refusal('handler', decision).code).toBe('listing.reminded-already');
  });

  test.each(['minor', 'oneOff', 'harmless'] as const)('asks that the conduct is %s', (finding) => {
    expect(new Story(wage).refusal('approver', { ...reminder, [finding]: false })).toEqual({
      code: 'listing.reminder-not-fitting',
      facts: { finding, findingZh: expect.any(String) },
    });
  });

  test('has no place in enforcement by a court', () => {
    expect(new Story(court).refusal('approver', reminder).code).toBe('listing.reminder-not-provided');
  });
});

describe('paid before publication (order 54 art. 14)', () => {
  const paid = { type: 'hold-back', paidOn: '2025-04-10', reason: '已缴清（虚构）' } as const;
  const served = () => inForce(tax, { decidedOn: '2025-04-01', servedOn: '2025-04-02' }).on('2025-04-11');

  test('is never published, and its term runs all the same', () => {
    const story = served();
    expect(story.dueOn('publication')).toBe('2025-05-15');
    story.does('approver', paid);
    expect(story.state).toMatchObject({
      publication: { status: 'held-back', ground: 'paid', until: null },
      term: { endsOn: '2028-04-11' },
    });
    expect(story.dueOn('publication')).toBeUndefined();
    expect(story.refusal('secrecy', publication).code).toBe('listing.held-back');
  });

  test('changes nothing once the entry is public, or for false invoices', () => {
    expect(served().does('secrecy', publication).refusal('approver', paid).code).toBe(
      'listing.already-published',
    );
    const invoices = inForce(
      { ...tax, conductKind: 'tax.special-invoices' },
      { decidedOn: '2025-04-01', servedOn: '2025-04-02' },
    );
    expect(invoices.on('2025-04-11').refusal('approver', paid).code).toBe('listing.hold-back-not-provided');
  });
});

describe('the court list', () => {
  const upToDecision = (conductKind = 'court.evasion') =>
    new Story({ ...court, conductKind })
      .does('handler', notice('2025-03-03'))
      .does('reviewer', review())
      .does('approver', approval);

  test('gives a grace of one to three months, in which nothing is shown', () => {
    const story = upToDecision();
    expect(story.refusal('handler', { ...decision, graceUntil: '2025-03-20' })).toEqual({
      code: 'listing.grace-length',
      facts: { earliest: '2025-04-03', latest: '2025-06-03' },
    });
    story.does('handler', { ...decision, graceUntil: '2025-05-03' });
    expect(story.state).toMatchObject({
      status: 'in-force',
      publication: { status: 'held-back', ground: 'grace' },
    });
    expect(story.dueOn('grace')).toBe('2025-05-03');
    expect(story.refusal('secrecy', publication)).toMatchObject({ code: 'listing.in-grace' });
    story.on('2025-05-03').does('platform', { type: 'end-grace' });
    expect(story.dueOn('grace')).toBe('2025-05-03');
    story.on('2025-05-04').does('platform', { type: 'end-grace' }).does('secrecy', publication);
    expect(story.state).toMatchObject({ publication: { status: 'published', publishedOn: '2025-05-04' } });
  });

  test('who performs within the grace was never shown', () => {
    const story = upToDecision('court.able-refuses').does('handler', {
      ...decision,
      graceUntil: '2025-05-03',
    });
    granting(
      story.on('2025-04-10').does('party', request('2025-04-09', [], { ground: 'court-duty-performed' })),
    );
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'performed' } });
    expect(story.told).not.toContain('published');
  });

  test('lengthens the term of kinds 2 to 6 by one to three years (art. 2)', () => {
    const story = upToDecision().does('handler', { ...decision, extraYears: 3 });
    expect(story.state).toMatchObject({ term: { startsOn: '2025-03-03', endsOn: '2030-03-03' } });
    expect(upToDecision().refusal('handler', { ...decision, extraYears: 4 }).code).toBe('listing.term-extra');
    expect(upToDecision('court.able-refuses').refusal('handler', { ...decision, extraYears: 1 }).code).toBe(
      'listing.term-fixed',
    );
  });

  test('elsewhere no grace and no longer term', () => {
    const story = new Story(tax)
      .does('handler', notice('2025-03-03'))
      .on('2025-03-11')
      .does('reviewer', review())
      .does('approver', approval);
    expect(story.refusal('handler', { ...decision, graceUntil: '2025-05-03' }).code).toBe(
      'listing.grace-not-provided',
    );
    expect(story.refusal('handler', { ...decision, extraYears: 1 }).code).toBe('listing.term-not-extensible');
  });
});

/** Each way with the day on which it takes effect, and what must show it (民事诉讼法 as amended 2023). */
const WAYS = [
  [
    'personal',
    'the day on which the party signed the receipt (art. 87, 88)',
    { article: null, days: { servedOn: '2025-07-16' }, proof: null, takesEffect: '2025-07-16' },
  ],
  [
    'left',
    'the day on which it was left, witnessed or filmed (art. 89)',
    {
      article: '89',
      days: { servedOn: '2025-07-16' },
      proof: '居委会见证人签名、留置照片（虚构）',
      takesEffect: '2025-07-16',
    },
  ],
  [
    'electronic',
    'the day on which it reached the system of the party, who had consented (art. 90)',
    {
      article: '90',
      days: { servedOn: '2025-07-15' },
      proof: '电子送达确认书（虚构）',
      takesEffect: '2025-07-15',
    },
  ],
  [
    'post',
    'the day of receipt on the postal return (art. 91)',
    { article: '91', days: { servedOn: '2025-07-17' }, proof: 'EMS 1000（虚构）', takesEffect: '2025-07-17' },
  ],
  [
    'entrusted',
    'the day on which the entrusted body had it signed for (art. 91)',
    {
      article: '91',
      days: { servedOn: '2025-07-18' },
      proof: '某县人社局代为送达（虚构）',
      takesEffect: '2025-07-18',
    },
  ],
  [
    'forwarded',
    'the day on which the soldier or prisoner signed (art. 92 to 94)',
    {
      article: '94',
      days: { servedOn: '2025-07-17' },
      proof: '某监狱转交，本人签收（虚构）',
      takesEffect: '2025-07-17',
    },
  ],
  [
    'public-notice',
    'thirty days after it was issued, a day off or not (art. 95)',
    {
      article: '95',
      days: { announcedOn: '2025-07-17' },
      proof: '下落不明，报纸公告（虚构）',
      takesEffect: '2025-08-16',
    },
  ],
] as const;

describe('service (民事诉讼法 art. 87 to 95)', () => {
  const decided = (day = '2025-07-14') =>
    new Story({ ...wage, openedOn: '2025-07-01', clockFrom: '2025-06-30' })
      .does('handler', notice('2025-07-01'))
      .on(day)
      .does('reviewer', review())
      .does('approver', approval)
      .does('handler', decision);

  test('knows seven ways, and the table below shows each', () => {
    expect(WAYS.map(([way]) => way).sort()).toEqual([...SERVICE_WAYS].sort());
  });

  test.each(WAYS)('%s: %s', (way, _, { article, days, proof, takesEffect }) => {
    const story = () => decided().on('2025-07-18');
    const undated = { type: 'service', way, repairNoticeNo: '（虚构）修复告知〔2024〕1号' } as const;
    const shown = proof === null ? undated : { ...undated, proof };
    if (article !== null) {
      const refused = { code: 'listing.service-proof-missing', facts: { way, article } };
      expect(story().refusal('handler', { ...undated, ...days })).toMatchObject(refused);
      expect(story().refusal('handler', { ...undated, ...days, proof: ' ' })).toMatchObject(refused);
    }
    expect(story().refusal('handler', shown).code).toBe('listing.service-day-needed');
    const served = story().does('handler', { ...shown, ...days });
    expect(served.state).toMatchObject({
      status: takesEffect > '2025-07-18' ? 'served' : 'in-force',
      service: { way, servedOn: takesEffect, proof },
    });
    if (served.status === 'served') served.on(takesEffect).does('platform', { type: 'take-effect' });
    expect(served.state).toMatchObject({ status: 'in-force', inForceOn: takesEffect });
  });

  test('forwarded by a prison binds from the day on which the prisoner signed, not when the prison had it (art. 93, 94)', () => {
    const claim = {
      ...service('2025-07-16'),
      type: 'service',
      way: 'forwarded',
      proof: '某监狱转交,受送达人签收的送达回证（虚构）',
    } as const;
    expect(decided().refusal('handler', claim).code).toBe('listing.date-in-future');
    const story = decided().on('2025-07-18').does('handler', claim);
    expect(story.state).toMatchObject({
      inForceOn: '2025-07-16',
      service: { way: 'forwarded', servedOn: '2025-07-16', proof: claim.proof },
    });
    const { proof: _, ...bare } = claim;
    expect(decided().refusal('handler', bare)).toMatchObject({
      code: 'listing.service-proof-missing',
      facts: { way: 'forwarded', article: '94' },
    });
  });

  test('carries the repair notice since 2025-06-22 (两书同达), not before', () => {
    const alone = { type: 'service', way: 'personal', servedOn: '2025-07-14' } as const;
    const no = '（虚构）修复告知〔2024〕1号';
    expect(decided().refusal('handler', alone)).toMatchObject({
      code: 'listing.repair-notice-missing',
      facts: { no },
    });
    // The notice that was made with the decision, and no other.
    expect(decided().refusal('handler', { ...alone, repairNoticeNo: '（虚构）2号' })).toMatchObject({
      code: 'listing.repair-notice-other',
      facts: { no, given: '（虚构）2号' },
    });
    expect(decided().does('handler', { ...alone, repairNoticeNo: no }).status).toBe('in-force');
    const before = new Story(wage)
      .does('handler', notice('2025-03-03'))
      .on('2025-03-11')
      .does('reviewer', review())
      .does('approver', approval)
      .does('handler', decision);
    expect(before.does('handler', { ...alone, servedOn: '2025-03-11' }).status).toBe('in-force');
  });
});
