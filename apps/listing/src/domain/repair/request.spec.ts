import { describe, expect, test } from '@jest/globals';
import { workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import {
  acceptance,
  calendar,
  granting,
  inForce,
  type Opening,
  person,
  publication,
  removalDecision,
  request,
  REQUEST,
  type Story,
  verification,
} from '../../../specs/story.js';
import { evolve } from '../case/evolve.js';
import { runningClocks } from '../term/clocks.js';
import { countRepairDays } from './count-days.js';
import { eligibilityFor, knownBars } from './request.js';
import type { InForce } from '../case/case.js';
import type { Command, CommandOf } from '../case/commands.js';

const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
} as const;
const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2025-03-03' } as const;
const tax = {
  list: 'TAX',
  conductKind: 'tax.evasion',
  openedOn: '2025-03-03',
  department: { id: 'hlj.tax', level: 'province' },
} as const;

const SAMR_LISTED = { decidedOn: '2024-11-13', servedOn: '2024-11-14', publishedOn: '2024-11-15' };
const WAGE_LISTED = { decidedOn: '2025-03-12', servedOn: '2025-03-13', publishedOn: '2025-03-14' };
const listedBySamr = () => inForce(samr, SAMR_LISTED);
const listedForWages = () => inForce(wage, WAGE_LISTED);

const tooEarly = (eligibleOn: string) => ({ code: 'listing.removal-too-early', facts: { eligibleOn } });
const ended = (story: Story) => ('end' in story.state ? story.state.end : undefined);

describe('from when removal may be asked', () => {
  test('it is received also while the calendar of the coming year is not loaded', () => {
    const story = listedForWages().on('2026-12-31').does('party', request('2026-05-05'));
    expect(story.state).toMatchObject({ removalRequest: { status: 'requested', decisionDue: null } });
  });

  test('its days are known once it is accepted: from there under order 107, from receipt under order 45', () => {
    const before2026 = workingCalendar(loadSeeds('calendars').filter(({ year }) => year < 2026));
    const accepted = (
      list: typeof samr | typeof wage,
      listed: Parameters<typeof inForce>[1],
      correctedOn: string,
      waiting: string[],
    ) => {
      const opening: Opening = { ...list, calendar: before2026 };
      const story = inForce(opening, listed).on('2025-12-31').does('party', request(correctedOn));
      expect([story.dueOn('repair-acceptance'), story.dueOn('repair-decision')]).toEqual([
        undefined,
        undefined,
      ]);
      opening.calendar = calendar;
      // Counted by itself once the calendar is there, from the day of the request, whatever day it is then.
      const [set, ...more] = countRepairDays(story.state, story.rules, '2026-01-04');
      const days = runningClocks(evolve(story.state, set!)).filter(({ clock }) =>
        clock.startsWith('repair-'),
      );
      expect([days.map(({ dueOn }) => dueOn), more]).toEqual([waiting, []]);
      return story.on('2026-01-05').does('handler', acceptance()).dueOn('repair-decision');
    };
    expect(accepted(samr, SAMR_LISTED, '2024-11-25', ['2026-01-05', '2026-01-14'])).toBe('2026-01-14');
    expect(accepted(wage, WAGE_LISTED, '2025-05-05', ['2026-01-22'])).toBe('2026-01-22');
  });

  test('market regulation: one year from the listing (order 44)', () => {
    const story = listedBySamr();
    expect(story.on('2025-11-14').refusal('party', request('2024-11-25'))).toEqual(tooEarly('2025-11-15'));
    expect(story.on('2025-11-17').does('party', request('2024-11-25')).told).toContain('removal-requested');
  });

  test('wages: six months from the correction, while listed (order 45)', () => {
    const story = listedForWages();
    expect(story.on('2025-06-03').refusal('party', request('2025-04-01'))).toEqual(tooEarly('2025-10-02'));
    expect(story.on('2025-10-09').does('party', request('2025-04-01')).told).toContain('removal-requested');
  });

  test('wages: who corrected before the listing waits from the listing', () => {
    expect(listedForWages().on('2025-06-03').refusal('party', request('2025-01-02'))).toEqual(
      tooEarly('2025-09-14'),
    );
  });

  test('a month without such a day ends on its last day', () => {
    const story = inForce(
      { ...wage, openedOn: '2025-08-18' },
      { decidedOn: '2025-08-28', servedOn: '2025-08-29' },
    );
    expect(story.on('2026-01-05').refusal('party', request('2025-08-31'))).toEqual(tooEarly('2026-03-01'));
  });

  test('tax: six months of publication (order 54), which must have begun', () => {
    const story = inForce(tax, { decidedOn: '2025-03-12', servedOn: '2025-03-13' });
    expect(story.on('2025-12-01').refusal('party', request('2025-03-20')).code).toBe(
      'listing.removal-wait-not-begun',
    );
    story.does('secrecy', publication);
    expect(story.refusal('party', request('2025-03-20'))).toEqual(tooEarly('2026-06-02'));
  });

  test('the court list: at once, the court decides (法释〔2017〕7号 art. 2)', () => {
    const court = {
      list: 'COURT',
      conductKind: 'court.evasion',
      openedOn: '2025-03-03',
      department: { id: 'hlj.court', level: 'province' },
    } as const;
    const story = inForce(court, { decidedOn: '2025-03-03', servedOn: '2025-03-03' });
    expect(story.on('2025-03-05').does('party', request('2025-03-04')).told).toContain('removal-requested');
  });

  test('customs: the rule of the day of the request, also for an entry under the older one', () => {
    // 251号 waited one year; 282号 art. 29 (2026-04-01) waits six months.
    const customs = {
      list: 'CUSTOMS',
      conductKind: 'customs.penalties',
      openedOn: '2025-11-03',
      department: { id: 'hlj.customs', level: 'province' },
    } as const;
    const story = inForce(customs, { decidedOn: '2025-11-17', servedOn: '2025-11-18' });
    expect(story.state.rulesVersion).toBe('2021-11-01');
    expect(story.on('2026-03-31').refusal('party', request('2025-12-01'))).toEqual(tooEarly('2026-11-19'));
    expect(story.on('2026-04-01').refusal('party', request('2025-12-01'))).toEqual(tooEarly('2026-05-19'));
  });
});

describe('what bars removal', () => {
  test('new arrears in the term', () => {
    const refusal = listedForWages()
      .on('2025-10-09')
      .refusal('party', request('2025-04-01', ['new-arrears']));
    expect(refusal).toMatchObject({ code: 'listing.removal-barred', facts: { bar: 'new-arrears' } });
  });

  test('only bars that the list names', () => {
    expect(
      listedBySamr()
        .on('2025-11-17')
        .does('party', request('2024-11-25', ['new-arrears'])).told,
    ).toContain('removal-requested');
  });

  test('as far as the register knows: later entries, and two determinations in five years', () => {
    const state = inForce(tax, { decidedOn: '2025-03-12', servedOn: '2025-03-13' }).state as InForce;
    const on = '2025-12-01';
    expect(knownBars(state, [], on)).toEqual([]);
    expect(knownBars(state, [{ decidedOn: '2025-06-02', undone: false }], on)).toEqual([
      { code: 'new-arrears', until: null },
      { code: 'new-tax-violation', until: null },
      { code: 'determined-twice-in-5-years', until: null },
    ]);
    expect(knownBars(state, [{ decidedOn: '2020-12-02', undone: false }], on)).toEqual([
      { code: 'determined-twice-in-5-years', until: null },
    ]);
    expect(knownBars(state, [{ decidedOn: '2020-11-30', undone: false }], on)).toEqual([]);
    expect(knownBars(state, [{ decidedOn: '2025-06-02', undone: true }], on)).toEqual([]);
  });

  test('a ban of five years that the decision named, to its own last day (order 44)', () => {
    const days = { decidedOn: '2024-11-13', servedOn: '2024-11-14' };
    const story = inForce(samr, days, { termEndsOn: '2029-11-13' });
    const bars = knownBars(story.state as InForce, [], '2026-01-05');
    expect(bars).toEqual([{ code: 'statutory-measure-running', until: '2029-11-13' }]);
    for (const on of ['2026-01-05', '2029-11-13']) {
      expect(story.on(on).refusal('party', request('2024-11-25', [], { bars }))).toMatchObject({
        code: 'listing.removal-barred-until',
        facts: { bar: 'statutory-measure-running', until: '2029-11-13' },
      });
    }
    const { from } = eligibilityFor(
      story.state as InForce,
      story.rules,
      { correctedOn: '2024-11-25', bars, repairBars: [] },
      '2026-01-05',
    );
    expect(from).toBe('2029-11-14');
    const without = inForce(samr, days).state as InForce;
    expect(knownBars(without, [], '2026-01-05')).toEqual([]);
  });

  test('the persons bound with an employer go with it (order 45 art. 14)', () => {
    const story = inForce(
      { ...wage, subject: person, bornOn: '1980-05-05' },
      { decidedOn: '2025-03-12', servedOn: '2025-03-13' },
    );
    expect(story.on('2025-10-09').refusal('party', request('2025-04-01')).code).toBe(
      'listing.removal-employer-only',
    );
  });

  test('no promise, no request', () => {
    const without = { ...request('2025-04-01'), commitment: false } as never;
    expect(listedForWages().on('2025-10-09').refusal('party', without).code).toBe(
      'listing.commitment-missing',
    );
  });

  test('a correction that lies ahead', () => {
    expect(listedForWages().on('2025-10-09').refusal('party', request('2025-10-10')).code).toBe(
      'listing.date-in-future',
    );
  });
});

describe('the decision clock', () => {
  test('market regulation under order 44: accepted in 2 working days, decided in 15 (art. 17)', () => {
    const story = listedBySamr().on('2025-11-17').does('party', request('2024-11-25'));
    expect(story.dueOn('repair-acceptance')).toBe('2025-11-19');
    expect(story.dueOn('repair-decision')).toBe('2025-12-10');
    story.on('2025-11-18').does('handler', acceptance());
    expect(story.dueOn('repair-acceptance')).toBeUndefined();
    expect(story.dueOn('repair-decision')).toBe('2025-12-09');
  });

  test('market regulation under order 107, from 2025-12-25: accepted in 2, decided in 7 working days', () => {
    // The entry is of 2024, the procedure is that of the day of the request. 1 to 3 January 2026 are off, the 4th is worked.
    const story = listedBySamr().on('2025-12-25').does('party', request('2024-11-25'));
    expect(story.state.rulesVersion).toBe('2021-09-01');
    expect(story.dueOn('repair-acceptance')).toBe('2025-12-29');
    expect(story.dueOn('repair-decision')).toBe('2026-01-08');
    story.on('2025-12-26').does('handler', acceptance());
    expect(story.dueOn('repair-acceptance')).toBeUndefined();
    expect(story.dueOn('repair-decision')).toBe('2026-01-07');
  });

  test('wages: 15 working days from receipt, over National Day', () => {
    // 1 to 8 October 2025 are off, 28 September and 11 October are worked.
    const story = listedForWages().on('2025-09-24').does('party', request('2025-03-20'));
    expect(story.dueOn('repair-decision')).toBe('2025-10-21');
  });

  test('tax: accepted in 2, decided in 15 working days', () => {
    const story = inForce(tax, {
      decidedOn: '2025-03-12',
      servedOn: '2025-03-13',
      publishedOn: '2025-03-17',
    });
    story.on('2025-11-03').does('party', request('2025-03-20'));
    expect([story.dueOn('repair-acceptance'), story.dueOn('repair-decision')]).toEqual([
      '2025-11-05',
      '2025-11-26',
    ]);
  });

  test('runs out without ending anything: the case is marked', () => {
    const story = listedForWages().on('2025-10-09').does('party', request('2025-04-01'));
    const mark = { type: 'mark-overdue', clock: 'repair-decision' } as const;
    expect(story.on('2025-10-29').does('platform', mark).state.overdue).toEqual([]);
    expect(story.on('2025-10-30').does('platform', mark).state.overdue).toEqual(['repair-decision']);
    expect(story.does('platform', mark).told.filter((type) => type === 'overdue')).toHaveLength(1);
    story.does('handler', acceptance()).does('approver', removalDecision(false));
    expect(story.state).toMatchObject({ status: 'in-force', overdue: [] });
  });
});

describe('the decision on a request', () => {
  const requested = () => listedForWages().on('2025-10-09').does('party', request('2025-04-01'));

  test('granted ends publication and listing on that day', () => {
    const story = requested().does('handler', acceptance());
    story.does('handler', verification(story)).on('2025-10-15').does('approver', removalDecision());
    expect(ended(story)).toEqual({
      kind: 'early-removal',
      endedOn: '2025-10-15',
      reasons: '已履行义务并满规定期限',
      removalDue: '2025-10-29', // 10 working days (order 45)
      repair: { id: REQUEST, ground: null, askedBy: null },
    });
    expect(story.state).toMatchObject({
      status: 'ended',
      publication: { status: 'ended', endedOn: '2025-10-15' },
    });
    expect(story.told.slice(-4)).toEqual([
      'removal-granted',
      'publication-ended',
      'ended',
      'site-publication-ended',
    ]);
  });

  test('refused leaves the listing, and the party may ask again', () => {
    const story = requested().does('handler', acceptance()).does('approver', removalDecision(false));
    expect(story.state).toMatchObject({ status: 'in-force', removalRequest: null });
    expect(story.does('party', request('2025-04-01')).state).toMatchObject({
      removalRequest: { status: 'requested' },
    });
  });

  test('needs an acceptance first, by another person', () => {
    const story = requested();
    expect(story.refusal('approver', removalDecision()).code).toBe('listing.removal-not-accepted-yet');
    story.does('approver', acceptance());
    expect(story.refusal('approver', removalDecision()).code).toBe('listing.removal-second-person');
    expect(story.refusal('handler', acceptance()).code).toBe('listing.removal-accepted-already');
  });

  test('granted rests on a verification that found every condition met', () => {
    const story = requested().does('handler', acceptance());
    expect(story.refusal('approver', removalDecision()).code).toBe('listing.repair-not-verified');
    const none: Command = {
      type: 'repair-verification',
      requestId: REQUEST,
      text: '',
      conditions: [],
      bars: [],
    };
    expect(story.refusal('handler', none)).toMatchObject({
      code: 'listing.verification-incomplete',
      facts: { conditions: 'corrected, written-commitment' },
    });
    story.does('handler', verification(story, ['corrected']));
    expect(story.refusal('approver', removalDecision())).toMatchObject({
      code: 'listing.repair-condition-unmet',
      facts: { conditions: 'corrected' },
    });
    expect(story.refusal('handler', removalDecision(false)).code).toBe('listing.removal-second-person');
    story.does('handler', verification(story)).does('approver', removalDecision());
    expect(story.status).toBe('ended');
  });

  test('market regulation: whether a shorter statutory measure still runs is found by a person (order 44)', () => {
    const story = listedBySamr().on('2026-01-05').does('party', request('2024-11-25'));
    story.does('handler', acceptance());
    story.does('handler', verification(story, [], ['statutory-measure-running']));
    expect(story.refusal('approver', removalDecision())).toMatchObject({
      code: 'listing.repair-bar-found',
      facts: { bars: 'statutory-measure-running' },
    });
    story.does('handler', verification(story)).does('approver', removalDecision());
    expect(story.status).toBe('ended');
  });

  test('wages: nothing is granted before somebody said whether a criminal case is pending (order 45 art. 13)', () => {
    const story = requested().does('handler', acceptance());
    const all = verification(story) as CommandOf<'repair-verification'>;
    const silent = { ...all, bars: all.bars.filter(({ code }) => code !== 'criminal-case') };
    expect(all.bars.map(({ code }) => code)).toEqual(['new-arrears', 'criminal-case', 'other-law']);
    expect(story.refusal('handler', silent)).toMatchObject({
      code: 'listing.verification-bars-missing',
      facts: { bars: 'criminal-case' },
    });
    story.does('handler', verification(story, [], ['criminal-case']));
    expect(story.refusal('approver', removalDecision())).toMatchObject({
      code: 'listing.repair-bar-found',
      facts: { bars: 'criminal-case' },
    });
    expect(story.does('approver', removalDecision(false)).status).toBe('in-force');
  });

  test('customs: no change of the level while checks are refused (order 282)', () => {
    const story = inForce(
      {
        list: 'CUSTOMS',
        conductKind: 'customs.penalties',
        openedOn: '2026-04-07',
        department: { id: 'hlj.customs', level: 'province' },
      },
      { decidedOn: '2026-04-20', servedOn: '2026-04-21' },
    );
    story.on('2026-10-22').does('party', request('2026-05-06')).does('handler', acceptance());
    story.does('handler', verification(story, [], ['checks-refused']));
    expect(story.refusal('approver', removalDecision())).toMatchObject({
      code: 'listing.repair-bar-found',
      facts: { bars: 'checks-refused' },
    });
  });

  test('tax: bankruptcy is asked about no bar, since none stands against it (order 54)', () => {
    const story = inForce(tax, {
      decidedOn: '2025-03-12',
      servedOn: '2025-03-13',
      publishedOn: '2025-03-17',
    });
    story.on('2025-11-03').does('party', request('2025-03-20', [], { way: 0 }));
    expect(story.state).toMatchObject({ removalRequest: { way: 0, bars: [] } });
    const regular = inForce(tax, {
      decidedOn: '2025-03-12',
      servedOn: '2025-03-13',
      publishedOn: '2025-03-17',
    });
    regular.on('2025-11-03').does('party', request('2025-03-20'));
    expect(regular.state).toMatchObject({
      removalRequest: { bars: ['new-tax-violation', 'determined-twice-in-5-years'] },
    });
  });

  test('is of the request that is open', () => {
    const other = { type: 'repair-acceptance', requestId: 'another', accepted: true, text: '' } as const;
    expect(requested().refusal('handler', other)).toMatchObject({ code: 'listing.removal-request-unknown' });
    expect(listedForWages().refusal('handler', acceptance()).code).toBe('listing.no-request');
    expect(requested().refusal('party', request('2025-04-01'))).toEqual({
      code: 'listing.removal-open',
      facts: { requestId: REQUEST },
    });
  });

  test('a request with gaps is not accepted and ends there', () => {
    const story = requested().does('handler', acceptance(false));
    expect(story.state).toMatchObject({ status: 'in-force', removalRequest: null });
    expect(story.dueOn('repair-decision')).toBeUndefined();
  });
});

describe('ways off a list without early removal', () => {
  test('an entry that stays until performed leaves on confirmed performance', () => {
    const gov = {
      list: 'GOV',
      conductKind: 'gov.arrears',
      openedOn: '2025-03-03',
      department: { id: 'hlj.business-environment', level: 'province' },
    } as const;
    const story = inForce(
      { ...gov, subject: { ...person, kind: 'government-body', code: '112301000000000000' } },
      { decidedOn: '2025-03-12', servedOn: '2025-03-13' },
    );
    story.on('2025-03-20').does('party', request('2025-03-19'));
    granting(story);
    expect(ended(story)).toMatchObject({ kind: 'performed', endedOn: '2025-03-20' });
  });

  test('a social organisation leaves after its term, and only when it asks (order 60)', () => {
    const socorg = {
      list: 'SOCORG',
      conductKind: 'socorg.fine',
      openedOn: '2023-03-01',
      department: { id: 'hlj.civil-affairs', level: 'province' },
    } as const;
    const story = inForce(
      { ...socorg, subject: { ...person, kind: 'social-organisation', code: '512301000000000000' } },
      { decidedOn: '2023-03-20', servedOn: '2023-03-21' },
    );
    expect(story.dueOn('expiry')).toBeUndefined();
    expect(story.on('2025-03-21').refusal('party', request('2025-01-02'))).toEqual(tooEarly('2025-03-22'));
    story.on('2025-03-24').does('party', request('2025-01-02'));
    granting(story);
    expect(ended(story)).toMatchObject({ kind: 'expired' });
  });

  test('a list that knows none says when the entry ends by itself', () => {
    const build = {
      list: 'BUILD',
      conductKind: 'build.listed',
      openedOn: '2025-03-03',
      department: { id: 'hlj.housing', level: 'province' },
    } as const;
    const story = inForce(build, { decidedOn: '2025-03-12', servedOn: '2025-03-13' });
    expect(story.refusal('party', request('2025-03-12'))).toMatchObject({
      code: 'listing.removal-not-provided',
      facts: { endsOn: '2026-03-12' },
    });
  });
});
