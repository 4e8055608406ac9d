import type { Actor } from '../case/step.js';

/*
 * The lifecycle of a clue, as one table, read like that of a case: it says who may do what with it, answers
 * GET …/actions, and is drawn into the service's README.
 */

export type ClueStatus = 'received' | 'verified' | 'dropped' | 'used';
export type ClueAction = 'receipt' | 'answer' | 'opening';

/** How Chinese texts call it. */
export const CLUE_STATUS_ZH: Readonly<Record<ClueStatus, string>> = {
  received: '待核实',
  verified: '已核实属实',
  dropped: '不予处理',
  used: '已据以立案',
};

export interface ClueStep {
  /** null: there is no clue yet. */
  from: ClueStatus | null;
  action: ClueAction;
  to: readonly ClueStatus[];
  who: readonly Actor[];
}

const handler: Actor = { role: 'handler', of: 'owner' };

export const CLUE_LIFECYCLE: readonly ClueStep[] = [
  { from: null, action: 'receipt', to: ['received'], who: [handler] },
  // Verified by a document of finding (ordinance art. 27), or dropped with the reason.
  { from: 'received', action: 'answer', to: ['verified', 'dropped'], who: [handler] },
  // A case is opened on it, one at most.
  { from: 'verified', action: 'opening', to: ['used'], who: [handler] },
];

export const CLUE_FINAL: readonly ClueStatus[] = ['dropped', 'used'];

/** The row of the table; undefined where the step is not possible. */
export function clueStep(status: ClueStatus, action: ClueAction): ClueStep | undefined {
  return CLUE_LIFECYCLE.find((step) => step.from === status && step.action === action);
}

/** Every role that some row lets act; what the HTTP route of an action asks of a token. */
export function clueRoles(action: ClueAction): Actor['role'][] {
  const rows = CLUE_LIFECYCLE.filter((step) => step.action === action);
  return [...new Set(rows.flatMap(({ who }) => who.map(({ role }) => role)))];
}

/** What a login of the clue's unit may do now, and to where it leads. */
export function possibleClueActions(status: ClueStatus, roles: readonly string[]): ClueStep[] {
  return CLUE_LIFECYCLE.filter(
    ({ from, who }) => from === status && who.some(({ role }) => roles.includes(role)),
  );
}
