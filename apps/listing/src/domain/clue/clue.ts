import type { LocalDate } from '#kernel';
import type { FoundingDocument } from '../case/case.js';
import { clueRefusals } from './clue-refusals.js';
import type { Hand } from '../hand.js';
import { CLUE_STATUS_ZH, clueStep } from './lifecycle.js';

/*
 * 线索: from a complaint, a report, an inspection or another unit, before there is a case. A handler verifies it,
 * which yields a document of finding, or drops it with the reason. One clue leads to one case at most.
 */

export const CLUE_SOURCES = ['complaint', 'report', 'inspection', 'transfer', 'media', 'other'] as const;
export type ClueSource = (typeof CLUE_SOURCES)[number];

interface Told {
  id: string;
  source: ClueSource;
  content: string;
  /** Whom it is about, as told; the subject is named when the case is opened. */
  about: string;
  department: string;
  receivedOn: LocalDate;
  receivedBy: Hand;
}

interface Answer {
  on: LocalDate;
  by: Hand;
  reason: string;
}

export type Clue = Told &
  (
    | { status: 'received' }
    | { status: 'dropped'; answer: Answer }
    | { status: 'verified'; answer: Answer; document: FoundingDocument }
    | { status: 'used'; answer: Answer; document: FoundingDocument; caseId: string }
  );

/** @throws Refusal `clue.answered-already`, `clue.document-missing`, `clue.document-ahead` */
export function answerClue(
  clue: Clue,
  answer: { verified: boolean; reason: string; document?: FoundingDocument },
  { today, actor }: { today: LocalDate; actor: Hand },
): Clue {
  if (!clueStep(clue.status, 'answer') && 'answer' in clue) {
    const facts = { answeredOn: clue.answer.on, status: clue.status, statusZh: CLUE_STATUS_ZH[clue.status] };
    throw clueRefusals.refusal('clue.answered-already', facts);
  }
  const given = { on: today, by: actor, reason: answer.reason };
  if (!answer.verified) return { ...clue, status: 'dropped', answer: given };
  const { document } = answer;
  // Ordinance art. 27: a finding rests on a document.
  if (!document) throw clueRefusals.refusal('clue.document-missing', {}, 'document');
  if (document.issuedOn > today)
    throw clueRefusals.refusal('clue.document-ahead', { today }, 'document.issuedOn');
  return { ...clue, status: 'verified', answer: given, document };
}

/** @throws Refusal `clue.not-verified`, `clue.used-already` */
export function useClue(clue: Clue, caseId: string): Clue & { status: 'used' } {
  if (clue.status === 'used')
    throw clueRefusals.refusal('clue.used-already', { caseId: clue.caseId }, 'clueId');
  if (!clueStep(clue.status, 'opening') || clue.status !== 'verified')
    throw clueRefusals.refusal(
      'clue.not-verified',
      { id: clue.id, status: clue.status, statusZh: CLUE_STATUS_ZH[clue.status] },
      'clueId',
    );
  return { ...clue, status: 'used', caseId };
}
