import {
  type DataOf,
  type listingCorrected,
  type listingEnded,
  recordAccepted,
  recordCorrected,
  recordCorrectionApplied,
  recordEndApplied,
  type RecordRef,
  recordWithdrawn,
  subjectChanged,
  subjectLinked,
  subjectRegistered,
  type SubjectRef,
} from '#contracts';
import type { Publication } from '#messaging';
import { performanceOf, type RecordFacts } from '../domain/record-facts.js';
import type { WithdrawalCause } from '../domain/duplicate.js';
import type { LinkRow } from '../store/links.store.js';
import type { RecordRow } from '../store/record.row.js';
import type { SubjectRow } from '../store/subject.row.js';

/* Facts of this service as contracts. A subject row holds the masked name of a person, so nothing else can go out. */

export function subjectRef({ id, kind, code, name, region }: SubjectRow): SubjectRef {
  return { id, kind, code, name, region };
}

export function recordRef(id: string, type: string, provider: string, facts: RecordFacts): RecordRef {
  const { documentNo, decidedOn, severity, category, conduct, fineYuan, authority, publishedUntil } = facts;
  return {
    id,
    type,
    documentNo,
    decidedOn,
    severity,
    category,
    conduct,
    fineYuan,
    performance: performanceOf(type, category),
    authority,
    provider,
    publishedUntil,
  };
}

export function recordRefOf(row: RecordRow): RecordRef {
  return {
    id: row.id,
    type: row.type,
    documentNo: row.document_no,
    decidedOn: row.decided_on,
    severity: row.severity,
    category: row.category,
    conduct: row.conduct,
    fineYuan: row.fine_yuan,
    performance: performanceOf(row.type, row.category),
    authority: { name: row.authority_name, code: row.authority_code },
    provider: row.provider,
    publishedUntil: row.published_until,
  };
}

export function tellRegistered(subject: SubjectRow): Publication {
  return { contract: subjectRegistered, subject: subject.id, data: { subject: subjectRef(subject) } };
}

export function tellChanged(subject: SubjectRow, changed: string[]): Publication {
  return { contract: subjectChanged, subject: subject.id, data: { subject: subjectRef(subject), changed } };
}

export function tellLinked(organisation: SubjectRow, link: LinkRow): Publication {
  const { id, kind, partyId: party, since, until } = link;
  return {
    contract: subjectLinked,
    subject: organisation.id,
    data: { subject: subjectRef(organisation), link: { id, kind, party, since, until } },
  };
}

export function tellAccepted(record: RecordRef, subject: SubjectRow): Publication {
  return { contract: recordAccepted, subject: subject.id, data: { record, subject: subjectRef(subject) } };
}

export function tellWithdrawn(
  record: RecordRow,
  subject: SubjectRow,
  fact: { cause: WithdrawalCause; reason: string; withdrawnOn: string; changedOn?: string },
): Publication {
  return {
    contract: recordWithdrawn,
    subject: subject.id,
    data: { record: recordRefOf(record), subject: subjectRef(subject), ...fact },
  };
}

export function tellCorrected(
  record: RecordRow,
  subject: SubjectRow,
  reasons: string,
  changed: string[],
): Publication {
  // The contract holds a thousand characters of the reasons; the history of the record has them all.
  const reason = [...reasons].slice(0, 1000).join('');
  return {
    contract: recordCorrected,
    subject: subject.id,
    data: { record: recordRefOf(record), subject: subjectRef(subject), reason, changed },
  };
}

export function tellCorrectionApplied(
  { case: about, subject, correction }: DataOf<typeof listingCorrected>,
  appliedOn: string,
): Publication {
  return {
    contract: recordCorrectionApplied,
    subject: subject.id,
    data: { case: about, subject, correction, appliedOn },
  };
}

export function tellEndApplied(
  { case: about, subject, endedOn }: DataOf<typeof listingEnded>,
  appliedOn: string,
): Publication {
  return {
    contract: recordEndApplied,
    subject: subject.id,
    data: { case: about, subject, endedOn, appliedOn },
  };
}
