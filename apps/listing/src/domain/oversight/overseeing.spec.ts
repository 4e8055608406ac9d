import { describe, expect, test } from '@jest/globals';
import { enterprise, inForce, openingRefusal, person } from '../../../specs/story.js';
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

  test('each letter has its own day: the one that was late is marked, the next one again when its day passes', () => {
    const story = listed().does('handler', letterTo('superior', 'L1'));
    story.does('handler', { ...letterTo('audit', 'L2'), answerDue: '2025-04-30' });
    const late = { type: 'mark-overdue', clock: 'letter-answer' } as const;
    const answer = { type: 'letter-answer', text: '已督促' } as const;
    story.on('2025-04-11').does('platform', late);
    expect(story.state.overdue).toEqual(['letter-answer']);
    story.on('2025-04-14').does('handler', { ...answer, letterId: 'L1', answeredOn: '2025-04-14' });
    expect([story.state.overdue, story.dueOn('letter-answer')]).toEqual([[], '2025-04-30']);
    expect(story.on('2025-04-30').does('platform', late).state.overdue).toEqual([]);
    story.on('2025-05-01').does('platform', late);
    expect(story.state.overdue).toEqual(['letter-answer']);
    expect(story.told.filter((fact) => fact === 'overdue')).toHaveLength(2);
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
    story.on('2025-07-02').does('approver', held);
    expect(story.state).toMatchObject({
      status: 'in-force',
      oversight: { accountability: [{ on: '2025-07-02', promise: '八月底前履行' }] },
    });
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
    expect(openingRefusal({ ...court, publicStanding: 'staff' }).code).toBe('listing.standing-misfit');
  });

  test('a private enterprise concerns nobody but itself', () => {
    expect(inForce(court, days).refusal('handler', letterTo('superior')).code).toBe(
      'listing.oversight-not-provided',
    );
  });
});
