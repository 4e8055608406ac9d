import { randomUUID } from 'node:crypto';
import {
  type CaseRef,
  disciplineCompleted,
  gradeComputed,
  noticeDelivered,
  recordEndApplied,
  type SubjectRef,
} from '#contracts';
import type { CaseDesk } from './desk.js';
import type { RunningListing } from './running-listing.js';

/** Everybody from whom a receipt of an ended case is awaited gives it; no measure was ordered. */
export async function allReceiptsOf(
  walk: CaseDesk,
  running: RunningListing,
  { endedOn, told }: { endedOn: string; told: readonly string[] },
): Promise<void> {
  const read = (await walk.read()) as unknown as CaseRef & { subject: SubjectRef };
  const { id, no, listType, listName, rulesVersion, conductKind, department, serious, subject } = read;
  const about = {
    case: { id, no, listType, listName, rulesVersion, conductKind, department, serious },
    subject,
  };
  await running.tell(disciplineCompleted, subject.id, { ...about, stage: 'ordered', actions: 0 });
  await running.tell(recordEndApplied, subject.id, { ...about, endedOn, appliedOn: endedOn });
  const causeType = 'cn.chengxin.listing.ended.v1';
  const cause = { eventId: randomUUID(), type: causeType, caseId: id };
  await running.tell(gradeComputed, subject.id, { ...gradeComputed.sample, subject, cause });
  for (const recipient of [
    { kind: 'party' as const, id: subject.code! },
    ...told.map((unit) => ({ kind: 'unit' as const, id: unit })),
  ]) {
    const of = { id: randomUUID(), subjectId: subject.id, caseId: id, causeType, recipient };
    const notice = { ...noticeDelivered.sample.notice, ...of };
    await running.tell(noticeDelivered, subject.id, { notice, proof: 'inbox entry' });
  }
}
