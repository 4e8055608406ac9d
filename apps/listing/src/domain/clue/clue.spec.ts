import { describe, expect, test } from '@jest/globals';
import { workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import { people } from '../../../specs/story.js';
import type { Clue } from './clue.js';
import { receiveClue } from './receive.js';
import { refused } from '../../../specs/refused.js';
import { type ClueCommand, possibleClueSteps, takeClueStep } from './take-clue-step.js';

const law = { rules: loadSeeds('clue-rules'), calendar: workingCalendar(loadSeeds('calendars')) };

const received = (receivedOn: string, more: Partial<Clue> = {}): Clue =>
  receiveClue(
    {
      ...{ id: '0192f0c4-6c00-7000-8000-0000000000e1', kind: 'general', source: 'complaint' },
      ...{ content: '某工地拖欠工资（虚构）', about: '松江示例建筑有限公司（虚构）' },
      ...{ department: 'hlj.human-resources', receivedOn },
      ...more,
    },
    law,
    { today: more.receivedOn ?? receivedOn, actor: people.handler },
  );
const on = (today: string) => ({ today, actor: people.handler, calendar: law.calendar });
const take = (clue: Clue, command: ClueCommand, today: string): Clue =>
  takeClueStep(clue, command, on(today));
const accepted = { type: 'acceptance', accepted: true, reason: '有明确的对象和线索' } as const;
const forwarded = { type: 'forwarding', to: 'hlj.city.230100.housing' } as const;
const until = (day: string) => ({ type: 'extension', until: day, reasons: '情况复杂' }) as const;
const late = (clock: 'acceptance' | 'forwarding' | 'result') => ({ type: 'mark-overdue', clock }) as const;

const document = {
  no: '（虚构）核查〔2025〕1号',
  issuer: '劳动保障监察机构',
  title: '核查笔录',
  issuedOn: '2025-03-05',
};
const verify = { type: 'answer', verified: true, reason: '属实', document } as const;
const drop = { type: 'answer', verified: false, reason: '查无实据' } as const;

/* 保障中小企业款项支付条例 art. 25 (3): who is complained of and does not tell how things stand. */
describe('who owes and does not answer', () => {
  const received2026 = received('2026-04-07', { kind: 'arrears' });
  const handled = take(take(received2026, accepted, '2026-04-08'), forwarded, '2026-04-10');
  const letter = {
    type: 'urging-letter',
    ...{ letterNo: '（虚构）督办〔2026〕1号', text: '限期反馈（虚构）' },
    answerBy: '2026-04-30',
  } as const;
  const told = (receivedOn: string, asPrescribed = true) =>
    ({ type: 'feedback', receivedOn, text: '正在筹款（虚构）', asPrescribed }) as const;
  const met = (heldOn: string) =>
    ({ type: 'interview', heldOn, with: '主要负责人', minutes: '承诺支付（虚构）' }) as const;
  const named = {
    type: 'circular',
    circularNo: '（虚构）通报1号',
    to: '上级机关',
    text: '拒不配合',
  } as const;
  const order = {
    type: 'correction-order',
    ...{ orderNo: '（虚构）责整1号', text: '支付无争议部分（虚构）' },
    correctBy: '2026-05-29',
  } as const;
  const code = (clue: Clue, command: ClueCommand, today: string) =>
    refused(() => take(clue, command, today)).code;

  test('is urged, then interviewed or named and ordered to correct, while the time for the result runs on', () => {
    expect(code(handled, met('2026-04-20'), '2026-04-20')).toBe('clue.urge-first');
    const urged = take(handled, letter, '2026-04-20');
    expect(refused(() => take(urged, met('2026-04-30'), '2026-04-30'))).toMatchObject({
      code: 'clue.urging-running',
      facts: { until: '2026-04-30' },
    });
    expect(code(urged, order, '2026-05-06')).toBe('clue.interview-first');
    const ordered = take(take(urged, met('2026-05-06'), '2026-05-06'), order, '2026-05-06');
    expect(ordered.pressed.map(({ what }) => what)).toEqual([
      'urging-letter',
      'interview',
      'correction-order',
    ]);
    expect(take(take(urged, named, '2026-05-06'), order, '2026-05-06').pressed).toHaveLength(3);
    expect([ordered.status, ordered.clocks]).toEqual(['handled', [{ clock: 'result', dueOn: '2026-05-11' }]]);
    expect(take(ordered, drop, '2026-05-08').status).toBe('dropped');
  });

  test('is not pressed once it told as prescribed; told otherwise, it is urged all the same', () => {
    const answered = take(handled, told('2026-04-15'), '2026-04-16');
    expect(refused(() => take(answered, letter, '2026-04-20'))).toMatchObject({
      code: 'clue.debtor-answered',
      facts: { on: '2026-04-15' },
    });
    const urged = take(take(handled, told('2026-04-15', false), '2026-04-16'), letter, '2026-04-20');
    const late = take(urged, told('2026-05-06'), '2026-05-06');
    expect(code(late, named, '2026-05-06')).toBe('clue.debtor-answered');
    // Another letter begins anew: what was done before it carries no order.
    const again = take(
      take(urged, met('2026-05-06'), '2026-05-06'),
      { ...letter, answerBy: '2026-05-07' },
      '2026-05-06',
    );
    expect(code(again, order, '2026-05-08')).toBe('clue.interview-first');
  });

  test('is pressed by the unit that handles it only, on days that can be, and under the rule of 2025 only', () => {
    const open = take(received2026, accepted, '2026-04-08');
    expect(code(open, letter, '2026-04-08')).toBe('clue.action-not-possible');
    expect(code(received2026, letter, '2026-04-08')).toBe('clue.acceptance-first');
    const transferred = received('2026-04-07', { kind: 'arrears', source: 'transfer' });
    expect(take(transferred, letter, '2026-04-08').pressed).toHaveLength(1);
    expect(code(handled, told('2026-04-09'), '2026-04-16')).toBe('listing.date-too-early');
    expect(code(handled, { ...letter, answerBy: '2026-04-20' }, '2026-04-20')).toMatch(/^listing\.date-/);
    const old = received('2025-05-30', { kind: 'arrears', source: 'transfer' });
    expect(code(old, letter, '2025-06-03')).toBe('clue.pressing-not-provided');
    const actions = possibleClueSteps(handled, ['handler', 'approver'], on('2026-04-20'));
    expect(actions.filter(({ refusal }) => refusal === null).map(({ action }) => action)).toEqual([
      'extension',
      'feedback',
      'urging-letter',
      'answer',
    ]);
  });
});

describe('a clue', () => {
  const clue = received('2025-03-03');
  const opening = (caseId: string) => ({ type: 'opening', caseId }) as const;

  test('verified by a document carries one case', () => {
    const used = take(take(clue, verify, '2025-03-06'), opening('case-1'), '2025-03-06');
    expect(used).toMatchObject({ status: 'used', caseId: 'case-1', document });
    expect(refused(() => take(used, opening('case-2'), '2025-03-06')).code).toBe('clue.used-already');
  });

  test('dropped keeps its reason and carries no case', () => {
    const dropped = take(clue, drop, '2025-03-06');
    expect(dropped).toMatchObject({ status: 'dropped', answer: { reason: '查无实据', on: '2025-03-06' } });
    expect(refused(() => take(dropped, opening('case-1'), '2025-03-06')).code).toBe('clue.not-verified');
    expect(refused(() => take(dropped, verify, '2025-03-06')).code).toBe('clue.answered-already');
  });

  test('is no finding by itself (ordinance art. 27)', () => {
    const code = (more: object) => refused(() => take(clue, { ...verify, ...more }, '2025-03-06')).code;
    expect(refused(() => take(clue, opening('case-1'), '2025-03-06')).code).toBe('clue.not-verified');
    expect(code({ document: undefined })).toBe('clue.document-missing');
    expect(code({ document: { ...document, issuedOn: '2025-03-07' } })).toBe('clue.document-ahead');
  });

  test('of no kind with a rule has no clock and none of its steps', () => {
    expect(clue).toMatchObject({ kind: 'general', rule: null, clocks: [] });
    expect(refused(() => take(clue, accepted, '2025-03-03')).code).toBe('clue.acceptance-not-provided');
    expect(refused(() => take(clue, until('2025-06-30'), '2025-03-03')).code).toBe(
      'clue.extension-not-provided',
    );
    const actions = possibleClueSteps(clue, ['handler', 'approver'], on('2025-03-03'));
    expect(actions.map(({ action }) => action)).toEqual(['answer']);
  });

  test('is of a kind that is known and in force on the day of receipt, which lies not ahead', () => {
    const handIn = (receivedOn: string, kind: string) => refused(() => received(receivedOn, { kind }));
    expect(handIn('2026-04-07', 'weather')).toMatchObject({
      code: 'clue.kind-unknown',
      facts: { kinds: 'general, research, arrears' },
    });
    expect(handIn('2026-03-19', 'research').code).toBe('clue.kind-not-in-force');
    const tomorrow = () =>
      receiveClue({ ...received('2026-04-07'), receivedOn: '2026-04-08' }, law, on('2026-04-07'));
    expect(refused(tomorrow).code).toBe('clue.received-ahead');
  });
});

// 科学技术活动违规行为调查处理规定 art. 25, 34.
describe('a clue of a breach in scientific activity', () => {
  test.each([
    // Qingming 2026 is over on 6 April.
    ['2026-04-07', '2026-04-28'],
    // 1 to 5 May off, 9 May a made-up Saturday.
    ['2026-04-20', '2026-05-13'],
  ])('that is reported on %s is accepted or not by %s, 15 working days later', (receivedOn, dueOn) => {
    const report = received(receivedOn, { kind: 'research', source: 'report' });
    expect(report.clocks).toEqual([{ clock: 'acceptance', dueOn }]);
  });

  test('has six months from acceptance, and no more than six more with approval', () => {
    const report = received('2026-04-07', { kind: 'research', source: 'transfer' });
    expect(refused(() => take(report, verify, '2026-04-08'))).toMatchObject({
      code: 'clue.acceptance-first',
      facts: { basis: '科学技术活动违规行为调查处理规定第二十五条、第三十四条' },
    });
    const open = take(report, accepted, '2026-04-28');
    expect(open).toMatchObject({ status: 'accepted', clocks: [{ clock: 'result', dueOn: '2026-10-28' }] });
    expect(refused(() => take(open, until('2026-10-28'), '2026-10-28')).code).toBe(
      'clue.extension-not-later',
    );
    const once = take(open, until('2026-12-31'), '2026-10-28');
    expect(once.clocks).toEqual([{ clock: 'result', dueOn: '2026-12-31' }]);
    // Counted from the day that it was due first, however often it is put off.
    expect(refused(() => take(once, until('2027-04-29'), '2026-12-01'))).toMatchObject({
      code: 'clue.extension-too-long',
      facts: { until: '2027-04-28' },
    });
    expect(refused(() => take(once, until('2027-04-28'), '2027-01-01')).code).toBe('clue.extension-late');
    const twice = take(once, until('2027-04-28'), '2026-12-31');
    expect(twice.extensions.map(({ instead }) => instead)).toEqual(['2026-10-28', '2026-12-31']);
    expect(refused(() => take(open, forwarded, '2026-05-06')).code).toBe('clue.forwarding-not-provided');
  });

  test('that is not accepted is dropped with the reason, and nothing runs', () => {
    const report = received('2026-04-07', { kind: 'research', source: 'report' });
    const no = take(report, { ...accepted, accepted: false, reason: '没有明确的举报对象' }, '2026-04-08');
    expect(no).toMatchObject({
      status: 'dropped',
      acceptance: { accepted: false },
      answer: { reason: '没有明确的举报对象' },
      clocks: [],
    });
  });

  test('that was found in management is not accepted first: the text gives it no days', () => {
    const found = received('2026-04-07', { kind: 'research', source: 'inspection' });
    expect(found.clocks).toEqual([]);
    expect(take(found, { ...drop }, '2026-04-08').status).toBe('dropped');
  });
});

// 保障中小企业款项支付条例 art. 25 (2025), art. 17 (2020).
describe('a complaint on payments owed to small firms', () => {
  const complaint = received('2026-04-07', { kind: 'arrears', department: 'hlj.industry' });

  test('is forwarded within 10 working days of acceptance and has a result 30 days after receipt there', () => {
    expect(complaint.clocks).toEqual([]);
    const open = take(complaint, accepted, '2026-04-08');
    expect(open.clocks).toEqual([{ clock: 'forwarding', dueOn: '2026-04-22' }]);
    expect(refused(() => take(open, drop, '2026-04-09')).code).toBe('clue.forwarding-first');
    const there = take(open, forwarded, '2026-04-10');
    expect(there).toMatchObject({
      status: 'handled',
      department: 'hlj.city.230100.housing',
      forwarding: { from: 'hlj.industry' },
      // 30 days end on Sunday 2026-05-10.
      clocks: [{ clock: 'result', dueOn: '2026-05-11' }],
    });
    expect(take(there, drop, '2026-05-11')).toMatchObject({ status: 'dropped', clocks: [] });
  });

  test('is put off by the head, 90 days in all at most', () => {
    const there = take(take(complaint, accepted, '2026-04-08'), forwarded, '2026-04-10');
    expect(take(there, until('2026-07-09'), '2026-05-11').clocks[0]!.dueOn).toBe('2026-07-09');
    expect(refused(() => take(there, until('2026-07-10'), '2026-05-11'))).toMatchObject({
      code: 'clue.extension-too-long',
      facts: { until: '2026-07-09', basis: '保障中小企业款项支付条例第二十五条' },
    });
    const actions = possibleClueSteps(there, ['approver'], on('2026-05-12'));
    expect(actions.find(({ action }) => action === 'extension')).toMatchObject({
      refusal: { code: 'clue.extension-late' },
    });
  });

  test('that another unit passed on runs its 30 days from receipt', () => {
    const passedOn = received('2026-04-10', { kind: 'arrears', source: 'transfer' });
    expect(passedOn.clocks).toEqual([{ clock: 'result', dueOn: '2026-05-11' }]);
    expect(take(passedOn, until('2026-07-09'), '2026-04-10').clocks[0]!.dueOn).toBe('2026-07-09');
  });

  test('of before 2025-06-01 goes by the text of 2020, which passes it on in time and gives no days', () => {
    const before = received('2025-05-31', { kind: 'arrears' });
    const there = take(take(before, accepted, '2025-06-03'), forwarded, '2025-06-04');
    expect(there.rule?.cite).toBe('保障中小企业款项支付条例(2020年)第十七条');
    expect(there.clocks).toEqual([]);
    expect(received('2025-06-01', { kind: 'arrears' }).rule?.cite).toBe('保障中小企业款项支付条例第二十五条');
  });

  test('is marked late once, on the day after, while the step still waits', () => {
    const open = take(complaint, accepted, '2026-04-08');
    expect(take(open, late('forwarding'), '2026-04-22')).toBe(open);
    const marked = take(open, late('forwarding'), '2026-04-23');
    expect(marked.overdue).toEqual(['forwarding']);
    expect(take(marked, late('forwarding'), '2026-04-24')).toBe(marked);
    const there = take(marked, forwarded, '2026-04-24');
    expect(take(there, late('forwarding'), '2026-04-25')).toBe(there);
    expect(there.overdue).toEqual(['forwarding']);
    const done = take(there, drop, '2026-04-27');
    expect(take(done, late('result'), '2026-06-30')).toBe(done);
  });
});
