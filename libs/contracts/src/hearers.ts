import type { Contract } from './contract.js';
import { clueEvents } from './clues.js';
import * as corrections from './corrections.js';
import * as discipline from './discipline.js';
import * as grades from './grades.js';
import * as incentives from './incentives.js';
import { listingStepEvents } from './listing-steps.js';
import * as repairs from './listing-repairs.js';
import * as listings from './listings.js';
import * as notices from './notices.js';
import * as objections from './objections.js';
import * as recordObjections from './record-objections.js';
import * as recordRepairs from './record-repairs.js';
import * as records from './records.js';
import * as subjects from './subjects.js';

/** What both files about a subject need to know of its records. */
const allOfRecords = [records.recordAccepted, records.recordCorrected, records.recordWithdrawn];

/** How an entry stands: lifted provisionally, restored, objected to, corrected. */
const standingOfEntries = [
  repairs.listingSuspended,
  repairs.listingRestored,
  objections.objectionMarked,
  objections.objectionUnmarked,
  corrections.listingCorrected,
];

/**
 * Which service hears which events. Told here because contracts import nothing of ours;
 * test/contracts/hearers.spec.ts holds it against every `@Hears` of the services.
 */
export const HEARERS = {
  records: [
    listings.listingInForce,
    listings.listingPublished,
    listings.listingTermBegun,
    listings.listingEnded,
    listings.listingPublicationEnded,
    ...standingOfEntries,
    repairs.listingPenaltyPublicationEnded,
    repairs.listingPenaltyPublicationResumed,
    recordRepairs.repairGranted,
    recordRepairs.repairMasked,
    recordRepairs.repairResumed,
    recordRepairs.repairFoundFalse,
    recordObjections.recordObjectionMarked,
    recordObjections.recordObjectionUnmarked,
    recordObjections.recordObjectionUpheld,
    discipline.disciplineOrdered,
    discipline.disciplineApplied,
    discipline.disciplineNotApplied,
    discipline.disciplineTermCorrected,
    discipline.disciplineLiftOrdered,
    discipline.disciplineLifted,
    grades.gradeComputed,
  ],
  listing: [
    subjects.subjectRegistered,
    subjects.subjectChanged,
    ...allOfRecords,
    discipline.disciplineOrdered,
    discipline.disciplineCompleted,
    discipline.disciplineLifted,
    grades.gradeComputed,
    notices.noticeDelivered,
    corrections.recordEndApplied,
    ...corrections.correctionConfirmations,
  ],
  measures: [
    subjects.subjectChanged,
    subjects.subjectLinked,
    listings.listingInForce,
    listings.listingPublished,
    listings.listingTermBegun,
    listings.listingEnded,
    grades.gradeComputed,
    ...allOfRecords,
    ...standingOfEntries,
    recordRepairs.repairGranted,
    recordRepairs.repairFoundFalse,
  ],
  grading: [
    ...allOfRecords,
    listings.listingInForce,
    listings.listingEnded,
    repairs.listingSuspended,
    repairs.listingRestored,
    corrections.listingCorrected,
    recordRepairs.repairGranted,
    recordRepairs.repairMasked,
    recordRepairs.repairResumed,
    recordRepairs.repairFoundFalse,
  ],
  notifications: [
    ...allOfRecords,
    ...listings.caseEvents,
    ...listingStepEvents,
    ...discipline.disciplineEvents.filter((contract) => contract !== discipline.disciplineCompleted),
    ...incentives.incentiveEvents,
    ...repairs.listingRepairEvents,
    ...objections.objectionEvents,
    ...recordRepairs.recordRepairEvents,
    ...recordObjections.recordObjectionEvents,
    ...clueEvents,
    ...corrections.caseCorrectionEvents,
    grades.gradeComputed,
  ],
} satisfies Readonly<Record<string, readonly Contract[]>>;

/** What a service hears; nothing is said of one that has no inbox. */
export function heardBy(service: string): readonly Contract[] | undefined {
  return (HEARERS as Readonly<Record<string, readonly Contract[]>>)[service];
}
