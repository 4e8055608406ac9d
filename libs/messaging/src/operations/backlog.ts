import type { Queryable } from '#platform';
import { SHARDS } from '../outbox/shard.js';
import { holdersOf } from '../relay/claims.js';

/** Counted exactly up to here; beyond, ids drawn tell enough and cost nothing. */
const COUNTED = 10_000;

/** One shard of the outbox as an operator sees it. */
export interface ShardBacklog {
  shard: number;
  /** relay that claimed it last */
  owner: string | null;
  /** whether a living session holds the claim at this moment */
  held: boolean;
  epoch: number;
  claimedAt: Date | null;
  movedAt: Date | null;
  publishedUpTo: number;
  /** ids passed whose transactions had not ended */
  gaps: string;
  waiting: number;
  oldestWaiting: Date | null;
}

/** What has been committed and not yet been noted as published, by shard; never reads more than a few thousand rows. */
export async function readBacklog(database: Queryable): Promise<ShardBacklog[]> {
  const [{ rows }, held] = await Promise.all([
    database.query<Omit<ShardBacklog, 'held'> & { counted: number; drawn: number }>(BACKLOG, [
      COUNTED,
      SHARDS,
    ]),
    holdersOf(database),
  ]);
  return rows.map(({ counted, drawn, ...shard }) => ({
    ...shard,
    held: held.has(shard.shard),
    waiting: counted < COUNTED ? counted : Math.max(counted, drawn),
  }));
}

export const BACKLOG = `
  SELECT r.shard, r.owner, r.epoch, r.claimed_at AS "claimedAt", r.moved_at AS "movedAt", r.last_id AS "publishedUpTo",
         r.gaps::text AS gaps, w.counted, w.oldest AS "oldestWaiting",
         coalesce(pg_sequence_last_value(('messaging.outbox_id_' || r.shard)::regclass), 0) - r.last_id AS drawn
  FROM messaging.relay r, LATERAL (
    SELECT count(*) AS counted, min(written_at) AS oldest FROM (
      SELECT o.written_at FROM messaging.outbox o WHERE o.shard = r.shard AND o.id > r.last_id ORDER BY o.id LIMIT $1
    ) AS next
  ) w
  WHERE r.shard < $2 ORDER BY r.shard`;
