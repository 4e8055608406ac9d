import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, compareDates, type LocalDate, periodEnd, Refusal } from '#kernel';
import { type ListKey, loadSeeds } from '#seeds';
import {
  acceptance,
  approval,
  consent,
  decision,
  defence,
  enterprise,
  granting,
  inForce,
  notice,
  type Opening,
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
  Story,
  suspensionRequest,
} from '../../specs/story.js';
import { runningClocks } from './clocks.js';
import type { Command } from './commands.js';
import { FINAL } from './lifecycle.js';
import { noticePrescribed } from './rules.js';

/*
 * Anybody may try anything on any day: whatever path a case takes, what the law forbids does not come about,
 * and every obstacle is a refusal with a code, never a fault of the program.
 */

const openings: Record<string, Opening> = {
  samr: {
    list: 'SAMR',
    conductKind: 'samr.food',
    openedOn: '2024-09-27',
    department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
  },
  wage: {
    list: 'WAGE',
    conductKind: 'wage.amount-of-crime',
    openedOn: '2024-09-27',
    clockFrom: '2024-09-20',
  },
  tax: {
    list: 'TAX',
    conductKind: 'tax.evasion',
    openedOn: '2024-09-27',
    department: { id: 'hlj.tax', level: 'province' },
  },
  court: {
    list: 'COURT',
    conductKind: 'court.able-refuses',
    openedOn: '2024-09-27',
    department: { id: 'hlj.court', level: 'province' },
  },
  government: {
    list: 'GOV' satisfies ListKey,
    conductKind: 'gov.arrears',
    openedOn: '2024-09-27',
    department: { id: 'hlj.business-environment', level: 'province' },
    subject: { ...enterprise, kind: 'government-body' },
  },
  directory: {
    list: 'CHARITY' satisfies ListKey,
    conductKind: 'charity.annual-report',
    openedOn: '2024-09-27',
    department: { id: 'hlj.civil-affairs', level: 'province' },
    subject: { ...enterprise, kind: 'social-organisation' },
  },
};

/** Every condition that any list knows, found met, and no bar to hold. */
const verified: Command = {
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
  () => ({ type: 'false-application', requestId: REQUEST, cause: 'false-material', reasons: '伪造' }),
  () => ({ type: 'end-site-publication' }),
  (today) => ({ type: 'mark-objection', mark: { id: 'o', about: 'content', since: today } }),
  () => ({ ...settled, about: 'content', corrected: { reasons: '更正' } }),
  () => ({ ...settled, about: 'listing', corrected: {} }),
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
  (today) => ({ ...decision, graceUntil: addDays(today, 40) }),
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
  () => ({ type: 'close', receipts: [] }),
];

const AFTER_THE_END: ReadonlySet<string> = new Set([
  'site-publication',
  'repair-acceptance',
  'repair-decision',
  'correction',
  'basis-review',
]);

const attempt = fc.record({
  command: fc.constantFrom(...commands),
  who: fc.constantFrom(...(Object.keys(people) as Person[])),
  days: fc.nat({ max: 40 }),
});

/** The last day that the loaded calendars can count from. */
const LAST_DAY = '2026-10-01';

function walk(
  opening: Opening,
  attempts: readonly { command: (today: LocalDate) => Command; who: Person; days: number }[],
): Story {
  return goOn(new Story(opening), attempts);
}

function goOn(
  story: Story,
  attempts: readonly { command: (today: LocalDate) => Command; who: Person; days: number }[],
  lastDay = LAST_DAY,
): Story {
  for (const { command, who, days } of attempts) {
    const day = addDays(story.today, days);
    story.on(compareDates(day, lastDay) > 0 ? lastDay : day);
    try {
      story.does(who, command(story.today));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    checkLaw(story);
  }
  return story;
}

function checkLaw(story: Story): void {
  const { state } = story;
  if ('decision' in state) {
    if (noticePrescribed(story.rules.list)) expect(state.notice).not.toBeNull();
    const until = state.notice?.defenceUntil;
    if (until) expect(compareDates(state.review.on, until)).toBe(1);
    const [reviewer, approver] = [state.review.by.id, state.approval.by.id];
    expect(new Set([reviewer, approver, ...state.handlers]).size).toBe(state.handlers.length + 2);
    expect(state.review.opinion).toBe('list');
    if (story.rules.list.steps.consentFrom.length > 0) expect(state.consent?.granted).toBe(true);
  }
  if ('oralHearing' in state && state.oralHearing && 'review' in state)
    expect(state.oralHearing.result).not.toBeNull();
  if ('publication' in state && state.publication.status === 'published')
    expect(['in-force', 'suspended']).toContain(state.status);
  if ('end' in state && 'term' in state && state.term.endsOn && state.end.kind === 'expired') {
    expect(compareDates(state.end.endedOn, state.term.endsOn)).toBe(1);
  }
  // What was revoked, corrected, or stands on nothing any more is shown nowhere (ordinance art. 38).
  const site = 'entry' in state ? state.entry.site : null;
  const undone = 'end' in state && ['revoked', 'corrected'].includes(state.end.kind);
  const baseless = state.documents.length === 0 && state.records.every(({ withdrawn }) => withdrawn);
  if (undone || baseless) expect(site?.status ?? 'none').not.toBe('shown');
  // Nothing stands, and nobody is disciplined, without basis; no term is longer than rule and decision give.
  if ('decision' in state && !('end' in state)) expect(baseless).toBe(false);
  if ('term' in state && state.term.endsOn !== null && 'decision' in state) {
    const { period, endsOn } = state.decision.term;
    const latest = endsOn ?? (period && state.term.startsOn && periodEnd(state.term.startsOn, period));
    if (latest) expect(compareDates(state.term.endsOn, latest)).not.toBe(1);
    // It begins where it was decided to, or with the one finding that a repair was false.
    const { foundFalse, granted } = state.entry;
    for (const { by, on, requestId } of foundFalse) {
      expect(foundFalse.filter((one) => one.requestId === requestId)).toHaveLength(1);
      const grant = granted.filter(({ id, grantedOn }) => id === requestId && grantedOn <= on);
      expect(grant.map((one) => one.by.id)).not.toContain(by.id);
    }
  }
  // At rest nothing runs but what 信用中国 shows, what may be asked about that, and copies that have not followed.
  const resting = runningClocks(state).filter(({ clock }) => !AFTER_THE_END.has(clock));
  if (FINAL.includes(state.status)) expect(resting).toEqual([]);
  // Nothing is found false that was not granted, and corrections are counted without a gap.
  if ('entry' in state) {
    const { granted, foundFalse, corrections } = state.entry;
    for (const { requestId } of foundFalse) expect(granted.map(({ id }) => id)).toContain(requestId);
    expect(corrections.map(({ number }) => number)).toEqual(corrections.map((_, index) => index + 1));
  }
  expect(state.overdue.every((clock) => runningClocks(state).some((one) => one.clock === clock))).toBe(true);
}

describe('whatever is tried', () => {
  test.each(Object.keys(openings))('on %s, the law holds', (name) => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 60 }), (attempts) => {
        walk(openings[name]!, attempts);
      }),
      { numRuns: 150 },
    );
  });

  test('once in force, the law holds', () => {
    const corrected = new Set<LocalDate>();
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 30 }), (attempts) => {
        const days = { decidedOn: '2024-10-11', servedOn: '2024-10-11', publishedOn: '2024-10-11' };
        const { state } = goOn(inForce(openings['wage']!, days), attempts);
        if ('entry' in state)
          for (const { changes } of state.entry.corrections)
            for (const { field, to } of changes) if (field === 'termEndsOn') corrected.add(to);
      }),
      { numRuns: 150 },
    );
    expect(corrected.size).toBeGreaterThan(0);
    expect(corrected).not.toContain('2040-01-01');
  });

  test('after early removal, while 信用中国 still shows the entry, the law holds', () => {
    const gone = new Set<string>();
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 30 }), (attempts) => {
        const story = inForce(
          { ...openings['wage']!, openedOn: '2026-04-07' },
          { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
        );
        granting(story.on('2026-11-06').does('party', request('2026-05-06')));
        const { state } = goOn(story, attempts, '2026-12-10');
        if ('entry' in state && state.entry.site?.status === 'ended') gone.add(state.entry.site.how);
      }),
      { numRuns: 150 },
    );
    expect([...gone]).toEqual(expect.arrayContaining(['undone']));
  });

  // Chance alone seldom walks the whole way. So: the way of the law, but each step perhaps left out, taken by
  // somebody else, on another day, or with something else tried before it.
  const detour = fc.record({
    skip: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    who: fc.option(fc.constantFrom(...(Object.keys(people) as Person[])), { freq: 2 }),
    days: fc.constantFrom(0, 1, 3, 21),
    before: fc.option(attempt, { freq: 1 }),
  });

  test.each(Object.keys(openings))('around the way of %s, the law holds', (name) => {
    // The notice sets the day where the rule fixes none.
    const { steps, defence: fixed } = new Story(openings[name]!).rules.list;
    const daysByNotice = (today: LocalDate) => (steps.defence && !fixed ? addDays(today, 1) : undefined);
    const way: { command: (today: LocalDate) => Command; who: Person; wait?: number }[] = [
      { command: (today) => notice(today, daysByNotice(today)), who: 'handler' },
      { command: () => review(), who: 'reviewer' },
      { command: () => consent(), who: 'superior' },
      { command: () => approval, who: 'approver' },
      { command: () => decision, who: 'handler' },
      { command: (today) => service(today), who: 'handler' },
      { command: () => publication, who: 'secrecy' },
      // Long enough for every waiting period, counted from a correction soon after the listing.
      {
        command: (today) => request(addDays(today, -400), [], { ground: 'court-duty-performed' }),
        who: 'party',
        wait: 420,
      },
      { command: () => acceptance(), who: 'handler' },
      { command: () => verified, who: 'handler' },
      { command: () => removalDecision(), who: 'approver' },
    ];
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(detour, { minLength: way.length, maxLength: way.length }), (detours) => {
        const attempts = way.flatMap(({ command, who, wait = 0 }, index) => {
          const { skip, who: another, days, before } = detours[index]!;
          return [
            ...(before ? [before] : []),
            ...(skip
              ? []
              : [
                  { command, who: another ?? who, days },
                  { command, who, days: days + wait },
                ]),
          ];
        });
        reached.add(walk(openings[name]!, attempts).status);
      }),
      { numRuns: 400 },
    );
    expect([...reached]).toEqual(expect.arrayContaining(['in-force', 'ended']));
  });
});
