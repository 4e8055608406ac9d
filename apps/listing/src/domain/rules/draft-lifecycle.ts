import type { Actor } from '../case/step.js';

/*
 * How a rule comes in, as one table for each kind of draft, read like that of a case: a version of a list type, and a
 * year of the working calendar. `owner` is the unit that keeps the rule.
 */

export type DraftStatus = 'draft' | 'published' | 'dropped';
export type DraftAction = 'drafting' | 'publication' | 'drop';
/** `another-than-drafted`: a second person; `ahead`: it begins after the day on which it is published. */
export type DraftCondition = 'another-than-drafted' | 'ahead';

export interface DraftStep {
  /** null: there is no draft yet. */
  from: DraftStatus | null;
  action: DraftAction;
  to: readonly DraftStatus[];
  who: readonly Actor[];
  conditions?: readonly DraftCondition[];
}

const handler: Actor = { role: 'handler', of: 'owner' };
const approver: Actor = { role: 'approver', of: 'owner' };

const draftSteps = (conditions: readonly DraftCondition[]): readonly DraftStep[] => [
  { from: null, action: 'drafting', to: ['draft'], who: [handler] },
  { from: 'draft', action: 'publication', to: ['published'], who: [approver], conditions },
  { from: 'draft', action: 'drop', to: ['dropped'], who: [handler, approver] },
];

/** Law does not reach back. */
export const LIST_TYPE_DRAFT_LIFECYCLE = draftSteps(['another-than-drafted', 'ahead']);
/** The notice for a year may be changed within it. */
export const CALENDAR_DRAFT_LIFECYCLE = draftSteps(['another-than-drafted']);

export const DRAFT_FINAL: readonly DraftStatus[] = ['published', 'dropped'];

/** How Chinese texts call it. */
export const DRAFT_STATUS_ZH: Readonly<Record<DraftStatus, string>> = {
  draft: '草案',
  published: '已发布',
  dropped: '已放弃',
};

/** The row of the table; undefined where the step is not possible. */
export function draftStep(
  table: readonly DraftStep[],
  status: DraftStatus,
  action: DraftAction,
): DraftStep | undefined {
  return table.find((step) => step.from === status && step.action === action);
}
