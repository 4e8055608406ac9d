import fc from 'fast-check';
import { addDays, type LocalDate } from '#kernel';
import { loadSeeds } from '#seeds';
import type { Command } from '../src/domain/case/commands.js';
import {
  acceptance,
  approval,
  consent,
  decision,
  defence,
  notice,
  penalty,
  type Person,
  people,
  publication,
  publicNotice,
  removalDecision,
  request,
  REQUEST,
  review,
  service,
  siteRequest,
  suspensionRequest,
} from './story.js';

/* What anybody may try on a walk; fast-check draws from it. */

/** Every condition that any list knows, found met, and no bar to hold. */
export const verified: Command = {
  type: 'repair-verification',
  requestId: REQUEST,
  text: '经核实',
  conditions: loadSeeds('removal-conditions').map(({ code }) => ({ code, met: true })),
  bars: loadSeeds('removal-conditions').map(({ code }) => ({ code, found: false })),
};
const settled = {
  type: 'settle-objection',
  objectionId: 'o',
  outcome: 'upheld',
  reasons: '成立',
  reopened: null,
} as const;

/** What somebody may try, on the day on which it is tried. */
const commands: ((today: LocalDate) => Command)[] = [
  (today) => notice(today),
  (today) => notice(today, addDays(today, 1)),
  (today) => ({ ...notice(today), servedOn: undefined, ...publicNotice(today) }) as Command,
  () => defence,
  () => review(),
  () => review('do-not-list'),
  () => consent(),
  () => consent(false),
  () => approval,
  () => decision,
  (today) => service(today),
  (today) => ({ type: 'service', ...publicNotice(today) }),
  () => publication,
  () => ({ type: 'publication', secrecyReview: 'not-passed', text: '涉密' }),
  (today) => ({
    type: 'withdrawal',
    reason: '改正并承诺',
    ground: 'spared',
    correctedOn: today,
    commitment: true,
  }),
  () => ({ type: 'revocation', reason: '认定事实有误' }),
  (today) => request(addDays(today, -1)),
  (today) => suspensionRequest(addDays(today, -1)),
  (today) => siteRequest(addDays(today, -1)),
  () => verified,
  () => acceptance(),
  () => acceptance(false),
  () => ({ type: 'repair-extension', requestId: REQUEST, reasons: '复杂' }),
  () => ({ type: 'repair-withdrawal', requestId: REQUEST }),
  () => ({ type: 'plan-failure', documentNo: '裁定', reasons: '不能执行' }),
  () => ({ type: 'plan-completion', documentNo: '裁定', reasons: '执行完毕' }),
  (today) => ({
    type: 'stay',
    in: 'suit',
    body: '法院',
    orderNo: '裁定',
    orderedOn: today,
    reasons: '难以弥补的损失',
  }),
  (today) => ({ type: 'stay-end', why: 'upheld', documentNo: '判决', endedOn: today, reasons: '驳回' }),
  () => ({ type: 'false-application', requestId: REQUEST, cause: 'false-material', reasons: '伪造' }),
  () => ({ type: 'end-site-publication' }),
  (today) => ({ type: 'mark-objection', mark: { id: 'o', about: 'content', since: today } }),
  () => ({ ...settled, about: 'content', corrected: { reasons: '更正' } }),
  () => ({ ...settled, about: 'listing', corrected: {} }),
  () => ({ ...settled, about: 'lifting', corrected: {}, unlifted: ['hlj.industry'] }),
  (today) => ({ type: 'lifting-feedback', unit: 'hlj.industry', liftedOn: today, text: '已经解除' }),
  () => ({ type: 'correction', corrected: { decisionNo: '更正号' }, reasons: '有误' }),
  (today) => ({ type: 'correction', corrected: { termEndsOn: addDays(today, 400) }, reasons: '有误' }),
  () => ({ type: 'correction', corrected: { termEndsOn: '2040-01-01' }, reasons: '有误' }),
  () => ({ ...settled, about: 'period', corrected: { termEndsOn: '2040-01-01' } }),
  () => ({ type: 'correct-basis', record: { ...penalty, documentNo: '更正' } }),
  () => ({ type: 'basis-review', outcome: 'stands', reasons: '足以支持' }),
  () => ({ type: 'basis-review', outcome: 'falls', reasons: '不足' }),
  () => removalDecision(),
  () => removalDecision(false),
  () => ({ type: 'hearing-request' }),
  (today) => ({ type: 'hearing-notice', noticeNo: '—', heldOn: addDays(today, 14), place: '—' }),
  (today) => ({ type: 'hearing-record', outcome: 'waived', on: today, minutes: '—' }),
  () => ({ type: 'extension', reason: '—' }),
  (today) => ({ type: 'clock-start', from: today, source: '—' }),
  (today) => ({
    type: 'reminder',
    reminderNo: '—',
    text: '—',
    minor: true,
    oneOff: true,
    correctedOn: today,
    harmless: true,
  }),
  (today) => ({ type: 'hold-back', paidOn: today, reason: '—' }),
  () => ({ type: 'end-grace' }),
  () => ({ type: 'end-publication' }),
  (today) => ({ ...decision, graceUntil: addDays(today, 40) }),
  (today) => ({ ...decision, termStartsOn: today, termEndsOn: addDays(today, 400) }),
  (today) => ({
    type: 'letter',
    letterId: `L${today}`,
    letterNo: '—',
    to: 'superior',
    unit: 'hlj.finance',
    unitName: '—',
    text: '—',
    answerDue: addDays(today, 30),
  }),
  (today) => ({ type: 'letter-answer', letterId: `L${today}`, answeredOn: today, text: '—' }),
  (today) => ({ type: 'order-performed', performedOn: today, text: '—' }),
  (today) => ({ type: 'accountability', on: today, text: '—', promise: '—' }),
  (today) => ({ type: 'interview', heldOn: today, with: '—', minutes: '—' }),
  (today) => ({ type: 'performance-order', orderNo: '—', performBy: addDays(today, 30), text: '—' }),
  () => ({ type: 'follow-principal', kind: 'early-removal', reasons: '—', removalDue: null }),
  () => ({ type: 'mark-overdue', clock: 'letter-answer' }),
  () => ({ type: 'fall-silent' }),
  () => ({ type: 'take-effect' }),
  () => ({ type: 'expire' }),
  () => ({ type: 'mark-overdue', clock: 'decision' }),
  () => ({ type: 'mark-overdue', clock: 'publication' }),
  () => ({ type: 'lose-basis', recordId: penalty.id, cause: 'revoked', reason: '撤销' }),
  () => ({ type: 'follow-name', from: '—', to: '新名（虚构）' }),
  () => ({ type: 'close', receipts: [] }),
];

/** Something tried by somebody, some days after what was tried before. */
export interface Attempt {
  command: (today: LocalDate) => Command;
  who: Person;
  days: number;
  /** At the case of a responsible person, where the file has one. */
  ofPerson: boolean;
}

const anybody = fc.constantFrom(...(Object.keys(people) as Person[]));

export const attempt: fc.Arbitrary<Attempt> = fc.record({
  command: fc.constantFrom(...commands),
  who: anybody,
  days: fc.nat({ max: 40 }),
  ofPerson: fc.boolean(),
});

/** How a step of the lawful way is missed: left out, by somebody else, on another day, after something else. */
export interface Detour {
  skip: boolean;
  who: Person | null;
  days: number;
  before: Attempt | null;
}

export const detour: fc.Arbitrary<Detour> = fc.record({
  skip: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  who: fc.option(anybody, { freq: 2 }),
  days: fc.constantFrom(0, 1, 3, 21),
  before: fc.option(attempt, { freq: 1 }),
});

/** No detour; the days are long enough for every defence. */
export const straight: Detour = { skip: false, who: null, days: 21, before: null };
