import { describe, expect, it } from '@jest/globals';
import { Refusal, workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import {
  decideTask,
  evolveTask,
  grantedTask,
  openDayOfTask,
  type TaskCommand,
  type TaskRules,
  type TaskState,
} from './task.js';
import {
  TASK_ACTS,
  TASK_STATUSES,
  taskActs,
  taskLifecycle,
  taskRefusalOf,
  taskStepOf,
  taskTargets,
} from './task-lifecycle.js';

const rulesOn = (today: string): TaskRules => ({
  today,
  calendar: workingCalendar(loadSeeds('calendars')),
  answerWithin: { count: 10, unit: 'working-day' },
  endWithin: { count: 3, unit: 'working-day' },
  remindBefore: { count: 2, unit: 'working-day' },
  escalateAfter: { count: 5, unit: 'working-day' },
  leadUnit: 'hlj.business-environment',
  reasons: loadSeeds('incentive-reasons'),
});
const FROM = '2024-11-14';
const after = (...steps: [string, TaskCommand][]): TaskState =>
  steps.reduce<TaskState>(
    (state, [day, command]) => decideTask(FROM, state, command, rulesOn(day)).reduce(evolveTask, state),
    grantedTask(rulesOn(FROM)),
  );
const given: TaskCommand = { type: 'answer', result: 'applied', on: '2024-11-18', note: '已列入名录' };
const notGiven: TaskCommand = {
  type: 'answer',
  result: 'not-applied',
  on: '2024-11-18',
  reason: 'no-business-with-subject',
  note: '无业务',
};
const listed: TaskCommand = { type: 'order-end', why: 'serious-list' };
const refused = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return undefined;
};

describe('the table of an incentive task', () => {
  it.each(TASK_STATUSES.flatMap((status) => TASK_ACTS.map((act) => [status, act] as const)))(
    '%s, %s: a step or a refusal with a code, never both',
    (status, act) => {
      expect(taskStepOf(status, act) === undefined).toBe(taskRefusalOf(status, act) !== undefined);
    },
  );

  it('reaches every status, and leads out of every one but the last', () => {
    const reached = new Set(['granted', ...taskLifecycle.flatMap(taskTargets)]);
    expect([...reached].sort()).toEqual([...TASK_STATUSES].sort());
    for (const status of TASK_STATUSES.filter((each) => each !== 'ended'))
      expect(
        taskLifecycle.some((step) => step.from === status && taskTargets(step).some((to) => to !== status)),
      ).toBe(true);
    expect(taskActs('ended')).toEqual([]);
  });
});

describe('an incentive granted on Thursday 2024-11-14', () => {
  it('is to be answered within ten working days', () => {
    expect(openDayOfTask(after())).toBe('2024-11-28');
  });

  it('is received and given', () => {
    expect(after(['2024-11-15', { type: 'receive' }], ['2024-11-18', given])).toMatchObject({
      status: 'applied',
      handling: { receivedOn: '2024-11-15' },
      answer: { result: 'applied', on: '2024-11-18' },
    });
  });

  it('is late, escalated, and still answered', () => {
    expect(
      after(
        ['2024-11-29', { type: 'pass-day', missed: 'answer' }],
        ['2024-12-06', { type: 'escalate' }],
        ['2024-12-09', given],
      ),
    ).toMatchObject({
      status: 'applied',
      handling: {
        missed: '2024-11-28',
        escalated: { to: 'hlj.business-environment', on: '2024-12-06' },
      },
    });
  });

  it('on a serious list has its end ordered, to be confirmed within three working days', () => {
    const state = after(['2024-11-18', given], ['2024-11-22', listed]);
    expect(state).toMatchObject({ status: 'end-ordered', endDue: '2024-11-27' });
    const confirmed = decideTask(
      FROM,
      state,
      { type: 'confirm-end', on: '2024-11-25', note: '已移出' },
      rulesOn('2024-11-25'),
    ).reduce(evolveTask, state);
    expect(confirmed).toMatchObject({ status: 'ended', ended: { how: 'confirmed', on: '2024-11-25' } });
  });

  it('that nobody answered is confirmed, too: silence does not show that nothing was given', () => {
    expect(after(['2024-11-22', listed])).toMatchObject({ status: 'end-ordered', answer: null });
  });

  it('that was not given has ended with its ground', () => {
    expect(after(['2024-11-18', notGiven], ['2024-11-22', listed])).toMatchObject({
      status: 'ended',
      ended: { how: 'never-given', on: '2024-11-22' },
    });
  });

  it('is corrected with what was said before', () => {
    const state = after(['2024-11-18', notGiven]);
    expect(
      decideTask(
        FROM,
        state,
        { ...given, type: 'correct-answer', why: '误填' } as TaskCommand,
        rulesOn('2024-11-19'),
      ),
    ).toMatchObject([
      { type: 'answer-corrected', answer: { result: 'applied' }, instead: { result: 'not-applied' } },
    ]);
  });
});

describe('refused', () => {
  const day = '2024-11-20';
  it.each<[string, TaskState, TaskCommand]>([
    ['incentive.already-received', after([day, { type: 'receive' }]), { type: 'receive' }],
    ['incentive.already-answered', after([day, given]), given],
    ['incentive.not-answered', after(), { ...given, type: 'correct-answer', why: '误填' } as TaskCommand],
    [
      'incentive.nothing-corrected',
      after([day, given]),
      { ...given, type: 'correct-answer', why: '误填' } as TaskCommand,
    ],
    ['incentive.answer-after-end', after([day, given], [day, listed]), given],
    ['incentive.end-not-ordered', after([day, given]), { type: 'confirm-end', on: day, note: '' }],
    ['incentive.end-already-ordered', after([day, given], [day, listed]), listed],
    [
      'incentive.already-ended',
      after([day, notGiven], [day, listed]),
      { type: 'confirm-end', on: day, note: '' },
    ],
    ['incentive.nothing-due', after([day, given]), { type: 'remind' }],
    ['incentive.date-in-future', after(), { ...given, on: '2024-11-21' } as TaskCommand],
    ['incentive.date-before', after(), { ...given, on: '2024-11-13' } as TaskCommand],
    ['incentive.reason-missing', after(), { ...notGiven, reason: undefined } as never],
    ['incentive.reason-unknown', after(), { ...notGiven, reason: 'disproportionate' } as TaskCommand],
    ['incentive.reason-without-need', after(), { ...given, reason: 'no-competence' } as TaskCommand],
  ])('%s', (code, state, command) => {
    expect(refused(() => decideTask(FROM, state, command, rulesOn(day)))).toBe(code);
  });
});
