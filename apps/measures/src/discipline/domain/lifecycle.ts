import type { RefusalCode } from './refusals.js';

/*
 * The life of one discipline action as one table. The API is guarded by it, `mayDo` of an action is read
 * from it, the README's diagram is printed from it, and a spec walks it for unreachable and dead-end states.
 */

export const STATUSES = ['ordered', 'applied', 'not-applied', 'lift-ordered', 'lifted'] as const;
export type Status = (typeof STATUSES)[number];

export const ACTS = [
  'answer-applied',
  'answer-not-applied',
  'pass-answer-day',
  'order-lift',
  'confirm-lift',
  'pass-lift-day',
] as const;
export type Act = (typeof ACTS)[number];

export type Clock = 'answer' | 'lift';

export interface Step {
  from: Status;
  act: Act;
  to: Status;
  /** The executing department's officer, the listing (or the measure's own term) that ended, or the clock. */
  by: 'executor' | 'listing' | 'clock';
  starts?: Clock;
  stops?: Clock;
  /** Why the step is so. */
  why: string;
}

export const FIRST: Status = 'ordered';
export const LAST: Status = 'lifted';

export const lifecycle: readonly Step[] = [
  {
    from: 'ordered',
    act: 'answer-applied',
    to: 'applied',
    by: 'executor',
    stops: 'answer',
    why: 'the department applied the measure',
  },
  {
    from: 'ordered',
    act: 'answer-not-applied',
    to: 'not-applied',
    by: 'executor',
    stops: 'answer',
    why: 'the department did not apply it, with a reason from the list',
  },
  {
    from: 'ordered',
    act: 'pass-answer-day',
    to: 'ordered',
    by: 'clock',
    why: 'marked overdue; a late answer is still taken',
  },
  {
    from: 'ordered',
    act: 'order-lift',
    to: 'lift-ordered',
    by: 'listing',
    starts: 'lift',
    stops: 'answer',
    why: 'silence does not show that nothing was applied, so the department must confirm',
  },
  {
    from: 'applied',
    act: 'order-lift',
    to: 'lift-ordered',
    by: 'listing',
    starts: 'lift',
    why: 'discipline ends with the listing at once (ordinance art. 40)',
  },
  {
    from: 'not-applied',
    act: 'order-lift',
    to: 'lifted',
    by: 'listing',
    why: 'answered as never applied: nothing to undo',
  },
  {
    from: 'lift-ordered',
    act: 'confirm-lift',
    to: 'lifted',
    by: 'executor',
    stops: 'lift',
    why: 'the department confirms that nothing of the measure stands',
  },
  {
    from: 'lift-ordered',
    act: 'pass-lift-day',
    to: 'lift-ordered',
    by: 'clock',
    why: 'marked overdue; the department stays named until it confirms',
  },
];

/** Every pair that is not a step is refused with its own code: nothing illegal passes in silence. */
const refused: Record<Status, Partial<Record<Act, RefusalCode>>> = {
  ordered: { 'confirm-lift': 'discipline.lift-of-unapplied', 'pass-lift-day': 'discipline.nothing-due' },
  applied: {
    'answer-applied': 'discipline.already-answered',
    'answer-not-applied': 'discipline.already-answered',
    'pass-answer-day': 'discipline.nothing-due',
    'confirm-lift': 'discipline.lift-not-ordered',
    'pass-lift-day': 'discipline.nothing-due',
  },
  'not-applied': {
    'answer-applied': 'discipline.already-answered',
    'answer-not-applied': 'discipline.already-answered',
    'pass-answer-day': 'discipline.nothing-due',
    'confirm-lift': 'discipline.lift-of-unapplied',
    'pass-lift-day': 'discipline.nothing-due',
  },
  'lift-ordered': {
    'answer-applied': 'discipline.answer-after-lift',
    'answer-not-applied': 'discipline.answer-after-lift',
    'pass-answer-day': 'discipline.nothing-due',
    'order-lift': 'discipline.lift-already-ordered',
  },
  lifted: {
    'answer-applied': 'discipline.answer-after-lift',
    'answer-not-applied': 'discipline.answer-after-lift',
    'pass-answer-day': 'discipline.nothing-due',
    'order-lift': 'discipline.lift-already-ordered',
    'confirm-lift': 'discipline.already-lifted',
    'pass-lift-day': 'discipline.nothing-due',
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
export const OPEN: readonly Status[] = ['ordered', 'applied', 'not-applied'];

/** The table as a state diagram (Mermaid), for the README. */
export function lifecycleDiagram(): string {
  const name = (status: Status): string => status.replace('-', '_');
  const label = (step: Step): string =>
    [
      `${step.act} (${step.by})`,
      step.starts && `starts ${step.starts} clock`,
      step.stops && `stops ${step.stops} clock`,
    ]
      .filter(Boolean)
      .join(', ');
  return [
    'stateDiagram-v2',
    ...STATUSES.filter((status) => status.includes('-')).map(
      (status) => `  state "${status}" as ${name(status)}`,
    ),
    `  [*] --> ${name(FIRST)}: listing in force, starts answer clock`,
    ...lifecycle.map((step) => `  ${name(step.from)} --> ${name(step.to)}: ${label(step)}`),
    `  ${name(LAST)} --> [*]`,
  ].join('\n');
}
