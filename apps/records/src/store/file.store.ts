import { Injectable } from '@nestjs/common';
import type { ActionRef, CaseRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { ReadModel } from '#messaging';
import type { Queryable, Tx } from '#platform';

/**
 * Everything here comes from events and can be had from them again: what each topic tells by itself, so that one
 * part is filled or rebuilt while the others stay.
 */
export const FILE_PARTS = {
  listings: { name: 'credit-file-listings', tables: ['file_listing'] },
  grades: { name: 'credit-file-grades', tables: ['file_grade'] },
  discipline: { name: 'credit-file-discipline', tables: ['file_discipline'] },
} satisfies Record<string, ReadModel>;

export interface FileListingRow {
  caseId: string;
  no: string;
  listType: string;
  listName: string;
  conductKind: string;
  department: string;
  serious: boolean;
  decisionNo: string | null;
  inForceOn: LocalDate | null;
  termEndsOn: LocalDate | null;
  publishedOn: LocalDate | null;
  /** the entry is objected to since this day; null: it is not */
  objectionSince: LocalDate | null;
}

export interface FileGradeRow {
  model: string;
  modelVersion: number;
  grade: string;
  gradeClass: string;
  score: number;
  veto: object | null;
  computedOn: LocalDate;
}

export type ActionStatus = 'ordered' | 'applied' | 'not-applied' | 'lift-ordered' | 'lifted';

export interface FileActionRow {
  actionId: string;
  caseId: string;
  measure: string;
  title: string;
  class: string;
  mode: string;
  executor: string;
  basis: object[];
  from: LocalDate;
  until: LocalDate | null;
  status: ActionStatus;
}

/** What an event tells of a case; what it does not tell stays as it was. */
export interface ToldListing {
  case: CaseRef;
  subjectId: string;
  decisionNo?: string;
  inForceOn?: LocalDate;
  termEndsOn?: LocalDate | null;
  publishedOn?: LocalDate;
  publicationEndedOn?: LocalDate;
  endedOn?: LocalDate;
  endedHow?: string;
}

/**
 * What other services told of a subject, kept as the credit file shows it. Rows arrive in the order of each
 * subject's events, many at once: a statement takes them all (json_to_recordset: one parameter, however many
 * columns), and where several are about the same thing the last one is what stands.
 */
@Injectable()
export class FileStore {
  async noteListings(tx: Tx, listings: readonly ToldListing[]): Promise<void> {
    const rows = lastOf(listings, (listing) => listing.case.id).map(({ case: about, ...told }) => ({
      ...about,
      ...told,
    }));
    await tx.query(
      `INSERT INTO file_listing AS f (case_id, subject_id, no, list_type, list_name, conduct_kind, department, serious,
         decision_no, in_force_on, term_ends_on, published_on, publication_ended_on, ended_on, ended_how)
       SELECT id, "subjectId", no, "listType", "listName", "conductKind", department, serious,
         "decisionNo", "inForceOn", "termEndsOn", "publishedOn", "publicationEndedOn", "endedOn", "endedHow"
       FROM json_to_recordset($1) AS told (id uuid, "subjectId" uuid, no text, "listType" text, "listName" text,
         "conductKind" text, department text, serious boolean, "decisionNo" text, "inForceOn" date, "termEndsOn" date,
         "publishedOn" date, "publicationEndedOn" date, "endedOn" date, "endedHow" text)
       ORDER BY id
       ON CONFLICT (case_id) DO UPDATE SET
         decision_no = coalesce(excluded.decision_no, f.decision_no),
         in_force_on = coalesce(excluded.in_force_on, f.in_force_on),
         term_ends_on = coalesce(excluded.term_ends_on, f.term_ends_on),
         published_on = coalesce(excluded.published_on, f.published_on),
         publication_ended_on = coalesce(excluded.publication_ended_on, f.publication_ended_on),
         ended_on = coalesce(excluded.ended_on, f.ended_on),
         ended_how = coalesce(excluded.ended_how, f.ended_how)`,
      [JSON.stringify(rows)],
    );
  }

  /** Lifted provisionally: kept, and no longer shown. It may be heard before the entry takes effect. */
  async suspendListing(
    tx: Tx,
    told: Pick<ToldListing, 'case' | 'subjectId'>,
    suspendedOn: LocalDate,
  ): Promise<void> {
    await this.noteListings(tx, [told]);
    await tx.query('UPDATE file_listing SET suspended_on = $2 WHERE case_id = $1', [
      told.case.id,
      suspendedOn,
    ]);
  }

  /** On the list again: what an end or a provisional lifting had taken away is shown again. */
  async restoreListing(
    tx: Tx,
    caseId: string,
    { restoredOn, termEndsOn }: { restoredOn: LocalDate; termEndsOn: LocalDate | null },
  ): Promise<void> {
    await tx.query(
      `UPDATE file_listing SET suspended_on = NULL, ended_on = NULL, ended_how = NULL, publication_ended_on = NULL,
         published_on = CASE WHEN publication_ended_on IS NULL THEN published_on END,
         in_force_on = coalesce(in_force_on, $2), term_ends_on = $3 WHERE case_id = $1`,
      [caseId, restoredOn, termEndsOn],
    );
  }

  /** The mark of an open objection; it may come before the entry takes effect. null: no more. */
  async markListing(
    tx: Tx,
    told: Pick<ToldListing, 'case' | 'subjectId'>,
    objectionSince: LocalDate | null,
  ): Promise<void> {
    await this.noteListings(tx, [told]);
    await tx.query('UPDATE file_listing SET objection_since = $2 WHERE case_id = $1', [
      told.case.id,
      objectionSince,
    ]);
  }

  async correctListing(
    tx: Tx,
    caseId: string,
    { decisionNo, termEndsOn }: { decisionNo: string; termEndsOn: LocalDate | null },
  ): Promise<void> {
    await tx.query('UPDATE file_listing SET decision_no = $2, term_ends_on = $3 WHERE case_id = $1', [
      caseId,
      decisionNo,
      termEndsOn,
    ]);
  }

  async noteGrades(tx: Tx, grades: readonly (FileGradeRow & { subjectId: string })[]): Promise<void> {
    const rows = lastOf(grades, ({ subjectId, model }) => `${subjectId} ${model}`);
    await tx.query(
      `INSERT INTO file_grade (subject_id, model, model_version, grade, grade_class, score, veto, computed_on)
       SELECT "subjectId", model, "modelVersion", grade, "gradeClass", score, nullif(veto, 'null'), "computedOn"
       FROM json_to_recordset($1) AS told ("subjectId" uuid, model text, "modelVersion" integer, grade text,
         "gradeClass" text, score numeric, veto jsonb, "computedOn" date)
       ORDER BY "subjectId", model
       ON CONFLICT (subject_id, model) DO UPDATE SET model_version = excluded.model_version, grade = excluded.grade,
         grade_class = excluded.grade_class, score = excluded.score, veto = excluded.veto, computed_on = excluded.computed_on`,
      [JSON.stringify(rows)],
    );
  }

  async noteActions(
    tx: Tx,
    actions: readonly { subjectId: string; action: ActionRef }[],
    status: ActionStatus,
  ): Promise<void> {
    const rows = lastOf(actions, ({ action }) => action.id).map(({ subjectId, action }) => ({
      ...action,
      subjectId,
    }));
    await tx.query(
      `INSERT INTO file_discipline (action_id, case_id, subject_id, measure, title, class, mode, executor, basis, starts_on, ends_on, status)
       SELECT id, "caseId", "subjectId", measure, title, class, mode, executor, basis, "from", until, $2
       FROM json_to_recordset($1) AS told (id uuid, "caseId" uuid, "subjectId" uuid, measure text, title text, class text,
         mode text, executor text, basis jsonb, "from" date, until date)
       ORDER BY id
       ON CONFLICT (action_id) DO UPDATE SET status = excluded.status`,
      [JSON.stringify(rows), status],
    );
  }

  /** Listings in force; ended ones stay in the table as archive and are no longer shown (ordinance art. 37, 40). */
  async liveListings(db: Queryable, subjectId: string): Promise<FileListingRow[]> {
    const { rows } = await db.query<FileListingRow>(
      `SELECT case_id AS "caseId", no, list_type AS "listType", list_name AS "listName", conduct_kind AS "conductKind", department,
         serious, decision_no AS "decisionNo", in_force_on AS "inForceOn", term_ends_on AS "termEndsOn",
         CASE WHEN publication_ended_on IS NULL THEN published_on END AS "publishedOn", objection_since AS "objectionSince"
       FROM file_listing
       WHERE subject_id = $1 AND in_force_on IS NOT NULL AND ended_on IS NULL AND suspended_on IS NULL
       ORDER BY in_force_on DESC, case_id`,
      [subjectId],
    );
    return rows;
  }

  async grades(db: Queryable, subjectId: string): Promise<FileGradeRow[]> {
    const { rows } = await db.query<FileGradeRow>(
      `SELECT model, model_version AS "modelVersion", grade, grade_class AS "gradeClass", score::float8 AS score, veto, computed_on AS "computedOn"
       FROM file_grade WHERE subject_id = $1 ORDER BY model`,
      [subjectId],
    );
    return rows;
  }

  /** Actions that are not lifted yet: one that outlives its listing must stay in sight until it is. */
  async openActions(db: Queryable, subjectId: string): Promise<FileActionRow[]> {
    const { rows } = await db.query<FileActionRow>(
      `SELECT action_id AS "actionId", case_id AS "caseId", measure, title, class, mode, executor, basis,
         starts_on AS "from", ends_on AS "until", status
       FROM file_discipline WHERE subject_id = $1 AND status <> 'lifted' ORDER BY starts_on DESC, action_id`,
      [subjectId],
    );
    return rows;
  }
}

/** A statement may write a row once only; of several about the same thing the last one counts. */
function lastOf<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
