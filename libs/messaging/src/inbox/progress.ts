/** Without a sign from the broker for so long the consumer is not working, whatever its socket says. */
const SILENT_MS = 30_000;
/** A batch that settles nothing for so long is stuck: on the database, on a handler, on itself. */
const STUCK_MS = 60_000;

/**
 * Is the consumer getting anywhere? A connection that is open proves nothing; joining, hearing from the
 * broker and settling events do.
 */
export class Progress {
  #needed = true;
  #joined = false;
  #heardAt = 0;
  #settledAt = 0;
  readonly #working = new Map<object, number>();
  #fault: string | undefined;

  constructor(private readonly now: () => number = Date.now) {}

  joined(): void {
    this.#joined = true;
    this.#fault = undefined;
    this.heard();
  }

  /** A fetch, a heartbeat: the broker answers. */
  heard(): void {
    this.#heardAt = this.now();
  }

  /** The service consumes nothing: there is nothing to get on with. */
  unneeded(): void {
    this.#needed = false;
  }

  left(reason: string): void {
    this.#joined = false;
    this.#fault = reason;
  }

  /** Something stands in the way of every batch; cleared when it is gone, or by the next settled event. */
  hindered(reason: string): void {
    this.#fault = reason;
  }

  unhindered(): void {
    this.#fault = undefined;
  }

  began(batch: object): void {
    this.#working.set(batch, this.now());
  }

  settled(batch: object): void {
    this.#settledAt = this.now();
    this.#working.set(batch, this.#settledAt);
    this.#fault = undefined;
    this.heard();
  }

  /** When an event was settled last, and when the broker was heard last; undefined when never. */
  get last(): { settled: Date | undefined; heard: Date | undefined } {
    const at = (ms: number): Date | undefined => (ms === 0 ? undefined : new Date(ms));
    return { settled: at(this.#settledAt), heard: at(this.#heardAt) };
  }

  ended(batch: object): void {
    this.#working.delete(batch);
  }

  /** @throws Error saying why the consumer is not ready */
  check(): void {
    if (!this.#needed) return;
    if (!this.#joined) throw new Error(this.#fault ?? 'has not joined its group yet');
    if (this.#fault) throw new Error(this.#fault);
    const now = this.now();
    if (this.#working.size === 0 && now - this.#heardAt > SILENT_MS)
      throw new Error('has heard nothing from the broker for 30 s');
    for (const since of this.#working.values()) {
      if (now - since > STUCK_MS) throw new Error('has settled nothing of a batch for 60 s');
    }
  }
}
