import type { Actor } from '../case/step.js';
import type { RecordRepairClock, RecordRepairStatus } from './repair.js';

/*
 * The lifecycle of a request for the repair of a record, as one table, read like that of a case: it guards every
 * command, answers GET …/actions, and is drawn into the service's README.
 */

export type RecordRepairAction =
  | 'request'
  | 'supplement'
  | 'acceptance'
  | 'verification'
  | 'extension'
  | 'decision'
  | 'withdrawal'
  | 'resumption'
  | 'completion'
  | 'false-application'
  | 'reopen'
  | 'lapse'
  | 'mark-overdue';

export type RecordRepairCondition =
  'another-than-handled' | 'another-than-granted' | 'extensible' | 'before-decision-due' | 'of-a-plan';

export interface RecordRepairStep {
  /** null: there is no request yet. */
  from: RecordRepairStatus | null;
  action: RecordRepairAction;
  to: readonly RecordRepairStatus[];
  who: readonly Actor[] | 'clock' | 'event';
  conditions?: readonly RecordRepairCondition[];
  starts?: readonly RecordRepairClock[];
  stops?: readonly RecordRepairClock[];
}

const party: Actor = { role: 'party', of: 'party' };
const handler: Actor = { role: 'handler', of: 'owner' };
const approver: Actor = { role: 'approver', of: 'owner' };
const BOTH = ['acceptance', 'decision'] as const;
const OPEN = ['requested', 'accepted', 'verified'] as const;

const verification = (from: 'accepted' | 'verified'): RecordRepairStep => ({
  from,
  action: 'verification',
  to: ['verified'],
  who: [handler],
});
const extension = (from: 'accepted' | 'verified'): RecordRepairStep => ({
  from,
  action: 'extension',
  to: [from],
  who: [approver],
  conditions: ['extensible', 'before-decision-due'],
  starts: ['decision'],
});

export const RECORD_REPAIR_LIFECYCLE: readonly RecordRepairStep[] = [
  { from: null, action: 'request', to: ['requested'], who: [party, handler], starts: BOTH },
  {
    from: 'requested',
    action: 'acceptance',
    to: ['accepted', 'not-accepted'],
    who: [handler],
    starts: ['decision'],
    stops: BOTH,
  },
  // 补正: what was missing, also when it comes on paper.
  ...OPEN.map((from): RecordRepairStep => ({
    from,
    action: 'supplement',
    to: [from],
    who: [party, handler],
  })),
  verification('accepted'),
  // Found again: what was missing came in before the decision.
  verification('verified'),
  extension('accepted'),
  extension('verified'),
  // Without a verification it can only be refused; granting looks at what was found.
  ...(['accepted', 'verified'] as const).map((from): RecordRepairStep => ({
    from,
    action: 'decision',
    to: from === 'verified' ? ['granted', 'masked', 'refused'] : ['refused'],
    who: [approver],
    conditions: ['another-than-handled'],
    stops: ['decision'],
  })),
  ...OPEN.map((from): RecordRepairStep => ({
    from,
    action: 'withdrawal',
    to: ['withdrawn'],
    who: [party, handler],
    stops: BOTH,
  })),
  ...OPEN.map((from): RecordRepairStep => ({
    from,
    action: 'lapse',
    to: ['lapsed'],
    who: 'event',
    stops: BOTH,
  })),
  ...OPEN.map((from): RecordRepairStep => ({ from, action: 'mark-overdue', to: [from], who: 'clock' })),
  // An objection to the answer was upheld: it is answered anew (order 36 art. 18).
  ...(['refused', 'not-accepted'] as const).map((from): RecordRepairStep => ({
    from,
    action: 'reopen',
    to: ['requested'],
    who: 'event',
    starts: BOTH,
  })),
  // Order 36 art. 19, 20: masked for a time; what comes after it rests on another document of the court.
  { from: 'masked', action: 'resumption', to: ['resumed'], who: [approver] },
  { from: 'masked', action: 'completion', to: ['granted'], who: [approver], conditions: ['of-a-plan'] },
  { from: 'masked', action: 'lapse', to: ['lapsed'], who: 'event' },
  ...(['granted', 'masked'] as const).map((from): RecordRepairStep => ({
    from,
    action: 'false-application',
    to: ['found-false'],
    who: [approver],
    conditions: ['another-than-granted'],
  })),
];

export const RECORD_REPAIR_FINAL: readonly RecordRepairStatus[] = [
  'not-accepted',
  'refused',
  'granted',
  'resumed',
  'found-false',
  'withdrawn',
  'lapsed',
];

export function recordRepairStep(
  status: RecordRepairStatus | null,
  action: RecordRepairAction,
): RecordRepairStep | undefined {
  return RECORD_REPAIR_LIFECYCLE.find((step) => step.from === status && step.action === action);
}

/** Every role that some row lets act; what the HTTP route of an action asks of a token. */
export function recordRepairRoles(action: RecordRepairAction): Actor['role'][] {
  const rows = RECORD_REPAIR_LIFECYCLE.filter((step) => step.action === action);
  return [
    ...new Set(rows.flatMap(({ who }) => (typeof who === 'string' ? [] : who.map(({ role }) => role)))),
  ];
}
