/** How far back the rate looks. */
const WINDOW_MS = 60_000;

/**
 * How fast the whole service publishes, over all its replicas: from where its shards stood at earlier looks.
 * Pure but for what it remembers. (Counting what this process publishes would miss the shards of the others.)
 */
export class PublishRate {
  #looks: { at: number; total: number }[] = [];

  /** @param total ids published of all shards, which only grows */
  note(at: number, total: number): void {
    this.#looks = [...this.#looks.filter((look) => at - look.at <= WINDOW_MS), { at, total }];
  }

  /** Events a second over the last minute; undefined until there are two looks at least a second apart. */
  get perSecond(): number | undefined {
    const [first, last] = [this.#looks[0], this.#looks.at(-1)];
    if (!first || !last || last.at - first.at < 1_000) return undefined;
    return Math.max(0, ((last.total - first.total) * 1_000) / (last.at - first.at));
  }
}
