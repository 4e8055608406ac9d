import { contractOf } from '#contracts';
import type { Queryable } from '#platform';
import type { DeadLetter, LetterState } from '../inbox/dead-letters.js';

/** A dead letter as an operator sees it. */
export interface ShownLetter {
  id: string;
  topic: string;
  subject: string | null;
  eventId: string | null;
  type: string | null;
  sequence: number | null;
  cause: string;
  errorClass: string;
  error: string;
  origin: { topic: string; partition: number; offset: number };
  attempts: number;
  firstFailedAt: Date;
  lastFailedAt: Date;
  setAsideAt: Date;
  traceparent: string | null;
  state: LetterState;
  settledAt: Date | null;
  settledBy: string | null;
  /** as it came; bytes that are not UTF-8 are shown replaced. Withheld for restricted events. */
  payload: string | null;
}

export interface LetterFilter {
  consumer: string;
  state: LetterState;
  topic?: string;
  type?: string;
  cause?: string;
  subject?: string;
  /** id of the last one seen */
  before?: string;
  limit: number;
}

/** Newest first. */
export async function listLetters(database: Queryable, filter: LetterFilter): Promise<ShownLetter[]> {
  const { consumer, state, topic, type, cause, subject, before, limit } = filter;
  const { rows } = await database.query<DeadLetter & { payload: Buffer }>(
    `SELECT * FROM messaging.dead_letter
     WHERE consumer = $1 AND state = $2 AND ($3::uuid IS NULL OR id < $3)
       AND ($4::text IS NULL OR topic = $4) AND ($5::text IS NULL OR type = $5)
       AND ($6::text IS NULL OR cause = $6) AND ($7::text IS NULL OR key = $7)
     ORDER BY id DESC LIMIT $8`,
    [consumer, state, before ?? null, topic ?? null, type ?? null, cause ?? null, subject ?? null, limit],
  );
  return rows.map(shown);
}

function shown(letter: DeadLetter & { payload: Buffer }): ShownLetter {
  return {
    id: letter.id,
    topic: letter.topic,
    subject: letter.key,
    eventId: letter.event_id,
    type: letter.type,
    sequence: letter.sequence,
    cause: letter.cause,
    errorClass: letter.error_class,
    error: letter.error,
    origin: {
      topic: letter.origin_topic,
      partition: letter.origin_partition,
      offset: letter.origin_offset,
    },
    attempts: letter.attempts,
    firstFailedAt: letter.first_failed_at,
    lastFailedAt: letter.last_failed_at,
    setAsideAt: letter.set_aside_at,
    traceparent: letter.traceparent,
    state: letter.state,
    settledAt: letter.settled_at,
    settledBy: letter.settled_by,
    payload: withheld(letter.type) ? null : letter.payload.toString('utf8'),
  };
}

/** An operator keeps the machine running; what only deciding bodies may read is not for them. */
function withheld(type: string | null): boolean {
  return type !== null && contractOf(type)?.audience === 'restricted';
}
