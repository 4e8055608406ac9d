/** Ids that were drawn but not seen, first and last included. */
export interface Gap {
  first: number;
  last: number;
  /** a transaction id above that of every transaction that can still fill the gap; unknown at first */
  horizon?: bigint;
}

/**
 * The ids that a cursor has passed without seeing their rows: their transactions had not ended, or were
 * rolled back. Each is looked up again with every read, until it is found or can never come.
 *
 * When can it never come? A writer has its xid before it draws an id (publish.ts). So once a gap is
 * noticed, any xid taken afterwards lies above its writer's; and when a later snapshot says that
 * everything below that xid has ended (its xmin has reached it) and still shows no row, there is none.
 * pg_snapshot_xmax of the noticing snapshot would not do: it is the highest *ended* xid plus one, and a
 * running writer may lie above it.
 *
 * Kept as ranges: a rolled back import of 100,000 events is one entry.
 */
export class GapList {
  #gaps: Gap[];

  /** Horizons are not kept over a change of owner: xids of a restored database start anew. */
  constructor(gaps: Iterable<{ first: number; last: number }> = []) {
    this.#gaps = [...gaps].map(({ first, last }) => ({ first, last })).sort((a, b) => a.first - b.first);
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  get empty(): boolean {
    return this.#gaps.length === 0;
  }

  /** Ids above all that were noticed before. */
  notice(first: number, last: number): void {
    if (first <= last) this.#gaps.push({ first, last });
  }

  /** The row of an id has been found. Unknown ids are left alone. */
  fill(id: number): void {
    const index = this.#gaps.findIndex((gap) => gap.first <= id && id <= gap.last);
    const gap = this.#gaps[index];
    if (!gap) return;
    const left = { ...gap, last: id - 1 };
    const right = { ...gap, first: id + 1 };
    this.#gaps.splice(index, 1, ...[left, right].filter((part) => part.first <= part.last));
  }

  /** Gaps still without a horizon, to be given one by {@link bound} when an xid has been taken *after* this call. */
  get unbounded(): Gap[] {
    return this.#gaps.filter((gap) => gap.horizon === undefined);
  }

  bound(gaps: readonly Gap[], horizon: bigint): void {
    for (const gap of gaps) gap.horizon ??= horizon;
  }

  /**
   * Gives up the gaps whose writers have all ended by the snapshot in which they were just looked up.
   *
   * @returns how many ids were given up
   */
  close(xmin: bigint): number {
    let closed = 0;
    this.#gaps = this.#gaps.filter(({ first, last, horizon }) => {
      if (horizon === undefined || xmin < horizon) return true;
      closed += last - first + 1;
      return false;
    });
    return closed;
  }

  /** As PostgreSQL writes an int8multirange. */
  toString(): string {
    return `{${this.#gaps.map(({ first, last }) => `[${first},${last + 1})`).join(',')}}`;
  }

  static parse(multirange: string): GapList {
    const ranges = [...multirange.matchAll(/\[(\d+),(\d+)\)/g)];
    return new GapList(ranges.map(([, from, to]) => ({ first: Number(from), last: Number(to) - 1 })));
  }
}
