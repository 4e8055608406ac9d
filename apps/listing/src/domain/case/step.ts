import type { Clock, Status } from './case.js';
import type { Action } from './commands.js';

/* What a row of the lifecycle table says. */

export type ActingRole = 'handler' | 'reviewer' | 'approver' | 'secrecy-reviewer' | 'party';

/** A role within a unit: the one that decides, the next one up, or the listed subject itself. */
export interface Actor {
  role: ActingRole;
  of: 'owner' | 'superior' | 'party';
}
/** `objection`: a decision on an objection, whose own table says who makes it. */
export type Who = readonly Actor[] | 'clock' | 'event' | 'objection';

export type Condition =
  | 'notice-prescribed'
  | 'notice-not-prescribed'
  | 'defence-step'
  | 'within-defence'
  | 'defence-over'
  | 'notice-served'
  | 'hearing-time-over'
  | 'second-person'
  | 'third-person'
  | 'opinion-for-listing'
  | 'consent-demanded'
  | 'consent-given'
  | 'hearing-provided'
  | 'within-hearing-request'
  | 'no-hearing-yet'
  | 'hearing-open'
  | 'hearing-over'
  | 'extension-provided'
  | 'not-extended'
  | 'before-decision-due'
  | 'clock-from-a-day'
  | 'reminder-provided'
  | 'not-yet-served'
  | 'public-list'
  | 'not-published'
  | 'publication-sent'
  | 'not-held-back'
  | 'held-back-when-paid'
  | 'public-standing'
  | 'letter-open'
  | 'told-above'
  | 'interviewed'
  | 'public-unit'
  | 'order-open'
  | 'order-missed'
  | 'lifting-urged'
  | 'removal-provided'
  | 'no-open-request'
  | 'open-request'
  | 'request-accepted'
  | 'another-than-accepted'
  | 'plan-lifting-provided'
  | 'site-shown'
  | 'any-request'
  | 'request-extensible'
  | 'level-of-way'
  | 'lifted-for-plan'
  | 'not-lifted-for-plan'
  | 'administrative-decision'
  | 'not-stayed'
  | 'stayed'
  | 'repair-granted'
  | 'not-found-false'
  | 'another-than-granted'
  | 'basis-stands'
  | 'basis-questioned'
  | 'basis-settled'
  | 'payment-limit-over';

export interface Step {
  from: Status;
  action: Action;
  to: readonly Status[];
  who: Who;
  conditions?: readonly Condition[];
  starts?: readonly Clock[];
  stops?: readonly Clock[];
}
