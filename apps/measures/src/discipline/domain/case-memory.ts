import type { LocalDate } from '#kernel';
import { onEnded, onInForce, onRestored, onSuspended, overtaken, type Standing } from './case-standing.js';

/**
 * What is told of a listing, as far as its measures hang on it. `sequence`: its place among what is told of the subject.
 * A listing begins once, before everything else that is told of it.
 */
export type ToldOfCase =
  | { type: 'in-force'; inForceOn: LocalDate; termEndsOn: LocalDate | null }
  | { type: 'suspended' | 'ended'; sequence: number }
  | {
      type: 'restored';
      sequence: number;
      restoredOn: LocalDate;
      inForceOn: LocalDate;
      termEndsOn: LocalDate | null;
    }
  | { type: 'corrected'; sequence: number; termEndsOn: LocalDate | null };

/** What is remembered of a listing: a row of `discipline_case`, and of `discipline_correction`. */
export interface CaseMemory {
  standing: Standing;
  /** place of the last end, provisional lifting or restoration; 0 before the first */
  sequence: number;
  inForceOn: LocalDate | null;
  /** the day whose rules order what stands: of effect, or of the last restoration */
  rulesOn: LocalDate | null;
  termEndsOn: LocalDate | null;
  correction: { sequence: number; termEndsOn: LocalDate | null } | null;
}

export const NOTHING_HEARD: CaseMemory = {
  standing: 'unknown',
  sequence: 0,
  inForceOn: null,
  rulesOn: null,
  termEndsOn: null,
  correction: null,
};

/**
 * What is remembered once this is heard, too, in whatever order, and however often each: what stands in the end
 * (`standsBy`) hangs on what was told, and not on the order in which it was heard.
 */
export function remember(known: CaseMemory, told: ToldOfCase): CaseMemory {
  switch (told.type) {
    case 'in-force':
      return begun(known, told);
    case 'corrected':
      return corrected(known, told);
    case 'suspended':
    case 'ended':
    case 'restored':
      if (overtaken(known.sequence, told.sequence)) return known;
      return { ...moved(known, told), sequence: told.sequence };
    default:
      return told satisfies never;
  }
}

/** By the rules of which day measures stand, and to which last day of the listing; null: none may stand. */
export function standsBy({
  standing,
  rulesOn,
  termEndsOn,
}: CaseMemory): { rulesOn: LocalDate; termEndsOn: LocalDate | null } | null {
  return standing === 'live' ? { rulesOn: rulesOn!, termEndsOn } : null;
}

function begun(known: CaseMemory, told: Extract<ToldOfCase, { type: 'in-force' }>): CaseMemory {
  const { inForceOn } = told;
  const termEndsOn = known.correction ? known.correction.termEndsOn : told.termEndsOn;
  switch (onInForce(known.standing)) {
    case 'repeat':
      return known;
    case 'order':
      return { ...known, standing: 'live', inForceOn, rulesOn: inForceOn, termEndsOn };
    case 'order-nothing': {
      const standing = known.standing === 'ended-unseen' ? 'ended' : 'suspended';
      return { ...known, standing, inForceOn, termEndsOn };
    }
  }
}

function moved(
  known: CaseMemory,
  told: Extract<ToldOfCase, { type: 'suspended' | 'ended' | 'restored' }>,
): CaseMemory {
  if (told.type === 'restored') return restored(known, told);
  const asks = told.type === 'ended' ? onEnded(known.standing) : onSuspended(known.standing);
  switch (asks) {
    case 'repeat':
      return known;
    case 'remember':
      return { ...known, standing: `${told.type}-unseen` };
    case 'lift':
      return { ...known, standing: told.type };
  }
}

/** A restoration says all that is to be known of the listing, so it stands by nothing that was known before. */
function restored(known: CaseMemory, told: Extract<ToldOfCase, { type: 'restored' }>): CaseMemory {
  const { sequence, restoredOn, inForceOn } = told;
  const later = known.correction && known.correction.sequence > sequence ? known.correction : told;
  switch (onRestored(known.standing)) {
    case 'order-first':
    case 'order-again':
    case 'lift-and-order':
      return {
        ...known,
        standing: 'live',
        inForceOn: known.inForceOn ?? inForceOn,
        rulesOn: restoredOn,
        termEndsOn: later.termEndsOn,
      };
  }
}

function corrected(known: CaseMemory, told: Extract<ToldOfCase, { type: 'corrected' }>): CaseMemory {
  const { sequence, termEndsOn } = told;
  if (known.correction && known.correction.sequence >= sequence) return known;
  const correction = { sequence, termEndsOn };
  const counts = known.standing !== 'unknown' && known.sequence < sequence;
  return { ...known, correction, ...(counts && { termEndsOn }) };
}
