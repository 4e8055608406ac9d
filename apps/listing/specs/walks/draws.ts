/** All chance of one walk comes from one number, so that the same number walks the same path. */
export class Draws {
  #state: number;

  constructor(readonly seed: number) {
    // Neighbours must not begin alike: spread over 32 bits first.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  }

  /** mulberry32: a whole number from 0 to below `limit` */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % Math.max(1, limit);
  }

  /** In so many of a hundred. */
  percent(share: number): boolean {
    return this.below(100) >= 100 - share;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** As often as it weighs. */
  weighed<T>(from: readonly (readonly [weight: number, one: T])[]): T {
    let left = this.below(from.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, one] of from) if ((left -= weight) < 0) return one;
    return from[0]![1];
  }
}
