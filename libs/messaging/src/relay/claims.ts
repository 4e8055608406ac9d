import type { Queryable } from '#platform';
import { SHARDS } from '../outbox/shard.js';
import type { Place } from './cursor.js';

/** First key of all our advisory locks: "CXMS". */
const LOCKS = 0x43584d53;
/** Second key of the lock that every relay shares: whoever holds it is counted. Shards have theirs from 0. */
const MEMBERSHIP = 1000;

/** An owner that has not asked anything for so long is stopped or gone; it asks ten times a second. */
const SILENT_SECONDS = 3;
/** One whose statement has been running so long hangs: its client no longer reads. */
const STUCK_SECONDS = 30;

/** What a claim gives: from where to go on, and the epoch under which the position may be moved. */
export interface Claim {
  shard: number;
  epoch: number;
  place: Place;
}

interface Holder {
  slot: number;
  pid: number;
  own: boolean;
  lost: boolean;
}

const HOLDERS = `
  SELECT l.objid::int AS slot, l.pid, l.pid = pg_backend_pid() AS own,
         coalesce(extract(epoch FROM clock_timestamp() - a.state_change) >
                  CASE a.state WHEN 'active' THEN $2::float8 ELSE $3::float8 END, false) AS lost
  FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'advisory' AND l.classid = $1 AND l.objsubid = 2 AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Shards that some session holds at this moment: the claim is its lock, so this is never out of date. */
export async function holdersOf(database: Queryable): Promise<Set<number>> {
  const { rows } = await database.query<Holder>(HOLDERS, [LOCKS, STUCK_SECONDS, SILENT_SECONDS]);
  return new Set(rows.filter(({ slot, lost }) => slot < SHARDS && !lost).map(({ slot }) => slot));
}

/**
 * Who relays which shard, decided by PostgreSQL's own locks and nothing else: there is no lease to renew
 * and no table of members to clean up. A relay that is killed loses its session, hence its locks, at once.
 * One that is merely stopped (SIGSTOP, a frozen machine) keeps them, but falls silent: another relay sees
 * that in pg_stat_activity and ends its session. When it wakes up it finds no session, reads nothing and
 * moves nothing; a request that it had under way can still reach Kafka, where consumers drop it by sequence.
 */
export class Claims {
  readonly #owned = new Set<number>();

  constructor(
    private readonly session: Queryable,
    private readonly owner: string,
  ) {}

  get owned(): ReadonlySet<number> {
    return this.#owned;
  }

  async join(): Promise<void> {
    await this.session.query('SELECT pg_advisory_lock_shared($1, $2)', [LOCKS, MEMBERSHIP]);
  }

  /**
   * Takes what is free up to a fair share (shards over living relays, rounded up) and names what to give up.
   *
   * @returns new claims, and shards beyond the share, which the caller stops and then {@link release}s
   */
  async balance(): Promise<{ claimed: Claim[]; surplus: number[] }> {
    const { rows } = await this.session.query<Holder>(HOLDERS, [LOCKS, STUCK_SECONDS, SILENT_SECONDS]);
    for (const lost of rows.filter((row) => row.lost && !row.own && row.slot < SHARDS)) {
      await this.session.query('SELECT pg_terminate_backend($1)', [lost.pid]);
    }
    const members = rows.filter((row) => row.slot === MEMBERSHIP && !row.lost).length;
    const share = Math.ceil(SHARDS / Math.max(1, members));
    const taken = new Set(rows.filter((row) => !row.lost || row.own).map((row) => row.slot));
    const claimed: Claim[] = [];
    // Each relay starts looking elsewhere, or all would race for shard 0.
    const start = rows.find((row) => row.own)?.pid ?? 0;
    for (let step = 0; step < SHARDS && this.#owned.size < share; step += 1) {
      const shard = (start + step) % SHARDS;
      if (taken.has(shard)) continue;
      const claim = await this.#claim(shard);
      if (claim) claimed.push(claim);
    }
    return { claimed, surplus: [...this.#owned].sort((a, b) => a - b).slice(share) };
  }

  async #claim(shard: number): Promise<Claim | undefined> {
    const { rows } = await this.session.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS locked',
      [LOCKS, shard],
    );
    if (!rows[0]?.locked) return undefined;
    // The epoch fences: an earlier owner's UPDATE, however late it comes, names an older one and moves nothing.
    const { rows: places } = await this.session.query<{ epoch: number; last_id: number; gaps: string }>(
      `UPDATE messaging.relay SET epoch = epoch + 1, owner = $2, claimed_at = clock_timestamp()
       WHERE shard = $1 RETURNING epoch, last_id, gaps::text AS gaps`,
      [shard, this.owner],
    );
    const row = places[0];
    if (!row) throw new Error(`messaging.relay has no row for shard ${shard}`);
    this.#owned.add(shard);
    return { shard, epoch: row.epoch, place: { lastId: row.last_id, gaps: row.gaps } };
  }

  async release(shard: number): Promise<void> {
    await this.session.query('SELECT pg_advisory_unlock($1, $2)', [LOCKS, shard]);
    this.#owned.delete(shard);
  }
}
