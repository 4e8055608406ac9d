/** Lanes of one batch: transactions that overlap. More gain nothing on the one thread that feeds them. */
export const LANES = 4;
/** Below so many events another lane costs more in commits than it gains. */
const WORTH_A_LANE = 20;

/**
 * Cuts a batch into lanes that may be handled at the same time: all events of a key are in one lane, in
 * their order. Keys go to the lane that is shortest so far.
 */
export function lanesOf<T extends { key: string | null }>(batch: readonly T[]): T[][] {
  const count = Math.max(1, Math.min(LANES, Math.floor(batch.length / WORTH_A_LANE)));
  const lanes: T[][] = Array.from({ length: count }, () => []);
  const laneOfKey = new Map<string | null, T[]>();
  for (const item of batch) {
    let lane = laneOfKey.get(item.key);
    if (!lane) {
      lane = lanes.reduce((shortest, each) => (each.length < shortest.length ? each : shortest));
      laneOfKey.set(item.key, lane);
    }
    lane.push(item);
  }
  return lanes.filter((lane) => lane.length > 0);
}

/**
 * Lanes finish in any order, an offset says "everything up to here": this tells how far the batch is
 * settled without a hole.
 */
export class Settled {
  readonly #done: boolean[];
  #until = 0;

  constructor(private readonly size: number) {
    this.#done = new Array<boolean>(size).fill(false);
  }

  /** @returns index of the last item of the settled front, -1 while the first is open */
  mark(index: number): number {
    this.#done[index] = true;
    while (this.#until < this.size && this.#done[this.#until]) this.#until += 1;
    return this.#until - 1;
  }

  get complete(): boolean {
    return this.#until === this.size;
  }
}
