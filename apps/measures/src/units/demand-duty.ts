import { requestRefusals } from '#platform';

/** @throws Refusal `request.other-department` where the owner is none of the bodies that the caller acts for */
export function demandDuty(duties: readonly string[], owner: string): void {
  if (!duties.includes(owner)) throw requestRefusals.refusal('request.other-department', { owner });
}
