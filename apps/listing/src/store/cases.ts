import { Injectable } from '@nestjs/common';
import { checkVersion, type PageRequest, type Queryable, type Tx } from '#platform';
import { type Closed, type Ended, hearingOf, type ListingCase, type Subject } from '../domain/case/case.js';
import { runningClocks } from '../domain/term/clocks.js';
import type { Bar } from '../domain/repair/eligibility.js';
import type { EarlierEnd } from '../domain/repair/relisting.js';
import type { OtherCase } from '../domain/repair/request.js';
import { runningTermOf } from '../domain/term/term.js';
import type { RunningTerm } from '../domain/term/term-after.js';
import { shellRefusals } from '../refusals.js';
import { type CaseFilter, listed } from './case-list.js';
import { lateSince, nextDue } from './due-columns.js';
import { followDocuments, takeDocuments } from './documents-in-use.js';
import { isUuid } from './uuid.js';

/** A case, how often it was changed, and what the next change must name. */
export interface VersionedCase {
  state: ListingCase;
  /** Of the case alone: one more with each change, as its history has it. */
  version: number;
  /**
   * What a reader is told and a change names (If-Match). A step at the principal's case is taken for the whole
   * file, so whoever takes it must have read the whole file: the sum of the versions of all its parties, which
   * no change of any of them leaves as it was. Of every other case its own version.
   */
  fileVersion: number;
}

/** A case after a change, the version before it, and the state before it where the caller has it. */
export interface ChangedState extends Omit<VersionedCase, 'fileVersion'> {
  before?: ListingCase;
}

interface CaseRow {
  version: number;
  fileVersion: number;
  state: ListingCase;
  subject: Subject;
}

// Only a principal's file has parties under its id.
const READ = `SELECT c.version, c.state,
  coalesce((SELECT sum(p.version)::integer FROM listing_case p WHERE p.file_id = c.id), c.version) AS "fileVersion",
  jsonb_build_object('id', s.id, 'kind', s.kind, 'code', s.code, 'name', s.name, 'region', s.region) AS subject
  FROM listing_case c JOIN subject s ON s.id = c.subject_id`;

/** Name and division of the subject are those of today: a company that is renamed is listed under its new name. */
function caseOf({ state, subject, version, fileVersion }: CaseRow): VersionedCase {
  return { state: { ...state, subject }, version, fileVersion };
}

/** Cases, one row each. Every change goes through `commands/case-changes.ts`. */
@Injectable()
export class Cases {
  /** The next number of a list in a year; the row is locked until the transaction ends, so no number is lost. */
  async nextNumber(tx: Tx, listType: string, year: number): Promise<string> {
    const { rows } = await tx.query<{ last: number }>(
      `INSERT INTO case_number AS n (list_type, year, last) VALUES ($1, $2, 1)
       ON CONFLICT (list_type, year) DO UPDATE SET last = n.last + 1 RETURNING last`,
      [listType, year],
    );
    return `${listType}-${year}-${String(rows[0]!.last).padStart(6, '0')}`;
  }

  /**
   * Locks the subjects of the file, then the case. In this order everywhere: a consumer's transaction may touch
   * two cases of one subject, and a step may touch every party of a file; they would else meet crosswise.
   *
   * @throws Refusal `listing.not-found`
   */
  async lock(tx: Tx, id: string): Promise<VersionedCase> {
    if (!isUuid(id)) throw shellRefusals.refusal('listing.not-found', { id });
    await tx.query(
      `SELECT FROM subject WHERE id IN (
         SELECT subject_id FROM listing_case WHERE file_id = (SELECT file_id FROM listing_case WHERE id = $1)
       ) ORDER BY id FOR NO KEY UPDATE`,
      [id],
    );
    const { rows } = await tx.query<CaseRow>(`${READ} WHERE c.id = $1 FOR NO KEY UPDATE OF c`, [id]);
    if (!rows[0]) throw shellRefusals.refusal('listing.not-found', { id });
    return caseOf(rows[0]);
  }

  /** @throws Refusal `listing.not-found` */
  async read(db: Queryable, id: string): Promise<VersionedCase> {
    const { rows } = isUuid(id) ? await db.query<CaseRow>(`${READ} WHERE c.id = $1`, [id]) : { rows: [] };
    if (!rows[0]) throw shellRefusals.refusal('listing.not-found', { id });
    return caseOf(rows[0]);
  }

  /**
   * Many at once, for clocks that run out together: the subjects of their files in one order, then the cases.
   * One that is gone is passed over.
   */
  async lockAll(tx: Tx, ids: readonly string[]): Promise<VersionedCase[]> {
    await tx.query(
      // Arrays, not joins: whatever is known of the tables, each step goes by its index.
      `SELECT FROM subject WHERE id = ANY (ARRAY(
         SELECT subject_id FROM listing_case WHERE file_id = ANY (ARRAY(
           SELECT file_id FROM listing_case WHERE id = ANY ($1::uuid[])))
       )) ORDER BY id FOR NO KEY UPDATE`,
      [ids],
    );
    const { rows } = await tx.query<CaseRow>(
      `${READ} WHERE c.id = ANY($1::uuid[]) ORDER BY c.id FOR NO KEY UPDATE OF c`,
      [ids],
    );
    return rows.map(caseOf);
  }

  /** @param region of the deciding unit, by which worklists and statistics are kept */
  async insert(tx: Tx, state: ListingCase, region: string): Promise<void> {
    const due = nextDue(runningClocks(state));
    await tx.query(
      `INSERT INTO listing_case (id, file_id, no, version, status, list_type, rules_version, subject_id, department, region,
         conduct_kind, opened_on, due_on, due_clock, state)
       VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        state.id,
        state.file.principal ?? state.id,
        state.no,
        state.status,
        state.listType,
        state.rulesVersion,
        state.subject.id,
        state.department,
        region,
        state.conductKind,
        state.openedOn,
        due?.dueOn ?? null,
        due?.clock ?? null,
        JSON.stringify(state),
      ],
    );
    await tx.query(
      `INSERT INTO case_record (case_id, record_id, list_type, subject_id)
       SELECT $1, record_id, $2, $3 FROM unnest($4::uuid[]) AS record_id`,
      [state.id, state.listType, state.subject.id, state.records.map((record) => record.id)],
    );
    await takeDocuments(tx, state);
  }

  /**
   * Each guarded by its version although the rows are locked: a change that forgot the lock must not overwrite
   * another. Where the state before is known only the parts that are others now are written: a case is 5 kB, and a
   * clock that runs out changes a tenth of it.
   */
  async update(tx: Tx, changed: readonly ChangedState[]): Promise<void> {
    const { rowCount } = await tx.query(
      `UPDATE listing_case c SET version = c.version + 1, status = n.status, rules_version = n.rules_version,
         noticed_on = n.noticed_on, decided_on = n.decided_on, in_force_on = n.in_force_on, term_ends_on = n.term_ends_on,
         ended_on = n.ended_on, closed_on = n.closed_on, withdrawn_on = n.withdrawn_on, due_on = n.due_on,
         due_clock = n.due_clock, overdue = n.overdue, late_since = coalesce(c.late_since, n.late_since),
         state = CASE WHEN n.gone IS NULL THEN n.state ELSE c.state - n.gone || n.state END
       FROM jsonb_to_recordset($1) AS n (id uuid, version integer, status text, rules_version date, noticed_on date,
         decided_on date, in_force_on date, term_ends_on date, ended_on date, closed_on date, withdrawn_on date,
         due_on date, due_clock text, overdue text[], late_since date, gone text[], state jsonb)
       WHERE c.id = n.id AND c.version = n.version`,
      [JSON.stringify(changed.map(columnsOf))],
    );
    const stale = changed.find((_, index) => index >= rowCount);
    if (stale) checkVersion(stale.version + 1, stale.version);
    const undone = changed.filter(({ state }) => isUndone(state)).map(({ state }) => state.id);
    if (undone.length > 0) {
      await tx.query('UPDATE case_record SET taken = false WHERE case_id = ANY($1::uuid[]) AND taken', [
        undone,
      ]);
    }
    await followDocuments(
      tx,
      changed.map(({ state }) => state),
    );
  }

  /** Ended and not closed, the longest waiting first. */
  async endedLongest(db: Queryable, limit: number): Promise<Ended[]> {
    const { rows } = await db.query<CaseRow>(
      `${READ} WHERE c.status = 'ended' ORDER BY c.ended_on, c.id LIMIT $1`,
      [limit],
    );
    return rows.map((row) => caseOf(row).state).filter((state) => state.status === 'ended');
  }

  /** Closed cases of which a unit was found not to have lifted, and has not answered (migration 0084). */
  async closedUrged(db: Queryable, limit: number): Promise<Closed[]> {
    const { rows } = await db.query<CaseRow>(
      `${READ} WHERE c.status = 'closed' AND jsonb_path_exists(c.state, '$.end.urged[*] ? (@.answer == null)')
       ORDER BY c.id LIMIT $1`,
      [limit],
    );
    return rows.map((row) => caseOf(row).state).filter((state) => state.status === 'closed');
  }

  /** Cases with a correction that a system has not confirmed by its day; few of many, found by what is late. */
  async correctedLate(db: Queryable, limit: number): Promise<ListingCase[]> {
    const { rows } = await db.query<CaseRow>(
      `${READ} WHERE c.overdue <> '{}' AND c.overdue @> ARRAY['correction'] ORDER BY c.id LIMIT $1`,
      [limit],
    );
    return rows.map((row) => caseOf(row).state);
  }

  /** The subject's case of the list that a record already carries. */
  async holdingRecord(
    tx: Tx,
    listType: string,
    recordIds: readonly string[],
    subjectId: string,
  ): Promise<{ recordId: string; no: string } | undefined> {
    const { rows } = await tx.query<{ recordId: string; no: string }>(
      `SELECT r.record_id AS "recordId", c.no FROM case_record r JOIN listing_case c ON c.id = r.case_id
       WHERE r.list_type = $1 AND r.record_id = ANY($2::uuid[]) AND r.subject_id = $3 AND r.taken LIMIT 1`,
      [listType, recordIds, subjectId],
    );
    return rows[0];
  }

  /** Cases of a subject that were decided, whatever their status. */
  async entriesOf(tx: Tx, subjectId: string): Promise<string[]> {
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM listing_case WHERE subject_id = $1 AND state ? 'entry' ORDER BY id`,
      [subjectId],
    );
    return rows.map((row) => row.id);
  }

  /** Cases that rest on a record, whatever their status. */
  async restingOn(tx: Tx, recordId: string): Promise<string[]> {
    const { rows } = await tx.query<{ id: string }>(
      'SELECT case_id AS id FROM case_record WHERE record_id = $1 ORDER BY case_id',
      [recordId],
    );
    return rows.map((row) => row.id);
  }

  /** The subject's other decided entries on the list. */
  async othersOf(tx: Queryable, state: ListingCase): Promise<OtherCase[]> {
    const { rows } = await tx.query<OtherCase>(
      // Undone also is what lost its basis, or was found wrong, only after it had ended.
      `SELECT decided_on AS "decidedOn", coalesce(state->'end'->>'kind' IN ('revoked', 'corrected'), false)
         OR coalesce(state->'entry'->'site'->>'how' = 'undone', false)
         OR (state->'documents' = '[]' AND NOT state->'records' @> '[{"withdrawn": false}]') AS undone
       FROM listing_case WHERE subject_id = $1 AND list_type = $2 AND id <> $3 AND decided_on IS NOT NULL`,
      [state.subject.id, state.listType, state.id],
    );
    return rows;
  }

  /**
   * The terms of the subject's other entries on this list, ended or not; none that was undone. With a case its
   * subject is locked (`lock`), so that of two decisions at once the second sees the first.
   */
  async termsBeside(tx: Tx, state: ListingCase): Promise<RunningTerm[]> {
    const { rows } = await tx.query<{ state: ListingCase }>(
      `SELECT state FROM listing_case
       WHERE subject_id = $1 AND list_type = $2 AND id <> $3 AND decided_on IS NOT NULL
         AND coalesce(state -> 'end' ->> 'kind', '') NOT IN ('revoked', 'corrected')`,
      [state.subject.id, state.listType, state.id],
    );
    return rows.flatMap((row) => runningTermOf(row.state) ?? []);
  }

  /** The subject's later cases on this list whose terms were worked out beside this one, in the order of their decisions. */
  async followingOf(tx: Tx, state: ListingCase): Promise<string[]> {
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM listing_case WHERE subject_id = $1 AND list_type = $2 AND decided_on IS NOT NULL
         AND state -> 'decision' -> 'term' -> 'earlier' ? $3
       ORDER BY decided_on, jsonb_array_length(state -> 'decision' -> 'term' -> 'earlier'), id`,
      [state.subject.id, state.listType, state.id],
    );
    return rows.map(({ id }) => id);
  }

  /** Another case of a subject that is locked already, as every change of a case locks it: only the row is left. */
  async lockBesideSubject(tx: Tx, id: string): Promise<VersionedCase> {
    const { rows } = await tx.query<CaseRow>(`${READ} WHERE c.id = $1 FOR NO KEY UPDATE OF c`, [id]);
    return caseOf(rows[0]!);
  }

  /**
   * What earlier false applications of the subject on this list bar: each binds the entry that it was about (order 36
   * art. 25); a bar of the list itself (order 107 art. 23, accountants) binds the subject on that list. A finding
   * from before the two were told apart binds the list, as it did when it was made.
   */
  async repairBars(tx: Queryable, state: ListingCase): Promise<Bar[]> {
    const { rows } = await tx.query<{ until: string }>(
      `SELECT until FROM (
         SELECT CASE WHEN id <> $3 AND found ? 'listBarredUntil' THEN found ->> 'listBarredUntil'
           ELSE found ->> 'barredUntil' END AS until
         FROM listing_case, jsonb_array_elements(state -> 'entry' -> 'foundFalse') AS found
         WHERE subject_id = $1 AND list_type = $2) AS bars
       WHERE until IS NOT NULL`,
      [state.subject.id, state.listType, state.id],
    );
    return rows.map(({ until }) => ({ code: 'false-application', until }));
  }

  /** How the subject's earlier entries on a list ended, as far as that may bar another. */
  async earlierEnds(tx: Tx, listType: string, subjectId: string): Promise<EarlierEnd[]> {
    const { rows } = await tx.query<EarlierEnd>(
      `SELECT no AS "caseNo", ended_on AS "endedOn", state -> 'end' -> 'repair' ->> 'ground' AS ground,
         state -> 'end' -> 'repair' ->> 'askedBy' AS "askedBy"
       FROM listing_case WHERE list_type = $1 AND subject_id = $2 AND state -> 'end' -> 'repair' ->> 'askedBy' IS NOT NULL`,
      [listType, subjectId],
    );
    return rows;
  }

  /** Newest first; one more than the page, so that the caller sees whether there is another. */
  async list(db: Queryable, filter: CaseFilter, page: PageRequest): Promise<VersionedCase[]> {
    const { sql, values } = listStatement(filter, page);
    const { rows } = await db.query<CaseRow>(sql, values);
    return rows.map(caseOf);
  }
}

export function listStatement(filter: CaseFilter, page: PageRequest): { sql: string; values: unknown[] } {
  const { sql, values } = listed(filter, page);
  return { sql: `${READ} ${sql}`, values };
}

/** What is filtered, sorted or counted, beside the whole. */
function columnsOf({ state, version, before }: ChangedState): object {
  const clocks = runningClocks(state);
  const due = nextDue(clocks);
  return {
    id: state.id,
    version,
    status: state.status,
    rules_version: state.rulesVersion,
    noticed_on: hearingOf(state).notice?.servedOn ?? null,
    decided_on: 'decision' in state ? state.decision.decidedOn : null,
    in_force_on: 'inForceOn' in state ? state.inForceOn : null,
    term_ends_on: 'term' in state ? state.term.endsOn : null,
    ended_on: 'end' in state ? state.end.endedOn : null,
    closed_on: 'closedOn' in state ? state.closedOn : null,
    withdrawn_on: endWithoutDecision(state),
    due_on: due?.dueOn ?? null,
    due_clock: due?.clock ?? null,
    overdue: state.overdue,
    // It stays when the duty is done.
    late_since: lateSince(clocks, state.overdue),
    ...(before ? difference(before, state) : { gone: null, state }),
  };
}

/** `evolve` makes no part anew that it does not change, so what is the same object is the same. */
function difference(before: ListingCase, after: ListingCase): { gone: string[]; state: object } {
  const was = before as unknown as Record<string, unknown>;
  const is = Object.entries(after);
  return {
    gone: Object.keys(was).filter(
      (part) => (after as unknown as Record<string, unknown>)[part] === undefined,
    ),
    state: Object.fromEntries(is.filter(([part, value]) => value !== was[part])),
  };
}

function endWithoutDecision(state: ListingCase): string | null {
  if (state.status === 'withdrawn') return state.withdrawal.on;
  return state.status === 'reminded' ? state.reminder.on : null;
}

function isUndone(state: ListingCase): boolean {
  if (state.status === 'withdrawn' || state.status === 'reminded') return true;
  return 'end' in state && ['revoked', 'corrected'].includes(state.end.kind);
}
