import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#platform';
import type { Forked } from '#testing';
import type { Chance } from './model/chance.js';

/** A kill -9 that hit: what the process had in hand, written and not committed. */
export interface Hit {
  /** the transaction that was open */
  xid: string;
  /** whose listings it had locked */
  subjects: string[];
  /** up to which event each of them was settled then */
  settled: Map<string, number>;
  /** last statement of it */
  statement: string;
}

const IN_HAND = `
  SELECT a.backend_xid::text AS xid, a.query AS statement, array_agg(s.subject ORDER BY s.subject) AS subjects
  FROM pg_stat_activity a
  JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
  JOIN unnest($1::text[]) AS s (subject)
    ON hashtextextended('discipline:' || s.subject, 0) = (l.classid::bigint << 32 | l.objid::bigint)
  WHERE a.datname = current_database() AND a.state = 'idle in transaction' AND a.backend_xid IS NOT NULL
  GROUP BY 1, 2`;

const ACTIVE = `
  SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND state = 'active' AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()`;

/**
 * Kills with -9 in the middle of work, wherever that happens to be: the process is frozen at chance moments until
 * PostgreSQL shows a transaction of it that holds subjects and has written, and is killed as it lies there.
 *
 * @param within milliseconds to look for one
 * @throws Error when none was met: a kill that hits nothing proves nothing
 */
export async function killInHand(
  measures: Forked,
  db: Database,
  subjects: readonly string[],
  chance: Chance,
  within = 20_000,
): Promise<Hit> {
  const until = performance.now() + within;
  while (performance.now() < until) {
    measures.process.kill('SIGSTOP');
    // What PostgreSQL was doing for it comes to an end; what follows from it cannot begin.
    for (let looks = 0; looks < 50 && (await db.query(ACTIVE)).rowCount > 0; looks += 1) await sleep(4);
    const { rows } = await db.query<Omit<Hit, 'settled'>>(IN_HAND, [subjects]);
    if (rows[0]) {
      const settled = await settledOf(db, rows[0].subjects);
      await measures.kill();
      return { ...rows[0], settled };
    }
    measures.process.kill('SIGCONT');
    await sleep(chance.between(3, 40));
  }
  throw new Error(`nothing was in hand for ${within} ms: this kill would prove nothing`);
}

/** The work that was in hand was undone with the process, and came again to the next one. */
export async function faultsOfKill(db: Database, { xid, subjects, settled }: Hit): Promise<string[]> {
  const { rows } = await db.query<{ status: string }>('SELECT pg_xact_status($1::text::xid8) AS status', [
    xid,
  ]);
  const now = await settledOf(db, subjects);
  const behind = subjects.filter((subject) => (now.get(subject) ?? 0) <= (settled.get(subject) ?? 0));
  return [
    ...(rows[0]!.status === 'aborted' ? [] : [`the transaction in hand was ${rows[0]!.status}, not undone`]),
    ...(behind.length === 0 ? [] : [`of ${behind.length} subjects in hand nothing came again`]),
  ];
}

/** What was in hand, by type of event: of each subject the next one that was not settled. */
export async function inHand(telling: Database, { subjects, settled }: Hit): Promise<Record<string, number>> {
  const { rows } = await telling.query<{ type: string; n: number }>(
    `SELECT split_part(e ->> 'type', '.', 4) AS type, count(*) AS n
     FROM messaging.outbox o CROSS JOIN LATERAL (SELECT o.envelope::jsonb AS e) AS told
     JOIN unnest($1::text[], $2::bigint[]) AS s (subject, settled)
       ON s.subject = o.key AND (e ->> 'sequence')::bigint = s.settled + 1
     GROUP BY 1 ORDER BY 1`,
    [subjects, subjects.map((subject) => settled.get(subject) ?? 0)],
  );
  return Object.fromEntries(rows.map(({ type, n }) => [type, n]));
}

async function settledOf(db: Database, subjects: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ key: string; last: number }>(
    `SELECT key, last_sequence AS last FROM messaging.position
     WHERE consumer = 'measures' AND topic = 'listings' AND key = ANY($1) AND last_sequence IS NOT NULL`,
    [subjects],
  );
  return new Map(rows.map(({ key, last }) => [key, Number(last)]));
}
