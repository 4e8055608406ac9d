import type { LocalDate, Refusal } from '#kernel';
import { recordRefusals } from './record-refusals.js';

export const WITHDRAWAL_CAUSES = ['revoked', 'found-unlawful', 'void', 'changed', 'sent-by-mistake'] as const;
export type WithdrawalCause = (typeof WITHDRAWAL_CAUSES)[number];

/** A record with the same natural key that came before; `sameContent` compares the whole payload. */
export type Earlier =
  | { status: 'counted'; id: string; sameContent: boolean }
  | { status: 'withdrawn'; id: string; sameContent: boolean; cause: WithdrawalCause; withdrawnOn: LocalDate };

export type Arrival = { as: 'new' } | { as: 'duplicate'; id: string } | { as: 'refused'; refusal: Refusal };

/**
 * What a record is in the light of those with the same natural key. The same again is counted, not an error:
 * files are sent twice. Other content under the same document needs a decision of its provider. A withdrawn
 * record does not come back by a file that is sent once more: only what was sent by mistake, or was changed,
 * may come again, and then with other content.
 */
export function arrivalOf(
  earlier: readonly Earlier[],
  about: { documentNo: string; field: string },
): Arrival {
  const { documentNo, field } = about;
  const counted = earlier.find((record) => record.status === 'counted');
  if (counted) {
    if (counted.sameContent) return { as: 'duplicate', id: counted.id };
    return {
      as: 'refused',
      refusal: recordRefusals.refusal('record.conflicting-duplicate', { documentNo }, field),
    };
  }
  for (const record of earlier) {
    if (record.status !== 'withdrawn') continue;
    const mended = (record.cause === 'sent-by-mistake' || record.cause === 'changed') && !record.sameContent;
    if (mended) continue;
    const facts = { documentNo, withdrawnOn: record.withdrawnOn };
    return { as: 'refused', refusal: recordRefusals.refusal('record.was-withdrawn', facts, field) };
  }
  return { as: 'new' };
}
