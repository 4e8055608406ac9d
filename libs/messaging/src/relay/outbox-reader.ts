import { setImmediate as turn } from 'node:timers/promises';
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

/** Events of one send. A thousand is where the rate stopped growing when the ways were tried. */
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

const ahead = (shard: number, last: string): string => cutToSize(behind(shard, last));
const withGaps = Array.from({ length: SHARDS }, (_, shard) => gapsAndBehind(shard));

/** One statement for several shards: `$1`, `$2` … are their cursors, in the order given. */
const aheadOf = (shards: readonly number[]): string =>
  shards
    .map((shard, nth) => `SELECT ${shard} AS shard, found.* FROM (${ahead(shard, `$${nth + 1}`)}) AS found`)
    .join(' UNION ALL ') + ' ORDER BY shard, id';

interface Row extends OutboxEvent {
  shard: number;
  /** of this event and those before it */
  bytes: number | string;
}

/** What a look has found. */
export interface Found extends Look {
  events: OutboxEvent[];
  /** of all envelopes */
  bytes: number;
}

interface Asked {
  shard: number;
  cursor: Cursor;
  found: (found: Found) => void;
  failed: (error: unknown) => void;
}

/**
 * Looks for the next events of the shards of one relay. Shards that ask while another look is under way are
 * answered together by the next one; shards behind a backlog, or with gaps, each by a statement of their own.
 */
export class OutboxReader {
  readonly #asked: Asked[] = [];
  #looking = false;

  constructor(private readonly session: Queryable) {}

  /**
   * The events of the gaps first, then those behind the cursor.
   *
   * @param backlog whether the look before was full, so that a full one is to be expected
   */
  look(shard: number, cursor: Cursor, backlog: boolean): Promise<Found> {
    if (!cursor.gapList.empty) return this.#withGaps(shard, cursor);
    if (backlog) return this.#ahead([{ shard, cursor }]).then(([found]) => found!);
    return new Promise((found, failed) => {
      this.#asked.push({ shard, cursor, found, failed });
      if (!this.#looking) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#looking = true;
    // Commits that come together ring together: one turn of the event loop lets them be read at once.
    for (await turn(); this.#asked.length > 0;) {
      const asked = this.#asked.splice(0).sort((a, b) => a.shard - b.shard);
      try {
        const answers = await this.#ahead(asked);
        for (const [nth, { found }] of asked.entries()) found(answers[nth]!);
      } catch (error) {
        for (const { failed } of asked) failed(error);
      }
    }
    this.#looking = false;
  }

  async #ahead(asked: readonly { shard: number; cursor: Cursor }[]): Promise<Found[]> {
    const { rows } = await this.session.query<Row>(
      aheadOf(asked.map(({ shard }) => shard)),
      asked.map(({ cursor }) => cursor.lastId),
    );
    if (asked.length === 1) return [foundIn(rows, 0n)];
    return asked.map(({ shard }) =>
      foundIn(
        rows.filter((row) => row.shard === shard),
        0n,
      ),
    );
  }

  async #withGaps(shard: number, cursor: Cursor): Promise<Found> {
    const { gaps } = cursor.gapList;
    const { rows } = await this.session.query<Row & { xmin: string }>(withGaps[shard]!, [
      cursor.lastId,
      gaps.map((gap) => gap.first),
      gaps.map((gap) => gap.last),
    ]);
    return foundIn(rows[0]!.id === null ? [] : rows, BigInt(rows[0]!.xmin));
  }
}

function foundIn(events: Row[], xmin: bigint): Found {
  const bytes = Number(events.at(-1)?.bytes ?? 0);
  return {
    events,
    bytes,
    ids: events.map((event) => event.id),
    xmin,
    // When another event might not have fitted, assume that there is one: the next look will tell.
    full: events.length === BATCH_EVENTS || bytes + LARGEST_EVENT_BYTES > BATCH_BYTES,
  };
}
