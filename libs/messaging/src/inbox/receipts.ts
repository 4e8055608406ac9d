import { prepared, type Tx } from '#platform';
import type { Arrival } from './arrival.js';
import { Superseded } from './generation.js';
import type { Standing } from './place.js';

/** Whose receipts, and under which generation this worker believes to settle. */
export interface Ledger {
  consumer: string;
  topic: string;
  generation: number;
  /** the generation that last rebuilt read models from this topic; 0 when none has */
  epoch: number;
}

/** What a claim answers for the subjects that could be moved on together. */
export interface Claimed {
  /** by key: the sequence settled before, and up to which its read models have been rebuilt */
  standing: Map<string, { previous: number; rebuilt: number }>;
  /** ids that had not been received before */
  fresh: Set<string>;
}

/*
 * One statement moves the subjects on and notes the events, before any handler runs; the transaction undoes
 * it if one fails. `ON CONFLICT DO UPDATE` locks the row and reads its newest version, whatever the snapshot:
 * a consumer that lost the partition and still works meets its successor here, one waits for the other, and
 * the second sees what the first has settled.
 *
 * The generation is checked in the same statement. It needs no lock of its own: who raises it holds
 * messaging.position against every writer until it is committed, and a statement that waited for that lock
 * takes its snapshot after it (start-replay.ts). Under another generation nothing is moved.
 *
 * previous_sequence carries `first − 1` of the run in, and the sequence settled before out. A subject that is
 * blocked, or whose run does not join on, is not moved and not answered: its events are settled one by one.
 */
const CLAIM = prepared(`
  WITH moved AS (
    INSERT INTO messaging.position AS p (consumer, topic, key, previous_sequence, last_sequence, epoch, rebuilt_sequence)
    SELECT $1, $2, run.key, run.first - 1, run.last, $9, run.last
    FROM unnest($3::text[], $4::bigint[], $5::bigint[]) AS run (key, first, last)
    WHERE EXISTS (SELECT FROM messaging.consumer WHERE consumer = $1 AND generation = $10)
    ORDER BY run.key
    ON CONFLICT (consumer, topic, key) DO UPDATE
      SET previous_sequence = p.last_sequence, last_sequence = greatest(p.last_sequence, EXCLUDED.last_sequence),
          rebuilt_sequence = CASE WHEN p.epoch = EXCLUDED.epoch THEN greatest(p.rebuilt_sequence, EXCLUDED.last_sequence)
                             ELSE EXCLUDED.last_sequence END,
          epoch = EXCLUDED.epoch
      WHERE p.blocked_by IS NULL AND EXCLUDED.previous_sequence <= p.last_sequence
    RETURNING p.key, p.previous_sequence, CASE WHEN old.epoch = $9 THEN old.rebuilt_sequence ELSE 0 END AS rebuilt
  ), received AS (
    INSERT INTO messaging.inbox (consumer, event_id)
    SELECT $1, e.id
    FROM unnest($6::text[], $7::bigint[], $8::uuid[]) AS e (key, sequence, id) JOIN moved USING (key)
    WHERE e.sequence > moved.previous_sequence
    ORDER BY e.id
    ON CONFLICT DO NOTHING
    RETURNING event_id
  )
  SELECT key, previous_sequence AS previous, rebuilt, NULL AS id FROM moved
  UNION ALL
  SELECT NULL, NULL, NULL, event_id::text FROM received`);

/** Moves the subjects of a chunk on and notes the events that will be handled. All of one topic, all with a place. */
export async function claim(tx: Tx, ledger: Ledger, chunk: readonly Arrival[]): Promise<Claimed> {
  const runs = [...runsOf(chunk)];
  const heard = chunk.filter(({ reading }) => reading.kind === 'heard');
  const { rows } = await tx.query<{ key: string | null; previous: number; rebuilt: number; id: string }>(
    CLAIM,
    [
      ledger.consumer,
      ledger.topic,
      runs.map(([key]) => key),
      runs.map(([, run]) => run.first),
      runs.map(([, run]) => run.last),
      heard.map(({ key }) => key),
      heard.map(({ place }) => place!.sequence),
      heard.map(({ place }) => place!.id),
      ledger.epoch,
      ledger.generation,
    ],
  );
  const claimed: Claimed = { standing: new Map(), fresh: new Set() };
  for (const { key, previous, rebuilt, id } of rows) {
    if (key === null) claimed.fresh.add(id);
    else claimed.standing.set(key, { previous, rebuilt });
  }
  return claimed;
}

/** First and last sequence of each key; a key whose events do not join on to each other is left out. */
function runsOf(chunk: readonly Arrival[]): Map<string, { first: number; last: number }> {
  const runs = new Map<string, { first: number; last: number }>();
  const broken = new Set<string>();
  for (const { key, place } of chunk) {
    const { sequence } = place!;
    const run = runs.get(key!);
    if (!run) runs.set(key!, { first: sequence, last: sequence });
    else if (sequence > run.last + 1) broken.add(key!);
    else run.last = Math.max(run.last, sequence);
  }
  for (const key of broken) runs.delete(key);
  return runs;
}

/**
 * Locks a subject, for events that are settled one by one.
 *
 * @throws Superseded when another generation has begun
 */
export async function stand(tx: Tx, ledger: Ledger, key: string): Promise<Standing> {
  const { rows } = await tx.query<{
    last: number | null;
    by: string | null;
    sequence: number | null;
    rebuilt: number;
  }>(
    `INSERT INTO messaging.position AS p (consumer, topic, key, epoch)
     SELECT $1, $2, $3, $4 FROM messaging.consumer WHERE consumer = $1 AND generation = $5
     ON CONFLICT (consumer, topic, key) DO UPDATE SET key = p.key
     RETURNING last_sequence AS last, blocked_by AS by, blocked_sequence AS sequence,
               CASE WHEN epoch = $4 THEN coalesce(rebuilt_sequence, 0) ELSE 0 END AS rebuilt`,
    [ledger.consumer, ledger.topic, key, ledger.epoch, ledger.generation],
  );
  if (!rows[0]) throw new Superseded();
  const { last, by, sequence, rebuilt } = rows[0];
  return { last, blockedBy: by, blockedSequence: sequence, ...(ledger.epoch > 0 ? { rebuilt } : {}) };
}

/** Its read models move with it, unless they have not come so far yet: then they follow. */
export async function moveTo(tx: Tx, ledger: Ledger, key: string, sequence: number): Promise<void> {
  await tx.query(
    `UPDATE messaging.position SET last_sequence = $4,
       rebuilt_sequence = CASE WHEN last_sequence IS NULL OR (epoch = $5 AND rebuilt_sequence >= last_sequence)
                          THEN $4 ELSE rebuilt_sequence END,
       epoch = CASE WHEN last_sequence IS NULL THEN $5 ELSE epoch END
     WHERE consumer = $1 AND topic = $2 AND key = $3`,
    [ledger.consumer, ledger.topic, key, sequence, ledger.epoch],
  );
}

/** Its read models have been told up to here once more. */
export async function rebuiltTo(tx: Tx, ledger: Ledger, key: string, sequence: number): Promise<void> {
  await tx.query(
    `UPDATE messaging.position SET rebuilt_sequence = $4, epoch = $5
     WHERE consumer = $1 AND topic = $2 AND key = $3`,
    [ledger.consumer, ledger.topic, key, sequence, ledger.epoch],
  );
}

export async function block(
  tx: Tx,
  ledger: Ledger,
  key: string,
  letter: string | null,
  sequence: number | null,
): Promise<void> {
  await tx.query(
    `UPDATE messaging.position SET blocked_by = $4, blocked_sequence = $5, releasing = false
     WHERE consumer = $1 AND topic = $2 AND key = $3`,
    [ledger.consumer, ledger.topic, key, letter, sequence],
  );
}

/**
 * After the letter that blocks a subject was settled in this transaction: the subject is free when nothing is
 * parked behind it, else it is to be released. Whoever dies before the release leaves the note to the others.
 *
 * @returns whether a release must follow
 */
export async function beginRelease(tx: Tx, ledger: Ledger, key: string): Promise<boolean> {
  const { rows } = await tx.query<{ releasing: boolean }>(
    `UPDATE messaging.position p SET
       blocked_by = CASE WHEN w.waiting THEN p.blocked_by END,
       blocked_sequence = CASE WHEN w.waiting THEN p.blocked_sequence END,
       releasing = w.waiting
     FROM (SELECT EXISTS (
             SELECT FROM messaging.parked WHERE consumer = $1 AND topic = $2 AND key = $3) AS waiting) w
     WHERE p.consumer = $1 AND p.topic = $2 AND p.key = $3
     RETURNING p.releasing`,
    [ledger.consumer, ledger.topic, key],
  );
  return rows[0]!.releasing;
}

/** @returns whether the event had not been received before */
export async function receive(tx: Tx, consumer: string, eventId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'INSERT INTO messaging.inbox (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [consumer, eventId],
  );
  return rowCount === 1;
}
