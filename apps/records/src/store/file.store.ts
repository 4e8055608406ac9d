import { Injectable } from '@nestjs/common';
import type { ActionRef, CaseRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Queryable, Tx } from '#platform';

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

/** What other services told of a subject, kept as the credit file shows it. Rows arrive in the order of each subject's events. */
@Injectable()
export class FileStore {
  /** Adds what is known of a case; what an event does not tell stays as it was. */
  async noteListing(
    tx: Tx,
    about: { case: CaseRef; subjectId: string },
    told: {
      decisionNo?: string;
      inForceOn?: LocalDate;
      termEndsOn?: LocalDate | null;
      publishedOn?: LocalDate;
      publicationEndedOn?: LocalDate;
      endedOn?: LocalDate;
      endedHow?: string;
    },
  ): Promise<void> {
    const { id, no, listType, listName, conductKind, department, serious } = about.case;
    await tx.query(
      `INSERT INTO file_listing AS f (case_id, subject_id, no, list_type, list_name, conduct_kind, department, serious,
         decision_no, in_force_on, term_ends_on, published_on, publication_ended_on, ended_on, ended_how)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       ON CONFLICT (case_id) DO UPDATE SET
         decision_no = coalesce(excluded.decision_no, f.decision_no),
         in_force_on = coalesce(excluded.in_force_on, f.in_force_on),
         term_ends_on = coalesce(excluded.term_ends_on, f.term_ends_on),
         published_on = coalesce(excluded.published_on, f.published_on),
         publication_ended_on = coalesce(excluded.publication_ended_on, f.publication_ended_on),
         ended_on = coalesce(excluded.ended_on, f.ended_on),
         ended_how = coalesce(excluded.ended_how, f.ended_how)`,
      [
        id,
        about.subjectId,
        no,
        listType,
        listName,
        conductKind,
        department,
        serious,
        told.decisionNo ?? null,
        told.inForceOn ?? null,
        told.termEndsOn ?? null,
        told.publishedOn ?? null,
        told.publicationEndedOn ?? null,
        told.endedOn ?? null,
        told.endedHow ?? null,
      ],
    );
  }

  async noteGrade(tx: Tx, subjectId: string, grade: FileGradeRow): Promise<void> {
    await tx.query(
      `INSERT INTO file_grade (subject_id, model, model_version, grade, grade_class, score, veto, computed_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (subject_id, model) DO UPDATE SET model_version = excluded.model_version, grade = excluded.grade,
         grade_class = excluded.grade_class, score = excluded.score, veto = excluded.veto, computed_on = excluded.computed_on`,
      [
        subjectId,
        grade.model,
        grade.modelVersion,
        grade.grade,
        grade.gradeClass,
        grade.score,
        grade.veto && JSON.stringify(grade.veto),
        grade.computedOn,
      ],
    );
  }

  async noteAction(tx: Tx, subjectId: string, action: ActionRef, status: ActionStatus): Promise<void> {
    await tx.query(
      `INSERT INTO file_discipline (action_id, case_id, subject_id, measure, title, class, mode, executor, basis, starts_on, ends_on, status)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (action_id) DO UPDATE SET status = excluded.status`,
      [
        action.id,
        action.caseId,
        subjectId,
        action.measure,
        action.title,
        action.class,
        action.mode,
        action.executor,
        JSON.stringify(action.basis),
        action.from,
        action.until,
        status,
      ],
    );
  }

  /** Listings in force; ended ones stay in the table as archive and are no longer shown (ordinance art. 37, 40). */
  async liveListings(db: Queryable, subjectId: string): Promise<FileListingRow[]> {
    const { rows } = await db.query<FileListingRow>(
      `SELECT case_id AS "caseId", no, list_type AS "listType", list_name AS "listName", conduct_kind AS "conductKind", department,
         serious, decision_no AS "decisionNo", in_force_on AS "inForceOn", term_ends_on AS "termEndsOn",
         CASE WHEN publication_ended_on IS NULL THEN published_on END AS "publishedOn"
       FROM file_listing WHERE subject_id = $1 AND in_force_on IS NOT NULL AND ended_on IS NULL
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
