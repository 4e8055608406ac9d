import { Injectable } from '@nestjs/common';
import type { CaseRef, RecordRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Tx } from '#platform';
import type { HeldListing, HeldRecord, Inputs } from '../domain/grade-of.js';

/*
 * What is held on a subject, as heard. Every statement that changes an input writes the subject's row first:
 * that row is the lock under which the grade is computed in the same transaction, so events of the topics
 * `records` and `listings` about one subject never compute side by side.
 */

const SUBJECT = `
  INSERT INTO subject AS s (id, kind, code, name, region) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, code = excluded.code, name = excluded.name, region = excluded.region
  RETURNING id`;

function subjectValues({ id, kind, code, name, region }: SubjectRef): unknown[] {
  return [id, kind, code, name, region];
}

@Injectable()
export class InputStore {
  /**
   * Keeps a record as the event tells it, unless a later event of it was heard or it was withdrawn.
   *
   * @param sequence place of the event among those of its subject
   * @returns whether anything changed
   */
  async holdRecord(
    tx: Tx,
    subject: SubjectRef,
    record: RecordRef,
    sequence: number,
    withdrawnOn: LocalDate | null,
  ): Promise<boolean> {
    const { rowCount } = await tx.query(
      `WITH subject_row AS (${SUBJECT})
       INSERT INTO held_record AS r
         (id, subject_id, type, severity, performance, decided_on, withdrawn_on, sequence, document_no)
       SELECT $6, subject_row.id, $7, $8, $9, $10, $11, $12, $13 FROM subject_row
       ON CONFLICT (id) DO UPDATE
       SET type = excluded.type, severity = excluded.severity, performance = excluded.performance,
           decided_on = excluded.decided_on, withdrawn_on = excluded.withdrawn_on, sequence = excluded.sequence,
           document_no = excluded.document_no
       WHERE r.sequence < excluded.sequence AND r.withdrawn_on IS NULL`,
      [
        ...subjectValues(subject),
        record.id,
        record.type,
        record.severity,
        record.performance,
        record.decidedOn,
        withdrawnOn,
        sequence,
        record.documentNo,
      ],
    );
    return rowCount > 0;
  }

  /**
   * A repaired record is used no longer (order 36 art. 3), one whose repair was false counts again; the last that was
   * told stands.
   *
   * @returns whether anything changed
   */
  async holdRepair(
    tx: Tx,
    subject: SubjectRef,
    recordId: string,
    repairedOn: LocalDate | null,
    sequence: number,
  ): Promise<boolean> {
    const { rowCount } = await tx.query(
      `WITH subject_row AS (${SUBJECT})
       INSERT INTO held_repair AS r (record_id, repaired_on, sequence) SELECT $6, $7, $8 FROM subject_row
       ON CONFLICT (record_id) DO UPDATE SET repaired_on = excluded.repaired_on, sequence = excluded.sequence
       WHERE r.sequence < excluded.sequence`,
      [...subjectValues(subject), recordId, repairedOn, sequence],
    );
    return rowCount > 0;
  }

  /** @returns whether the beginning of this listing was new */
  async beginListing(tx: Tx, subject: SubjectRef, about: CaseRef, inForceOn: LocalDate): Promise<boolean> {
    const { rowCount } = await tx.query(
      `WITH subject_row AS (${SUBJECT})
       INSERT INTO held_listing AS l (case_id, subject_id, list_type, list_name, serious, in_force_on)
       SELECT $6, subject_row.id, $7, $8, $9, $10 FROM subject_row
       ON CONFLICT (case_id) DO UPDATE SET in_force_on = excluded.in_force_on WHERE l.in_force_on IS NULL`,
      [...subjectValues(subject), about.id, about.listType, about.listName, about.serious, inForceOn],
    );
    return rowCount > 0;
  }

  /** @returns whether the end of this listing was new; it may come before its beginning */
  async endListing(
    tx: Tx,
    subject: SubjectRef,
    about: CaseRef,
    endedOn: LocalDate,
    sequence: number,
  ): Promise<boolean> {
    const { rowCount } = await tx.query(
      `WITH subject_row AS (${SUBJECT})
       INSERT INTO held_listing AS l (case_id, subject_id, list_type, list_name, serious, ended_on, sequence)
       SELECT $6, subject_row.id, $7, $8, $9, $10, $11 FROM subject_row
       ON CONFLICT (case_id) DO UPDATE SET ended_on = excluded.ended_on, sequence = excluded.sequence
       WHERE l.ended_on IS NULL AND l.sequence < excluded.sequence`,
      [...subjectValues(subject), about.id, about.listType, about.listName, about.serious, endedOn, sequence],
    );
    return rowCount > 0;
  }

  /** Lifted provisionally: held, and not counted. @returns whether that was new; it may come before the beginning */
  async suspendListing(
    tx: Tx,
    subject: SubjectRef,
    about: CaseRef,
    suspendedOn: LocalDate,
    sequence: number,
  ): Promise<boolean> {
    const { rowCount } = await tx.query(
      `WITH subject_row AS (${SUBJECT})
       INSERT INTO held_listing AS l (case_id, subject_id, list_type, list_name, serious, suspended_on, sequence)
       SELECT $6, subject_row.id, $7, $8, $9, $10, $11 FROM subject_row
       ON CONFLICT (case_id) DO UPDATE SET suspended_on = excluded.suspended_on, sequence = excluded.sequence
       WHERE l.suspended_on IS NULL AND l.sequence < excluded.sequence`,
      [
        ...subjectValues(subject),
        about.id,
        about.listType,
        about.listName,
        about.serious,
        suspendedOn,
        sequence,
      ],
    );
    return rowCount > 0;
  }

  /** The listing counts again, from that day on. @returns whether that was new */
  async restoreListing(
    tx: Tx,
    subject: SubjectRef,
    about: CaseRef,
    restoredOn: LocalDate,
    sequence: number,
  ): Promise<boolean> {
    const { rowCount } = await tx.query(
      `WITH subject_row AS (${SUBJECT})
       INSERT INTO held_listing AS l (case_id, subject_id, list_type, list_name, serious, in_force_on, sequence)
       SELECT $6, subject_row.id, $7, $8, $9, $10, $11 FROM subject_row
       ON CONFLICT (case_id) DO UPDATE
       SET in_force_on = excluded.in_force_on, ended_on = NULL, suspended_on = NULL, sequence = excluded.sequence
       WHERE l.sequence < excluded.sequence`,
      [
        ...subjectValues(subject),
        about.id,
        about.listType,
        about.listName,
        about.serious,
        restoredOn,
        sequence,
      ],
    );
    return rowCount > 0;
  }

  /** It is called so from now on; nothing where nothing was ever heard of it. */
  async rename(tx: Tx, { id, name }: SubjectRef): Promise<void> {
    await tx.query('UPDATE subject SET name = $2 WHERE id = $1 AND name <> $2', [id, name]);
  }

  /** The subject, locked; undefined when nothing was ever heard of it. */
  async lockSubject(tx: Tx, id: string): Promise<SubjectRef | undefined> {
    const { rows } = await tx.query<SubjectRef>(
      'SELECT id, kind, code, name, region FROM subject WHERE id = $1 FOR UPDATE',
      [id],
    );
    return rows[0];
  }

  /** Everything that is held on a subject, in one answer. */
  async inputsOf(tx: Tx, subjectId: string): Promise<Inputs> {
    const { rows } = await tx.query<{ records: HeldRecord[]; listings: HeldListing[] }>(
      `SELECT
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'type', type, 'severity', severity,
            'performance', performance, 'decidedOn', decided_on, 'withdrawnOn', least(withdrawn_on, repaired_on))), '[]')
          FROM held_record LEFT JOIN held_repair ON record_id = id WHERE subject_id = $1) AS records,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('caseId', case_id, 'listType', list_type, 'serious', serious,
            'inForceOn', in_force_on, 'endedOn', least(ended_on, suspended_on))), '[]')
          FROM held_listing WHERE subject_id = $1) AS listings`,
      [subjectId],
    );
    return rows[0]!;
  }
}
