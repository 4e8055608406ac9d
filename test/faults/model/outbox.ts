import type { Look } from '../../../libs/messaging/src/relay/cursor.js';
import type { Gap } from '../../../libs/messaging/src/relay/gap-list.js';

/** One event as the writer committed it. */
export interface Written {
  /** id in the outbox */
  id: number;
  eventId: string;
  key: string;
  /** place in the order of the key */
  sequence: number;
}

export interface Row extends Written {
  xid: number;
}

/** A relay's session: the advisory lock ends with it. */
export interface Session {
  owner: string;
  ended: boolean;
}

/**
 * What PostgreSQL guarantees, and no more: row locks until the end of a transaction, sequences that do not
 * roll back, xids, snapshots that see whole transactions, advisory locks of sessions.
 */
export class OutboxDatabase {
  /** committed rows by id */
  readonly rows: Row[] = [];
  readonly committed: Written[] = [];
  readonly streams = new Map<string, number>();
  readonly locks = new Map<string, Transaction>();
  readonly running = new Set<number>();
  /** rows that a SKIP LOCKED relay holds */
  readonly rowLocks = new Set<number>();
  relay = { epoch: 0, lastId: 0, gaps: '{}' };
  holder: Session | undefined;
  drawn = 0;
  #nextXid = 100;
  #highestEnded = 99;

  begin(): Transaction {
    return new Transaction(this);
  }

  takeXid(): number {
    const xid = this.#nextXid++;
    this.running.add(xid);
    return xid;
  }

  endXid(xid: number): void {
    this.running.delete(xid);
    this.#highestEnded = Math.max(this.#highestEnded, xid);
  }

  /** the oldest xid that is still running, else the next one */
  get xmin(): bigint {
    return BigInt(this.running.size > 0 ? Math.min(...this.running) : this.#nextXid);
  }

  /** as pg_snapshot_xmax: the highest *ended* xid plus one */
  get xmax(): bigint {
    return BigInt(this.#highestEnded + 1);
  }

  /** Gaps and new rows in one snapshot, as outbox-reader.ts asks for them. */
  look(lastId: number, gaps: readonly Gap[], limit: number): Look & { rows: Row[] } {
    const wanted = (id: number): boolean =>
      id > lastId || gaps.some(({ first, last }) => first <= id && id <= last);
    const rows = this.rows.filter(({ id }) => wanted(id)).slice(0, limit);
    const xmin = gaps.length > 0 ? this.xmin : 0n;
    return { rows, ids: rows.map(({ id }) => id), xmin, full: rows.length === limit };
  }

  /** Takes the shard's lock if it is free. */
  claim(session: Session): { epoch: number; place: { lastId: number; gaps: string } } | undefined {
    if (this.holder && !this.holder.ended) return undefined;
    this.holder = session;
    this.relay.epoch += 1;
    const { epoch, lastId, gaps } = this.relay;
    return { epoch, place: { lastId, gaps } };
  }
}

/** A writer's transaction. */
export class Transaction {
  xid: number | undefined;
  readonly #rows: Row[] = [];
  readonly #streams = new Map<string, number>();
  readonly #keys = new Set<string>();

  constructor(private readonly database: OutboxDatabase) {}

  assignXid(): number {
    return (this.xid ??= this.database.takeXid());
  }

  canLock(key: string): boolean {
    const by = this.database.locks.get(key);
    return by === undefined || by === this;
  }

  /** The row lock of the stream, and with it an xid and the next sequence. */
  lock(key: string): number {
    this.assignXid();
    this.database.locks.set(key, this);
    this.#keys.add(key);
    const sequence = (this.#streams.get(key) ?? this.database.streams.get(key) ?? 0) + 1;
    this.#streams.set(key, sequence);
    return sequence;
  }

  drawId(): number {
    return ++this.database.drawn;
  }

  insert(row: Written): void {
    this.#rows.push({ ...row, xid: this.assignXid() });
  }

  /** Visible to all at once; the row locks are released a moment later. */
  commit(): void {
    this.database.rows.push(...this.#rows);
    this.database.rows.sort((a, b) => a.id - b.id);
    this.database.committed.push(...this.#rows);
    for (const [key, sequence] of this.#streams) this.database.streams.set(key, sequence);
    this.end();
  }

  end(): void {
    if (this.xid !== undefined) this.database.endXid(this.xid);
  }

  unlock(): void {
    for (const key of this.#keys) this.database.locks.delete(key);
  }
}
