import { Injectable } from '@nestjs/common';
import {
  type Actor,
  checkVersion,
  type PageRequest,
  type Queryable,
  requestRefusals,
  type Tx,
} from '#platform';
import type { ObjectionFact } from '../domain/objection/facts.js';
import type { Objection } from '../domain/objection/objection.js';
import { appendHistory, readHistory, type StepEntry } from './step-history.js';
import { isUuid } from './uuid.js';

/** An objection and the version that the next step must name. */
export interface VersionedObjection {
  state: Objection;
  version: number;
}

/** Objections, one row each, with an append-only history beside it. */
@Injectable()
export class Objections {
  /** @throws Refusal `request.not-found` */
  async read(db: Queryable, id: string): Promise<VersionedObjection> {
    return this.#one(db, id, '');
  }

  /** The case is locked before: an objection and its entry change together. */
  async lock(tx: Tx, id: string): Promise<VersionedObjection> {
    return this.#one(tx, id, 'FOR NO KEY UPDATE');
  }

  async #one(db: Queryable, id: string, lock: string): Promise<VersionedObjection> {
    const { rows } = isUuid(id)
      ? await db.query<VersionedObjection>(`SELECT state, version FROM objection WHERE id = $1 ${lock}`, [id])
      : { rows: [] };
    if (!rows[0]) throw requestRefusals.refusal('request.not-found', { what: 'objection' });
    return rows[0];
  }

  async ofCase(db: Queryable, caseId: string): Promise<VersionedObjection[]> {
    const { rows } = await db.query<VersionedObjection>(
      'SELECT state, version FROM objection WHERE case_id = $1 ORDER BY id',
      [caseId],
    );
    return rows;
  }

  async ofRecord(db: Queryable, recordId: string): Promise<VersionedObjection[]> {
    const { rows } = await db.query<VersionedObjection>(
      'SELECT state, version FROM objection WHERE record_id = $1 ORDER BY id',
      [recordId],
    );
    return rows;
  }

  /** Those that wait at a unit, or for its help, oldest first; one more than the page. */
  async openAt(db: Queryable, department: string, page: PageRequest): Promise<VersionedObjection[]> {
    const after = page.after?.[0];
    const { rows } = await db.query<VersionedObjection>(
      `SELECT state, version FROM objection
       WHERE status IN ('filed', 'open') AND (department = $1 OR $1 = ANY (helpers)) AND ($2::uuid IS NULL OR id > $2)
       ORDER BY id LIMIT $3`,
      [department, after !== undefined && isUuid(after) ? after : null, page.limit + 1],
    );
    return rows;
  }

  /** Writes what became of it, guarded by the version although the case is locked. */
  async save(
    tx: Tx,
    before: VersionedObjection | undefined,
    state: Objection,
    facts: readonly ObjectionFact[],
    by: { actor: Actor; at: Date },
  ): Promise<VersionedObjection> {
    const version = (before?.version ?? 0) + 1;
    const helpers = [...new Set(state.help.map(({ unit }) => unit))];
    const values = [
      state.id,
      state.recordId === undefined ? state.caseId : null,
      version,
      state.status,
      state.about,
      state.department,
      helpers,
      state.overdue,
    ];
    const { rowCount } = await tx.query(
      before
        ? `UPDATE objection SET version = $3, status = $4, about = $5, department = $6, helpers = $7, overdue = $8, state = $9
           WHERE id = $1 AND case_id IS NOT DISTINCT FROM $2 AND record_id IS NOT DISTINCT FROM $10 AND version = $3 - 1`
        : `INSERT INTO objection (id, case_id, version, status, about, department, helpers, overdue, state, record_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [...values, JSON.stringify(state), state.recordId ?? null],
    );
    if (rowCount !== 1) checkVersion(version, version - 1);
    await appendHistory(tx, 'objection_history', { id: state.id, version }, facts, by);
    return { state, version };
  }

  historyOf(db: Queryable, id: string): Promise<StepEntry[]> {
    return readHistory(db, 'objection_history', id);
  }
}
