import { Injectable } from '@nestjs/common';
import { isLocalDate, startOfDay, addDays, type LocalDate } from '#kernel';
import { Clock, isCommon, type PageRequest, type Queryable, type Tx } from '#platform';
import type { ListingCase } from '../domain/case/case.js';
import type { ListRules } from '../domain/rules/rules.js';
import { isShown, publicEntry, type RegisterEntry, type ShownEntry } from '../register/public-entry.js';
import { shellRefusals } from '../refusals.js';
import { isUuid } from './uuid.js';

export interface RegisterSearch {
  code?: string;
  /** any part of a name, two characters or more */
  name?: string;
  listType?: string;
  /** Only entries that were shown on that day, as they were shown then, and that are still on the register. */
  asOf?: LocalDate;
}

/** An entry as JSON: its text is what readers get, what is kept of each change, and what digests are made of. */
export const ENTRY_JSON = `json_build_object('entryId', e.case_id, 'listType', e.list_type, 'listName', e.list_name,
  'name', e.name, 'code', e.code, 'department', e.department, 'decisionNo', e.decision_no, 'decidedOn', e.decided_on,
  'publishedOn', e.published_on, 'termEndsOn', e.term_ends_on, 'reasons', e.reasons, 'basis', e.basis,
  'conduct', e.conduct, 'documents', e.documents, 'fields', e.fields,
  'objectionSince', e.objection_since)`;

/**
 * Of an entry `e`, that its term has not ended by itself: the sweep takes it off a moment after midnight, and until
 * then the row is still there. A filter beside the index that was chosen, since few rows at a time are so.
 *
 * @param today the parameter that holds the day
 */
export function stillShown(today: string): string {
  return `(e.last_day IS NULL OR e.last_day >= ${today}::date)`;
}

/** The public register. It holds exactly what is published: nobody who is off a list is found in it. */
@Injectable()
export class Register {
  constructor(private readonly clock: Clock) {}

  /**
   * Called with every change of a case: the entry appears, changes or disappears with it, in one transaction,
   * and each of these is kept as a change of the register.
   */
  async follow(
    tx: Tx,
    changes: readonly { before: ListingCase | undefined; after: ListingCase; list: ListRules }[],
  ): Promise<void> {
    const shown = changes.flatMap(({ after, list }) => publicEntry(after, list) ?? []);
    const off = changes.filter(({ before, after }) => before && isShown(before) && !isShown(after));
    if (off.length > 0) {
      await tx.query(
        `WITH gone AS (DELETE FROM register_entry WHERE case_id = ANY($1::uuid[]) RETURNING case_id)
         INSERT INTO register_change (case_id, change, changed_at) SELECT case_id, 'removed', $2 FROM gone`,
        [off.map(({ after }) => after.id), this.clock.now()],
      );
    }
    if (shown.length > 0) await this.#show(tx, shown);
  }

  async #show(tx: Tx, entries: readonly ShownEntry[]): Promise<void> {
    await tx.query(
      `WITH e AS (
         INSERT INTO register_entry AS r (case_id, subject_id, list_type, list_name, name, code, searchable, department,
           decision_no, decided_on, published_on, term_ends_on, reasons, basis, conduct, documents, fields, objection_since,
           last_day, again)
         SELECT "entryId", "subjectId", "listType", "listName", name, code, searchable, department,
           "decisionNo", "decidedOn", "publishedOn", "termEndsOn", reasons, basis, conduct, documents, fields, "objectionSince",
           "lastDay", EXISTS (SELECT FROM register_change c WHERE c.case_id = "entryId")
         FROM jsonb_to_recordset($1) AS s ("entryId" uuid, "subjectId" uuid, "listType" text, "listName" text, name text,
           code text, searchable boolean, department text, "decisionNo" text, "decidedOn" date, "publishedOn" date,
           "termEndsOn" date, reasons text, basis jsonb, conduct text, documents jsonb, fields jsonb, "objectionSince" date,
           "lastDay" date)
         ON CONFLICT (case_id) DO UPDATE SET name = excluded.name, code = excluded.code, term_ends_on = excluded.term_ends_on,
           reasons = excluded.reasons, decision_no = excluded.decision_no, objection_since = excluded.objection_since,
           conduct = excluded.conduct, documents = excluded.documents, fields = excluded.fields, last_day = excluded.last_day
         WHERE (r.name, r.code, r.term_ends_on, r.reasons, r.decision_no, r.objection_since, r.conduct, r.documents, r.fields) IS DISTINCT FROM
           (excluded.name, excluded.code, excluded.term_ends_on, excluded.reasons, excluded.decision_no, excluded.objection_since,
            excluded.conduct, excluded.documents, excluded.fields)
         RETURNING r.*, old.case_id IS NULL AS added
       )
       INSERT INTO register_change (case_id, change, changed_at, entry)
       SELECT e.case_id, CASE WHEN e.added THEN 'added' ELSE 'changed' END, $2, ${ENTRY_JSON} FROM e`,
      [JSON.stringify(entries), this.clock.now()],
    );
  }

  /** By code, or by a part of the name; newest first. */
  async search(db: Queryable, search: RegisterSearch, page: PageRequest): Promise<RegisterEntry[]> {
    const [publishedOn, entryId] = page.after ?? [];
    if (page.after && !(isLocalDate(publishedOn) && isUuid(entryId))) {
      throw shellRefusals.refusal('listing.cursor-invalid');
    }
    const { sql, values } = searchStatement({ ...search, today: this.clock.today() }, page);
    const { rows } = await db.query<{ entry: RegisterEntry }>(sql, values);
    return rows.map(({ entry }) => entry);
  }
}

/** How many of the newest are looked through for a common name. */
const NEWEST = 5_000;

/** Only the conditions that were asked stand in the statement, so that the plan fits them. */
export function searchStatement(
  { code, name, listType, asOf, today }: RegisterSearch & { today: LocalDate },
  page: PageRequest,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const where = [stillShown(value(today))];
  if (code !== undefined) where.push(`e.code = ${value(code)}`);
  if (listType !== undefined) where.push(`e.list_type = ${value(listType)}`);
  if (page.after) {
    const [publishedOn, entryId] = page.after;
    where.push(`(e.published_on, e.case_id) < (${value(publishedOn)}::date, ${value(entryId)}::uuid)`);
  }
  const limit = value(page.limit + 1);
  const entries = { shown: asOf ? shownOn(asOf, value) : ['true'], where, limit };
  const found = name === undefined ? newest(entries, limit) : named(entries, value(name));
  const then =
    asOf &&
    `JOIN LATERAL (SELECT c.entry FROM register_change c WHERE c.case_id = e.case_id AND c.changed_at < ${value(endOf(asOf))}
      ORDER BY c.id DESC LIMIT 1) h ON true`;
  const sql = `SELECT ${then ? 'h.entry' : ENTRY_JSON} AS entry FROM (${found}) page
    JOIN register_entry e ON e.case_id = page.case_id ${then ?? ''} ORDER BY page.published_on DESC, page.case_id DESC`;
  return { sql, values };
}

interface Entries {
  /** Of what the entries in question are made up; each is read by itself. */
  shown: readonly string[];
  where: readonly string[];
  limit: string;
}

const NEWEST_FIRST = 'ORDER BY published_on DESC, case_id DESC';

function newest(
  { shown, where }: Entries,
  limit: string | number,
  columns = 'e.case_id, e.published_on',
): string {
  const arms = shown.map(
    (arm) =>
      `(SELECT ${columns} FROM register_entry e WHERE ${[arm, ...where].join(' AND ')} ${NEWEST_FIRST} LIMIT ${limit})`,
  );
  return arms.length === 1
    ? arms[0]!
    : `SELECT * FROM (${arms.join(' UNION ALL ')}) both_arms ${NEWEST_FIRST} LIMIT ${limit}`;
}

/**
 * By name there are two ways: from the newest on until a page is full, and through the index of pairs with a sort.
 * The first is for common names, and is given up where it does not fill the page; the second for all others.
 */
function named(entries: Entries, part: string): string {
  const { shown, where, limit } = entries;
  const fits = `e.searchable AND strpos(e.name_folded, platform.folded(${part})) > 0`;
  const byPairs = shown.map(
    (arm) =>
      `SELECT e.case_id, e.published_on FROM register_entry e WHERE NOT (SELECT page FROM filled)
       AND e.name_pairs @> platform.bigrams(${part}) AND ${[fits, arm, ...where].join(' AND ')}`,
  );
  return `WITH look AS MATERIALIZED (${isCommon('register_entry e', fits, 10, 0.2)}),
    recent AS MATERIALIZED (
      SELECT e.case_id, e.published_on
      FROM (${newest(entries, NEWEST, 'e.case_id, e.published_on, e.searchable, e.name_folded')}) e
      WHERE (SELECT common FROM look) AND ${fits} ${NEWEST_FIRST} LIMIT ${limit}
    ), filled AS MATERIALIZED (SELECT count(*) >= ${limit} AS page FROM recent),
    indexed AS MATERIALIZED (${byPairs.join(' UNION ALL ')})
    SELECT * FROM (
      SELECT * FROM recent WHERE (SELECT page FROM filled) UNION ALL SELECT * FROM indexed
    ) either ${NEWEST_FIRST} LIMIT ${limit}`;
}

/**
 * Who was shown on a day and still is: whoever is off the register is not found. An entry that is shown without a
 * break was shown since its date; only those shown again must be looked at one by one.
 */
function shownOn(day: LocalDate, value: (one: unknown) => string): string[] {
  const date = `${value(day)}::date`;
  return [
    `e.published_on <= ${date}`,
    `e.published_on > ${date} AND e.again AND (
      SELECT change FROM register_change c WHERE c.case_id = e.case_id AND c.changed_at < ${value(endOf(day))}
      ORDER BY c.id DESC LIMIT 1
    ) <> 'removed'`,
  ];
}

function endOf(day: LocalDate): Date {
  return startOfDay(addDays(day, 1));
}
