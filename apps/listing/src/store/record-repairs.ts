import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import {
  type Actor,
  checkVersion,
  type PageRequest,
  type Queryable,
  requestRefusals,
  type Tx,
} from '#platform';
import type { Subject } from '../domain/case/case.js';
import type { RefusedRepair } from '../domain/objection/filing.js';
import { recordRepairClocks } from '../domain/record-repair/decide.js';
import type { RecordRepairFact } from '../domain/record-repair/facts.js';
import type { RecordRepair } from '../domain/record-repair/repair.js';
import type { RecordToRepair } from '../domain/record-repair/request.js';
import { afterDue, lateSince, nextDue, stillLate } from './due-columns.js';
import { appendHistory, readHistory, type StepEntry } from './step-history.js';
import { isUuid } from './uuid.js';

/** A request and the version that the next step must name. */
export interface VersionedRecordRepair {
  state: RecordRepair;
  version: number;
}

/** With the day of the clock that runs out next. */
export interface WaitingRepair extends VersionedRecordRepair {
  dueOn: LocalDate;
}

/** Requests for the repair of records, one row each, with an append-only history beside it. */
@Injectable()
export class RecordRepairs {
  /** @throws Refusal `request.not-found` */
  read(db: Queryable, id: string): Promise<VersionedRecordRepair> {
    return this.#one(db, id, '');
  }

  /** Its subject is locked before, by every change. */
  lock(tx: Tx, id: string): Promise<VersionedRecordRepair> {
    return this.#one(tx, id, 'FOR NO KEY UPDATE');
  }

  async #one(db: Queryable, id: string, lock: string): Promise<VersionedRecordRepair> {
    const { rows } = isUuid(id)
      ? await db.query<VersionedRecordRepair>(
          `SELECT state, version FROM record_repair WHERE id = $1 ${lock}`,
          [id],
        )
      : { rows: [] };
    if (!rows[0]) throw requestRefusals.refusal('request.not-found', { what: 'request for repair' });
    return rows[0];
  }

  /**
   * A record with all that stands for or against its repair: shown or not, repaired, barred, listed, asked for.
   * A case that was withdrawn, or undone, holds it no longer.
   */
  async recordToRepair(db: Queryable, recordId: string): Promise<RecordToRepair | undefined> {
    if (!isUuid(recordId)) return undefined;
    const { rows } = await db.query<RecordToRepair & { subject: Subject }>(
      `SELECT r.id, r.document_no AS "documentNo", r.decided_on AS "decidedOn", r.severity, r.category,
         r.published_until AS "publishedUntil", r.provider AS department, r.withdrawn,
         jsonb_build_object('id', s.id, 'kind', s.kind, 'code', s.code, 'name', s.name, 'region', s.region) AS subject,
         r.unpublished_on IS NOT NULL OR EXISTS (SELECT FROM record_repair g WHERE g.record_id = r.id AND g.status IN ('granted', 'masked'))
           AS repaired,
         (SELECT jsonb_build_object('caseId', c.id, 'no', c.no) FROM case_record h JOIN listing_case c ON c.id = h.case_id
          WHERE h.record_id = r.id AND h.taken AND c.subject_id = r.subject_id AND c.status NOT IN ('ended', 'closed')
          LIMIT 1) AS "listedBy",
         (SELECT o.id FROM record_repair o WHERE o.record_id = r.id AND o.status IN ('requested', 'accepted', 'verified'))
           AS "openRepair",
         (SELECT max(f.state -> 'found' ->> 'barredUntil') FROM record_repair f
          WHERE f.record_id = r.id AND f.status = 'found-false') AS "barredUntil"
       FROM record r JOIN subject s ON s.id = r.subject_id WHERE r.id = $1`,
      [recordId],
    );
    return rows[0];
  }

  /** The open requests for a record, whose basis is just going. */
  async openOf(tx: Tx, recordId: string): Promise<string[]> {
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM record_repair WHERE record_id = $1 AND status IN ('requested', 'accepted', 'verified')`,
      [recordId],
    );
    return rows.map(({ id }) => id);
  }

  /** Those that are answered no more, or whose masking means nothing any more, once the record is gone. */
  async openOrMaskedOf(tx: Tx, recordId: string): Promise<string[]> {
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM record_repair WHERE record_id = $1 AND status IN ('requested', 'accepted', 'verified', 'masked')`,
      [recordId],
    );
    return rows.map(({ id }) => id);
  }

  /** Requests that were answered against the party: what an objection may be about. */
  async refusedOf(db: Queryable, recordId: string): Promise<RefusedRepair[]> {
    const { rows } = await db.query<RefusedRepair>(
      `SELECT id, state -> 'answer' ->> 'on' AS "answeredOn" FROM record_repair
       WHERE record_id = $1 AND status IN ('refused', 'not-accepted')`,
      [recordId],
    );
    return rows;
  }

  /** Of a unit or of a subject, newest first. */
  async list(
    db: Queryable,
    of: { department: string } | { subjectId: string },
    page: PageRequest,
  ): Promise<VersionedRecordRepair[]> {
    const [column, value] = 'department' in of ? ['department', of.department] : ['subject_id', of.subjectId];
    const after = page.after?.[0] ?? null;
    const { rows } = await db.query<VersionedRecordRepair>(
      `SELECT state, version FROM record_repair WHERE ${column} = $1
         AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [value, after !== null && isUuid(after) ? after : null, page.limit + 1],
    );
    return rows;
  }

  /**
   * Those whose clock runs, what is due first first.
   *
   * @throws Refusal `listing.cursor-invalid`
   */
  async waiting(
    db: Queryable,
    of: { department: string } | { subjectId: string },
    { dueBy = null, page }: { dueBy?: LocalDate | null | undefined; page: PageRequest },
  ): Promise<WaitingRepair[]> {
    const [column, value] = 'department' in of ? ['department', of.department] : ['subject_id', of.subjectId];
    const after = afterDue(page);
    const { rows } = await db.query<WaitingRepair>(
      `SELECT state, version, due_on AS "dueOn" FROM record_repair WHERE ${column} = $1 AND due_on IS NOT NULL
         AND ($2::date IS NULL OR due_on <= $2) AND ($3::date IS NULL OR (due_on, id) > ($3, $4::uuid))
       ORDER BY due_on, id LIMIT $5`,
      [value, dueBy, after?.due ?? null, after?.id ?? null, page.limit + 1],
    );
    return rows;
  }

  /** Writes what became of it, guarded by the version although its subject is locked. */
  async save(
    tx: Tx,
    before: VersionedRecordRepair | undefined,
    state: RecordRepair,
    facts: readonly RecordRepairFact[],
    by: { actor: Actor; at: Date },
  ): Promise<VersionedRecordRepair> {
    const version = (before?.version ?? 0) + 1;
    const clocks = recordRepairClocks(state);
    const due = nextDue(clocks);
    const values = [
      state.id,
      version,
      state.status,
      stillLate(clocks, state.overdue),
      due?.dueOn ?? null,
      JSON.stringify(state),
      due?.clock ?? null,
      lateSince(clocks, state.overdue),
    ];
    const { rowCount } = await tx.query(
      before
        ? `UPDATE record_repair SET version = $2, status = $3, overdue = $4, due_on = $5, state = $6, due_clock = $7,
             late_since = coalesce(late_since, $8)
           WHERE id = $1 AND version = $2 - 1`
        : `INSERT INTO record_repair (id, version, status, overdue, due_on, state, due_clock, late_since, record_id, subject_id,
             department)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      before ? values : [...values, state.record.id, state.subject.id, state.department],
    );
    if (rowCount !== 1) checkVersion(version, version - 1);
    await appendHistory(tx, 'record_repair_history', { id: state.id, version }, facts, by);
    return { state, version };
  }

  historyOf(db: Queryable, id: string): Promise<StepEntry[]> {
    return readHistory(db, 'record_repair_history', id);
  }
}
