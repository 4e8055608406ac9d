import type { Arrival } from '../../../libs/messaging/src/inbox/arrival.js';
import type { Standing } from '../../../libs/messaging/src/inbox/place.js';
import type { Steps } from './scheduler.js';

export interface Letter {
  id: string;
  key: string | null;
  arrival: Arrival;
  cause: 'unreadable' | 'refused' | 'sequence-gap';
  state: 'open' | 'settled';
}

/** An effect, in the order in which effects were committed. */
export interface Effect {
  key: string;
  eventId: string;
  sequence: number;
}

/** The database of one consumer: what messaging keeps, the effects, and one row of state a subject. */
export class ConsumerTables {
  readonly positions = new Map<string, Standing>();
  readonly inbox = new Set<string>();
  readonly effects: Effect[] = [];
  /** the sequence that each subject's row shows */
  readonly state = new Map<string, number>();
  readonly letters = new Map<string, Letter>();
  readonly parked = new Map<string, Map<number, Arrival>>();
  readonly locks = new Map<string, ConsumerTransaction>();
  letterCount = 0;
  gapsNoticed = 0;

  begin(): ConsumerTransaction {
    return new ConsumerTransaction(this);
  }

  parkedOf(key: string): Map<number, Arrival> {
    const there = this.parked.get(key) ?? new Map<number, Arrival>();
    this.parked.set(key, there);
    return there;
  }
}

/** Row locks on positions; what is done becomes visible at the commit, or never. */
export class ConsumerTransaction {
  readonly #work: (() => void)[] = [];
  readonly #keys = new Set<string>();
  over = false;

  constructor(readonly tables: ConsumerTables) {}

  *lock(key: string): Steps {
    const { locks } = this.tables;
    yield () => !locks.has(key) || locks.get(key) === this;
    locks.set(key, this);
    this.#keys.add(key);
  }

  do(work: () => void): void {
    this.#work.push(work);
  }

  commit(): void {
    if (this.over) return;
    for (const work of this.#work) work();
    this.end();
  }

  end(): void {
    this.over = true;
    for (const key of this.#keys) this.tables.locks.delete(key);
    this.#keys.clear();
  }

  /** As receipts.ts: locks the subject and answers where it stands. */
  *stand(key: string): Steps<Standing> {
    yield* this.lock(key);
    return this.tables.positions.get(key) ?? { last: null, blockedBy: null, blockedSequence: null };
  }

  moveTo(key: string, sequence: number): void {
    this.#change(key, { last: sequence });
  }

  block(key: string, letter: string | null, sequence: number | null): void {
    this.#change(key, { blockedBy: letter, blockedSequence: sequence });
  }

  effect(key: string, eventId: string, sequence: number): void {
    this.do(() => {
      this.tables.effects.push({ key, eventId, sequence });
      this.tables.state.set(key, sequence);
    });
  }

  /** @returns whether the event had not been received before */
  receive(eventId: string): boolean {
    if (this.tables.inbox.has(eventId)) return false;
    this.do(() => this.tables.inbox.add(eventId));
    return true;
  }

  park(arrival: Arrival): void {
    const { key, place } = arrival;
    this.do(() => this.tables.parkedOf(key!).set(place!.sequence, arrival));
  }

  #change(key: string, change: Partial<Standing>): void {
    const { positions } = this.tables;
    this.do(() => {
      const now = positions.get(key) ?? { last: null, blockedBy: null, blockedSequence: null };
      positions.set(key, { ...now, ...change });
    });
  }
}
