import type { Queryable } from '#platform';
import { LARGEST_EVENT_BYTES } from '../outbox/envelope.js';
import { SHARDS } from '../outbox/shard.js';
import type { Cursor, Look } from './cursor.js';

export interface OutboxEvent {
  id: number;
  topic: string;
  key: string;
  envelope: string;
}

/** Events of one send. A thousand is where the rate stops growing (0.79–0.94 of a bare producer). */
export const BATCH_EVENTS = 1000;

/**
 * Bytes of one send. A broker refuses a record batch over 1 MiB, and all events of a send may fall on one
 * partition. One event alone may be up to LARGEST_EVENT_BYTES, which is below this.
 */
export const BATCH_BYTES = 900_000;

/*
 * Bytes are summed in the database, so that a backlog of half-megabyte events is not read into memory to be
 * thrown away; octet_length does not unpack a long value. The limits stand in the text, and the shard's own
 * table is named: a prepared plan for any limit and any shard once read the whole table (40 ms a look
 * instead of 0.3) and locks every partition of every shard each time it runs.
 */
const cutToSize = (next: string): string => `
  SELECT id, topic, key, envelope, bytes FROM (
    SELECT id, topic, key, envelope, sum(octet_length(envelope)) OVER (ORDER BY id) AS bytes FROM (${next}) AS next
  ) AS measured
  WHERE bytes <= ${BATCH_BYTES} OR bytes = octet_length(envelope)`;

const behind = (shard: number, last: string): string => `
  SELECT id, topic, key, envelope FROM messaging.outbox_${shard}
  WHERE shard = ${shard} AND id > ${last} ORDER BY id LIMIT ${BATCH_EVENTS}`;

/*
 * Gaps and new rows come from one statement, hence one snapshot, together with its xmin: an event found in
 * a gap is older than every event behind the cursor and goes out before them. (Two snapshots would let the
 * second see the later of two events and miss the earlier one.) The inner LIMIT keeps the planner from
 * turning the gaps into a join with the whole table.
 */
const gapsAndBehind = (shard: number): string => `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin, found.*
  FROM (SELECT) AS always LEFT JOIN (${cutToSize(`
    SELECT id, topic, key, envelope FROM (
      (SELECT o.* FROM unnest($2::bigint[], $3::bigint[]) AS gap (first, last), LATERAL (
         SELECT id, topic, key, envelope FROM messaging.outbox_${shard}
         WHERE shard = ${shard} AND id BETWEEN gap.first AND gap.last ORDER BY id LIMIT ${BATCH_EVENTS}
       ) AS o)
      UNION ALL
      (${behind(shard, '$1')})
    ) AS either
    ORDER BY id LIMIT ${BATCH_EVENTS}`)}
  ) AS found ON true
  ORDER BY found.id`;

const shards = Array.from({ length: SHARDS }, (_, shard) => ({
  ahead: `${cutToSize(behind(shard, '$1'))} ORDER BY id`,
  withGaps: gapsAndBehind(shard),
}));

interface Row extends OutboxEvent {
  bytes: number | string;
}

/** Looks for the next events of a shard: those of the gaps first, then those behind the cursor. */
export async function lookForEvents(
  session: Queryable,
  shard: number,
  cursor: Cursor,
): Promise<Look & { events: OutboxEvent[] }> {
  const { gaps } = cursor.gapList;
  if (gaps.length === 0) {
    const { rows } = await session.query<Row>(shards[shard]!.ahead, [cursor.lastId]);
    return answer(rows, 0n);
  }
  const { rows } = await session.query<Row & { xmin: string }>(shards[shard]!.withGaps, [
    cursor.lastId,
    gaps.map((gap) => gap.first),
    gaps.map((gap) => gap.last),
  ]);
  return answer(rows[0]!.id === null ? [] : rows, BigInt(rows[0]!.xmin));
}

function answer(events: Row[], xmin: bigint): Look & { events: OutboxEvent[] } {
  const bytes = Number(events.at(-1)?.bytes ?? 0);
  return {
    events,
    ids: events.map((event) => event.id),
    xmin,
    // When another event might not have fitted, assume that there is one: the next look will tell.
    full: events.length === BATCH_EVENTS || bytes + LARGEST_EVENT_BYTES > BATCH_BYTES,
  };
}
