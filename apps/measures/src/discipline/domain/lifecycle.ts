import type { RefusalCode } from './refusals.js';

/*
 * The life of one discipline action as one table. The API is guarded by it, `mayDo` of an action is read
 * from it, the README's diagram is printed from it, and a spec walks it for unreachable and dead-end states.
 */

export const STATUSES = [
  'ordered',
  'received',
  'checked',
  'applied',
  'not-applied',
  'lift-ordered',
  'lifted',
] as const;
export type Status = (typeof STATUSES)[number];

export const ACTS = [
  'receive',
  'check',
  'assign',
  'answer-applied',
  'answer-not-applied',
  'correct-answer',
  'remind',
  'pass-answer-day',
  'correct-term',
  'order-lift',
  'confirm-lift',
  'pass-lift-day',
  'escalate',
  'reorder',
  'end-own-ground',
] as const;
export type Act = (typeof ACTS)[number];

export type Clock = 'answer' | 'reminder' | 'lift' | 'escalation';

export interface Step {
  from: Status;
  act: Act;
  to: Status | readonly Status[];
  /** The executing department's officer, the listing (or the measure's own term) that ended, the clock, or the reconciliation. */
  by: 'executor' | 'listing' | 'clock' | 'reconciliation';
  /** Of a day and its reminder one clock runs: the reminder where its day lies ahead, and that starts the other. */
  starts?: readonly Clock[];
  stops?: readonly Clock[];
  /** Why the step is so. */
  why: string;
}

export const FIRST: Status = 'ordered';
export const LAST: Status = 'lifted';

/** While the department still owes its answer. */
const OWING = ['ordered', 'received', 'checked'] as const satisfies Status[];
const ANSWERED = ['applied', 'not-applied'] as const satisfies Status[];

const termCorrected = (from: Status): Step => ({
  from,
  act: 'correct-term',
  to: from,
  by: 'listing',
  why: 'the term of the listing was corrected: the measure ends with it, or with its own term before it',
});

const owing = (from: (typeof OWING)[number]): Step[] => [
  {
    from,
    act: 'assign',
    to: from,
    by: 'executor',
    why: 'delegation inside the department: one officer is named who answers',
  },
  {
    from,
    act: 'answer-applied',
    to: 'applied',
    by: 'executor',
    stops: ['answer', 'reminder', 'escalation'],
    why: 'the department applied the measure',
  },
  {
    from,
    act: 'answer-not-applied',
    to: 'not-applied',
    by: 'executor',
    stops: ['answer', 'reminder', 'escalation'],
    why: 'the department did not apply it, with a reason from the list',
  },
  {
    from,
    act: 'remind',
    to: from,
    by: 'clock',
    starts: ['answer'],
    stops: ['reminder'],
    why: 'the day for the answer is near',
  },
  {
    from,
    act: 'pass-answer-day',
    to: from,
    by: 'clock',
    starts: ['escalation'],
    stops: ['answer'],
    why: 'marked overdue; a late answer is still taken',
  },
  {
    from,
    act: 'escalate',
    to: from,
    by: 'clock',
    stops: ['escalation'],
    why: 'still no answer: the lead unit is told who owes it',
  },
  {
    from,
    act: 'order-lift',
    to: 'lift-ordered',
    by: 'listing',
    starts: ['lift', 'reminder'],
    stops: ['answer', 'reminder', 'escalation'],
    why: 'silence does not show that nothing was applied, so the department must confirm',
  },
  termCorrected(from),
];

export const lifecycle: readonly Step[] = [
  { from: 'ordered', act: 'receive', to: 'received', by: 'executor', why: 'the department has it in hand' },
  {
    from: 'ordered',
    act: 'check',
    to: 'checked',
    by: 'executor',
    why: 'the department looked for the subject in its business; whoever checks has received',
  },
  {
    from: 'received',
    act: 'check',
    to: 'checked',
    by: 'executor',
    why: 'the department looked for the subject in its business: hit or no hit',
  },
  ...OWING.flatMap(owing),
  ...ANSWERED.map((from): Step => ({
    from,
    act: 'correct-answer',
    to: ANSWERED,
    by: 'executor',
    why: 'the department corrects what it said, and says why; the history keeps both',
  })),
  {
    from: 'applied',
    act: 'order-lift',
    to: 'lift-ordered',
    by: 'listing',
    starts: ['lift', 'reminder'],
    why: 'discipline ends with the listing at once (ordinance art. 40)',
  },
  {
    from: 'not-applied',
    act: 'order-lift',
    to: 'lifted',
    by: 'listing',
    why: 'answered as never applied: nothing to undo',
  },
  ...ANSWERED.map(termCorrected),
  {
    from: 'lift-ordered',
    act: 'assign',
    to: 'lift-ordered',
    by: 'executor',
    why: 'one officer is named who confirms',
  },
  {
    from: 'lift-ordered',
    act: 'confirm-lift',
    to: 'lifted',
    by: 'executor',
    stops: ['lift', 'reminder', 'escalation'],
    why: 'the department confirms that nothing of the measure stands',
  },
  {
    from: 'lift-ordered',
    act: 'remind',
    to: 'lift-ordered',
    by: 'clock',
    starts: ['lift'],
    stops: ['reminder'],
    why: 'the day for the confirmation is near',
  },
  {
    from: 'lift-ordered',
    act: 'pass-lift-day',
    to: 'lift-ordered',
    by: 'clock',
    starts: ['escalation'],
    stops: ['lift'],
    why: 'marked overdue; the department stays named until it confirms',
  },
  {
    from: 'lift-ordered',
    act: 'escalate',
    to: 'lift-ordered',
    by: 'clock',
    stops: ['escalation'],
    why: 'repaired and perhaps still punished: the lead unit is told by whom',
  },
  ...(['lift-ordered', 'lifted'] as const).map((from): Step => ({
    from,
    act: 'reorder',
    to: 'ordered',
    by: 'reconciliation',
    starts: ['answer', 'reminder'],
    stops: ['lift', 'reminder', 'escalation'],
    why: 'found lifted although its listing lives (a restored backup can bring that about): it stands again',
  })),
  ...(['not-applied', 'lifted'] as const).map((from): Step => ({
    from,
    act: 'end-own-ground',
    to: from,
    by: 'executor',
    why: 'the decision on which the ban rested by itself was taken back: it shows in no check any more',
  })),
];

/** Every pair that is not a step is refused with its own code: nothing illegal passes in silence. */
const refused: Record<Status, Partial<Record<Act, RefusalCode>>> = {
  ordered: {
    'correct-answer': 'discipline.not-answered',
    'confirm-lift': 'discipline.lift-of-unapplied',
    'pass-lift-day': 'discipline.nothing-due',
    reorder: 'discipline.not-lifted',
    'end-own-ground': 'discipline.no-own-ground',
  },
  received: {
    receive: 'discipline.already-received',
    'correct-answer': 'discipline.not-answered',
    'confirm-lift': 'discipline.lift-of-unapplied',
    'pass-lift-day': 'discipline.nothing-due',
    reorder: 'discipline.not-lifted',
    'end-own-ground': 'discipline.no-own-ground',
  },
  checked: {
    receive: 'discipline.already-received',
    check: 'discipline.already-checked',
    'correct-answer': 'discipline.not-answered',
    'confirm-lift': 'discipline.lift-of-unapplied',
    'pass-lift-day': 'discipline.nothing-due',
    reorder: 'discipline.not-lifted',
    'end-own-ground': 'discipline.no-own-ground',
  },
  applied: {
    receive: 'discipline.already-answered',
    check: 'discipline.already-answered',
    assign: 'discipline.already-answered',
    'answer-applied': 'discipline.already-answered',
    'answer-not-applied': 'discipline.already-answered',
    remind: 'discipline.nothing-due',
    'pass-answer-day': 'discipline.nothing-due',
    'confirm-lift': 'discipline.lift-not-ordered',
    'pass-lift-day': 'discipline.nothing-due',
    escalate: 'discipline.nothing-due',
    reorder: 'discipline.not-lifted',
    'end-own-ground': 'discipline.no-own-ground',
  },
  'not-applied': {
    receive: 'discipline.already-answered',
    check: 'discipline.already-answered',
    assign: 'discipline.already-answered',
    'answer-applied': 'discipline.already-answered',
    'answer-not-applied': 'discipline.already-answered',
    remind: 'discipline.nothing-due',
    'pass-answer-day': 'discipline.nothing-due',
    'confirm-lift': 'discipline.lift-of-unapplied',
    'pass-lift-day': 'discipline.nothing-due',
    escalate: 'discipline.nothing-due',
    reorder: 'discipline.not-lifted',
  },
  'lift-ordered': {
    receive: 'discipline.answer-after-lift',
    check: 'discipline.answer-after-lift',
    'answer-applied': 'discipline.answer-after-lift',
    'answer-not-applied': 'discipline.answer-after-lift',
    'correct-answer': 'discipline.answer-after-lift',
    'pass-answer-day': 'discipline.nothing-due',
    'correct-term': 'discipline.lift-already-ordered',
    'order-lift': 'discipline.lift-already-ordered',
    'end-own-ground': 'discipline.no-own-ground',
  },
  lifted: {
    receive: 'discipline.answer-after-lift',
    check: 'discipline.answer-after-lift',
    assign: 'discipline.already-lifted',
    'answer-applied': 'discipline.answer-after-lift',
    'answer-not-applied': 'discipline.answer-after-lift',
    'correct-answer': 'discipline.answer-after-lift',
    remind: 'discipline.nothing-due',
    'pass-answer-day': 'discipline.nothing-due',
    'correct-term': 'discipline.lift-already-ordered',
    'order-lift': 'discipline.lift-already-ordered',
    'confirm-lift': 'discipline.already-lifted',
    'pass-lift-day': 'discipline.nothing-due',
    escalate: 'discipline.nothing-due',
  },
};

export function stepOf(from: Status, act: Act): Step | undefined {
  return lifecycle.find((step) => step.from === from && step.act === act);
}

/** The code with which an act is refused in a status; undefined where it is a step. */
export function refusalOf(from: Status, act: Act): RefusalCode | undefined {
  return refused[from][act];
}

/** What the executing department may do now. */
export function executorActs(status: Status): Act[] {
  return lifecycle.filter((step) => step.from === status && step.by === 'executor').map((step) => step.act);
}

/** Statuses that may stand only while the listing is live; its end takes every action out of them. */
export const OPEN: readonly Status[] = [...OWING, ...ANSWERED];

/** Statuses in which the department owes something by a day: its answer, or the confirmation of a lift. */
export const OWED: readonly Status[] = [...OWING, 'lift-ordered'];

/** Where a step may lead. */
export function targetsOf({ to }: Step): readonly Status[] {
  return typeof to === 'string' ? [to] : to;
}

/** The table as a state diagram (Mermaid), for the README. */
export function lifecycleDiagram(): string {
  const name = (status: Status): string => status.replace('-', '_');
  const label = (step: Step): string =>
    [
      `${step.act} (${step.by})`,
      step.starts && `starts ${step.starts.join(', ')}`,
      step.stops && `stops ${step.stops.join(', ')}`,
    ]
      .filter(Boolean)
      .join('; ');
  return [
    'stateDiagram-v2',
    ...STATUSES.filter((status) => status.includes('-')).map(
      (status) => `  state "${status}" as ${name(status)}`,
    ),
    `  [*] --> ${name(FIRST)}: listing in force; starts answer, reminder`,
    ...lifecycle.flatMap((step) =>
      targetsOf(step).map((to) => `  ${name(step.from)} --> ${name(to)}: ${label(step)}`),
    ),
    `  ${name(LAST)} --> [*]`,
  ].join('\n');
}
