import { createHash } from 'node:crypto';
import { newId, type Tx } from '#platform';
import { type Arrival, isSubject } from './arrival.js';
import { type Cause, causeOf, classify } from './classify.js';
import type { Ledger } from './receipts.js';

/** Why an event was given up, and after how much patience. */
export interface Verdict {
  cause: Cause;
  error: unknown;
  attempts: number;
  firstFailedAt: Date;
}

export type LetterState = 'open' | 'redriven' | 'healed' | 'discarded';

/** A row of messaging.dead_letter without its payload. */
export interface DeadLetter {
  id: string;
  consumer: string;
  topic: string;
  key: string | null;
  event_id: string | null;
  type: string | null;
  sequence: number | null;
  cause: Cause;
  error_class: string;
  error: string;
  origin_topic: string;
  origin_partition: number;
  origin_offset: number;
  attempts: number;
  first_failed_at: Date;
  last_failed_at: Date;
  set_aside_at: Date;
  traceparent: string | null;
  state: LetterState;
  settled_at: Date | null;
  settled_by: string | null;
}

const COLUMNS = `id, consumer, topic, key, event_id, type, sequence, cause, error_class, error, origin_topic,
  origin_partition, origin_offset, attempts, first_failed_at, last_failed_at, set_aside_at, traceparent,
  state, settled_at, settled_by`;

/** @returns the letter's id; undefined when this very message is one already */
export async function writeLetter(
  tx: Tx,
  ledger: Ledger,
  arrival: Arrival,
  verdict: Verdict,
): Promise<string | undefined> {
  const { origin, place } = arrival;
  const { name, text } = described(verdict.error);
  const id = newId();
  const { rowCount } = await tx.query(
    `INSERT INTO messaging.dead_letter (id, consumer, topic, key, event_id, type, sequence, cause, error_class, error,
       origin_topic, origin_partition, origin_offset, attempts, first_failed_at, last_failed_at, traceparent, payload)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, clock_timestamp(), $16, $17)
     ON CONFLICT DO NOTHING`,
    [
      id,
      ledger.consumer,
      ledger.topic,
      keptKey(arrival.key),
      place?.id ?? null,
      storable(arrival.type ?? null),
      place?.sequence ?? null,
      verdict.cause,
      name,
      text,
      origin.topic,
      origin.partition,
      origin.offset,
      verdict.attempts,
      verdict.firstFailedAt,
      arrival.traceparent ?? null,
      arrival.raw,
    ],
  );
  return rowCount === 1 ? id : undefined;
}

/** Another attempt has failed. */
export async function writeFailure(tx: Tx, id: string, error: unknown): Promise<void> {
  const { name, text } = described(error);
  // What hinders everyone says nothing about this event.
  const cause = ['permanent', 'unknown'].includes(classify(error)) ? causeOf(error) : null;
  await tx.query(
    `UPDATE messaging.dead_letter
     SET attempts = attempts + 1, last_failed_at = clock_timestamp(), error_class = $2, error = $3,
         cause = CASE WHEN $4::text IS NULL OR cause IN ('sequence-gap', 'not-rebuilt') THEN cause ELSE $4 END
     WHERE id = $1`,
    [id, name, text, cause],
  );
}

export async function settleLetter(
  tx: Tx,
  id: string,
  state: Exclude<LetterState, 'open'>,
  by: string,
): Promise<void> {
  await tx.query(
    `UPDATE messaging.dead_letter SET state = $2, settled_at = clock_timestamp(), settled_by = $3 WHERE id = $1`,
    [id, state, by],
  );
}

/** With its payload, locked until the transaction ends. */
export async function takeLetter(
  tx: Tx,
  consumer: string,
  id: string,
): Promise<(DeadLetter & { payload: Buffer }) | undefined> {
  const { rows } = await tx.query<DeadLetter & { payload: Buffer }>(
    `SELECT ${COLUMNS}, payload FROM messaging.dead_letter WHERE consumer = $1 AND id = $2 FOR UPDATE`,
    [consumer, id],
  );
  return rows[0];
}

/** The open letter of the subject that must be settled before the one of `sequence`, undefined when there is none. */
export async function earlierLetter(
  tx: Tx,
  ledger: Ledger,
  key: string,
  sequence: number,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM messaging.dead_letter
     WHERE consumer = $1 AND topic = $2 AND md5(key) = md5($3) AND key = $3 AND state = 'open' AND sequence < $4
     ORDER BY sequence LIMIT 1`,
    [ledger.consumer, ledger.topic, key, sequence],
  );
  return rows[0]?.id;
}

/** An event that waits for its turn. */
export interface Parked {
  sequence: number;
  origin_partition: number;
  origin_offset: number;
  payload: Buffer;
}

export async function park(tx: Tx, ledger: Ledger, arrival: Arrival): Promise<void> {
  await tx.query(
    `INSERT INTO messaging.parked (consumer, topic, key, sequence, event_id, origin_partition, origin_offset, payload)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      ledger.consumer,
      ledger.topic,
      arrival.key,
      arrival.place!.sequence,
      arrival.place!.id,
      arrival.origin.partition,
      arrival.origin.offset,
      arrival.raw,
    ],
  );
}

export async function firstParked(tx: Tx, ledger: Ledger, key: string): Promise<Parked | undefined> {
  const { rows } = await tx.query<Parked>(
    `SELECT sequence, origin_partition, origin_offset, payload FROM messaging.parked
     WHERE consumer = $1 AND topic = $2 AND key = $3 ORDER BY sequence LIMIT 1`,
    [ledger.consumer, ledger.topic, key],
  );
  return rows[0];
}

/**
 * Takes one event out of the line; {@link unpark} takes all up to it.
 *
 * @returns whether it was there
 */
export async function unparkOne(tx: Tx, ledger: Ledger, key: string, sequence: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'DELETE FROM messaging.parked WHERE consumer = $1 AND topic = $2 AND key = $3 AND sequence = $4',
    [ledger.consumer, ledger.topic, key, sequence],
  );
  return rowCount === 1;
}

export async function unpark(tx: Tx, ledger: Ledger, key: string, upTo: number): Promise<void> {
  await tx.query(
    'DELETE FROM messaging.parked WHERE consumer = $1 AND topic = $2 AND key = $3 AND sequence <= $4',
    [ledger.consumer, ledger.topic, key, upTo],
  );
}

/** How an error is written down. */
export function described(error: unknown): { name: string; text: string } {
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 4_000);
  return { name: error instanceof Error ? error.name : typeof error, text: storable(text) };
}

/**
 * The key under which a letter is found. One that can be no subject is kept by its beginning and its digest: the
 * letter is settled under the position of its key, and an index that refused it would hold up the whole partition.
 */
function keptKey(key: string | null): string | null {
  if (key === null || isSubject(key)) return key;
  const digest = createHash('sha256').update(key).digest('hex');
  return `${storable(key.slice(0, 64))}… (${Buffer.byteLength(key)} bytes, sha256 ${digest})`;
}

/** What came in a foreign message may hold a NUL, which PostgreSQL's text cannot. */
function storable<T extends string | null>(text: T): T {
  return (text?.replaceAll('\u0000', '\uFFFD') ?? null) as T;
}
