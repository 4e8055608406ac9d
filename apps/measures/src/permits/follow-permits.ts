import { Injectable } from '@nestjs/common';
import type { RecordRef, SubjectRef } from '#contracts';
import type { ReadModel } from '#messaging';
import type { Tx } from '#platform';

/** Kept from records alone, and nothing is told of it: it can be rebuilt, and filled from a snapshot of them. */
export const PERMITS: ReadModel = { name: 'permits', tables: ['permit'] };

/** What of a record was decided in which kind of business; of procurement and fiscal money nothing is put on record. */
const FIELD: Readonly<Record<string, string>> = { permit: 'permit', honour: 'honours' };

/** Permits and honours that departments granted: held against their checks, they show who asked before (ordinance art. 44). */
@Injectable()
export class FollowPermits {
  /**
   * One statement, for they come in bulk.
   *
   * @param stands false: the record was withdrawn
   */
  async recorded(
    tx: Tx,
    event: { sequence: string; data: { record: RecordRef; subject: SubjectRef } },
    stands: boolean,
  ): Promise<void> {
    const { record, subject } = event.data;
    const field = FIELD[record.type];
    if (field === undefined) return;
    await tx.query(
      `INSERT INTO permit AS p (record_id, subject_id, subject_code, department, decided_on, stands, sequence, field)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (record_id) DO UPDATE
       SET subject_code = excluded.subject_code, department = excluded.department, decided_on = excluded.decided_on,
           stands = excluded.stands, sequence = excluded.sequence
       WHERE p.sequence < excluded.sequence`,
      [
        record.id,
        subject.id,
        subject.code,
        record.provider,
        record.decidedOn,
        stands,
        Number(event.sequence),
        field,
      ],
    );
  }
}
