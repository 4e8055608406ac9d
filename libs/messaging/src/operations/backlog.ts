import type { Queryable } from '#platform';
import { SHARDS } from '../outbox/shard.js';

/** Counted exactly up to here; beyond, ids drawn tell enough and cost nothing. */
const COUNTED = 10_000;

/** One shard of the outbox as an operator sees it. */
export interface ShardBacklog {
  shard: number;
  /** relay that claimed it last */
  owner: string | null;
  epoch: number;
  claimedAt: Date | null;
  movedAt: Date | null;
  publishedUpTo: number;
  /** ids passed whose transactions had not ended */
  gaps: string;
  waiting: number;
  oldestWaiting: Date | null;
}

/** What has been committed and not yet been noted as published, by shard. */
export async function readBacklog(database: Queryable): Promise<ShardBacklog[]> {
  const { rows } = await database.query<ShardBacklog & { counted: number; drawn: number }>(
    `SELECT r.shard, r.owner, r.epoch, r.claimed_at AS "claimedAt", r.moved_at AS "movedAt", r.last_id AS "publishedUpTo",
            r.gaps::text AS gaps, w.counted, w.oldest AS "oldestWaiting",
            coalesce(pg_sequence_last_value(('messaging.outbox_id_' || r.shard)::regclass), 0) - r.last_id AS drawn
     FROM messaging.relay r, LATERAL (
       SELECT count(*) AS counted, min(written_at) AS oldest FROM (
         SELECT o.written_at FROM messaging.outbox o WHERE o.shard = r.shard AND o.id > r.last_id ORDER BY o.id LIMIT $1
       ) AS next
     ) w
     WHERE r.shard < $2 ORDER BY r.shard`,
    [COUNTED, SHARDS],
  );
  return rows.map(({ counted, drawn, ...shard }) => ({
    ...shard,
    waiting: counted < COUNTED ? counted : Math.max(counted, drawn),
  }));
}

/** What waits for an operator. */
export interface SetAside {
  openByCause: Record<string, number>;
  parkedEvents: number;
  parkedSubjects: number;
  /** subjects that a dead letter stops, whether or not anything is parked behind it */
  blockedSubjects: number;
}

export async function readSetAside(database: Queryable, consumer: string): Promise<SetAside> {
  const [letters, parked, blocked] = await Promise.all([
    database.query<{ cause: string; n: number }>(
      `SELECT cause, count(*) AS n FROM messaging.dead_letter WHERE consumer = $1 AND state = 'open' GROUP BY cause ORDER BY cause`,
      [consumer],
    ),
    database.query<{ events: number; subjects: number }>(
      `SELECT count(*) AS events, count(DISTINCT (topic, key)) AS subjects FROM messaging.parked WHERE consumer = $1`,
      [consumer],
    ),
    database.query<{ n: number }>(
      'SELECT count(*) AS n FROM messaging.position WHERE blocked_by IS NOT NULL AND consumer = $1',
      [consumer],
    ),
  ]);
  return {
    openByCause: Object.fromEntries(letters.rows.map(({ cause, n }) => [cause, n])),
    parkedEvents: parked.rows[0]!.events,
    parkedSubjects: parked.rows[0]!.subjects,
    blockedSubjects: blocked.rows[0]!.n,
  };
}
