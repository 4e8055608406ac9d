import type { RefusalCode } from './refusals.js';

/*
 * What one executing department does about one incentive, as one table: the API is guarded by it, `mayDo` is read from
 * it, and a spec walks it for unreachable and dead-end states. It is shorter than that of a discipline action: an
 * incentive waits for nobody's term, and whoever lost it and gets it back has a new one.
 */

export const TASK_STATUSES = [
  'granted',
  'received',
  'applied',
  'not-applied',
  'end-ordered',
  'ended',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const TASK_ACTS = [
  'receive',
  'answer-applied',
  'answer-not-applied',
  'correct-answer',
  'remind',
  'pass-answer-day',
  'escalate',
  'order-end',
  'confirm-end',
  'pass-end-day',
] as const;
export type TaskAct = (typeof TASK_ACTS)[number];

export interface TaskStep {
  from: TaskStatus;
  act: TaskAct;
  to: TaskStatus | readonly TaskStatus[];
  /** The executing department's officer, the ground that was lost, or the clock. */
  by: 'executor' | 'ground' | 'clock';
  /** Why the step is so. */
  why: string;
}

const OWING = ['granted', 'received'] as const satisfies TaskStatus[];
const ANSWERED = ['applied', 'not-applied'] as const satisfies TaskStatus[];

const owing = (from: (typeof OWING)[number]): TaskStep[] => [
  { from, act: 'answer-applied', to: 'applied', by: 'executor', why: 'the subject has the benefit there' },
  {
    from,
    act: 'answer-not-applied',
    to: 'not-applied',
    by: 'executor',
    why: 'the department does not give it, with a reason from the list',
  },
  { from, act: 'remind', to: from, by: 'clock', why: 'the day for the answer is near' },
  {
    from,
    act: 'pass-answer-day',
    to: from,
    by: 'clock',
    why: 'marked overdue; a late answer is still taken',
  },
  { from, act: 'escalate', to: from, by: 'clock', why: 'still no answer: the lead unit is told who owes it' },
  {
    from,
    act: 'order-end',
    to: 'end-ordered',
    by: 'ground',
    why: 'silence does not show that nothing was given, so the department must confirm',
  },
];

export const taskLifecycle: readonly TaskStep[] = [
  { from: 'granted', act: 'receive', to: 'received', by: 'executor', why: 'the department has it in hand' },
  ...OWING.flatMap(owing),
  ...ANSWERED.map((from): TaskStep => ({
    from,
    act: 'correct-answer',
    to: ANSWERED,
    by: 'executor',
    why: 'the department corrects what it said, and says why; the history keeps both',
  })),
  {
    from: 'applied',
    act: 'order-end',
    to: 'end-ordered',
    by: 'ground',
    why: 'an incentive falls away with its ground, and at once on a list of the seriously dishonest',
  },
  {
    from: 'not-applied',
    act: 'order-end',
    to: 'ended',
    by: 'ground',
    why: 'answered as never given: nothing to take back',
  },
  {
    from: 'end-ordered',
    act: 'confirm-end',
    to: 'ended',
    by: 'executor',
    why: 'the department confirms that it gives the benefit no more',
  },
  {
    from: 'end-ordered',
    act: 'remind',
    to: 'end-ordered',
    by: 'clock',
    why: 'the day for the confirmation is near',
  },
  {
    from: 'end-ordered',
    act: 'pass-end-day',
    to: 'end-ordered',
    by: 'clock',
    why: 'marked overdue; the department stays named until it confirms',
  },
  {
    from: 'end-ordered',
    act: 'escalate',
    to: 'end-ordered',
    by: 'clock',
    why: 'listed and perhaps still favoured: the lead unit is told by whom',
  },
];

const ENDING = {
  receive: 'incentive.answer-after-end',
  'answer-applied': 'incentive.answer-after-end',
  'answer-not-applied': 'incentive.answer-after-end',
  'correct-answer': 'incentive.answer-after-end',
  'pass-answer-day': 'incentive.nothing-due',
  'order-end': 'incentive.end-already-ordered',
} as const;
const ANSWERED_ALREADY = {
  receive: 'incentive.already-answered',
  'answer-applied': 'incentive.already-answered',
  'answer-not-applied': 'incentive.already-answered',
  remind: 'incentive.nothing-due',
  'pass-answer-day': 'incentive.nothing-due',
  escalate: 'incentive.nothing-due',
  'confirm-end': 'incentive.end-not-ordered',
  'pass-end-day': 'incentive.nothing-due',
} as const;
const NOT_ANSWERED = {
  'correct-answer': 'incentive.not-answered',
  'confirm-end': 'incentive.end-not-ordered',
  'pass-end-day': 'incentive.nothing-due',
} as const;

/** Every pair that is not a step is refused with its own code: nothing illegal passes in silence. */
const refused: Record<TaskStatus, Partial<Record<TaskAct, RefusalCode>>> = {
  granted: NOT_ANSWERED,
  received: { ...NOT_ANSWERED, receive: 'incentive.already-received' },
  applied: ANSWERED_ALREADY,
  'not-applied': ANSWERED_ALREADY,
  'end-ordered': ENDING,
  ended: {
    ...ENDING,
    remind: 'incentive.nothing-due',
    escalate: 'incentive.nothing-due',
    'confirm-end': 'incentive.already-ended',
    'pass-end-day': 'incentive.nothing-due',
  },
};

export function taskStepOf(from: TaskStatus, act: TaskAct): TaskStep | undefined {
  return taskLifecycle.find((step) => step.from === from && step.act === act);
}

/** The code with which an act is refused in a status; undefined where it is a step. */
export function taskRefusalOf(from: TaskStatus, act: TaskAct): RefusalCode | undefined {
  return refused[from][act];
}

/** What the executing department may do now. */
export function taskActs(status: TaskStatus): TaskAct[] {
  return taskLifecycle
    .filter((step) => step.from === status && step.by === 'executor')
    .map((step) => step.act);
}

/** Where a step may lead. */
export function taskTargets({ to }: TaskStep): readonly TaskStatus[] {
  return typeof to === 'string' ? [to] : to;
}
