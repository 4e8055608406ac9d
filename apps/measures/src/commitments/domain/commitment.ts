/**
 * A commitment on record, as far as it matters for the commitment procedure: those who made false or unkept
 * commitments may not use it until repaired (ordinance art. 45).
 */
export interface Commitment {
  /** the record says that it was not kept, or false (履约状态 未履行, 虚假承诺) */
  broken: boolean;
  /** 信用修复 was granted, and not found false afterwards */
  repaired: boolean;
}

/** What was told of it: how the record reads now, or that it counts no more; or how its repair went. */
export type Told =
  | { type: 'recorded'; performance: 'kept' | 'broken' | null }
  | { type: 'withdrawn' }
  | { type: 'repair'; stands: boolean };

export const UNTOLD: Commitment = { broken: false, repaired: false };

export function after(commitment: Commitment, told: Told): Commitment {
  switch (told.type) {
    case 'recorded':
      return { ...commitment, broken: told.performance === 'broken' };
    case 'withdrawn':
      return { ...commitment, broken: false };
    case 'repair':
      return { ...commitment, repaired: told.stands };
    default:
      return told satisfies never;
  }
}

/** Whether it closes the commitment procedure to its subject. */
export function closes({ broken, repaired }: Commitment): boolean {
  return broken && !repaired;
}
