import type { Clock, Status } from '../case/case.js';
import type { Actor, Condition, Step } from '../case/step.js';

/*
 * The rows of the lifecycle table for what comes after the decision: repair in all its forms, provisional
 * lifting, false applications, objections, corrections, a changed basis.
 */

const handler: Actor = { role: 'handler', of: 'owner' };
const reviewer: Actor = { role: 'reviewer', of: 'owner' };
const approver: Actor = { role: 'approver', of: 'owner' };
const superior: Actor = { role: 'approver', of: 'superior' };
const party: Actor = { role: 'party', of: 'party' };

/** Clocks that a listing takes with it when it ends; 信用中国's own goes on where its time is not over. */
export const WITH_THE_LISTING = [
  'in-force',
  'grace',
  'publication',
  'publication-end',
  'expiry',
  'letter-reminder',
  'letter-answer',
  'performance-order',
  'repair-acceptance',
  'repair-decision',
  'site-publication',
  'correction',
  'basis-review',
] as const satisfies readonly Clock[];

/** Letters and orders of oversight rest while the entry does not stand, and are awaited again when it does. */
const OF_OVERSIGHT = [
  'letter-reminder',
  'letter-answer',
  'performance-order',
] as const satisfies readonly Clock[];

/** Clocks that 信用中国 takes with it when it stops showing an entry: there is nothing to ask about any more. */
export const OF_THE_SITE = [
  'site-publication',
  'repair-acceptance',
  'repair-decision',
] as const satisfies readonly Clock[];

const asks = (from: Status, action: Step['action'], conditions: readonly Condition[]): Step => ({
  from,
  action,
  to: [from],
  who: [party, handler],
  conditions: [...conditions, 'no-open-request'],
  starts: ['repair-acceptance', 'repair-decision'],
});

/** A request from its acceptance to its answer; only a person decides. */
const answering = (from: Status, granted: readonly Status[]): Step[] => [
  {
    from,
    action: 'repair-supplement',
    to: [from],
    who: [party, handler],
    conditions: ['any-request'],
  },
  {
    from,
    action: 'repair-acceptance',
    to: [from],
    who: [handler],
    conditions: ['open-request'],
    starts: ['repair-decision'],
    stops: ['repair-acceptance', 'repair-decision'],
  },
  {
    from,
    action: 'repair-verification',
    to: [from],
    who: [handler],
    conditions: ['request-accepted'],
    starts: ['repair-decision'],
  },
  {
    from,
    action: 'repair-extension',
    to: [from],
    who: [approver],
    conditions: ['request-accepted', 'request-extensible'],
    starts: ['repair-decision'],
  },
  {
    from,
    action: 'repair-withdrawal',
    to: [from],
    who: [party, handler],
    conditions: ['any-request'],
    stops: ['repair-acceptance', 'repair-decision'],
  },
  {
    from,
    action: 'repair-decision',
    to: granted,
    who: [approver, superior],
    conditions: ['request-accepted', 'another-than-accepted', 'level-of-way'],
    starts: from === 'in-force' || from === 'suspended' ? ['removal', 'correction', 'expiry'] : ['removal'],
    stops: WITH_THE_LISTING,
  },
];

/** Of the listing's own carrying out: 信用中国 and a request for repair have their own time. */
const CARRYING_OUT = [
  'grace',
  'publication',
  'letter-reminder',
  'letter-answer',
  'performance-order',
] as const satisfies Clock[];

/** 停止执行 by a review body or a court (行政复议法 art. 42, 行政诉讼法 art. 56). */
const stay = (from: Status, to: Status): Step => ({
  from,
  action: 'stay',
  to: [to],
  who: [approver],
  conditions: ['administrative-decision', 'not-stayed'],
  stops: CARRYING_OUT,
});

const stayEnd = (from: Status, ...to: Status[]): Step => ({
  from,
  action: 'stay-end',
  to,
  who: [approver],
  conditions: ['stayed'],
  starts: CARRYING_OUT,
  stops: to.includes('in-force') ? OF_THE_SITE : [],
});

const falseApplication = (from: Status): Step => ({
  from,
  action: 'false-application',
  to: [...new Set<Status>(['in-force', from])],
  who: [approver, superior],
  conditions: ['repair-granted', 'basis-stands', 'not-found-false', 'another-than-granted'],
  starts: ['expiry', 'publication', 'site-publication', ...OF_OVERSIGHT],
  stops: ['removal', 'repair-acceptance', 'repair-decision'],
});

/** The person was bound for the principal's conduct, and stands again with it (order 45 art. 14, 15). */
const standsAgain = (from: Status): Step => ({
  from,
  action: 'stand-again',
  to: ['in-force'],
  who: 'event',
  starts: ['expiry', 'publication', ...OF_OVERSIGHT],
  stops: ['removal'],
});

const siteEnds = (from: Status): Step => ({
  from,
  action: 'end-site-publication',
  to: [from],
  who: 'clock',
  stops: OF_THE_SITE,
});

const marked = (from: Status): Step[] => [
  { from, action: 'mark-objection', to: [from], who: 'objection' },
  { from, action: 'tell-material', to: [from], who: 'objection' },
  {
    from,
    action: 'settle-objection',
    to: from === 'closed' ? ['closed'] : [...new Set<Status>([from, 'ended'])],
    who: 'objection',
    starts: ['removal', 'correction', 'expiry', 'repair-acceptance', 'repair-decision'],
    stops: WITH_THE_LISTING,
  },
];

const corrected = (from: Status): Step[] => [
  {
    from,
    action: 'correction',
    to: [from],
    who: [approver, superior],
    starts: ['correction', 'expiry'],
  },
];

const confirmed = (from: Status): Step => ({
  from,
  action: 'confirm-correction',
  to: [from],
  who: 'event',
  stops: ['correction'],
});

const followsName = (from: Status): Step => ({
  from,
  action: 'follow-name',
  to: [from],
  who: 'event',
  starts: ['correction'],
});

const reviewsBasis = (from: Status, falls: Status): Step => ({
  from,
  action: 'basis-review',
  to: [...new Set([from, falls])],
  who: [reviewer, approver],
  conditions: ['basis-questioned', 'second-person'],
  starts: falls === 'ended' && from !== 'ended' ? ['removal'] : [],
  stops:
    falls === 'ended' || falls === 'closed'
      ? WITH_THE_LISTING
      : ['basis-review', 'defence', 'verification', 'decision'],
});

const UNDECIDED = ['proposed', 'noticed', 'heard', 'silent', 'reviewed', 'consented', 'approved'] as const;
const LISTED = ['decided', 'served', 'in-force', 'suspended'] as const;

export const REPAIR_STEPS: readonly Step[] = [
  // Also while a plan or a stay lifts the entry: the time that has to be waited runs on, and so does that of the answer.
  ...(['in-force', 'suspended'] as const).map((from) => asks(from, 'repair-request', ['removal-provided'])),
  asks('in-force', 'suspension-request', ['plan-lifting-provided']),
  asks('suspended', 'suspension-request', ['plan-lifting-provided', 'not-lifted-for-plan']),
  ...(['in-force', 'suspended', 'ended', 'closed'] as const).map((from) =>
    asks(from, 'site-repair-request', ['site-shown']),
  ),
  ...answering('in-force', ['ended', 'suspended', 'in-force']),
  ...answering('suspended', ['ended', 'suspended']),
  ...answering('ended', ['ended']),
  ...answering('closed', ['closed']),

  stay('decided', 'decided'),
  stay('served', 'served'),
  stay('in-force', 'suspended'),
  stay('suspended', 'suspended'),
  stayEnd('decided', 'decided'),
  stayEnd('served', 'served'),
  stayEnd('suspended', 'in-force', 'suspended'),

  {
    from: 'suspended',
    action: 'plan-failure',
    to: ['in-force', 'suspended'],
    who: [approver],
    conditions: ['lifted-for-plan'],
    starts: ['publication', ...OF_OVERSIGHT],
    stops: ['site-publication'],
  },
  {
    from: 'suspended',
    action: 'plan-completion',
    to: ['ended'],
    who: [approver],
    conditions: ['lifted-for-plan'],
    starts: ['removal'],
    stops: WITH_THE_LISTING,
  },
  ...(['in-force', 'suspended', 'ended', 'closed'] as const).map(falseApplication),
  ...(['ended', 'closed'] as const).map(standsAgain),
  ...(['in-force', 'suspended', 'ended', 'closed'] as const).map(siteEnds),

  ...[...LISTED, 'ended' as const, 'closed' as const].flatMap(marked),
  ...LISTED.flatMap(corrected),
  ...[...LISTED, 'ended' as const, 'closed' as const].map(followsName),
  ...[...LISTED, 'ended' as const, 'closed' as const].map(confirmed),
  ...UNDECIDED.map((from) => reviewsBasis(from, 'withdrawn')),
  ...LISTED.map((from) => reviewsBasis(from, 'ended')),
  // What 信用中国 still shows of an entry that is over.
  ...(['ended', 'closed'] as const).map((from) => reviewsBasis(from, from)),
];
