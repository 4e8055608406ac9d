import { Injectable } from '@nestjs/common';
import type { ActionRef, CaseRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { ReadModel } from '#messaging';
import type { Queryable, Tx } from '#platform';
import { markObjection } from './objection-marks.js';

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
  /** Place among the events of the subject. */
  sequence: number;
  decisionNo?: string;
  inForceOn?: LocalDate;
  termEndsOn?: LocalDate | null;
  publishedOn?: LocalDate;
  publicationEndedOn?: LocalDate;
  endedOn?: LocalDate;
  endedHow?: string;
}
type About = Pick<ToldListing, 'case' | 'subjectId' | 'sequence'>;

/**
 * What other services told of a subject, kept as the credit file shows it. Rows arrive in the order of each
 * subject's events, many at once: a statement takes them all (json_to_recordset: one parameter, however many
 * columns), and where several are about the same thing the last one is what stands. After a redrive an older event
 * may come behind a later one: an end, a provisional lifting and a restoration undo each other, as do a publication
 * and its end, so for each of these the row keeps the place of the event that it shows.
 */
@Injectable()
export class FileStore {
  async noteListings(tx: Tx, listings: readonly ToldListing[]): Promise<void> {
    const inOrder = [...listings].sort((a, b) => a.sequence - b.sequence);
    const rows = lastOf(inOrder, (listing) => listing.case.id).map(({ case: about, ...told }) => ({
      ...about,
      ...told,
    }));
    await tx.query(
      `INSERT INTO file_listing AS f (case_id, subject_id, no, list_type, list_name, conduct_kind, department, serious,
         decision_no, in_force_on, term_ends_on, published_on, publication_ended_on, ended_on, ended_how,
         standing_told, published_told, unpublished_told, content_told)
       SELECT id, "subjectId", no, "listType", "listName", "conductKind", department, serious,
         "decisionNo", "inForceOn", "termEndsOn", "publishedOn", "publicationEndedOn", "endedOn", "endedHow",
         CASE WHEN "endedOn" IS NULL THEN 0 ELSE sequence END,
         CASE WHEN "publishedOn" IS NULL THEN 0 ELSE sequence END,
         CASE WHEN "publicationEndedOn" IS NULL THEN 0 ELSE sequence END,
         CASE WHEN coalesce("decisionNo", "termEndsOn"::text) IS NULL THEN 0 ELSE sequence END
       FROM json_to_recordset($1) AS told (id uuid, "subjectId" uuid, sequence bigint, no text, "listType" text,
         "listName" text, "conductKind" text, department text, serious boolean, "decisionNo" text, "inForceOn" date,
         "termEndsOn" date, "publishedOn" date, "publicationEndedOn" date, "endedOn" date, "endedHow" text)
       ORDER BY id
       ON CONFLICT (case_id) DO UPDATE SET
         in_force_on = coalesce(excluded.in_force_on, f.in_force_on),
         decision_no = CASE WHEN excluded.content_told >= f.content_told
           THEN coalesce(excluded.decision_no, f.decision_no) ELSE coalesce(f.decision_no, excluded.decision_no) END,
         term_ends_on = CASE WHEN excluded.content_told >= f.content_told
           THEN coalesce(excluded.term_ends_on, f.term_ends_on) ELSE coalesce(f.term_ends_on, excluded.term_ends_on) END,
         content_told = greatest(excluded.content_told, f.content_told),
         published_on = CASE WHEN excluded.published_told >= f.published_told
           THEN coalesce(excluded.published_on, f.published_on) ELSE f.published_on END,
         published_told = greatest(excluded.published_told, f.published_told),
         publication_ended_on = CASE WHEN excluded.unpublished_told >= f.unpublished_told
           THEN coalesce(excluded.publication_ended_on, f.publication_ended_on) ELSE f.publication_ended_on END,
         unpublished_told = greatest(excluded.unpublished_told, f.unpublished_told),
         ended_on = CASE WHEN excluded.standing_told >= f.standing_told
           THEN coalesce(excluded.ended_on, f.ended_on) ELSE f.ended_on END,
         ended_how = CASE WHEN excluded.standing_told >= f.standing_told
           THEN coalesce(excluded.ended_how, f.ended_how) ELSE f.ended_how END,
         standing_told = greatest(excluded.standing_told, f.standing_told)`,
      [JSON.stringify(rows)],
    );
  }

  /** Lifted provisionally: kept, and no longer shown. It may be heard before the entry takes effect. */
  async suspendListing(tx: Tx, told: About, suspendedOn: LocalDate): Promise<void> {
    await this.noteListings(tx, [told]);
    await tx.query(
      'UPDATE file_listing SET suspended_on = $2, standing_told = $3 WHERE case_id = $1 AND standing_told <= $3',
      [told.case.id, suspendedOn, told.sequence],
    );
  }

  /** On the list again: what an end or a provisional lifting had taken away is shown again. */
  async restoreListing(
    tx: Tx,
    told: About,
    { restoredOn, termEndsOn }: { restoredOn: LocalDate; termEndsOn: LocalDate | null },
  ): Promise<void> {
    await this.noteListings(tx, [told]);
    const of = [told.case.id, told.sequence];
    // A publication that had ended does not come back with the entry; one that was never ended goes on.
    await tx.query(
      `UPDATE file_listing SET suspended_on = NULL, ended_on = NULL, ended_how = NULL, standing_told = $2,
         in_force_on = coalesce(in_force_on, $3),
         published_on = CASE WHEN published_told > unpublished_told THEN published_on END,
         publication_ended_on = CASE WHEN unpublished_told > $2 THEN publication_ended_on END
       WHERE case_id = $1 AND standing_told <= $2`,
      [...of, restoredOn],
    );
    await tx.query(
      'UPDATE file_listing SET term_ends_on = $3, content_told = $2 WHERE case_id = $1 AND content_told <= $2',
      [...of, termEndsOn],
    );
  }

  /**
   * The mark of open objections; it may come before the entry takes effect.
   *
   * @param since null: this objection is settled, whether or not its mark has been heard of
   */
  async markListing(tx: Tx, told: About, objectionId: string, since: LocalDate | null): Promise<void> {
    await this.noteListings(tx, [told]);
    await markObjection(tx, { table: 'file_listing', key: 'case_id' }, told.case.id, objectionId, since);
  }

  async correctListing(
    tx: Tx,
    told: About,
    { decisionNo, termEndsOn }: { decisionNo: string; termEndsOn: LocalDate | null },
  ): Promise<void> {
    await this.noteListings(tx, [told]);
    await tx.query(
      `UPDATE file_listing SET decision_no = $2, term_ends_on = $3, content_told = $4
       WHERE case_id = $1 AND content_told <= $4`,
      [told.case.id, decisionNo, termEndsOn, told.sequence],
    );
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
       ON CONFLICT (action_id) DO UPDATE SET status = excluded.status, ends_on = excluded.ends_on`,
      [JSON.stringify(rows), status],
    );
  }

  /** Actions that end on another day; how they stand is not touched. */
  async correctActionTerms(tx: Tx, actions: readonly Pick<ActionRef, 'id' | 'until'>[]): Promise<void> {
    const rows = lastOf(actions, ({ id }) => id).map(({ id, until }) => ({ id, until }));
    await tx.query(
      `UPDATE file_discipline f SET ends_on = told.until
       FROM json_to_recordset($1) AS told (id uuid, until date) WHERE f.action_id = told.id`,
      [JSON.stringify(rows)],
    );
  }

  /** Listings in force; ended ones stay in the table as archive and are no longer shown (ordinance art. 37, 40). */
  async liveListings(db: Queryable, subjectId: string): Promise<FileListingRow[]> {
    const { rows } = await db.query<FileListingRow>(
      `SELECT case_id AS "caseId", no, list_type AS "listType", list_name AS "listName", conduct_kind AS "conductKind", department,
         serious, decision_no AS "decisionNo", in_force_on AS "inForceOn", term_ends_on AS "termEndsOn",
         CASE WHEN published_told > unpublished_told THEN published_on END AS "publishedOn", objection_since AS "objectionSince"
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
