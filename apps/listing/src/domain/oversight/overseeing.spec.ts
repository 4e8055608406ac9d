import { describe, expect, test } from '@jest/globals';
import {
  enterprise,
  granting,
  inForce,
  openingRefusal,
  person,
  type Story,
  suspensionRequest,
} from '../../../specs/story.js';
import { runningClocks } from '../term/clocks.js';
import { lettersMissing } from './oversight.js';

const days = { decidedOn: '2025-03-10', servedOn: '2025-03-10' };
const court = {
  list: 'COURT',
  conductKind: 'court.able-refuses',
  openedOn: '2025-03-03',
  department: { id: 'hlj.court', level: 'province' },
} as const;
const government = { ...enterprise, kind: 'government-body' } as const;

const letterTo = (to: 'superior' | 'audit' | 'owner' | 'unit', letterId = 'L1') =>
  ({
    type: 'letter',
    letterId,
    letterNo: '（虚构）通报〔2025〕1号',
    to,
    unit: 'hlj.finance',
    unitName: '省财政厅',
    text: '该单位被纳入失信被执行人名单',
    answerDue: '2025-04-10',
  }) as const;
const interview = {
  type: 'interview',
  heldOn: '2025-04-14',
  with: '主要负责人',
  minutes: '承诺履行',
} as const;
const order = {
  type: 'performance-order',
  orderNo: '（虚构）责令〔2025〕1号',
  performBy: '2025-06-30',
  text: '支付货款',
} as const;

describe('a government body on the court list (ordinance art. 32)', () => {
  const listed = () => inForce({ ...court, subject: government }, days);

  test('is reported to the level above and to audit, each with a day for its answer', () => {
    const story = listed().does('handler', letterTo('superior'));
    if (story.state.status !== 'in-force') throw new Error(story.status);
    expect(lettersMissing(story.state.publicStanding, story.state.oversight)).toEqual(['audit']);
    expect(story.dueOn('letter-answer')).toBe('2025-04-10');
    expect(story.refusal('handler', letterTo('unit')).code).toBe('listing.letter-addressee');
    story.on('2025-04-11').does('platform', { type: 'mark-overdue', clock: 'letter-answer' });
    expect(story.state.overdue).toEqual(['letter-answer']);
    story.does('handler', {
      type: 'letter-answer',
      letterId: 'L1',
      answeredOn: '2025-04-11',
      text: '已督促',
    });
    expect(story.state.overdue).toEqual([]);
    expect(
      story.refusal('handler', { type: 'letter-answer', letterId: 'L1', answeredOn: '2025-04-11', text: '—' })
        .code,
    ).toBe('listing.letter-none-open');
  });

  const passes = (letterId: string) => ({ type: 'mark-overdue', clock: 'letter-answer', letterId }) as const;
  const urges = (letterId: string) => ({ type: 'urge-letter', letterId }) as const;
  const clocksOf = ({ state }: Story) =>
    runningClocks(state).flatMap(({ clock, dueOn, letterId }) =>
      letterId ? [[letterId, clock, dueOn]] : [],
    );

  test('each letter has clocks of its own: one is urged and late while the other waits, and each is marked once', () => {
    const story = listed().does('handler', letterTo('superior', 'L1'));
    story.does('handler', { ...letterTo('audit', 'L2'), answerDue: '2025-04-30' });
    // Two working days before: 10 April is a Thursday, 30 April a Wednesday.
    expect(clocksOf(story)).toEqual([
      ['L1', 'letter-reminder', '2025-04-08'],
      ['L1', 'letter-answer', '2025-04-10'],
      ['L2', 'letter-reminder', '2025-04-28'],
      ['L2', 'letter-answer', '2025-04-30'],
    ]);
    expect(story.on('2025-04-07').does('platform', urges('L1')).told).not.toContain('letter-urged');
    story.on('2025-04-08').does('platform', urges('L1')).does('platform', urges('L1'));
    expect(story.on('2025-04-10').does('platform', passes('L1')).state.overdue).toEqual([]);
    story.on('2025-04-11').does('platform', passes('L1')).does('platform', passes('L1'));
    expect(story.state.overdue).toEqual(['letter-answer']);
    story.on('2025-04-28').does('platform', urges('L2'));
    // The first is still not answered, and the second is late for itself.
    story.on('2025-05-01').does('platform', passes('L2'));
    const answer = { type: 'letter-answer', text: '已督促', answeredOn: '2025-05-06' } as const;
    story.on('2025-05-06').does('handler', { ...answer, letterId: 'L1' });
    expect([story.state.overdue, clocksOf(story)]).toEqual([
      ['letter-answer'],
      [['L2', 'letter-answer', '2025-04-30']],
    ]);
    story.does('handler', { ...answer, letterId: 'L2' });
    expect([story.state.overdue, clocksOf(story)]).toEqual([[], []]);
    const told = story.facts.flatMap((fact) => ('letterId' in fact ? [`${fact.type} ${fact.letterId}`] : []));
    expect(told).toEqual([
      'letter-urged L1',
      'overdue L1',
      'letter-urged L2',
      'overdue L2',
      'letter-answered L1',
      'letter-answered L2',
    ]);
  });

  test('nobody is urged who has answered, or whose day is too near for it', () => {
    const story = listed().does('handler', letterTo('superior', 'L1'));
    story.does('handler', { ...letterTo('audit', 'L2'), answerDue: '2025-03-12' });
    expect(clocksOf(story).map(([letter, clock]) => `${letter} ${clock}`)).toEqual([
      'L2 letter-answer',
      'L1 letter-reminder',
      'L1 letter-answer',
    ]);
    const answer = { type: 'letter-answer', text: '已督促', answeredOn: '2025-04-07' } as const;
    story.on('2025-04-07').does('handler', { ...answer, letterId: 'L1' });
    story.on('2025-04-08').does('platform', urges('L1')).does('platform', urges('L2'));
    expect(story.told).not.toContain('letter-urged');
  });

  test('letters and orders rest while a plan lifts the entry, and are awaited again when it fails', () => {
    const wage = {
      list: 'WAGE',
      conductKind: 'wage.amount-of-crime',
      publicStanding: 'state-owned',
    } as const;
    const story = inForce(
      { ...wage, openedOn: '2026-04-07', clockFrom: '2026-04-03' },
      { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
    );
    const letter = (to: 'superior' | 'owner', id: string, answerDue: string) =>
      story.does('handler', { ...letterTo(to, id), answerDue });
    letter('superior', 'L1', '2026-04-30');
    letter('owner', 'L2', '2026-07-31').on('2026-05-06').does('platform', passes('L1'));
    story.does('handler', { ...interview, heldOn: '2026-05-06' });
    story.does('approver', { ...order, performBy: '2026-08-31' });
    granting(story.does('party', suspensionRequest('2026-04-30')));
    expect([story.status, clocksOf(story), story.state.overdue, story.dueOn('performance-order')]).toEqual([
      'suspended',
      [],
      [],
      undefined,
    ]);
    story
      .on('2026-06-01')
      .does('approver', { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' });
    expect(clocksOf(story).map(([of, clock]) => `${of} ${clock}`)).toEqual([
      'L1 letter-reminder',
      'L1 letter-answer',
      'L2 letter-reminder',
      'L2 letter-answer',
    ]);
    expect(story.dueOn('performance-order')).toBe('2026-08-31');
    // Late it was before: the case is marked so again, and nobody is told of it a second time.
    expect(story.state.overdue).toEqual(['letter-answer']);
    story.does('platform', passes('L1'));
    expect(story.facts.filter(({ type }) => type === 'overdue')).toHaveLength(1);
  });

  test('an order whose day passed is marked; a new order has a day of its own', () => {
    const story = listed().does('handler', letterTo('superior')).on('2025-04-14').does('handler', interview);
    story.does('approver', order).on('2025-07-01');
    story.does('platform', { type: 'mark-overdue', clock: 'performance-order' });
    expect(story.state.overdue).toEqual(['performance-order']);
    story.does('approver', { ...order, orderNo: '（虚构）责令〔2025〕2号', performBy: '2025-08-31' });
    expect([story.state.overdue, story.dueOn('performance-order')]).toEqual([[], '2025-08-31']);
  });

  test('an order that was not performed is answered for, with a public promise', () => {
    const held = {
      type: 'accountability',
      on: '2025-07-02',
      text: '通报批评',
      promise: '八月底前履行',
    } as const;
    const story = listed().does('handler', letterTo('superior')).on('2025-04-14').does('handler', interview);
    expect(story.refusal('approver', held).code).toBe('listing.order-first');
    story.does('approver', order).on('2025-06-30');
    expect(story.refusal('approver', held).code).toBe('listing.order-running');
    story.on('2025-07-01');
    expect(story.refusal('approver', held).code).toBe('listing.date-in-future');
    expect(story.refusal('approver', { ...held, on: '2025-06-30' }).code).toBe('listing.date-too-early');
    story.does('platform', { type: 'mark-overdue', clock: 'performance-order' });
    expect([story.state.overdue, story.dueOn('performance-order')]).toEqual([
      ['performance-order'],
      '2025-06-30',
    ]);
    story.on('2025-07-02').does('approver', held);
    // It was answered for: nobody waits for that day any more, the next order has its own.
    expect([story.state.overdue, story.dueOn('performance-order')]).toEqual([[], undefined]);
    expect(story.state).toMatchObject({
      status: 'in-force',
      oversight: { accountability: [{ on: '2025-07-02', promise: '八月底前履行' }] },
    });
  });

  test('an order that was performed in time waits for nothing and is not answered for; late, it still is', () => {
    const ordered = () =>
      listed()
        .does('handler', letterTo('superior'))
        .on('2025-04-14')
        .does('handler', interview)
        .does('approver', order);
    const performed = {
      type: 'order-performed',
      performedOn: '2025-06-20',
      text: '货款已付清（虚构）',
    } as const;
    const held = { type: 'accountability', on: '2025-07-02', text: '通报批评', promise: '不再拖欠' } as const;
    expect(listed().refusal('approver', performed).code).toBe('listing.order-first');
    const story = ordered().on('2025-06-19');
    expect(story.refusal('approver', performed).code).toBe('listing.date-in-future');
    expect(story.refusal('approver', { ...performed, performedOn: '2025-04-13' }).code).toBe(
      'listing.date-too-early',
    );
    story.on('2025-06-20').does('approver', performed).on('2025-07-02');
    story.does('platform', { type: 'mark-overdue', clock: 'performance-order' });
    expect([story.state.overdue, story.dueOn('performance-order')]).toEqual([[], undefined]);
    expect(story.refusal('approver', held).code).toBe('listing.order-performed');
    expect(story.refusal('approver', performed).code).toBe('listing.order-performed');
    const late = ordered().on('2025-07-01');
    late.does('platform', { type: 'mark-overdue', clock: 'performance-order' });
    late.does('approver', { ...performed, performedOn: '2025-07-01' });
    expect([late.state.overdue, late.dueOn('performance-order')]).toEqual([[], undefined]);
    expect(late.on('2025-07-02').does('approver', held).told).toContain('held-accountable');
  });

  test('that does not correct is told above, interviewed, then ordered to perform', () => {
    const story = listed().on('2025-04-14');
    expect(story.refusal('handler', interview).code).toBe('listing.letter-first');
    story.does('handler', { ...letterTo('superior'), answerDue: '2025-05-14' });
    expect(story.refusal('approver', order).code).toBe('listing.interview-first');
    story.does('handler', interview).does('approver', order);
    expect(story.dueOn('performance-order')).toBe('2025-06-30');
    expect(story.state).toMatchObject({ oversight: { order: { no: order.orderNo } } });
  });

  test('a state-owned unit also to its owner, its staff to unit, discipline inspection and personnel', () => {
    const owned = inForce({ ...court, publicStanding: 'state-owned' }, days);
    if (owned.state.status !== 'in-force') throw new Error(owned.status);
    expect(lettersMissing(owned.state.publicStanding, owned.state.oversight)).toEqual([
      'superior',
      'owner',
      'audit',
    ]);
    const staff = inForce({ ...court, subject: person, bornOn: '1980-05-05', publicStanding: 'staff' }, days);
    if (staff.state.status !== 'in-force') throw new Error(staff.status);
    expect(lettersMissing(staff.state.publicStanding, staff.state.oversight)).toEqual([
      'unit',
      'discipline-inspection',
      'personnel',
    ]);
    // Of staff others are told; heads of units are interviewed and units ordered.
    staff.does('handler', letterTo('unit'));
    for (const [who, step] of [
      ['handler', interview],
      ['approver', order],
      ['approver', { type: 'accountability', on: '2025-03-10', text: '—', promise: '—' }],
    ] as const)
      expect(staff.refusal(who, step).code).toBe('listing.oversight-of-units');
    expect(openingRefusal({ ...court, publicStanding: 'staff' }).code).toBe('listing.standing-misfit');
  });

  test.each([
    ['government-body', undefined, ['superior', 'audit']],
    ['public-institution', 'state-owned', ['superior', 'owner', 'audit']],
  ] as const)('on the government list, too: %s', (kind, publicStanding, addressees) => {
    const story = inForce(
      {
        list: 'GOV',
        conductKind: 'gov.arrears',
        openedOn: '2025-03-03',
        department: { id: 'hlj.business-environment', level: 'province' },
        subject: { ...enterprise, kind },
        ...(publicStanding ? { publicStanding } : {}),
      },
      days,
    );
    if (story.state.status !== 'in-force') throw new Error(story.status);
    expect(lettersMissing(story.state.publicStanding, story.state.oversight)).toEqual(addressees);
    for (const to of addressees) story.does('handler', letterTo(to, to));
    expect(clocksOf(story).filter(([, clock]) => clock === 'letter-answer')).toEqual(
      addressees.map((to) => [to, 'letter-answer', '2025-04-10']),
    );
    expect(lettersMissing(story.state.publicStanding, story.state.oversight)).toEqual([]);
    story.on('2025-04-14').does('handler', interview).does('approver', order);
    expect(story.dueOn('performance-order')).toBe('2025-06-30');
  });

  test('a private enterprise concerns nobody but itself', () => {
    expect(inForce(court, days).refusal('handler', letterTo('superior')).code).toBe(
      'listing.oversight-not-provided',
    );
  });
});
