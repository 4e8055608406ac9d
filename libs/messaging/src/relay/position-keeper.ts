import type { Queryable } from '#platform';
import type { Claim } from './claims.js';
import type { Cursor, Place } from './cursor.js';

/**
 * How long a position may wait to be written. Positions only spare repetition after a crash, and each one
 * leaves a dead version of the same row: under a snapshot that someone holds, writing it after every batch
 * would make its own update slower and slower.
 */
const WRITE_AFTER_MS = 50;

/**
 * Writes a shard's position behind its sends, and takes the xids that let gaps be closed: the xid of the
 * very transaction that writes the position, so that noticing a gap costs none of its own.
 */
export class PositionKeeper {
  #place: Place | undefined;
  #writing: Promise<void> | undefined;

  constructor(
    private readonly session: Queryable,
    private readonly claim: Claim,
    private readonly cursor: Cursor,
    /** told when the row has another owner's epoch, or cannot be written */
    private readonly onLost: (error: Error) => void,
  ) {}

  /** `place` is published. Written within {@link WRITE_AFTER_MS}, or with whatever place has come since. */
  note(place: Place): void {
    this.#place = place;
    this.#writing ??= new Promise<void>((resolve) => setTimeout(resolve, WRITE_AFTER_MS))
      .then(() => this.#write())
      .catch((error: unknown) => this.onLost(error as Error))
      .finally(() => {
        this.#writing = undefined;
        // A gap that was noticed while this write was under way still needs an xid taken after it.
        if (this.#place) this.note(this.#place);
      });
  }

  /** Resolves when everything noted is written. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #write(): Promise<void> {
    const place = this.#place;
    if (!place) return;
    this.#place = undefined;
    const noticed = this.cursor.gapList.unbounded;
    const { rows } = await this.session.query<{ xid: string }>(
      `UPDATE messaging.relay SET last_id = $3, gaps = $4::int8multirange, moved_at = clock_timestamp()
       WHERE shard = $1 AND epoch = $2 RETURNING pg_current_xact_id()::text AS xid`,
      [this.claim.shard, this.claim.epoch, place.lastId, place.gaps],
    );
    const row = rows[0];
    if (!row) throw new Error(`shard ${this.claim.shard} has another owner`);
    this.cursor.gapList.bound(noticed, BigInt(row.xid));
  }
}
