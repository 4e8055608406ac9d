/** What is told of one value over the rounds of a run. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

/** @throws Error for no values: a median of nothing must not look like a figure */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('no values');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, least: sorted[0]!, most: sorted.at(-1)! };
}

/** The smallest value that at least `share` of the values do not exceed (nearest rank); share in (0, 1]. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('no values');
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/**
 * Ratio of two contestants, taken round by round: what disturbs the machine for a while disturbs both sides of
 * one round, but not every round.
 */
export function ratioOf(over: readonly number[], under: readonly number[]): Spread {
  if (over.length !== under.length) throw new Error(`${over.length} rounds against ${under.length}`);
  return spreadOf(over.map((value, round) => value / under[round]!));
}
