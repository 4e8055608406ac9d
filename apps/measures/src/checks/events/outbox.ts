import { disciplineHitsEscalated, disciplineHitsOverdue } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { LateHits } from '../domain/late-hits.js';

/* What the other services hear of checks. The key is the subject that was asked about. */

export function toldOverdue(late: LateHits): Publication {
  return { contract: disciplineHitsOverdue, subject: late.subject.id, data: { ...late } };
}

export function toldEscalated(late: LateHits, to: string, escalatedOn: LocalDate): Publication {
  return { contract: disciplineHitsEscalated, subject: late.subject.id, data: { ...late, to, escalatedOn } };
}
