import { Injectable } from '@nestjs/common';
import { checkVersion, type PageRequest, type Queryable, type Tx } from '#platform';
import type { ListingCase, Status, Subject } from '../domain/case.js';
import type { OtherCase } from '../domain/removal.js';
import { shellRefusals } from '../refusals.js';
import { isUuid } from './uuid.js';

/** A case and the version that the next change must name. */
export interface VersionedCase {
  state: ListingCase;
  version: number;
}

interface CaseRow {
  version: number;
  state: ListingCase;
  subject: Subject;
}

const READ = `SELECT c.version, c.state, jsonb_build_object('id', s.id, 'kind', s.kind, 'code', s.code, 'name', s.name, 'region', s.region) AS subject
  FROM listing_case c JOIN subject s ON s.id = c.subject_id`;

/** Name and division of the subject are those of today: a company that is renamed is listed under its new name. */
function caseOf({ state, subject, version }: CaseRow): VersionedCase {
  return { state: { ...state, subject }, version };
}

export interface CaseFilter {
  listType?: string | undefined;
  status?: Status | undefined;
  department?: string | undefined;
  /** id or code */
  subject?: string | undefined;
  /**
   * Whose cases the caller may see: a party its own from the notice on, a unit its own, those below it, and all
   * that were decided.
   */
  visibleTo: { party: string } | { departments: string[] } | 'all';
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

  async insert(tx: Tx, state: ListingCase): Promise<void> {
    await tx.query(
      `INSERT INTO listing_case (id, file_id, no, version, status, list_type, rules_version, subject_id, department, conduct_kind, opened_on, state)
       VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        state.id,
        state.file.principal ?? state.id,
        state.no,
        state.status,
        state.listType,
        state.rulesVersion,
        state.subject.id,
        state.department,
        state.conductKind,
        state.openedOn,
        JSON.stringify(state),
      ],
    );
    await tx.query(
      `INSERT INTO case_record (case_id, record_id, list_type, subject_id)
       SELECT $1, record_id, $2, $3 FROM unnest($4::uuid[]) AS record_id`,
      [state.id, state.listType, state.subject.id, state.records.map((record) => record.id)],
    );
  }

  /** Guarded by the version although the row is locked: a change that forgot the lock must not overwrite another. */
  async update(tx: Tx, state: ListingCase, version: number): Promise<void> {
    const { rowCount } = await tx.query(
      `UPDATE listing_case SET version = $2 + 1, status = $3, rules_version = $4, decided_on = $5, in_force_on = $6,
         term_ends_on = $7, ended_on = $8, overdue = $9, state = $10
       WHERE id = $1 AND version = $2`,
      [
        state.id,
        version,
        state.status,
        state.rulesVersion,
        'decision' in state ? state.decision.decidedOn : null,
        'inForceOn' in state ? state.inForceOn : null,
        'term' in state ? state.term.endsOn : null,
        'end' in state ? state.end.endedOn : null,
        state.overdue,
        JSON.stringify(state),
      ],
    );
    if (rowCount !== 1) checkVersion(version + 1, version);
    const undone =
      state.status === 'withdrawn' ||
      state.status === 'reminded' ||
      ('end' in state && ['revoked', 'corrected'].includes(state.end.kind));
    if (undone)
      await tx.query('UPDATE case_record SET taken = false WHERE case_id = $1 AND taken', [state.id]);
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

  /** Cases that rest on a record, whatever their status. */
  async restingOn(tx: Tx, recordId: string): Promise<string[]> {
    const { rows } = await tx.query<{ id: string }>(
      'SELECT case_id AS id FROM case_record WHERE record_id = $1 ORDER BY case_id',
      [recordId],
    );
    return rows.map((row) => row.id);
  }

  /** The subject's other decided entries on the list. */
  async othersOf(tx: Tx, state: ListingCase): Promise<OtherCase[]> {
    const { rows } = await tx.query<OtherCase>(
      `SELECT decided_on AS "decidedOn", coalesce(state->'end'->>'kind' IN ('revoked', 'corrected'), false) AS undone
       FROM listing_case WHERE subject_id = $1 AND list_type = $2 AND id <> $3 AND decided_on IS NOT NULL`,
      [state.subject.id, state.listType, state.id],
    );
    return rows;
  }

  /** Newest first; one more than the page, so that the caller sees whether there is another. */
  async list(db: Queryable, filter: CaseFilter, page: PageRequest): Promise<VersionedCase[]> {
    const [after] = page.after ?? [];
    if (after !== undefined && !isUuid(after)) throw shellRefusals.refusal('listing.cursor-invalid');
    const { visibleTo } = filter;
    const { rows } = await db.query<CaseRow>(
      `${READ}
       WHERE ($1::text IS NULL OR c.list_type = $1) AND ($2::text IS NULL OR c.status = $2)
         AND ($3::text IS NULL OR c.department = $3) AND ($4::text IS NULL OR c.subject_id::text = $4 OR s.code = $4)
         AND ($5::text IS NULL OR (coalesce(s.code, s.id::text) = $5
           AND (c.decided_on IS NOT NULL OR jsonb_typeof(c.state->'notice') = 'object')))
         AND ($6::text[] IS NULL OR c.department = ANY($6) OR c.decided_on IS NOT NULL)
         AND ($7::uuid IS NULL OR c.id < $7)
       ORDER BY c.id DESC LIMIT $8`,
      [
        filter.listType ?? null,
        filter.status ?? null,
        filter.department ?? null,
        filter.subject ?? null,
        typeof visibleTo === 'object' && 'party' in visibleTo ? visibleTo.party : null,
        typeof visibleTo === 'object' && 'departments' in visibleTo ? visibleTo.departments : null,
        after ?? null,
        page.limit + 1,
      ],
    );
    return rows.map(caseOf);
  }
}
