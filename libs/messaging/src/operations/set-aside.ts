import type { Queryable } from '#platform';
import { CAUSES, type Cause } from '../inbox/classify.js';

/**
 * Every figure is counted up to here. A scrape every few seconds must cost the same whether ten letters are
 * open or ten million; and whoever is woken acts no differently on the ten-thousand-and-first.
 */
export const COUNTED = 10_000;

/** What waits for an operator; a figure of {@link COUNTED} means "so many or more". */
export interface SetAside {
  openByCause: Partial<Record<Cause, number>>;
  oldestOpen: Date | null;
  parkedEvents: number;
  /** subjects with events parked */
  parkedSubjects: number;
  /** subjects that a dead letter stops, whether or not anything is parked behind it */
  blockedSubjects: number;
  countedUpTo: number;
}

export async function readSetAside(database: Queryable, consumer: string): Promise<SetAside> {
  const [causes, rest] = await Promise.all([
    database.query<{ cause: Cause; n: number }>(OPEN_BY_CAUSE, [consumer, CAUSES, COUNTED]),
    database.query<{ oldest: Date | null; events: number; subjects: number; blocked: number }>(WAITING, [
      consumer,
      COUNTED,
    ]),
  ]);
  const { oldest, events, subjects, blocked } = rest.rows[0]!;
  return {
    openByCause: Object.fromEntries(causes.rows.filter(({ n }) => n > 0).map(({ cause, n }) => [cause, n])),
    oldestOpen: oldest,
    parkedEvents: events,
    parkedSubjects: subjects,
    blockedSubjects: blocked,
    countedUpTo: COUNTED,
  };
}

/*
 * Each of these reads along an index and stops at the limit. The ORDER BY sees to that: without it the planner
 * took the whole table for a cause of which there was nothing to find (1,500,000 rows touched for 300,000 letters).
 * For the same reason the cause is asked as a range and ordered by: with `=` the order by id alone is as good in
 * dead_letter_open, where a cause without letters is looked for in all of them.
 */
export const OPEN_BY_CAUSE = `
  SELECT c.cause, n.n
  FROM unnest($2::text[]) AS c (cause), LATERAL (
    SELECT count(*) AS n FROM (
      SELECT FROM messaging.dead_letter d
      WHERE d.consumer = $1 AND d.cause BETWEEN c.cause AND c.cause AND d.state = 'open'
      ORDER BY d.cause, d.id LIMIT $3
    ) AS few
  ) n`;

/** The oldest by the order of ids, which are drawn with time. */
export const WAITING = `
  SELECT (SELECT set_aside_at FROM messaging.dead_letter
          WHERE consumer = $1 AND state = 'open' ORDER BY id LIMIT 1) AS oldest,
         (SELECT count(*) FROM (
            SELECT FROM messaging.parked WHERE consumer = $1 ORDER BY topic, key, sequence LIMIT $2) AS few) AS events,
         b.blocked, b.subjects
  FROM (
    SELECT count(*) AS blocked,
           count(*) FILTER (WHERE EXISTS (
             SELECT FROM messaging.parked p
             WHERE p.consumer = $1 AND p.topic = few.topic AND p.key = few.key)) AS subjects
    FROM (
      SELECT topic, key FROM messaging.position
      WHERE consumer = $1 AND blocked_by IS NOT NULL ORDER BY blocked_by LIMIT $2) AS few
  ) b`;
