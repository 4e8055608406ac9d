import { setImmediate } from 'node:timers/promises';
import type { Contract } from '#contracts';
import { currentContext, prepared, type Tx } from '#platform';
import { ring } from './doorbell.js';
import { type Draft, draft, ENVELOPE_HEAD, type Publication } from './envelope.js';
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
    SELECT v.shard, locked.topic, locked.key, locked.last_sequence - v.behind AS sequence, v.rest
    FROM ROWS FROM (unnest($4::int[]), unnest($5::smallint[]), unnest($6::int[]), json_array_elements_text($7::json))
      WITH ORDINALITY AS v (stream, shard, behind, rest, place)
    JOIN unnest($1::text[], $2::text[]) WITH ORDINALITY AS named (topic, key, stream) ON named.stream = v.stream
    JOIN locked ON locked.topic = named.topic AND locked.key = named.key
    ORDER BY v.place
  ), written AS (
    INSERT INTO messaging.outbox (shard, id, topic, key, sequence, envelope)
    SELECT n.shard, nextval(('messaging.outbox_id_' || n.shard)::regclass), n.topic, n.key, n.sequence,
           $8 || lpad(n.sequence::text, 10, '0') || n.rest
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
  const context = currentContext();
  const now = legalTime();
  const drafts: Draft[] = [];
  for (const publication of publications) {
    // A request that waits for this thread gets its turn between the envelopes of a sweep.
    if (drafts.length % IN_ONE_TURN === IN_ONE_TURN - 1) await setImmediate();
    drafts.push(draft(publication, context, now));
  }

  // Streams in the order of their locks; within a stream the order of the caller.
  const nameOf = (of: { topic: string; key: string }): string => `${of.topic}/${of.key}`;
  const named = drafts.map((event) => ({ event, name: nameOf(event) }));
  const streams = new Map<string, { topic: string; key: string; events: number; number: number }>();
  for (const { event, name } of [...named].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!streams.has(name))
      streams.set(name, { topic: event.topic, key: event.key, events: 0, number: streams.size + 1 });
  }
  const places = named.map(({ event, name }) => {
    const stream = streams.get(name)!;
    stream.events += 1;
    return { event, stream, nth: stream.events };
  });
  const inOrder = [...places].sort((a, b) => a.stream.number - b.stream.number || a.nth - b.nth);
  const shards = inOrder.map(({ event }) => shardOf(event.topic, event.key));
  const all = [...streams.values()];

  const { rows } = await tx.query<{ topic: string; key: string; last_sequence: number }>(WRITE, [
    all.map((stream) => stream.topic),
    all.map((stream) => stream.key),
    all.map((stream) => stream.events),
    inOrder.map(({ stream }) => stream.number),
    shards,
    inOrder.map(({ stream, nth }) => stream.events - nth),
    // As JSON, which is written natively: escaping them as an array of texts took as long as making them.
    JSON.stringify(inOrder.map(({ event }) => event.rest)),
    ENVELOPE_HEAD,
  ]);
  const last = new Map(rows.map((row) => [nameOf(row), row.last_sequence]));
  const touched = new Set(shards);
  tx.afterCommit(() => ring(touched));
  return places.map(({ event, stream, nth }) => ({
    id: event.id,
    sequence: last.get(nameOf(stream))! - (stream.events - nth),
  }));
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
