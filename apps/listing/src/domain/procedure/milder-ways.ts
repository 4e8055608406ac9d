import { deadline } from '#kernel';
import { hearingOf, type InForce, type ListingCase } from '../case/case.js';
import { demandPast } from '../case/days.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import { termFromPublication } from '../term/publication-term.js';
import type { Fact } from '../case/facts.js';
import { listingRefusals } from '../case/refusals.js';
import { decisionDueFrom, withoutPublicNotice } from '../term/time-limits.js';
import type { Rules } from '../rules/rules.js';

/* What the law knows between listing and not listing: more time, a reminder, a publication held back. */

/** 延长: as much as the rule gives, added to the day that it was due. */
export function extendDecision(
  state: ListingCase,
  command: CommandOf<'extension'>,
  { list, calendar }: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const period = list.decision?.extension;
  if (!period || state.decisionDue === null)
    throw new Error('the table lets nobody extend what is not there');
  const extension = { on: today, reason: command.reason, by: actor, instead: state.decisionDue };
  return [
    { type: 'decision-extended', extension, decisionDue: deadline(calendar, state.decisionDue, period) },
  ];
}

/**
 * The day from which the decision clock runs becomes known after the opening, or was stated wrongly. History keeps
 * who stated which day, from what, and the day that it replaces.
 *
 * @throws Refusal `listing.date-in-future`: only a payment limit may lie ahead
 */
export function startDecisionClock(
  state: ListingCase,
  { from: clockFrom, source }: CommandOf<'clock-start'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  if (rules.list.decision?.from !== 'payment-limit') demandPast('from', clockFrom, today);
  const due = decisionDueFrom(rules, { clockFrom, noticedOn: null, penaltyOn: null });
  if (due === null) throw new Error('the table lets nobody start a clock that the rule does not know');
  const decisionDue = withoutPublicNotice(rules, due, { clockFrom, notice: hearingOf(state).notice })!;
  const instead = state.clockFrom;
  return [{ type: 'clock-started', clockFrom, instead, decisionDue, source, on: today, by: actor }];
}

/** Ordinance art. 30: minor, one-off, corrected in time and harmless conduct is reminded of, not listed. */
export function remind(command: CommandOf<'reminder'>, { today, actor }: Circumstances): Fact[] {
  const findings = { minor: '轻微', oneOff: '偶发', harmless: '没有造成危害后果' } as const;
  const finding = (['minor', 'oneOff', 'harmless'] as const).find((one) => !command[one]);
  if (finding) {
    const facts = { finding, findingZh: findings[finding] };
    throw listingRefusals.refusal('listing.reminder-not-fitting', facts, finding);
  }
  demandPast('correctedOn', command.correctedOn, today);
  const { reminderNo: no, text } = command;
  return [{ type: 'reminded', reminder: { no, text, on: today, by: actor } }];
}

/** Order 54 art. 14: the debt was paid before publication, so nothing is published. The entry stays. */
export function holdBack(
  state: InForce,
  command: CommandOf<'hold-back'>,
  { today, actor }: Circumstances,
): Fact[] {
  demandPast('paidOn', command.paidOn, today);
  const held = { ground: 'paid' as const, on: today, until: null, reason: command.reason, by: actor };
  return [{ type: 'publication-held-back', ...held, term: termFromPublication(state, today) }];
}
