import type { Clock, Status } from './case.js';
import type { Action } from './commands.js';
import { OF_THE_SITE, REPAIR_STEPS, WITH_THE_LISTING } from '../repair/steps.js';
import type { ActingRole, Actor, Condition, Step } from './step.js';

/*
 * The lifecycle of a case, as one table: in which status which action leads where, who may act, what must
 * hold, which clocks start or stop. It guards every command, answers GET …/actions, and is drawn into the
 * service's README. What the conditions mean stands in conditions.ts.
 */

export type { ActingRole, Actor, Condition, Step, Who } from './step.js';

const handler: Actor = { role: 'handler', of: 'owner' };
const reviewer: Actor = { role: 'reviewer', of: 'owner' };
const approver: Actor = { role: 'approver', of: 'owner' };
const secrecyReviewer: Actor = { role: 'secrecy-reviewer', of: 'owner' };
const superior: Actor = { role: 'approver', of: 'superior' };
const party: Actor = { role: 'party', of: 'party' };

/** Whoever could list can also let go, but not alone: once the party was told, the approver ends the case. */
const withdrawal = (from: Status, who: readonly Actor[] = [approver]): Step => ({
  from,
  action: 'withdrawal',
  to: ['withdrawn'],
  who,
  stops: ['defence', 'verification', 'decision', 'basis-review'],
});

const review = (from: Status, conditions: readonly Condition[], stops: readonly Clock[] = []): Step => ({
  from,
  action: 'review',
  to: ['reviewed'],
  who: [reviewer],
  conditions: [...conditions, 'second-person'],
  stops,
});

/** 延长 of the decision clock, where the rule of the list knows it. */
const extension = (from: Status): Step => ({
  from,
  action: 'extension',
  to: [from],
  who: [approver],
  conditions: ['extension-provided', 'not-extended', 'before-decision-due'],
  starts: ['decision'],
});

/** 起算日: where it was not known at the opening, or is corrected. Once extended, the clock stands on it. */
const clockStart = (from: Status): Step => ({
  from,
  action: 'clock-start',
  to: [from],
  who: [handler],
  conditions: ['clock-from-a-day', 'not-extended'],
  starts: ['decision'],
});

/** 提示提醒 in the place of a listing (ordinance art. 30). */
const reminder = (from: Status): Step => ({
  from,
  action: 'reminder',
  to: ['reminded'],
  who: [approver],
  conditions: ['reminder-provided'],
  stops: ['defence', 'verification', 'decision', 'basis-review'],
});

/** 听证: asked for by the party, set by a handler, presided over by somebody who did not investigate. */
const oralHearing: readonly Step[] = [
  {
    from: 'noticed',
    action: 'hearing-request',
    to: ['heard'],
    who: [party, handler],
    conditions: ['hearing-provided', 'within-hearing-request'],
    stops: ['defence'],
  },
  {
    from: 'heard',
    action: 'hearing-request',
    to: ['heard'],
    who: [party, handler],
    conditions: ['hearing-provided', 'within-hearing-request', 'no-hearing-yet'],
  },
  {
    from: 'silent',
    action: 'hearing-request',
    to: ['heard'],
    who: [party, handler],
    conditions: ['hearing-provided', 'within-hearing-request'],
  },
  { from: 'heard', action: 'hearing-notice', to: ['heard'], who: [handler], conditions: ['hearing-open'] },
  {
    from: 'heard',
    action: 'hearing-record',
    to: ['heard'],
    who: [reviewer],
    conditions: ['hearing-open', 'second-person'],
  },
];

/** Over state organs, state-owned units and their staff (ordinance art. 32). */
const oversight: readonly Step[] = [
  {
    from: 'in-force',
    action: 'letter',
    to: ['in-force'],
    who: [handler],
    conditions: ['public-standing'],
    starts: ['letter-reminder', 'letter-answer'],
  },
  { from: 'in-force', action: 'urge-letter', to: ['in-force'], who: 'clock', stops: ['letter-reminder'] },
  {
    from: 'in-force',
    action: 'letter-answer',
    to: ['in-force'],
    who: [handler],
    conditions: ['letter-open'],
    stops: ['letter-reminder', 'letter-answer'],
  },
  {
    from: 'in-force',
    action: 'interview',
    to: ['in-force'],
    who: [handler],
    conditions: ['public-standing', 'public-unit', 'told-above'],
  },
  {
    from: 'in-force',
    action: 'performance-order',
    to: ['in-force'],
    who: [approver],
    conditions: ['public-standing', 'public-unit', 'interviewed'],
    starts: ['performance-order'],
  },
  {
    from: 'in-force',
    action: 'order-performed',
    to: ['in-force'],
    who: [approver],
    conditions: ['public-standing', 'public-unit', 'order-open'],
    stops: ['performance-order'],
  },
  {
    from: 'in-force',
    action: 'accountability',
    to: ['in-force'],
    who: [approver],
    conditions: ['public-standing', 'public-unit', 'order-missed'],
    stops: ['performance-order'],
  },
];

const approval = (from: Status): Step => ({
  from,
  action: 'approval',
  to: ['approved'],
  who: [approver],
  conditions: ['basis-settled', 'payment-limit-over', 'opinion-for-listing', 'consent-given', 'third-person'],
});

const revocation = (from: Status): Step => ({
  from,
  action: 'revocation',
  to: ['ended'],
  who: [approver],
  starts: ['removal'],
  stops: WITH_THE_LISTING,
});

/** Whoever was bound for the principal's conduct goes with it (order 45 art. 14), or is never listed. */
const followsPrincipal = (from: Status, to: 'withdrawn' | 'ended'): Step => ({
  from,
  action: 'follow-principal',
  to: [to],
  who: 'event',
  starts: to === 'ended' ? ['removal'] : [],
  stops: to === 'ended' ? WITH_THE_LISTING : ['basis-review', 'defence', 'verification', 'decision'],
});

/** Where the rule has an entry shown for a shorter time than it stands (capital market). */
const endsPublication = (from: Status): Step => ({
  from,
  action: 'end-publication',
  to: [from],
  who: 'clock',
  stops: ['publication-end'],
});

const expires = (from: Status): Step => ({
  from,
  action: 'expire',
  to: ['ended'],
  who: 'clock',
  starts: ['removal'],
  stops: WITH_THE_LISTING,
});

/** The basis of an undecided case falls: it is withdrawn. Of a decided one: it is revoked (ordinance art. 38). */
const losingBasis = (from: Status, to: 'withdrawn' | 'ended'): Step => ({
  from,
  action: 'lose-basis',
  to: [to, from],
  who: 'event',
  starts: to === 'ended' ? ['removal', 'basis-review'] : ['basis-review'],
  stops: to === 'ended' ? WITH_THE_LISTING : ['basis-review', 'defence', 'verification', 'decision'],
});

/** After the end only 信用中国 can still show the entry; what has no basis goes from there, too. */
const losingBasisLater = (from: Status): Step => ({
  from,
  action: 'lose-basis',
  to: [from],
  who: 'event',
  starts: ['basis-review'],
  stops: ['basis-review', ...OF_THE_SITE],
});

/** Terms that follow each other (联合惩戒办法 art. 10): the earlier one is another now, or was never. */
const rejoinsTerm = (from: Status): Step => ({
  from,
  action: 'rejoin-term',
  to: [from],
  who: 'event',
  starts: ['correction', 'expiry'],
});

const correctedBasis = (from: Status): Step => ({
  from,
  action: 'correct-basis',
  to: [from],
  who: 'event',
  starts: ['basis-review'],
});
const overdue = (from: Status): Step => ({ from, action: 'mark-overdue', to: [from], who: 'clock' });

/** In the order of the procedure. */
export const UNDECIDED = [
  'proposed',
  'noticed',
  'heard',
  'silent',
  'reviewed',
  'consented',
  'approved',
] as const satisfies Status[];
export const DECIDED = ['decided', 'served', 'in-force', 'suspended'] as const satisfies Status[];

export const LIFECYCLE: readonly Step[] = [
  {
    from: 'proposed',
    action: 'notice',
    to: ['noticed'],
    who: [handler],
    conditions: ['notice-prescribed'],
    starts: ['defence', 'decision'],
  },
  review('proposed', ['notice-not-prescribed']),
  withdrawal('proposed', [handler, approver]),

  {
    from: 'noticed',
    action: 'defence',
    to: ['heard'],
    who: [party, handler],
    conditions: ['defence-step', 'within-defence'],
    starts: ['verification'],
    stops: ['defence'],
  },
  { from: 'noticed', action: 'fall-silent', to: ['silent'], who: 'clock', stops: ['defence'] },
  ...oralHearing,
  // Of lists without defence step; else the limit is over and the clock has not come round yet.
  review('noticed', ['notice-served', 'defence-over', 'hearing-time-over'], ['defence']),
  withdrawal('noticed'),

  {
    from: 'heard',
    action: 'defence',
    to: ['heard'],
    who: [party, handler],
    conditions: ['defence-step', 'within-defence'],
    starts: ['verification'],
  },
  review('heard', ['defence-over', 'hearing-time-over', 'hearing-over'], ['verification']),
  withdrawal('heard'),

  // Silence is not consent: the reviewer must still check.
  review('silent', ['hearing-time-over']),
  withdrawal('silent'),

  {
    from: 'reviewed',
    action: 'consent',
    to: ['consented', 'reviewed'],
    who: [superior],
    conditions: ['consent-demanded', 'opinion-for-listing'],
  },
  approval('reviewed'),
  withdrawal('reviewed'),
  approval('consented'),
  withdrawal('consented'),

  {
    from: 'approved',
    action: 'decision',
    to: ['decided', 'in-force'],
    who: [handler],
    conditions: ['basis-settled', 'payment-limit-over', 'defence-over'],
    starts: ['grace', 'publication', 'expiry'],
    stops: ['decision'],
  },
  withdrawal('approved'),

  {
    from: 'decided',
    action: 'service',
    to: ['in-force', 'served', 'suspended'],
    who: [handler],
    starts: ['in-force', 'publication', 'expiry'],
  },
  revocation('decided'),
  {
    from: 'served',
    action: 'take-effect',
    to: ['in-force', 'suspended'],
    who: 'clock',
    starts: ['expiry'],
    stops: ['in-force'],
  },
  revocation('served'),

  {
    from: 'in-force',
    action: 'service',
    to: ['in-force'],
    who: [handler],
    conditions: ['not-yet-served'],
    starts: ['publication'],
  },
  {
    from: 'in-force',
    action: 'publication',
    to: ['in-force'],
    who: [secrecyReviewer],
    conditions: ['public-list', 'not-published', 'not-held-back', 'basis-settled'],
    starts: ['expiry', 'publication', 'publication-end', 'site-publication'],
    stops: ['publication'],
  },
  // The authority of another province, to which it was sent, has published it or sends it back (order 44 art. 14).
  {
    from: 'in-force',
    action: 'publication-answer',
    to: ['in-force'],
    who: [handler],
    conditions: ['publication-sent'],
    starts: ['expiry', 'publication', 'publication-end', 'site-publication'],
    stops: ['publication'],
  },
  {
    from: 'in-force',
    action: 'hold-back',
    to: ['in-force'],
    who: [approver],
    conditions: ['held-back-when-paid', 'not-published', 'not-held-back'],
    starts: ['expiry'],
    stops: ['publication'],
  },
  {
    from: 'in-force',
    action: 'end-grace',
    to: ['in-force'],
    who: 'clock',
    starts: ['publication'],
    stops: ['grace'],
  },
  endsPublication('in-force'),
  ...oversight,
  expires('in-force'),
  revocation('in-force'),

  // A term runs on while the entry is lifted provisionally, and a decision may be taken back.
  endsPublication('suspended'),
  expires('suspended'),
  revocation('suspended'),
  ...REPAIR_STEPS,

  // A unit that was found not to have lifted at the end of the term says that it has (联合惩戒办法 art. 16).
  ...(['ended', 'closed'] as const).map((from): Step => ({
    from,
    action: 'lifting-feedback',
    to: [from],
    who: [handler],
    conditions: ['lifting-urged'],
  })),
  // Every receipt has come: publication, discipline, grade, party, departments.
  { from: 'ended', action: 'close', to: ['closed'], who: 'event', stops: ['removal'] },

  ...UNDECIDED.map(clockStart),
  ...UNDECIDED.map(extension),
  ...(['proposed', 'noticed', 'heard', 'silent', 'reviewed'] as const).map(reminder),
  ...UNDECIDED.map((from) => followsPrincipal(from, 'withdrawn')),
  ...DECIDED.map((from) => followsPrincipal(from, 'ended')),
  ...UNDECIDED.map((from) => losingBasis(from, 'withdrawn')),
  ...DECIDED.map((from) => losingBasis(from, 'ended')),
  ...(['ended', 'closed'] as const).map(losingBasisLater),
  ...DECIDED.map(rejoinsTerm),
  ...[...UNDECIDED, ...DECIDED, 'ended' as const, 'closed' as const].map(correctedBasis),
  ...[...UNDECIDED, ...DECIDED, 'ended' as const, 'closed' as const].map(overdue),
];

export const FIRST: Status = 'proposed';
/** Where a case rests. A closed one is touched only by a false application, an objection, a lost basis, or for 信用中国. */
export const FINAL: readonly Status[] = ['closed', 'withdrawn', 'reminded'];

export function stepOf(status: Status, action: Action): Step | undefined {
  return LIFECYCLE.find((step) => step.from === status && step.action === action);
}

export function stepsFrom(status: Status): Step[] {
  return LIFECYCLE.filter((step) => step.from === status);
}

export function stepsOf(action: Action): Step[] {
  return LIFECYCLE.filter((step) => step.action === action);
}

/** Every role that some row lets act; what the HTTP route of an action asks of a token. */
export function rolesFor(action: Action): ActingRole[] {
  const actors = stepsOf(action).flatMap((step) => (typeof step.who === 'string' ? [] : [...step.who]));
  return [...new Set(actors.map((actor) => actor.role))];
}
