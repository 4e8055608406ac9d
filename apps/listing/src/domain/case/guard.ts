import { notPossibleFacts } from '../not-possible.js';
import type { ListingCase } from './case.js';
import type { Action } from './commands.js';
import { CONDITIONS, defenceLimit, type Look } from './conditions.js';
import { type Step, stepOf, stepsOf } from './lifecycle.js';
import { ACTION_ZH, END_ZH, STATUS_ZH } from './names.js';
import { listingRefusals } from './refusals.js';

/**
 * The row of the lifecycle table by which the action is possible now.
 *
 * @throws Refusal when the table has no such row, or a condition of the row does not hold
 */
export function guard(action: Action, look: Look): Step {
  const step = stepOf(look.state.status, action);
  if (!step) throw notPossible(action, look);
  for (const condition of step.conditions ?? []) CONDITIONS[condition](look);
  return step;
}

/** Names the obstacle that the caller can do something about before the general one. */
function notPossible(action: Action, { state, circumstances }: Look): Error {
  if (state.status === 'withdrawn') {
    return listingRefusals.refusal('listing.withdrawn-already', { withdrawnOn: state.withdrawal.on });
  }
  if (state.status === 'reminded') {
    return listingRefusals.refusal('listing.reminded-already', { remindedOn: state.reminder.on });
  }
  if (state.status === 'ended' || state.status === 'closed') {
    return listingRefusals.refusal('listing.ended-already', {
      endedOn: state.end.endedOn,
      end: state.end.kind,
      endZh: END_ZH[state.end.kind],
    });
  }
  const limit = defenceLimit(state);
  const afterDefence = stepsOf(action).some((step) => AFTER_DEFENCE.has(step.from));
  if (limit !== null && circumstances.today <= limit && afterDefence) {
    return listingRefusals.refusal('listing.defence-open', { defenceUntil: limit });
  }
  if (action === 'service' && 'service' in state && state.service) {
    return listingRefusals.refusal('listing.already-served', { servedOn: state.service.servedOn });
  }
  const names = { statuses: STATUS_ZH, actions: ACTION_ZH };
  return listingRefusals.refusal(
    'listing.action-not-possible',
    notPossibleFacts(state, action, stepsOf(action), names),
  );
}

const AFTER_DEFENCE: ReadonlySet<ListingCase['status']> = new Set([
  'silent',
  'reviewed',
  'consented',
  'approved',
  'decided',
]);
