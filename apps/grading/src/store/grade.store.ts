import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Queryable, Tx } from '#platform';
import type { Grading } from '../domain/grade-of.js';

/** What made a grade be computed: an event, or a day on which a record became too old. */
export interface Cause {
  eventId: string;
  type: string;
  caseId: string | null;
}

export interface ComputedGrade {
  id: string;
  modelId: string;
  modelVersion: number;
  result: Grading;
  cause: Cause;
  computedOn: LocalDate;
}

/** A computed grade as it was kept. */
export interface KeptGrade extends ComputedGrade {
  subject: SubjectRef;
  previous: string | null;
  recordedAt: Date;
  /** counts the grades of the subject; null for one that was read from the past */
  version: number | null;
}

/** Every read of a kept grade begins so; its version and `FROM` follow. */
export const SELECT_GRADE = `
  SELECT h.id, h.model_id AS "modelId", h.model_version AS "modelVersion", h.result, h.cause, h.previous,
         h.computed_on AS "computedOn", h.recorded_at AS "recordedAt",
         jsonb_build_object('id', s.id, 'kind', s.kind, 'code', s.code, 'name', s.name, 'region', s.region) AS subject`;

/** A code of 18 characters or an id of 36: the caller checks which, so that the index of each is used. */
export type SubjectKey = { code: string } | { id: string };

@Injectable()
export class GradeStore {
  /**
   * Appends to the history and makes it the grade that stands.
   *
   * @returns the letter that stood before, null for the first
   */
  async keep(tx: Tx, subjectId: string, computed: ComputedGrade): Promise<string | null> {
    const { rows } = await tx.query<{ previous: string | null }>(
      `WITH before AS (
         SELECT grade FROM grade WHERE subject_id = $2
       ), told AS (
         INSERT INTO grade_history
           (id, subject_id, model_id, model_version, grade, previous, score, result, cause, computed_on)
         VALUES ($1, $2, $3, $4, $5, (SELECT grade FROM before), $6, $7, $8, $9)
         RETURNING id, subject_id, grade, previous
       ), standing AS (
         INSERT INTO grade AS g (subject_id, history_id, grade, version)
         SELECT subject_id, id, grade, 1 FROM told
         ON CONFLICT (subject_id) DO UPDATE
         SET history_id = excluded.history_id, grade = excluded.grade, version = g.version + 1
       )
       SELECT previous FROM told`,
      [
        computed.id,
        subjectId,
        computed.modelId,
        computed.modelVersion,
        computed.result.grade,
        computed.result.score,
        JSON.stringify(computed.result),
        JSON.stringify(computed.cause),
        computed.computedOn,
      ],
    );
    return rows[0]!.previous;
  }

  /** The grade that stands now. */
  async current(db: Queryable, key: SubjectKey): Promise<KeptGrade | undefined> {
    const { rows } = await db.query<KeptGrade>(
      `${SELECT_GRADE}, g.version
       FROM subject s JOIN grade g ON g.subject_id = s.id JOIN grade_history h ON h.id = g.history_id
       WHERE ${'code' in key ? 's.code' : 's.id'} = $1`,
      ['code' in key ? key.code : key.id],
    );
    return rows[0];
  }

  /** The grade that stood at the end of a day. */
  async on(db: Queryable, key: SubjectKey, day: LocalDate): Promise<KeptGrade | undefined> {
    const { rows } = await db.query<KeptGrade>(
      `${SELECT_GRADE}, NULL AS version
       FROM subject s JOIN grade_history h ON h.subject_id = s.id
       WHERE ${'code' in key ? 's.code' : 's.id'} = $1 AND h.computed_on <= $2
       ORDER BY h.computed_on DESC, h.id DESC LIMIT 1`,
      ['code' in key ? key.code : key.id, day],
    );
    return rows[0];
  }
}
