import type { LocalDate } from '#kernel';
import type { ListingCase } from '../case/case.js';
import { demandPast } from '../case/days.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import { listingRefusals } from '../case/refusals.js';
import type { Rules } from '../rules/rules.js';
import { limitFrom } from '../term/time-limits.js';
import type { OralHearing } from './told.js';

/** 听证, where the list's procedure is joined to that of the penalty (行政处罚法 art. 63 to 65). */

export function oralHearingOf(state: ListingCase): OralHearing | null {
  return 'oralHearing' in state ? state.oralHearing : null;
}

/** Last day on which a hearing may be asked for, as the notice says; older notices do not, and it is counted. */
export function hearingRequestUntil(state: ListingCase, rules: Rules): LocalDate | null {
  const notice = 'notice' in state ? state.notice : null;
  if (!notice) return null;
  return notice.hearingUntil === undefined ? hearingLimit(rules, notice.servedOn) : notice.hearingUntil;
}

/** Counted from the service of the notice (art. 64 no. 1); null where the list's procedure has no hearing. */
export function hearingLimit(rules: Rules, servedOn: LocalDate): LocalDate | null {
  if (!rules.list.steps.hearing) return null;
  return limitFrom(rules, servedOn, rules.procedure['hearing-request']?.period ?? null);
}

export function requestHearing({ today, actor, byParty }: Circumstances): Fact[] {
  return [{ type: 'hearing-requested', on: today, by: actor, onBehalf: !byParty }];
}

/** Time and place are told so many days before (art. 64 no. 2). */
export function setHearing(
  command: CommandOf<'hearing-notice'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const { noticeNo, heldOn: on, place } = command;
  const earliest = limitFrom(rules, today, rules.procedure['hearing-notice']?.period ?? null) ?? today;
  if (on < earliest) throw listingRefusals.refusal('listing.hearing-too-soon', { earliest }, 'heldOn');
  return [{ type: 'hearing-set', set: { on, place, noticeNo, toldOn: today }, by: actor }];
}

/** The one who presides is none of those who investigated (art. 64 no. 4): the table asks a second person. */
export function recordHearing(
  state: ListingCase,
  command: CommandOf<'hearing-record'>,
  { today, actor: host }: Circumstances,
): Fact[] {
  const { outcome: kind, on, minutes } = command;
  demandPast('on', on, today);
  const set = oralHearingOf(state)?.set ?? null;
  if (kind === 'held' && (set === null || on < set.on)) {
    throw listingRefusals.refusal('listing.hearing-not-set', { setFor: set?.on ?? '—' }, 'on');
  }
  return [{ type: 'hearing-closed', result: { kind, on, minutes, host } }];
}
