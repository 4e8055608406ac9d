import type { Contract } from './contract.js';
import { clueEvents } from './clues.js';
import { ContractRegistry } from './contract-registry.js';
import { correctionConfirmations, correctionEvents, recordEndApplied } from './corrections.js';
import { disciplineEvents } from './discipline.js';
import { gradeEvents } from './grades.js';
import { incentiveEvents } from './incentives.js';
import { listingRepairEvents } from './listing-repairs.js';
import { listingStepEvents } from './listing-steps.js';
import { listingEvents } from './listings.js';
import { measureEvents } from './measures.js';
import { noticeEvents } from './notices.js';
import { objectionEvents } from './objections.js';
import { recordObjectionEvents } from './record-objections.js';
import { recordRepairEvents } from './record-repairs.js';
import { recordEvents } from './records.js';
import { subjectEvents } from './subjects.js';

/** Every event of the platform. */
export const allContracts: readonly Contract[] = [
  ...subjectEvents,
  ...recordEvents,
  ...listingEvents,
  ...listingStepEvents,
  ...listingRepairEvents,
  ...objectionEvents,
  ...recordRepairEvents,
  ...recordObjectionEvents,
  ...clueEvents,
  ...correctionEvents,
  ...correctionConfirmations,
  recordEndApplied,
  ...disciplineEvents,
  ...incentiveEvents,
  ...gradeEvents,
  ...measureEvents,
  ...noticeEvents,
];

/** The events as this release knows them. */
export const platformContracts = new ContractRegistry(allContracts);

export function contractOf(type: string): Contract | undefined {
  return platformContracts.of(type);
}
