import { randomUUID } from 'node:crypto';
import {
  type CaseRef,
  type DataOf,
  disciplineCompleted,
  gradeComputed,
  listingEnded,
  noticeDelivered,
  recordEndApplied,
  type SubjectRef,
} from '#contracts';
import type { CaseDesk } from './desk.js';
import type { RunningListing } from './running-listing.js';

/** What other services' events name of a case, which is read over HTTP or held by the core. */
export function refOf(read: object): CaseRef {
  const { id, no, listType, listName, rulesVersion, conductKind, department, serious } = read as CaseRef;
  return { id, no, listType, listName, rulesVersion, conductKind, department, serious };
}

/** Somebody was told of a case. @param causeType of the event that it was told of; of the end when absent */
export function noticeOf(
  caseId: string | null,
  subjectId: string,
  recipient: { kind: 'party' | 'unit'; id: string },
  causeType: string = listingEnded.type,
): DataOf<typeof noticeDelivered> {
  const of = { id: randomUUID(), subjectId, caseId, causeType, recipient };
  return { notice: { ...noticeDelivered.sample.notice, ...of }, proof: 'inbox entry' };
}

/** A grade was computed because of what became of a case. */
export function gradeOf(
  caseId: string | null,
  subject: SubjectRef,
  type: string = listingEnded.type,
): DataOf<typeof gradeComputed> {
  return { ...gradeComputed.sample, subject, cause: { eventId: randomUUID(), type, caseId } };
}

/** Everybody from whom a receipt of an ended case is awaited gives it; no measure was ordered. */
export async function allReceiptsOf(
  walk: CaseDesk,
  running: RunningListing,
  { endedOn, told }: { endedOn: string; told: readonly string[] },
): Promise<void> {
  const read = await walk.read();
  const subject = read['subject'] as SubjectRef;
  const about = { case: refOf(read), subject };
  const { id } = walk;
  await running.tell(disciplineCompleted, subject.id, { ...about, stage: 'ordered', actions: 0 });
  await running.tell(recordEndApplied, subject.id, { ...about, endedOn, appliedOn: endedOn });
  await running.tell(gradeComputed, subject.id, gradeOf(id, subject));
  for (const recipient of [
    { kind: 'party' as const, id: subject.code! },
    ...told.map((unit) => ({ kind: 'unit' as const, id: unit })),
  ])
    await running.tell(noticeDelivered, subject.id, noticeOf(id, subject.id, recipient));
}
