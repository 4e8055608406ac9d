import { incentiveGranted, incentiveWithdrawn, type SubjectRef } from '#contracts';
import type { Publication } from '#messaging';
import type { StoredIncentive } from '../store/incentives.store.js';

/** An entry as the other services hear of it: granted, or withdrawn and why. */
export function toldIncentive(entry: StoredIncentive, subject: SubjectRef): Publication {
  const { subjectId: _, withdrawnOn, why, caseId, ...incentive } = entry;
  if (withdrawnOn === null || why === null)
    return { contract: incentiveGranted, subject: subject.id, data: { incentive, subject } };
  return {
    contract: incentiveWithdrawn,
    subject: subject.id,
    data: { incentive, subject, why, caseId, withdrawnOn },
  };
}
