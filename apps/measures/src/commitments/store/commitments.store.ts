import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import type { Tx } from '#platform';
import { after, closes, type Commitment, type Told, UNTOLD } from '../domain/commitment.js';

/** An event about one record. */
export interface TellingOf {
  record: { id: string; documentNo: string };
  subject: SubjectRef;
  told: Told;
  /** place among the events of its subject on its topic */
  sequence: number;
}

interface Row extends Commitment {
  recordSequence: number;
  repairSequence: number;
}

@Injectable()
export class CommitmentsStore {
  /**
   * Keeps what was told, unless a later event of the same topic was followed before, and what follows from it for the
   * commitment procedure. The caller holds the subject's lock.
   */
  async note(tx: Tx, { record, subject, told, sequence }: TellingOf): Promise<void> {
    const { rows } = await tx.query<Row>(
      `SELECT broken, repaired, record_sequence AS "recordSequence", repair_sequence AS "repairSequence"
       FROM commitment WHERE record_id = $1`,
      [record.id],
    );
    const { recordSequence, repairSequence, ...known } = rows[0] ?? {
      ...UNTOLD,
      recordSequence: 0,
      repairSequence: 0,
    };
    const ofRepair = told.type === 'repair';
    if (sequence <= (ofRepair ? repairSequence : recordSequence)) return;
    const now = after(known, told);
    await tx.query(
      `INSERT INTO commitment
         (record_id, subject_id, subject_code, document_no, broken, repaired, record_sequence, repair_sequence)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (record_id) DO UPDATE
       SET subject_code = excluded.subject_code, document_no = excluded.document_no, broken = excluded.broken,
           repaired = excluded.repaired, record_sequence = excluded.record_sequence,
           repair_sequence = excluded.repair_sequence`,
      [
        record.id,
        subject.id,
        subject.code,
        record.documentNo,
        now.broken,
        now.repaired,
        ofRepair ? recordSequence : sequence,
        ofRepair ? sequence : repairSequence,
      ],
    );
    await tx.query('DELETE FROM commitment_bar WHERE record_id = $1', [record.id]);
    if (!closes(now)) return;
    await tx.query(
      'INSERT INTO commitment_bar (subject, record_id, document_no) SELECT unnest($1::text[]), $2, $3',
      [[subject.id, ...(subject.code ? [subject.code] : [])], record.id, record.documentNo],
    );
  }
}
