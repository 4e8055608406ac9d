import { type Actor, actorLine, type Database, type Logger, newId } from '#platform';
import { snapshotOf, type SnapshotEnd, type SnapshotSource } from './snapshot.js';

/** A snapshot that was given out; without an end it broke off, or is under way. */
export interface GivenSnapshot {
  id: string;
  topic: string;
  givenTo: string;
  reason: string;
  begunAt: Date;
  endedAt: Date | null;
  subjects: number | null;
  sha256: string | null;
}

/** The lines of a snapshot; who gets it and why is noted before the first of them, what it held after the last. */
export async function giveSnapshot(
  database: Database,
  logger: Logger,
  source: SnapshotSource,
  reason: string,
  actor: Actor,
): Promise<AsyncGenerator<string>> {
  const id = newId();
  await database.query(
    'INSERT INTO messaging.snapshot (id, topic, given_to, reason) VALUES ($1, $2, $3, $4)',
    [id, source.topic, actorLine(actor), reason],
  );
  return noting(database, logger, id, snapshotOf(database, source));
}

async function* noting(
  database: Database,
  logger: Logger,
  id: string,
  lines: AsyncGenerator<string>,
): AsyncGenerator<string> {
  let last = '';
  try {
    for await (const line of lines) {
      last = line;
      yield line;
    }
  } catch (error) {
    // The status is sent: an answer that ends without its last line is all that can still be said.
    logger.error({ err: error, snapshot: id }, 'a snapshot broke off');
    throw error;
  }
  const { subjects, sha256 } = JSON.parse(last) as SnapshotEnd;
  await database.query(
    'UPDATE messaging.snapshot SET ended_at = clock_timestamp(), subjects = $2, sha256 = $3 WHERE id = $1',
    [id, subjects, sha256],
  );
}

/** Newest first, fifty at most. */
export async function givenSnapshots(database: Database): Promise<GivenSnapshot[]> {
  const { rows } = await database.query<GivenSnapshot>(
    `SELECT id, topic, given_to AS "givenTo", reason, begun_at AS "begunAt", ended_at AS "endedAt", subjects, sha256
     FROM messaging.snapshot ORDER BY id DESC LIMIT 50`,
  );
  return rows;
}
