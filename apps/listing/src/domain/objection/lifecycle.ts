import type { Actor as Acting } from '../case/step.js';
import type { ObjectionClock, ObjectionStatus } from './objection.js';

/*
 * The lifecycle of an objection, as one table, read like that of a case: it guards every command, answers
 * GET …/actions, and is drawn into the service's README.
 */

/** `helper`: a unit that was asked for help. */
export type ObjectionActor = Acting | { role: 'handler'; of: 'helper' };

export type ObjectionAction =
  | 'file'
  | 'acceptance'
  | 'non-acceptance'
  | 'help-request'
  | 'help-answer'
  | 'pause'
  | 'resumption'
  | 'extension'
  | 'decision'
  | 'material-request'
  | 'material-receipt'
  | 'close-material'
  | 'service'
  | 'withdrawal'
  | 'termination'
  | 'lapse'
  | 'mark-overdue';

export type ObjectionCondition =
  | 'another-than-handled'
  | 'another-than-listed'
  | 'help-answered'
  | 'not-paused'
  | 'pausable'
  | 'refusable'
  | 'material-nameable'
  | 'material-awaited'
  | 'ends-with-suit'
  | 'paused'
  | 'extensible'
  | 'level-above'
  | 'not-served'
  | 'before-decision-due';

export interface ObjectionStep {
  /** null: there is no objection yet. */
  from: ObjectionStatus | null;
  action: ObjectionAction;
  to: readonly ObjectionStatus[];
  who: readonly ObjectionActor[] | 'clock' | 'event';
  conditions?: readonly ObjectionCondition[];
  starts?: readonly ObjectionClock[];
  stops?: readonly ObjectionClock[];
}

const party = { role: 'party', of: 'party' } as const;
const handler = { role: 'handler', of: 'owner' } as const;
const helper = { role: 'handler', of: 'helper' } as const;
/** Whoever decides is another person than those who listed and those who handled the objection. */
const deciders = [
  { role: 'reviewer', of: 'owner' },
  { role: 'approver', of: 'owner' },
  { role: 'approver', of: 'superior' },
] as const;

const overdue = (from: 'filed' | 'open'): ObjectionStep => ({
  from,
  action: 'mark-overdue',
  to: [from],
  who: 'clock',
});
const lapse = (from: 'filed' | 'open'): ObjectionStep => ({
  from,
  action: 'lapse',
  to: ['lapsed'],
  who: 'event',
  stops: ['acceptance', 'decision', 'help', 'material'],
});
const withdrawal = (from: 'filed' | 'open'): ObjectionStep => ({
  from,
  action: 'withdrawal',
  to: ['withdrawn'],
  who: [party, handler],
  stops: ['acceptance', 'decision', 'help', 'material'],
});

export const OBJECTION_LIFECYCLE: readonly ObjectionStep[] = [
  {
    from: null,
    action: 'file',
    to: ['filed', 'open'],
    who: [party, handler],
    starts: ['acceptance', 'decision', 'material'],
  },
  {
    from: 'filed',
    action: 'acceptance',
    to: ['open'],
    who: [handler],
    starts: ['decision'],
    stops: ['acceptance'],
  },
  {
    from: 'filed',
    action: 'non-acceptance',
    to: ['not-accepted'],
    who: deciders,
    conditions: ['refusable', 'another-than-listed'],
    stops: ['acceptance'],
  },
  withdrawal('filed'),
  lapse('filed'),
  overdue('filed'),
  {
    from: 'open',
    action: 'help-request',
    to: ['open'],
    who: [handler],
    starts: ['help', 'decision'],
  },
  { from: 'open', action: 'help-answer', to: ['open'], who: [helper], stops: ['help'] },
  {
    from: 'open',
    action: 'pause',
    to: ['open'],
    who: [handler],
    conditions: ['pausable', 'not-paused'],
    stops: ['decision'],
  },
  {
    from: 'open',
    action: 'resumption',
    to: ['open'],
    who: [handler],
    conditions: ['paused'],
    starts: ['decision'],
  },
  {
    from: 'open',
    action: 'material-request',
    to: ['open'],
    who: [handler],
    conditions: ['material-nameable'],
    stops: ['decision', 'material'],
  },
  { from: 'open', action: 'close-material', to: ['open'], who: 'clock', stops: ['material'] },
  {
    from: 'open',
    action: 'material-receipt',
    to: ['open'],
    who: [party, handler],
    conditions: ['material-awaited'],
    starts: ['decision'],
  },
  {
    from: 'open',
    action: 'extension',
    to: ['open'],
    who: [handler],
    conditions: ['extensible', 'not-paused', 'before-decision-due'],
    starts: ['decision'],
  },
  {
    from: 'open',
    action: 'decision',
    to: ['decided'],
    who: deciders,
    conditions: ['level-above', 'not-paused', 'help-answered', 'another-than-handled', 'another-than-listed'],
    stops: ['decision', 'help', 'material'],
  },
  // The letter reaches the party; against a rejection a review is asked from that day on.
  {
    from: 'decided',
    action: 'service',
    to: ['decided'],
    who: [handler, { role: 'handler', of: 'superior' }],
    conditions: ['not-served'],
  },
  withdrawal('open'),
  {
    from: 'open',
    action: 'termination',
    to: ['withdrawn'],
    who: [handler],
    conditions: ['ends-with-suit'],
    stops: ['decision', 'help', 'material'],
  },
  lapse('open'),
  overdue('open'),
];

export const OBJECTION_FINAL: readonly ObjectionStatus[] = ['not-accepted', 'decided', 'withdrawn', 'lapsed'];

export function objectionStep(
  status: ObjectionStatus | null,
  action: ObjectionAction,
): ObjectionStep | undefined {
  return OBJECTION_LIFECYCLE.find((step) => step.from === status && step.action === action);
}
