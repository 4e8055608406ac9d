import { deadline, type LocalDate, whereKnown } from '#kernel';
import type { ListingCase } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import { listingRefusals } from '../case/refusals.js';
import { hearingLimit } from './oral-hearing.js';
import type { Rules } from '../rules/rules.js';
import { deliver, type Delivery } from './service.js';
import { decisionDueFrom, limitFrom, withoutPublicNotice } from '../term/time-limits.js';
import { demandAfter, demandNotBefore } from '../case/days.js';

/** Notice of reasons, basis and rights (事先告知); the defence runs from its service. */
export function giveNotice(
  state: ListingCase,
  command: CommandOf<'notice'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const delivery = deliver(command, rules, today);
  demandAfterOpening(state, delivery, rules);
  const hearingUntil = hearingLimit(rules, delivery.servedOn);
  const notice = {
    no: command.noticeNo,
    reasons: command.reasons,
    basis: [...rules.list.basis],
    ...delivery,
    defenceUntil: defenceUntil(state, command.defenceUntil, { ...delivery, hearingUntil }, rules),
    hearingUntil,
  };
  const decisionDue =
    state.decisionDue ??
    decisionDueFrom(rules, { clockFrom: state.clockFrom, noticedOn: delivery.servedOn, penaltyOn: null });
  return [
    {
      type: 'noticed',
      notice,
      decisionDue: withoutPublicNotice(rules, decisionDue, { ...state, notice }),
      by: actor,
    },
  ];
}

/**
 * A notice of the listing's own belongs to this case: one of an earlier day would have the time of the defence over
 * before anybody could state one. That of a penalty, or of an enforcement, may have come before the case was opened.
 *
 * @throws Refusal `listing.date-too-early`
 */
function demandAfterOpening(
  { openedOn }: ListingCase,
  { announcedOn, servedOn }: Delivery,
  { list: { steps } }: Rules,
): void {
  if (!steps.notice || steps.hearing) return;
  const field = announcedOn === null ? 'servedOn' : 'announcedOn';
  demandNotBefore(field, announcedOn ?? servedOn, openedOn);
}

/** The rule's period, or where the rule fixes none the day that the notice sets. */
function defenceUntil(
  state: ListingCase,
  given: LocalDate | undefined,
  { servedOn, hearingUntil }: Delivery & { hearingUntil: LocalDate | null },
  { list, calendar }: Rules,
): LocalDate | null {
  if (!list.steps.defence) {
    if (given !== undefined) throw refuse('listing.defence-not-prescribed', state);
    return null;
  }
  if (list.defence === null) {
    if (given === undefined) throw refuse('listing.defence-period-needed', state);
    demandAfter('defenceUntil', given, servedOn);
    // 行政处罚法 art. 64 no. 1: what the notice leaves to itself cannot cut off what the law gives.
    if (hearingUntil !== null && given < hearingUntil)
      throw listingRefusals.refusal('listing.defence-before-hearing', { hearingUntil }, 'defenceUntil');
    return given;
  }
  const until = deadline(calendar, servedOn, list.defence);
  if (given !== undefined && given !== until) {
    const facts = { listName: state.listName, listType: state.listType, defenceUntil: until };
    throw listingRefusals.refusal('listing.defence-period-fixed', facts, 'defenceUntil');
  }
  return until;
}

function refuse(
  code: 'listing.defence-not-prescribed' | 'listing.defence-period-needed',
  state: ListingCase,
): Error {
  const facts = { listName: state.listName, listType: state.listType };
  return listingRefusals.refusal(code, facts, 'defenceUntil');
}

/** 陈述申辩, by the party itself or taken down by a handler. */
export function stateDefence(
  command: CommandOf<'defence'>,
  rules: Rules,
  { today, actor, byParty }: Circumstances,
): Fact[] {
  return [
    {
      type: 'defended',
      defence: {
        text: command.text,
        attachments: command.attachments ?? [],
        statedOn: today,
        by: actor,
        onBehalf: !byParty,
      },
      // Who is heard in time is heard, although the calendar of the coming year is not loaded yet.
      verificationDue: whereKnown(() => limitFrom(rules, today, rules.list.verification)),
    },
  ];
}

/** The clock of the defence ended. Nothing follows for a case that has moved on meanwhile. */
export function fallSilent(state: ListingCase, { today }: Circumstances): Fact[] {
  if (state.status !== 'noticed' || state.notice.defenceUntil === null) return [];
  return today > state.notice.defenceUntil
    ? [{ type: 'fell-silent', defenceUntil: state.notice.defenceUntil }]
    : [];
}
