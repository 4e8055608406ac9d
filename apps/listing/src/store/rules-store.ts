import { createHash } from 'node:crypto';
import type { CalendarYear } from '#kernel';
import type { Queryable, Tx } from '#platform';
import type { ListTypeVersion } from '#seeds';
import { countDaysWith } from './days-to-count.js';

/** Rows that say two things at once: found at start, with the cure. */
export class ContradictingRules extends Error {
  override readonly name = 'ContradictingRules';
}

/** Any number, the same in every replica: only one loads at a time. */
const LOADING = 0x6c_69_73_74;

/**
 * Brings list types and calendars of the seeds into the database. Repeatable. A version under which a case
 * was decided stays as it is: whoever changes the law must give the change a version of its own.
 *
 * @param at now
 * @throws ContradictingRules
 */
export async function loadRules(
  tx: Tx,
  lists: readonly ListTypeVersion[],
  years: readonly CalendarYear[],
  at: Date,
): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOADING]);
  for (const list of lists) await loadListType(tx, list);
  await refuseOverlap(tx);
  for (const year of years) await storeYear(tx, year, at);
}

/**
 * A year of the working calendar; one that a release brings, and one that was published here, in the same way. What waits
 * for a day in a year that was not there before is counted then.
 *
 * @param at now
 */
export async function storeYear(tx: Tx, year: CalendarYear, at: Date): Promise<void> {
  const { rows } = await tx.query<{ added: boolean }>(
    `INSERT INTO calendar_year (year, content) VALUES ($1, $2)
     ON CONFLICT (year) DO UPDATE SET content = excluded.content, loaded_at = now()
     WHERE calendar_year.content IS DISTINCT FROM excluded.content
     RETURNING xmax = 0 AS added`,
    [year.year, JSON.stringify(year)],
  );
  if (rows[0]?.added) await countDaysWith(tx, year.year, at);
}

async function loadListType(tx: Tx, list: ListTypeVersion): Promise<void> {
  const digest = digestOf(list);
  const { rowCount } = await tx.query(
    `SELECT FROM list_type t WHERE key = $1 AND version = $2 AND digest <> $3
     AND EXISTS (SELECT FROM listing_case c WHERE c.list_type = t.key AND c.rules_version = t.version AND c.decided_on IS NOT NULL)`,
    [list.key, list.version, digest],
  );
  if (rowCount > 0) {
    throw new ContradictingRules(
      `the seeds change ${list.key} in its version of ${list.version}, under which cases were decided: ` +
        `end that version (validTo) and give the change a version of its own; on a development machine, npm run reset`,
    );
  }
  await tx.query(
    `INSERT INTO list_type (key, version, valid_to, name, confirmed, digest, content) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (key, version) DO UPDATE SET name = excluded.name, confirmed = excluded.confirmed,
       digest = excluded.digest, loaded_at = now(),
       -- What was closed by a version published here stays closed, whatever the seeds of a release say.
       valid_to = CASE WHEN list_type.closed_by IS NULL THEN excluded.valid_to ELSE list_type.valid_to END,
       content = CASE WHEN list_type.closed_by IS NULL THEN excluded.content
         ELSE excluded.content || jsonb_build_object('validTo', list_type.valid_to) END
     WHERE list_type.content IS DISTINCT FROM excluded.content`,
    [list.key, list.version, list.validTo, list.name, String(list.confirmed), digest, JSON.stringify(list)],
  );
}

/**
 * Every version as it stands, held for whoever is about to publish another: what a replica has in memory may be half a
 * minute old, and of two who publish at once the second must be checked against what the first brought in.
 */
export async function lockListTypes(tx: Tx): Promise<ListTypeVersion[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOADING]);
  return readListTypes(tx);
}

/** A version published here, under the lock: it follows the one that it replaces, which ends on the day before. */
export async function addListType(
  tx: Tx,
  list: ListTypeVersion,
  follows: { draftId: string; replaces: string | null; closedOn: string },
): Promise<void> {
  if (follows.replaces !== null) {
    await tx.query(
      `UPDATE list_type SET valid_to = $3::date, closed_by = $4, content = content || jsonb_build_object('validTo', $3::date)
       WHERE key = $1 AND version = $2`,
      [list.key, follows.replaces, follows.closedOn, follows.draftId],
    );
  }
  await loadListType(tx, list);
  await refuseOverlap(tx);
}

/** Also against versions that an earlier release brought and the seeds of this one do not hold. */
async function refuseOverlap(tx: Tx): Promise<void> {
  const { rows } = await tx.query<{ key: string; version: string; next: string }>(
    `SELECT key, version, next FROM (
       SELECT key, version, valid_to, lead(version) OVER (PARTITION BY key ORDER BY version) AS next FROM list_type
     ) v WHERE next IS NOT NULL AND (valid_to IS NULL OR valid_to >= next)`,
  );
  if (rows.length === 0) return;
  const said = rows.map(
    (row) => `${row.key} of ${row.version} is still valid on ${row.next}, when its next version begins`,
  );
  throw new ContradictingRules(`list types overlap: ${said.join('; ')}`);
}

/** Where a rule was read, how far it is confirmed, until when it is valid: no rule changes by these. */
const REMARKS: ReadonlySet<string> = new Set([
  'source',
  'confirmed',
  'unconfirmed',
  'validTo',
  'nameEn',
  'measures',
]);

function digestOf(list: ListTypeVersion): string {
  // What is shown of an entry, and what is recorded to be shown, decided no case.
  const { shows: _, ...publication } = list.publication ?? {};
  const { fields: __, ...rest } = list;
  const rules = Object.entries({ ...rest, publication: list.publication && publication }).filter(
    ([field]) => !REMARKS.has(field),
  );
  return createHash('sha256')
    .update(JSON.stringify(sorted(Object.fromEntries(rules))))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

export async function readListTypes(db: Queryable): Promise<ListTypeVersion[]> {
  const { rows } = await db.query<{ content: ListTypeVersion }>(
    'SELECT content FROM list_type ORDER BY key, version',
  );
  return rows.map((row) => row.content);
}

export async function readCalendar(db: Queryable): Promise<CalendarYear[]> {
  const { rows } = await db.query<{ content: CalendarYear }>(
    'SELECT content FROM calendar_year ORDER BY year',
  );
  return rows.map((row) => row.content);
}
