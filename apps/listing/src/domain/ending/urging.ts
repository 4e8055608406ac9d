import { demandNotBefore, demandPast } from '../case/days.js';
import type { Closed, Ended } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import { listingRefusals } from '../case/refusals.js';

/**
 * 反馈解除结果 (联合惩戒办法 art. 16): the unit lifted; entered by the unit that found it had not, for all that stands open of it.
 *
 * @throws Refusal `listing.lifting-unit-not-urged`, `listing.date-in-future`, `listing.date-too-early`
 */
export function answerUrging(
  { end }: Ended | Closed,
  { unit, liftedOn, text }: CommandOf<'lifting-feedback'>,
  { today, actor }: Circumstances,
): Fact[] {
  const open = (end.urged ?? []).filter(({ answer }) => answer === null).map((one) => one.unit);
  if (!open.includes(unit)) {
    const facts = { unit, units: open.join(', ') };
    throw listingRefusals.refusal('listing.lifting-unit-not-urged', facts, 'unit');
  }
  demandPast('liftedOn', liftedOn, today);
  demandNotBefore('liftedOn', liftedOn, end.endedOn);
  return [{ type: 'lifting-fed-back', unit, answer: { liftedOn, text, by: actor } }];
}
