import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '#kernel';
import {
  type Actor,
  checkVersion,
  type PageRequest,
  type Queryable,
  requestRefusals,
  type Tx,
} from '#platform';
import type { ObjectionFact } from '../domain/objection/facts.js';
import { isMarkedLate, type Objection, type ObjectionClock } from '../domain/objection/objection.js';
import { afterDue, type Due, lateSince, nextDue, stillLate } from './due-columns.js';
import { appendHistory, readHistory, type StepEntry } from './step-history.js';
import { isUuid } from './uuid.js';

/** An objection and the version that the next step must name. */
export interface VersionedObjection {
  state: Objection;
  version: number;
}

/** With what is due of it next, for the unit that asked. */
export interface WaitingObjection extends VersionedObjection {
  dueOn: LocalDate | null;
  dueClock: ObjectionClock | null;
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

  /**
   * Those that wait at a unit, for its review, or for its help, what is due first first; one more than the page. A unit
   * that helps has its own day, which is that of its answer.
   *
   * @throws Refusal `listing.cursor-invalid`
   */
  async openAt(
    db: Queryable,
    department: string,
    { dueBy = null, page }: { dueBy?: LocalDate | null | undefined; page: PageRequest },
  ): Promise<WaitingObjection[]> {
    const after = afterDue(page);
    const { rows } = await db.query<WaitingObjection>(
      `SELECT state, version, "dueOn", "dueClock" FROM (
         SELECT id, state, version, due_on AS "dueOn", due_clock AS "dueClock" FROM objection
         WHERE status IN ('filed', 'open') AND department = $1
         UNION ALL
         SELECT id, state, version, due_on, due_clock FROM objection
         WHERE status IN ('filed', 'open') AND helpers @> ARRAY[$1] AND department <> $1 AND state -> 'review' ->> 'unit' = $1
         UNION ALL
         SELECT o.id, o.state, o.version, asked."dueOn", 'help'
         FROM objection o CROSS JOIN LATERAL (
           SELECT min((help ->> 'due')::date) AS "dueOn" FROM jsonb_array_elements(o.state -> 'help') help
           WHERE help ->> 'unit' = $1 AND help ->> 'answer' IS NULL
         ) asked
         WHERE o.status IN ('filed', 'open') AND o.helpers @> ARRAY[$1] AND o.department <> $1 AND asked."dueOn" IS NOT NULL
       ) waiting
       WHERE ($2::date IS NULL OR "dueOn" <= $2) AND ($3::date IS NULL OR (coalesce("dueOn", 'infinity'), id) > ($3, $4::uuid))
       ORDER BY coalesce("dueOn", 'infinity'), id LIMIT $5`,
      [department, dueBy, after?.due ?? null, after?.id ?? null, page.limit + 1],
    );
    return rows;
  }

  /** Writes what became of it, guarded by the version although the case is locked. */
  async save(
    tx: Tx,
    before: VersionedObjection | undefined,
    state: Objection,
    facts: readonly ObjectionFact[],
    by: { actor: Actor; at: Date; clocks: readonly Due<ObjectionClock>[] },
  ): Promise<VersionedObjection> {
    const version = (before?.version ?? 0) + 1;
    const due = nextDue(by.clocks);
    const above = state.review?.unit;
    const helpers = [...new Set([...state.help.map(({ unit }) => unit), ...(above ? [above] : [])])];
    const values = [
      state.id,
      state.recordId === undefined ? state.caseId : null,
      version,
      state.status,
      state.about,
      state.department,
      helpers,
      stillLate(by.clocks, state.overdue),
    ];
    const { rowCount } = await tx.query(
      before
        ? `UPDATE objection SET version = $3, status = $4, about = $5, department = $6, helpers = $7, overdue = $8, state = $9,
             due_on = $11, due_clock = $12, late_since = coalesce(late_since, $13)
           WHERE id = $1 AND case_id IS NOT DISTINCT FROM $2 AND record_id IS NOT DISTINCT FROM $10 AND version = $3 - 1`
        : `INSERT INTO objection (id, case_id, version, status, about, department, helpers, overdue, state, record_id, due_on, due_clock,
             late_since)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...values,
        JSON.stringify(state),
        state.recordId ?? null,
        due?.dueOn ?? null,
        due?.clock ?? null,
        // What was late once counts as late for good; the mark was the first that could be.
        isMarkedLate(state) ? addDays(state.markDue!, 1) : lateSince(by.clocks, state.overdue),
      ],
    );
    if (rowCount !== 1) checkVersion(version, version - 1);
    await appendHistory(tx, 'objection_history', { id: state.id, version }, facts, by);
    return { state, version };
  }

  historyOf(db: Queryable, id: string): Promise<StepEntry[]> {
    return readHistory(db, 'objection_history', id);
  }
}
