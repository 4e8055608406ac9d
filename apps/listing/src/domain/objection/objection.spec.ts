import { describe, expect, test } from '@jest/globals';
import { workingCalendar } from '#kernel';
import { listTypeOn, loadSeeds, procedureOn } from '#seeds';
import { refused } from '../../../specs/refused.js';
import { objectionRemediesOf } from '../procedure/decision-texts.js';
import type { Hand } from '../hand.js';
import { countObjectionDays } from './count-days.js';
import { decideObjection, objectionClocks, type ObjectionCommand, type ObjectionLook } from './decide.js';
import { evolveObjection } from './evolve.js';
import type { ObjectionFact } from './facts.js';
import { fileObjection, type Filing, type Objected } from './filing.js';
import { objectionStep } from './lifecycle.js';
import { isMarkedLate, type Objection } from './objection.js';
import { objectionRulesFrom } from './rules.js';
import { possibleObjectionActions } from './standing.js';

const rules = objectionRulesFrom(
  loadSeeds('ordinance-clocks'),
  loadSeeds('repair-rules').find((rule) => rule.id === 'ndrc-36')!.clocks,
  workingCalendar(loadSeeds('calendars')),
);
const with2027 = {
  ...rules,
  calendar: workingCalendar([
    ...loadSeeds('calendars'),
    { year: 2027, holidays: ['2027-01-01'], workingWeekends: [], basis: '（虚构）', confirmed: false },
  ]),
};
const procedureRules = loadSeeds('procedure-rules');
const hand = (id: string, department: string | null = 'hlj.human-resources'): Hand => ({
  id,
  name: id,
  department,
});
const people = {
  party: hand('party', null),
  handler: hand('handler'),
  reviewer: hand('reviewer'),
  otherApprover: hand('other-approver'),
  helper: hand('helper', 'hlj.finance'),
};

const objected: Objected = {
  caseId: 'c1',
  caseNo: 'WAGE-2026-000001',
  subjectId: 's1',
  department: 'hlj.human-resources',
  status: 'in-force',
  statusZh: '生效',
  decided: true,
  refusedRepairs: [{ id: 'r1', answeredOn: '2026-05-29' }],
  sameOpen: null,
};
const filing: Filing = {
  id: 'o1',
  about: 'listing',
  repairId: null,
  statement: '工资已在限期内付清（虚构）',
  asked: {},
  materials: ['银行流水（虚构）'],
  channel: 'department',
  receivedOn: '2026-06-01',
  authorisation: null,
};

/** Given / when / then over one objection; every step holds the clocks against the table. */
class ObjectionStory {
  objection: Objection;
  facts: ObjectionFact[] = [];

  constructor(
    readonly change: Partial<Filing> = {},
    who: keyof typeof people = 'party',
    public today = '2026-06-01',
  ) {
    const by = { today, actor: people[who], byParty: who === 'party' };
    this.objection = evolveObjection(undefined, fileObjection(objected, { ...filing, ...change }, rules, by));
  }

  on(day: string): this {
    this.today = day;
    return this;
  }

  look(who: keyof typeof people): ObjectionLook {
    return {
      rules,
      procedure: procedureOn(procedureRules, this.today),
      today: this.today,
      actor: people[who],
      madeBy: ['handler', 'reviewer'],
      isUnit: (unit) => unit.startsWith('hlj.'),
      remedies: objectionRemediesOf(listTypeOn(loadSeeds('list-types'), 'WAGE', this.today)!, {
        region: '230100',
      }),
    };
  }

  does(who: keyof typeof people, command: ObjectionCommand): this {
    const before = this.objection;
    const facts = decideObjection(before, command, this.look(who));
    this.objection = facts.reduce<Objection>(evolveObjection, before);
    this.facts.push(...facts);
    const step = objectionStep(before.status, command.type)!;
    if (facts.length > 0) expect(step.to).toContain(this.objection.status);
    return this;
  }

  refusal(who: keyof typeof people, command: ObjectionCommand): string {
    return refused(() => decideObjection(this.objection, command, this.look(who))).code;
  }

  get clocks(): string[] {
    return objectionClocks(this.objection, rules).map(({ clock, dueOn }) => `${clock} ${dueOn}`);
  }
}

const filingRefusal = (change: Partial<Filing>, about: Partial<Objected> = {}, byParty = true): string => {
  const by = { today: '2026-06-01', actor: people.party, byParty };
  return refused(() => fileObjection({ ...objected, ...about }, { ...filing, ...change }, rules, by)).code;
};
const decision = (
  outcome: 'upheld' | 'partly-upheld' | 'rejected',
  corrected: Record<string, string> = {},
): ObjectionCommand => ({ type: 'decision', outcome, reasons: '经复核（虚构）', corrected });

describe('filing', () => {
  test('marks the entry with the filing itself, and the three working days run', () => {
    const story = new ObjectionStory();
    expect(story.objection).toMatchObject({ status: 'open', markedOn: '2026-06-01', markDue: '2026-06-02' });
    expect(story.clocks).toEqual(['decision 2026-06-04']);
  });

  test('does not wait for a calendar: the entry is marked, and the days are known with the calendar', () => {
    const story = new ObjectionStory({ receivedOn: '2026-12-31' }, 'party', '2026-12-31');
    expect(story.objection).toMatchObject({ status: 'open', markedOn: '2026-12-31', markDue: null });
    expect([story.clocks, isMarkedLate(story.objection)]).toEqual([[], false]);
    story.on('2027-01-05').does('otherApprover', decision('upheld'));
    expect(story.objection.status).toBe('decided');
  });

  test.each([
    // 2027 is fictitious: off on 01-01, a Friday, and at weekends.
    ['on 12-30', '2026-12-30', '2026-12-31', null, '2027-01-05'],
    ['on 12-31', '2026-12-31', null, '2027-01-04', '2027-01-06'],
  ])('the calendar that comes in counts it from receipt %s', (_, receivedOn, before, markDue, dueOn) => {
    const story = new ObjectionStory({ receivedOn }, 'party', receivedOn);
    expect([story.objection.markDue, story.clocks]).toEqual([before, []]);
    const counted = (year: number) => countObjectionDays(story.objection, year, with2027, '2027-01-04');
    const [set, ...more] = counted(2027);
    const clocks = [{ clock: 'decision', dueOn }];
    expect([set, more]).toEqual([{ type: 'days-set', on: '2027-01-04', markDue, clocks }, []]);
    const after = evolveObjection(story.objection, set!);
    expect(after).toEqual({ ...story.objection, markDue: before ?? markDue });
    // No later year changes what is known, and who has an answer waits for none.
    expect(countObjectionDays(after, 2028, with2027, '2027-01-04')).toEqual([]);
    story.on('2027-01-04').does('otherApprover', decision('upheld'));
    expect(counted(2027)).toEqual([]);
  });

  test('the calendar that comes in sets the day of acceptance, and none that a person stated', () => {
    const result = { about: 'repair-result', repairId: 'r1', receivedOn: '2026-12-31' } as const;
    const { objection } = new ObjectionStory(result, 'party', '2026-12-31');
    const clocks = [{ clock: 'acceptance', dueOn: '2027-01-04' }];
    expect(countObjectionDays(objection, 2027, with2027, '2026-12-31')).toMatchObject([{ clocks }]);
    const story = new ObjectionStory(
      { about: 'repair-result', repairId: 'r1', receivedOn: '2026-12-18' },
      'party',
      '2026-12-18',
    );
    story.on('2026-12-21').does('handler', { type: 'acceptance' });
    story
      .on('2026-12-22')
      .does('handler', { type: 'extension', until: '2027-01-15', reason: '案情复杂（虚构）' });
    expect(countObjectionDays(story.objection, 2027, with2027, '2026-12-31')).toEqual([]);
  });

  test('a letter taken down three days later shows that the mark came late, and the time runs from receipt', () => {
    const story = new ObjectionStory(
      { receivedOn: '2026-06-01', authorisation: '授权委托书（虚构）' },
      'handler',
      '2026-06-04',
    );
    expect(story.objection).toMatchObject({ markedOn: '2026-06-04', markDue: '2026-06-02' });
    expect(story.clocks).toEqual(['decision 2026-06-04']);
  });

  test('to a repair result through 信用中国: accepted within one working day, decided in seven from then', () => {
    const story = new ObjectionStory({ about: 'repair-result', repairId: 'r1', channel: 'credit-site' });
    expect(story.objection.status).toBe('filed');
    expect(story.clocks).toEqual(['acceptance 2026-06-02']);
    story.on('2026-06-02').does('handler', { type: 'acceptance' });
    expect(story.clocks).toEqual(['decision 2026-06-11']);
  });

  test('to an answer is not received before the answer, to a record not before the decision behind it', () => {
    const toAnswer = { about: 'repair-result', repairId: 'r1' } as const;
    const early = { ...toAnswer, receivedOn: '2026-05-28' };
    expect(filingRefusal(early, { decidedOn: '2026-03-02' })).toBe('objection.received-before-decision');
    const story = new ObjectionStory({ ...toAnswer, receivedOn: '2026-05-29' });
    expect(story.objection).toMatchObject({ repairId: 'r1', filedOn: '2026-06-01' });
    const ofRecord = { recordId: 'p1', decidedOn: '2026-03-02' };
    expect(filingRefusal({ about: 'content', receivedOn: '2026-03-01' }, ofRecord)).toBe(
      'objection.received-before-decision',
    );
    expect(filingRefusal(early, ofRecord)).toBe('objection.received-before-decision');
  });

  test('is refused where there is nothing to object to, twice for one thing, or without authority', () => {
    expect(filingRefusal({}, { decided: false, status: 'heard', statusZh: '已陈述申辩' })).toBe(
      'objection.nothing-to-object-to',
    );
    expect(filingRefusal({}, { sameOpen: 'o0' })).toBe('objection.same-open');
    expect(filingRefusal({}, {}, false)).toBe('objection.authorisation-missing');
    expect(filingRefusal({ receivedOn: '2026-06-02' })).toBe('objection.received-in-future');
    expect(filingRefusal({ receivedOn: '2026-05-28' }, { decidedOn: '2026-05-29' })).toBe(
      'objection.received-before-decision',
    );
    expect(filingRefusal({ about: 'repair-result' })).toBe('objection.repair-needed');
    expect(filingRefusal({ about: 'repair-result', repairId: 'unknown' })).toBe('objection.repair-needed');
    expect(filingRefusal({ about: 'content', asked: { subject: '他人' } as never })).toBe(
      'objection.field-not-correctable',
    );
  });
});

describe('help of other units', () => {
  const content = () => new ObjectionStory({ about: 'content', asked: { decisionNo: '（虚构）2号' } });
  const ask: ObjectionCommand = {
    type: 'help-request',
    helpId: 'h1',
    unit: 'hlj.finance',
    question: '是否到账？',
  };

  test('lengthens the time to seven working days, and the unit has two of its own', () => {
    const story = content().does('handler', ask);
    expect(story.clocks).toEqual(['decision 2026-06-10', 'help 2026-06-03']);
    expect(story.refusal('otherApprover', decision('rejected'))).toBe('objection.help-awaited');
    story.on('2026-06-03').does('helper', { type: 'help-answer', helpId: 'h1', text: '已到账（虚构）' });
    expect(story.clocks).toEqual(['decision 2026-06-10']);
  });

  test('a unit that does not answer is marked, and cannot hold up the decision', () => {
    const story = content().does('handler', ask).on('2026-06-04');
    story.does('handler', { type: 'mark-overdue', clock: 'help', helpId: 'h1' });
    story.does('handler', { type: 'mark-overdue', clock: 'help', helpId: 'h1' });
    expect(story.objection.overdue).toEqual(['help']);
    story.does('otherApprover', decision('rejected'));
    expect(story.objection).toMatchObject({ status: 'decided', overdue: [] });
  });

  test('of several units that are asked each late one is marked and told for itself', () => {
    const ask = (helpId: string, unit: string): ObjectionCommand => ({
      type: 'help-request',
      helpId,
      unit,
      question: '核对（虚构）',
    });
    const story = new ObjectionStory({ about: 'content', asked: { reasons: '—' } });
    // Two working days each: up to the 3rd and the 4th of June.
    story.does('handler', ask('h1', 'hlj.finance')).on('2026-06-02').does('handler', ask('h2', 'hlj.tax'));
    const late = (helpId: string): ObjectionCommand => ({ type: 'mark-overdue', clock: 'help', helpId });
    story.on('2026-06-04').does('handler', late('h1')).does('handler', late('h2'));
    expect(story.objection.help.map(({ late: marked }) => marked)).toEqual([true, undefined]);
    story.on('2026-06-05').does('handler', late('h2')).does('handler', late('h2'));
    expect(story.facts.filter(({ type }) => type === 'overdue')).toHaveLength(2);
    story.does('helper', { type: 'help-answer', helpId: 'h1', text: '已到账（虚构）' });
    expect(story.objection.overdue).toEqual(['help']);
  });

  test('a letter that is taken down days later is marked late', () => {
    const late = (today: string) =>
      isMarkedLate(new ObjectionStory({ authorisation: '授权（虚构）' }, 'handler', today).objection);
    expect([late('2026-06-01'), late('2026-06-02'), late('2026-06-03')]).toEqual([false, false, true]);
  });

  test('a decision marked as late is late no more once help moves its day on, and late again when that is missed', () => {
    const late: ObjectionCommand = { type: 'mark-overdue', clock: 'decision', helpId: null };
    const ask: ObjectionCommand = { type: 'help-request', helpId: 'h1', unit: 'hlj.finance', question: '—' };
    const story = new ObjectionStory({ about: 'content' }).on('2026-06-05').does('handler', late);
    expect(story.objection.overdue).toEqual(['decision']);
    story.does('handler', ask);
    expect(story.clocks).toEqual(['decision 2026-06-10', 'help 2026-06-09']);
    expect(story.objection.overdue).toEqual([]);
    // That the three days were missed stays told.
    expect(story.facts.map(({ type }) => type)).toEqual(['overdue', 'help-requested']);
    story.on('2026-06-11').does('handler', late);
    expect(story.objection.overdue).toEqual(['decision']);
    // Asked when the longer day is missed, too, or of a listing, which has no longer day: late it stays.
    story.does('handler', { ...ask, helpId: 'h2' });
    expect(story.objection.overdue).toEqual(['decision']);
    const ofListing = new ObjectionStory().on('2026-06-05').does('handler', late).does('handler', ask);
    expect(ofListing.objection.overdue).toEqual(['decision']);
  });

  test('only the unit that was asked answers, once; the finder does not ask itself', () => {
    const story = content().does('handler', ask);
    const answer: ObjectionCommand = { type: 'help-answer', helpId: 'h1', text: '—' };
    expect(story.refusal('handler', answer)).toBe('objection.help-unknown');
    story.does('helper', answer);
    expect(story.refusal('helper', answer)).toBe('objection.help-unknown');
    expect(story.refusal('handler', { ...ask, unit: 'hlj.human-resources' } as ObjectionCommand)).toBe(
      'objection.helper-unknown',
    );
  });

  test('of two units each answers its own question, and the answer of the one does not settle the other', () => {
    const story = content().does('handler', ask);
    story.does('handler', { ...ask, helpId: 'h2', unit: 'hlj.tax', question: '是否申报？' });
    const ofTax: ObjectionCommand = { type: 'help-answer', helpId: 'h2', text: '未申报（虚构）' };
    expect(story.refusal('helper', ofTax)).toBe('objection.help-unknown');
    story.does('helper', { ...ofTax, helpId: 'h1' });
    expect(story.refusal('otherApprover', decision('rejected'))).toBe('objection.help-awaited');
    expect(story.clocks).toEqual(['decision 2026-06-10', 'help 2026-06-03']);
  });
});

describe('the time', () => {
  test('stands still during a test, and nothing is decided before it is over', () => {
    const story = new ObjectionStory({ about: 'content' }).on('2026-06-02');
    story.does('handler', { type: 'pause', why: 'test' });
    expect(story.clocks).toEqual([]);
    expect(story.refusal('otherApprover', decision('rejected'))).toBe('objection.paused');
    expect(story.refusal('handler', { type: 'pause', why: 'test' })).toBe('objection.paused');
    story.on('2026-06-09').does('handler', { type: 'resumption' });
    expect(story.clocks).toEqual(['decision 2026-06-11']);
    expect(story.refusal('handler', { type: 'resumption' })).toBe('objection.not-paused');
  });

  test('of a repair result is extended when told before it is over; of information never', () => {
    const story = new ObjectionStory({ about: 'repair-result', repairId: 'r1' });
    story.does('handler', { type: 'acceptance' }).on('2026-06-10');
    const extension: ObjectionCommand = {
      type: 'extension',
      until: '2026-06-30',
      reason: '案情复杂（虚构）',
    };
    expect(story.refusal('handler', { ...extension, until: '2026-06-10' } as ObjectionCommand)).toBe(
      'objection.extension-not-longer',
    );
    story.does('handler', extension);
    expect(story.clocks).toEqual(['decision 2026-06-30']);
    const late = new ObjectionStory({ about: 'repair-result', repairId: 'r1' });
    late.does('handler', { type: 'acceptance' }).on('2026-06-11');
    expect(late.refusal('handler', extension)).toBe('objection.extension-too-late');
    const login = {
      roles: ['handler'],
      seats: { owner: true, superior: false, helper: false, party: false },
    };
    const shown = (of: ObjectionStory) =>
      possibleObjectionActions(of.objection, of.look('handler'), login).find(
        ({ action }) => action === 'extension',
      );
    expect(shown(late)).toMatchObject({
      allowed: false,
      refusal: { code: 'objection.extension-too-late', facts: { due: '2026-06-10' } },
    });
    expect(shown(late.on('2026-06-10'))).toMatchObject({ allowed: true });
    expect(new ObjectionStory().refusal('handler', extension)).toBe('objection.not-extensible');
  });
});

describe('the decision', () => {
  test('names what is open against it: of a court list the court above, no administrative remedy', () => {
    const court = listTypeOn(loadSeeds('list-types'), 'COURT', '2026-06-01')!;
    expect(objectionRemediesOf(court, {})).toContain('十日内向上一级人民法院申请复议');
    expect(objectionRemediesOf(court, {})).not.toContain('行政');
  });

  test('is made by another person than those who listed and those who handled the objection', () => {
    const story = new ObjectionStory();
    expect(story.refusal('reviewer', decision('upheld'))).toBe('objection.another-person');
    expect(story.refusal('handler', decision('upheld'))).toBe('objection.another-person');
    story.does('otherApprover', decision('upheld'));
    expect(story.objection).toMatchObject({
      status: 'decided',
      decision: { outcome: 'upheld', remedies: expect.stringContaining('行政复议法') },
    });
  });

  test('to the content says what is right; to the listing corrects nothing', () => {
    const content = new ObjectionStory({ about: 'content' });
    expect(content.refusal('otherApprover', decision('upheld'))).toBe('objection.correction-needed');
    const nothing = { ...decision('upheld'), corrected: { fields: [] } };
    expect(content.refusal('otherApprover', nothing)).toBe('objection.correction-needed');
    expect(content.refusal('otherApprover', decision('rejected', { reasons: '—' }))).toBe(
      'objection.correction-without-need',
    );
    const period = new ObjectionStory({ about: 'period' });
    expect(period.refusal('otherApprover', decision('upheld', { reasons: '—' }))).toBe(
      'objection.period-only',
    );
    period.does('otherApprover', decision('upheld', { termEndsOn: '2028-06-01' }));
    expect(new ObjectionStory().refusal('otherApprover', decision('upheld', { reasons: '—' }))).toBe(
      'objection.correction-without-need',
    );
  });

  test('is served once, by a lawful way, on no day before it; of a public notice thirty days later', () => {
    const story = new ObjectionStory();
    const personal: ObjectionCommand = { type: 'service', way: 'personal', servedOn: '2026-06-02' };
    expect(story.refusal('handler', personal)).toBe('objection.action-not-possible');
    story.on('2026-06-04').does('otherApprover', decision('rejected'));
    expect(story.refusal('handler', personal)).toBe('listing.date-too-early');
    const byPost: ObjectionCommand = { type: 'service', way: 'post', servedOn: '2026-06-04' };
    expect(story.refusal('handler', byPost)).toBe('listing.service-proof-missing');
    story.does('handler', {
      ...{ type: 'service', way: 'public-notice', announcedOn: '2026-06-04' },
      proof: '下落不明（虚构）',
    });
    expect(story.objection).toMatchObject({ status: 'decided', service: { servedOn: '2026-07-04' } });
    expect(story.refusal('handler', personal)).toBe('objection.served-already');
  });

  test('of one that is over is refused; a clock or an event that comes late does nothing', () => {
    const story = new ObjectionStory().does('party', { type: 'withdrawal' });
    expect(story.refusal('otherApprover', decision('upheld'))).toBe('objection.action-not-possible');
    story.does('handler', { type: 'lapse', reason: '—' });
    story.does('handler', { type: 'mark-overdue', clock: 'decision', helpId: null });
    expect(story.objection.status).toBe('withdrawn');
  });
});
