import type { Actor } from '../case/step.js';
import type { ClueClock } from './clue.js';

/*
 * The way of a clue before there is a case, as one table, read like that of a case: it guards every command, answers
 * GET …/actions, and is drawn into the service's README.
 */

export type ClueStatus = 'received' | 'accepted' | 'handled' | 'verified' | 'dropped' | 'used';

/** How Chinese texts call it. */
export const CLUE_STATUS_ZH: Readonly<Record<ClueStatus, string>> = {
  received: '待核实',
  accepted: '已受理',
  handled: '已转交办理',
  verified: '已核实属实',
  dropped: '不予处理',
  used: '已据以立案',
};

export type ClueAction =
  | 'receipt'
  | 'acceptance'
  | 'forwarding'
  | 'extension'
  | 'feedback'
  | 'urging-letter'
  | 'interview'
  | 'circular'
  | 'correction-order'
  | 'answer'
  | 'opening'
  | 'mark-overdue';

export const CLUE_ACTION_ZH: Readonly<Record<ClueAction, string>> = {
  receipt: '登记线索',
  acceptance: '受理',
  forwarding: '转交处理部门',
  extension: '延长处理期限',
  feedback: '登记被投诉人反馈',
  'urging-letter': '发出督办书',
  interview: '约谈',
  circular: '通报',
  'correction-order': '责令整改',
  answer: '核实',
  opening: '据以立案',
  'mark-overdue': '逾期标记',
};

/** The first four: whether the kind of the clue, by its rule, has the step at all. */
export type ClueCondition =
  | 'acceptance-provided'
  | 'forwarding-provided'
  | 'result-extensible'
  | 'pressing-provided'
  | 'nothing-before-answer'
  | 'before-result-due'
  | 'unanswered'
  | 'urged-in-vain'
  | 'interviewed-or-named';

export interface ClueStep {
  /** null: there is no clue yet. */
  from: ClueStatus | null;
  action: ClueAction;
  to: readonly ClueStatus[];
  who: readonly Actor[] | 'clock';
  conditions?: readonly ClueCondition[];
  starts?: readonly ClueClock[];
  stops?: readonly ClueClock[];
}

const handler: Actor = { role: 'handler', of: 'owner' };
const approver: Actor = { role: 'approver', of: 'owner' };

/** Nothing is found yet. */
export const WAITING = ['received', 'accepted', 'handled'] as const satisfies readonly ClueStatus[];

/** At the unit that handles it: handed to it by the one that accepted it, or transferred from outside. */
const HANDLING = ['received', 'handled'] as const satisfies readonly ClueStatus[];

/** What is done with who is complained of and does not tell how things stand. */
const pressing = (from: ClueStatus): ClueStep[] => {
  const row = (action: ClueAction, who: Actor, ...conditions: ClueCondition[]): ClueStep => ({
    ...{ from, action, to: [from], who: [who] },
    conditions: ['pressing-provided', 'nothing-before-answer', ...conditions],
  });
  return [
    row('feedback', handler),
    row('urging-letter', handler, 'unanswered'),
    row('interview', handler, 'urged-in-vain'),
    row('circular', approver, 'urged-in-vain'),
    row('correction-order', approver, 'urged-in-vain', 'interviewed-or-named'),
  ];
};

export const CLUE_LIFECYCLE: readonly ClueStep[] = [
  { from: null, action: 'receipt', to: ['received'], who: [handler], starts: ['acceptance', 'result'] },
  {
    from: 'received',
    action: 'acceptance',
    to: ['accepted', 'dropped'],
    who: [handler],
    conditions: ['acceptance-provided'],
    starts: ['forwarding', 'result'],
    stops: ['acceptance'],
  },
  {
    from: 'accepted',
    action: 'forwarding',
    to: ['handled'],
    who: [handler],
    conditions: ['forwarding-provided'],
    starts: ['result'],
    stops: ['forwarding'],
  },
  ...WAITING.map((from): ClueStep => ({
    from,
    action: 'extension',
    to: [from],
    who: [approver],
    conditions: ['result-extensible', 'before-result-due'],
    starts: ['result'],
  })),
  ...HANDLING.flatMap(pressing),
  // Verified by a document of finding (ordinance art. 27), or dropped with the reason.
  ...WAITING.map((from): ClueStep => ({
    from,
    action: 'answer',
    to: ['verified', 'dropped'],
    who: [handler],
    conditions: ['nothing-before-answer'],
    stops: ['result'],
  })),
  // A case is opened on it, one at most.
  { from: 'verified', action: 'opening', to: ['used'], who: [handler] },
  ...WAITING.map((from): ClueStep => ({ from, action: 'mark-overdue', to: [from], who: 'clock' })),
];

export const CLUE_FINAL: readonly ClueStatus[] = ['dropped', 'used'];

export function clueStep(status: ClueStatus | null, action: ClueAction): ClueStep | undefined {
  return CLUE_LIFECYCLE.find((step) => step.from === status && step.action === action);
}

/** Every role that some row lets act; what the HTTP route of an action asks of a token. */
export function clueRoles(action: ClueAction): Actor['role'][] {
  const rows = CLUE_LIFECYCLE.filter((step) => step.action === action);
  return [
    ...new Set(rows.flatMap(({ who }) => (typeof who === 'string' ? [] : who.map(({ role }) => role)))),
  ];
}

/** Of the rows of the clue's status those that its roles may take and that the rule of its kind knows. */
export function clueRowsFor(
  status: ClueStatus,
  roles: readonly string[],
  knows: (condition: ClueCondition) => boolean,
): ClueStep[] {
  return CLUE_LIFECYCLE.filter(
    ({ from, who, conditions = [] }) =>
      from === status &&
      typeof who === 'object' &&
      who.some(({ role }) => roles.includes(role)) &&
      conditions.every((condition) => !PROVIDED.includes(condition) || knows(condition)),
  );
}

const PROVIDED: readonly ClueCondition[] = [
  'acceptance-provided',
  'forwarding-provided',
  'result-extensible',
  'pressing-provided',
];
