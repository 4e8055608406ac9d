import { describe, expect, it } from '@jest/globals';
import { Refusal, workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import {
  type ActionState,
  type AnswerRules,
  type Command,
  decide,
  evolve,
  ordered,
  type OrderedMeasure,
  ownGroundIn,
} from './action.js';
import { answerRulesOn } from './law-of-answers.js';

const law = {
  calendar: workingCalendar(loadSeeds('calendars')),
  clocks: loadSeeds('discipline-clocks'),
  reasons: loadSeeds('not-applied-reasons'),
};
const on = (today: string): AnswerRules => answerRulesOn(law, today);
/** 禁止享受评优: in force with the listing of 2024-11-14. */
const honours = { mode: 'required', from: '2024-11-14', until: '2027-11-14' } as const;
const handling = { receivedOn: null, check: null, assignee: null, missed: null, escalated: null };
const applied: Extract<ActionState, { status: 'applied' }> = {
  status: 'applied',
  handling,
  answer: { result: 'applied', on: '2024-11-21', note: '取消评优资格', evidence: [] },
};
const notApplied: ActionState = {
  status: 'not-applied',
  handling,
  answer: { result: 'not-applied', on: '2024-11-21', reason: 'no-business-with-subject', note: '无相关事项' },
};

function after(
  state: ActionState,
  command: Command,
  today: string,
  measure: OrderedMeasure = honours,
): ActionState {
  return decide(measure, state, command, on(today)).reduce(evolve, state);
}

function refused(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

describe('an ordered action', () => {
  it('is due after ten working days, the first not counted', () => {
    expect(ordered(on('2024-11-14'))).toEqual({
      status: 'ordered',
      handling,
      answerDue: '2024-11-28',
      overdue: false,
    });
  });

  it('is due after the Spring Festival when it is ordered before', () => {
    // 2025: holiday from 28 January to 4 February, Sunday 26 January and Saturday 8 February are worked.
    expect(ordered(on('2025-01-22')).answerDue).toBe('2025-02-11');
  });

  it('cannot be ordered in a year whose calendar is not loaded', () => {
    expect(refused(() => ordered(on('2031-03-03')))).toBe('calendar.year-unknown');
  });

  it('is applied when the department says what it did', () => {
    expect(
      after(
        ordered(on('2024-11-14')),
        { type: 'answer', result: 'applied', on: '2024-11-21', note: '取消评优资格' },
        '2024-11-21',
      ),
    ).toEqual(applied);
  });

  it('is not applied with a reason from the list', () => {
    const answer: Command = {
      type: 'answer',
      result: 'not-applied',
      on: '2024-11-21',
      reason: 'no-business-with-subject',
      note: '无相关事项',
    };
    expect(after(ordered(on('2024-11-14')), answer, '2024-11-21')).toEqual(notApplied);
  });

  it('needs that reason', () => {
    const answer: Command = { type: 'answer', result: 'not-applied', on: '2024-11-21', note: '无' };
    expect(refused(() => after(ordered(on('2024-11-14')), answer, '2024-11-21'))).toBe(
      'discipline.reason-missing',
    );
  });

  it('takes only reasons of the list, and the softer ones only where the rule leaves it to consideration', () => {
    const answer = (reason: string): Command => ({
      type: 'answer',
      result: 'not-applied',
      on: '2024-11-21',
      reason,
      note: '无',
    });
    const state = ordered(on('2024-11-14'));
    expect(refused(() => after(state, answer('we-did-not-want-to'), '2024-11-21'))).toBe(
      'discipline.reason-unknown',
    );
    expect(refused(() => after(state, answer('disproportionate'), '2024-11-21'))).toBe(
      'discipline.reason-unknown',
    );
    expect(
      after(state, answer('disproportionate'), '2024-11-21', { ...honours, mode: 'considered' }).status,
    ).toBe('not-applied');
  });

  it('takes no ground of its own where the measure only follows the listing', () => {
    const ownGround = { documentNo: '（虚构）1号', decidedOn: '2024-11-08' };
    const answer = { type: 'answer', on: '2024-11-21', note: '无', ownGround } as const;
    const state = ordered(on('2024-11-14'));
    const tried = (command: Command) => refused(() => after(state, command, '2024-11-21'));
    expect(tried({ ...answer, result: 'not-applied', reason: 'own-ground' })).toBe(
      'discipline.reason-unknown',
    );
    expect(tried({ ...answer, result: 'not-applied', reason: 'no-competence' })).toBe(
      'discipline.own-ground-without-need',
    );
    expect(tried({ ...answer, result: 'applied' })).toBe('discipline.own-ground-without-need');
  });

  it('takes no reason for an answer that applied it', () => {
    const answer: Command = {
      type: 'answer',
      result: 'applied',
      on: '2024-11-21',
      reason: 'no-competence',
      note: '取消',
    };
    expect(refused(() => after(ordered(on('2024-11-14')), answer, '2024-11-21'))).toBe(
      'discipline.reason-without-need',
    );
  });

  it('cannot have been applied before the listing was in force, nor tomorrow', () => {
    const answer = (day: string): Command => ({ type: 'answer', result: 'applied', on: day, note: '取消' });
    const state = ordered(on('2024-11-14'));
    expect(refused(() => after(state, answer('2024-11-13'), '2024-11-21'))).toBe('discipline.date-before');
    expect(refused(() => after(state, answer('2024-11-22'), '2024-11-21'))).toBe('discipline.date-in-future');
  });

  it('is marked when its day has passed, and still takes the answer', () => {
    const state = ordered(on('2024-11-14'));
    const facts = decide(honours, state, { type: 'pass-day', missed: 'answer' }, on('2024-11-29'));
    expect(facts).toEqual([{ type: 'overdue', missed: 'answer', due: '2024-11-28' }]);
    const overdue = facts.reduce(evolve, state as ActionState);
    expect(overdue).toMatchObject({ status: 'ordered', overdue: true });
    expect(
      after(overdue, { type: 'answer', result: 'applied', on: '2024-12-02', note: '取消' }, '2024-12-02')
        .status,
    ).toBe('applied');
  });
});

describe('the end of the listing', () => {
  const end: Command = { type: 'order-lift', end: 'early-removal' };

  it('orders the lift of what was applied, within three working days', () => {
    expect(after(applied, end, '2025-11-20')).toEqual({
      status: 'lift-ordered',
      handling,
      answer: applied.answer,
      lift: { end: 'early-removal', orderedOn: '2025-11-20' },
      liftDue: '2025-11-25',
      overdue: false,
    });
  });

  it('ends at once what was answered as not applied', () => {
    expect(after(notApplied, end, '2025-11-20')).toMatchObject({
      status: 'lifted',
      lifted: { how: 'never-applied', on: '2025-11-20' },
    });
  });

  it('asks for confirmation where nobody answered: silence does not show that nothing was applied', () => {
    expect(after(ordered(on('2024-11-14')), end, '2024-11-15')).toMatchObject({
      status: 'lift-ordered',
      answer: null,
    });
  });

  it('is ordered once', () => {
    const state = after(applied, end, '2025-11-20');
    expect(refused(() => after(state, end, '2025-11-20'))).toBe('discipline.lift-already-ordered');
  });

  it('leaves no room for an answer', () => {
    const answer: Command = { type: 'answer', result: 'applied', on: '2025-11-20', note: '取消' };
    for (const state of [applied, notApplied]) {
      expect(refused(() => after(after(state, end, '2025-11-20'), answer, '2025-11-21'))).toBe(
        'discipline.answer-after-lift',
      );
    }
  });
});

describe('the confirmation', () => {
  const liftOrdered = after(applied, { type: 'order-lift', end: 'early-removal' }, '2025-11-20');
  const confirm = (day: string): Command => ({ type: 'confirm-lift', on: day, note: '已恢复' });

  it('lifts the measure', () => {
    expect(after(liftOrdered, confirm('2025-11-21'), '2025-11-21')).toMatchObject({
      status: 'lifted',
      answer: applied.answer,
      lifted: { how: 'confirmed', on: '2025-11-21', note: '已恢复' },
    });
  });

  it('may be of a day before the order, but not before the measure was applied', () => {
    expect(after(liftOrdered, confirm('2025-11-19'), '2025-11-21').status).toBe('lifted');
    expect(refused(() => after(liftOrdered, confirm('2024-11-20'), '2025-11-21'))).toBe(
      'discipline.date-before',
    );
    expect(refused(() => after(liftOrdered, confirm('2025-11-22'), '2025-11-21'))).toBe(
      'discipline.date-in-future',
    );
  });

  it('is refused for what was not applied, while the listing lives, and a second time', () => {
    expect(refused(() => after(notApplied, confirm('2025-11-21'), '2025-11-21'))).toBe(
      'discipline.lift-of-unapplied',
    );
    expect(refused(() => after(ordered(on('2024-11-14')), confirm('2024-11-15'), '2024-11-15'))).toBe(
      'discipline.lift-of-unapplied',
    );
    expect(refused(() => after(applied, confirm('2025-11-21'), '2025-11-21'))).toBe(
      'discipline.lift-not-ordered',
    );
    expect(
      refused(() =>
        after(after(liftOrdered, confirm('2025-11-21'), '2025-11-21'), confirm('2025-11-21'), '2025-11-21'),
      ),
    ).toBe('discipline.already-lifted');
  });

  it('is chased when its day has passed', () => {
    expect(decide(honours, liftOrdered, { type: 'pass-day', missed: 'lift' }, on('2025-11-26'))).toEqual([
      { type: 'overdue', missed: 'lift', due: '2025-11-25' },
    ]);
  });
});

describe('a second answer', () => {
  it('is refused', () => {
    const answer: Command = {
      type: 'answer',
      result: 'not-applied',
      on: '2024-11-22',
      reason: 'no-competence',
      note: '无',
    };
    expect(refused(() => after(applied, answer, '2024-11-22'))).toBe('discipline.already-answered');
  });
});

describe('on the way to the answer', () => {
  const start = ordered(on('2024-11-14'));
  const check: Command = { type: 'check', on: '2024-11-19', hit: true, note: '申报了2024年度评优' };

  it('is received, checked and answered, each with its day', () => {
    const received = after(start, { type: 'receive' }, '2024-11-15');
    expect(received).toMatchObject({
      status: 'received',
      handling: { receivedOn: '2024-11-15' },
      answerDue: '2024-11-28',
    });
    const checked = after(received, check, '2024-11-19');
    expect(checked).toMatchObject({
      status: 'checked',
      handling: { receivedOn: '2024-11-15', check: { on: '2024-11-19', hit: true } },
    });
    const answered = after(
      checked,
      {
        type: 'answer',
        result: 'applied',
        on: '2024-11-20',
        note: '取消评优资格',
        evidence: ['（虚构）黑评优〔2024〕9号'],
      },
      '2024-11-20',
    );
    expect(answered).toMatchObject({
      status: 'applied',
      handling: { receivedOn: '2024-11-15' },
      answer: { evidence: ['（虚构）黑评优〔2024〕9号'] },
    });
  });

  it('whoever checks has received', () => {
    expect(decide(honours, start, check, on('2024-11-19')).map(({ type }) => type)).toEqual([
      'received',
      'checked',
    ]);
  });

  it('is received and checked once', () => {
    const checked = after(start, check, '2024-11-19');
    expect(refused(() => after(checked, check, '2024-11-20'))).toBe('discipline.already-checked');
    expect(refused(() => after(checked, { type: 'receive' }, '2024-11-20'))).toBe(
      'discipline.already-received',
    );
  });

  it('is reminded of before its day, and escalated to the lead unit when the day has long passed', () => {
    expect(decide(honours, start, { type: 'remind' }, on('2024-11-26'))).toEqual([
      { type: 'reminded', of: 'answer', due: '2024-11-28' },
    ]);
    expect(decide(honours, start, { type: 'escalate' }, on('2024-12-05'))).toEqual([
      {
        type: 'escalated',
        missed: 'answer',
        due: '2024-11-28',
        to: 'hlj.business-environment',
        on: '2024-12-05',
      },
    ]);
  });

  it('names an officer, also a second time', () => {
    const first = after(start, { type: 'assign', to: { id: 'a', name: '甲' } }, '2024-11-15');
    const second = after(first, { type: 'assign', to: { id: 'b', name: '乙' } }, '2024-11-15');
    expect(second.handling.assignee).toEqual({ id: 'b', name: '乙' });
  });
});

describe('a lift', () => {
  it('is reminded of before its day, too, and no more once it is confirmed', () => {
    const lifting = after(ordered(on('2024-11-14')), { type: 'order-lift', end: 'expired' }, '2024-11-18');
    expect(decide(honours, lifting, { type: 'remind' }, on('2024-11-19'))).toEqual([
      { type: 'reminded', of: 'lift', due: '2024-11-21' },
    ]);
    const lifted = after(lifting, { type: 'confirm-lift', on: '2024-11-19', note: '' }, '2024-11-19');
    expect(refused(() => after(lifted, { type: 'remind' }, '2024-11-20'))).toBe('discipline.nothing-due');
  });
});

describe('a corrected answer', () => {
  const correction: Command = {
    type: 'correct-answer',
    result: 'not-applied',
    on: '2024-11-22',
    reason: 'no-business-with-subject',
    note: '核实后无相关事项',
    why: '原反馈误填',
  };

  it('takes the place of the first, which the fact keeps', () => {
    const facts = decide(honours, applied, correction, on('2024-11-22'));
    expect(facts).toMatchObject([{ type: 'answer-corrected', instead: applied.answer, why: '原反馈误填' }]);
    expect(facts.reduce(evolve, applied as ActionState)).toMatchObject({
      status: 'not-applied',
      answer: { reason: 'no-business-with-subject' },
    });
  });

  it('is held to the same rules, must differ, and needs a first answer and a live listing', () => {
    expect(refused(() => after(applied, { ...correction, reason: 'disproportionate' }, '2024-11-22'))).toBe(
      'discipline.reason-unknown',
    );
    expect(
      refused(() => after(applied, { type: 'correct-answer', ...applied.answer, why: '…' }, '2024-11-22')),
    ).toBe('discipline.nothing-corrected');
    expect(refused(() => after(ordered(on('2024-11-14')), correction, '2024-11-22'))).toBe(
      'discipline.not-answered',
    );
    const lifting = after(applied, { type: 'order-lift', end: 'revoked' }, '2024-11-22');
    expect(refused(() => after(lifting, correction, '2024-11-22'))).toBe('discipline.answer-after-lift');
  });
});

describe('what reconciliation finds lifted although its listing lives', () => {
  it('stands again, with a day for the answer', () => {
    const lifting = after(applied, { type: 'order-lift', end: 'expired' }, '2026-05-06');
    const lifted = after(lifting, { type: 'confirm-lift', on: '2026-05-07', note: '已解除' }, '2026-05-07');
    for (const state of [lifting, lifted])
      expect(after(state, { type: 'reorder' }, '2026-07-01')).toEqual({
        status: 'ordered',
        handling,
        answerDue: '2026-07-15',
        overdue: false,
      });
  });

  it('only then', () => {
    for (const state of [applied, notApplied, ordered(on('2024-11-14'))])
      expect(refused(() => after(state, { type: 'reorder' }, '2024-11-22'))).toBe('discipline.not-lifted');
  });
});

describe('a corrected term', () => {
  const start = ordered(on('2024-11-14'));
  const correction: Command = { type: 'correct-term', until: '2026-11-14' };

  it('is kept with the one it replaces, and leaves the rest as it was', () => {
    const facts = decide(honours, start, correction, on('2025-02-03'));
    expect(facts).toEqual([{ type: 'term-corrected', until: '2026-11-14', instead: '2027-11-14' }]);
    expect(facts.reduce(evolve, start)).toEqual(start);
  });

  it('comes too late for what is being lifted', () => {
    const lifting = after(start, { type: 'order-lift', end: 'expired' }, '2025-02-03');
    expect(refused(() => after(lifting, correction, '2025-02-04'))).toBe('discipline.lift-already-ordered');
  });
});

describe('a ban that outlasts the listing by its own law', () => {
  const rules = loadSeeds('discipline-rules');
  const measureOf = (id: string): OrderedMeasure => {
    const { mode, ownTerm } = rules.find((rule) => rule.id === id)!;
    return { mode: mode as 'considered', from: '2024-11-14', until: '2027-11-14', ownTerm: ownTerm ?? null };
  };
  const answered = (id: string, decidedOn: string): ActionState =>
    after(
      ordered(on('2024-11-14')),
      {
        type: 'answer',
        result: 'not-applied',
        on: '2024-11-21',
        reason: 'own-ground',
        note: '（虚构）已由处罚决定禁止',
        ownGround: { documentNo: '（虚构）哈市监食罚〔2024〕31号', decidedOn },
      },
      '2024-11-21',
      measureOf(id),
    );

  it.each([
    [
      '食品安全法 art. 135: five years from the penalty decision',
      'samr.food-ban',
      '2024-11-08',
      '2029-11-08',
    ],
    ['the same, decided long before the listing', 'samr.food-ban', '2019-11-22', '2024-11-22'],
    ['药品管理法 art. 118: for life', 'samr.drug-ban', '2024-11-08', null],
    ['安全生产法 art. 113: five years', 'safety.principal-office', '2024-02-29', '2029-02-28'],
  ])('%s', (_, rule, decidedOn, until) => {
    expect(ownGroundIn(answered(rule, decidedOn))).toMatchObject({ decidedOn, until });
  });

  it('needs its decision, one of the past, and one whose term still runs', () => {
    const answer = {
      type: 'answer',
      result: 'not-applied',
      on: '2024-11-21',
      reason: 'own-ground',
      note: '无',
    } as const;
    const tried = (decidedOn?: string) =>
      refused(() =>
        after(
          ordered(on('2024-11-14')),
          decidedOn ? { ...answer, ownGround: { documentNo: '（虚构）1号', decidedOn } } : answer,
          '2024-11-21',
          measureOf('samr.food-ban'),
        ),
      );
    expect([tried(), tried('2024-11-22'), tried('2019-11-20'), tried('2019-11-21')]).toEqual([
      'discipline.own-ground-missing',
      'discipline.date-in-future',
      'discipline.own-ground-over',
      'nothing was refused',
    ]);
  });

  it.each([
    ['expired', true],
    ['early-removal', true],
    ['revoked', false],
    ['corrected', false],
  ])('a listing that ends as %s has nothing to lift, and leaves the ban: %s', (end, stays) => {
    const lifted = after(answered('samr.food-ban', '2024-11-08'), { type: 'order-lift', end }, '2025-11-14');
    expect(lifted).toMatchObject({ status: 'lifted', lifted: { how: 'never-applied' } });
    expect(ownGroundIn(lifted) !== null).toBe(stays);
  });

  it('ends when its decision is taken back, once', () => {
    const lifted = after(
      answered('samr.food-ban', '2024-11-08'),
      { type: 'order-lift', end: 'expired' },
      '2025-11-14',
    );
    const end: Command = { type: 'end-own-ground', on: '2025-12-01', why: '（虚构）复议撤销' };
    const ended = after(lifted, end, '2025-12-02');
    expect([ended.status, ownGroundIn(ended)]).toEqual(['lifted', null]);
    expect(refused(() => after(ended, end, '2025-12-02'))).toBe('discipline.no-own-ground');
    expect(refused(() => after(lifted, { ...end, on: '2024-11-07' }, '2025-12-02'))).toBe(
      'discipline.date-before',
    );
    expect(refused(() => after(notApplied, end, '2025-12-02'))).toBe('discipline.no-own-ground');
  });
});
