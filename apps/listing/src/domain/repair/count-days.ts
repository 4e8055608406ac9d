import { type LocalDate, whereKnown } from '#kernel';
import type { ListingCase } from '../case/case.js';
import type { Fact } from '../case/facts.js';
import type { Rules } from '../rules/rules.js';
import { limitFrom } from '../term/time-limits.js';
import type { RepairRequest } from './entry.js';

/**
 * What follows for the open request of an entry when the calendar of a year is loaded: it was received without, and its
 * days were not known. They are counted from its first day, by the periods under which it was asked. Those from an
 * acceptance or a verification are known with it, since without the calendar nobody accepts.
 *
 * @returns nothing where no request is open, or where no day is known that was not before
 */
export function countRepairDays(state: ListingCase, rules: Rules, today: LocalDate): Fact[] {
  const request = 'removalRequest' in state ? state.removalRequest : null;
  if (!request) return [];
  const acceptanceDue = request.acceptanceDue ?? acceptedBy(request, rules);
  const decisionDue = request.decisionDue ?? decidedBy({ ...request, acceptanceDue }, rules);
  if (acceptanceDue === request.acceptanceDue && decisionDue === request.decisionDue) return [];
  return [{ type: 'removal-days-set', requestId: request.id, on: today, acceptanceDue, decisionDue }];
}

function acceptedBy({ status, requestedOn, accept = null }: RepairRequest, rules: Rules): LocalDate | null {
  return status === 'requested' ? whereKnown(() => limitFrom(rules, requestedOn, accept)) : null;
}

/** From receipt, or from the last day for acceptance: the latest that it can be. */
function decidedBy(request: RepairRequest, rules: Rules): LocalDate | null {
  const { fromAcceptance, acceptanceDue, requestedOn, decide } = request;
  const from = fromAcceptance ? acceptanceDue : requestedOn;
  return from === null ? null : whereKnown(() => limitFrom(rules, from, decide));
}
