import { prepared, type Tx } from '#platform';

/**
 * Taken first by every command of the loop. Commands of one subject then wait in line: an answer, the end of
 * the listing and the last confirmation cannot pass each other. One lock before all others also keeps a
 * department's request from meeting a batch of events crosswise (40P01): a request locks one subject only,
 * and holds nothing while it waits. Events of several subjects in one batch may still meet; the consumer
 * repeats them.
 */
export async function lockSubject(tx: Tx, subjectId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('discipline:' || $1, 0))`, [subjectId]);
}

const LOCK_ALL = prepared(
  `SELECT pg_advisory_xact_lock(hashtextextended('discipline:' || subject, 0)) FROM unnest($1::text[]) AS subject`,
);

/** Of several subjects, in the order of their ids. */
export async function lockSubjects(tx: Tx, subjectIds: readonly string[]): Promise<void> {
  await tx.query(LOCK_ALL, [[...new Set(subjectIds)].sort()]);
}
