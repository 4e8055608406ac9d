import { setImmediate } from 'node:timers/promises';
import type { Contract } from '#contracts';
import { currentContext, prepared, type Tx } from '#platform';
import { ring } from './doorbell.js';
import { type Draft, draft, ENVELOPE_HEAD, type Publication } from './envelope.js';
import { WrittenOut } from './written-out.js';
import { SHARDS, shardOf } from './shard.js';

export interface Published {
  /** CloudEvents id (UUIDv7) */
  id: string;
  /** place in the order of (topic, subject), from 1, without gap */
  sequence: number;
}

let legalTime: () => Date = () => new Date();

/** One process has one clock: events without a time of their own are stamped by it. */
export function stampWith(now: () => Date): void {
  legalTime = now;
}

/** Envelopes that are made without a pause: some two milliseconds. */
const IN_ONE_TURN = 40;

const mute = new WeakSet<Tx>();

/** A handler that only rebuilds a read model has tried to publish: it has done so when it first heard the event. */
export class Muted extends Error {
  override readonly name = 'Muted';
}

/** While `work` runs, nothing can be published in this transaction. */
export async function muted(tx: Tx, work: () => Promise<void>): Promise<void> {
  mute.add(tx);
  try {
    await work();
  } finally {
    mute.delete(tx);
  }
}

/*
 * Order within a subject rests on two facts: its events get their ids under the lock of its row in
 * messaging.stream, and that lock is held until the transaction ends. So a later event of the subject
 * cannot draw an id before the earlier one is committed, and whoever sees the later sees the earlier.
 *
 * The lock must therefore come before nextval(). One statement does both, and the order does not hang on a
 * plan: an id is drawn for a row of `numbered`, and that row exists only by what locking its subject has
 * returned; MATERIALIZED keeps nextval() from being moved below the join. (Two statements would say the
 * same with one more round trip inside the lock.) An id drawn first and a lock taken second is the mistake
 * that inverts two events of one subject.
 *
 * The lock also gives the transaction its xid before it draws an id; the relay's gap list needs that.
 */
const WRITE = prepared(`
  WITH locked AS (
    INSERT INTO messaging.stream AS s (topic, key, last_sequence)
    SELECT u.topic, u.key, u.events
    FROM unnest($1::text[], $2::text[], $3::int[]) WITH ORDINALITY AS u (topic, key, events, place)
    ORDER BY u.place
    ON CONFLICT (topic, key) DO UPDATE SET last_sequence = s.last_sequence + EXCLUDED.last_sequence
    RETURNING s.topic, s.key, s.last_sequence
  ), numbered AS MATERIALIZED (
    SELECT named.shard, locked.topic, locked.key, locked.last_sequence - v.behind AS sequence, v.rest || ends.text AS rest
    FROM ROWS FROM (unnest($5::int[]), unnest($6::int[]), unnest($7::int[]), json_array_elements_text($8::json))
      WITH ORDINALITY AS v (stream, behind, ending, rest, place)
    JOIN unnest($1::text[], $2::text[], $4::smallint[]) WITH ORDINALITY AS named (topic, key, shard, stream)
      ON named.stream = v.stream
    JOIN json_array_elements_text($9::json) WITH ORDINALITY AS ends (text, nth) ON ends.nth = v.ending
    JOIN locked ON locked.topic = named.topic AND locked.key = named.key
    ORDER BY v.place
  ), written AS (
    INSERT INTO messaging.outbox (shard, id, topic, key, sequence, envelope)
    SELECT n.shard, nextval(('messaging.outbox_id_' || n.shard)::regclass), n.topic, n.key, n.sequence,
           $10 || lpad(n.sequence::text, 10, '0') || n.rest
    FROM numbered n
  )
  SELECT topic, key, last_sequence FROM locked`);

/* The same for one event, which is what most transactions tell: a third less work for PostgreSQL. */
const WRITE_ONE = Array.from({ length: SHARDS }, (_, shard) =>
  prepared(`
  WITH locked AS (
    INSERT INTO messaging.stream AS s (topic, key, last_sequence) VALUES ($1, $2, 1)
    ON CONFLICT (topic, key) DO UPDATE SET last_sequence = s.last_sequence + 1
    RETURNING s.last_sequence
  )
  INSERT INTO messaging.outbox_${shard} (shard, id, topic, key, sequence, envelope)
  SELECT ${shard}, nextval('messaging.outbox_id_${shard}'), $1, $2, last_sequence,
         $3 || lpad(last_sequence::text, 10, '0') || $4
  FROM locked
  RETURNING sequence`),
);

/**
 * Writes events into the outbox of the caller's transaction: they are told if and only if it commits.
 *
 * Subjects are locked in one order (topic, key), so that two calls at once cannot wait for each other;
 * a transaction that calls twice for different subjects can still meet another one crosswise, which
 * PostgreSQL ends with 40P01 and the caller repeats.
 *
 * @returns id and sequence of each, in the order given
 * @throws UnfitPublication, Refusal `messaging.event-too-large`; Muted in a transaction that rebuilds
 */
export async function publishAll(tx: Tx, publications: readonly Publication[]): Promise<Published[]> {
  if (publications.length === 0) return [];
  if (publications.length === 1) return [await publish(tx, publications[0]!)];
  mayPublish(tx, publications[0]!);
  return publishPrepared(tx, await prepareAll(publications));
}

/** Events that are checked and written out, and wait for a transaction. */
export interface Prepared {
  readonly drafts: readonly Draft[];
  readonly first: Publication | undefined;
}

/**
 * The first half of {@link publishAll}, which needs no database: while PostgreSQL writes what the events tell of, this
 * thread can write them out.
 *
 * @throws UnfitPublication, Refusal `messaging.event-too-large`
 */
export async function prepareAll(publications: readonly Publication[]): Promise<Prepared> {
  const context = currentContext();
  const now = legalTime();
  const drafts: Draft[] = [];
  for (const publication of publications) {
    // A request that waits for this thread gets its turn between the envelopes of a sweep.
    if (drafts.length % IN_ONE_TURN === IN_ONE_TURN - 1) await setImmediate();
    drafts.push(draft(publication, context, now));
  }
  return { drafts, first: publications[0] };
}

/** The second half of {@link publishAll}. @throws Muted in a transaction that rebuilds */
export async function publishPrepared(tx: Tx, { drafts, first }: Prepared): Promise<Published[]> {
  if (!first) return [];
  mayPublish(tx, first);
  const named = new Map<string, Stream>();
  const places = drafts.map((event) => {
    const name = nameOf(event);
    let stream = named.get(name);
    if (!stream) {
      const { topic, key } = event;
      named.set(name, (stream = { name, topic, key, shard: shardOf(topic, key), events: [], last: 0 }));
    }
    return { stream, nth: stream.events.push(event) };
  });
  // Streams in the order of their locks; within a stream the order of the caller.
  const streams = [...named.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const written = new WrittenOut();
  const ofStream: number[] = [];
  const behind: number[] = [];
  for (const [at, { events }] of streams.entries()) {
    written.add(events);
    for (let nth = 1; nth <= events.length; nth += 1) {
      ofStream.push(at + 1);
      behind.push(events.length - nth);
    }
  }
  const { rows } = await tx.query<{ topic: string; key: string; last_sequence: number }>(WRITE, [
    streams.map(({ topic }) => topic),
    streams.map(({ key }) => key),
    streams.map(({ events }) => events.length),
    streams.map(({ shard }) => shard),
    ofStream,
    behind,
    written.ofEnding,
    // As JSON, which is written natively: escaping them as an array of texts took as long as making them.
    JSON.stringify(written.beginnings),
    JSON.stringify(written.endings),
    ENVELOPE_HEAD,
  ]);
  for (const row of rows) named.get(nameOf(row))!.last = row.last_sequence;
  tx.afterCommit(() => ring(new Set(streams.map(({ shard }) => shard))));
  return places.map(({ stream, nth }, at) => ({
    id: drafts[at]!.id,
    sequence: stream.last - (stream.events.length - nth),
  }));
}

interface Stream {
  name: string;
  topic: string;
  key: string;
  shard: number;
  events: Draft[];
  /** sequence of the last of its events, once they are numbered */
  last: number;
}

function nameOf({ topic, key }: { topic: string; key: string }): string {
  return `${topic}/${key}`;
}

/** Writes one event into the outbox of the caller's transaction; see {@link publishAll}. */
export async function publish<C extends Contract>(tx: Tx, publication: Publication<C>): Promise<Published> {
  mayPublish(tx, publication);
  const { id, topic, key, rest } = draft(publication, currentContext(), legalTime());
  const shard = shardOf(topic, key);
  const { rows } = await tx.query<{ sequence: number }>(WRITE_ONE[shard]!, [topic, key, ENVELOPE_HEAD, rest]);
  tx.afterCommit(() => ring([shard]));
  return { id, sequence: rows[0]!.sequence };
}

function mayPublish(tx: Tx, { contract }: Pick<Publication, 'contract'>): void {
  if (mute.has(tx)) throw new Muted(`${contract.type} would be told twice`);
}
