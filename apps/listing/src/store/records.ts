import { Injectable } from '@nestjs/common';
import type { RecordRef } from '#contracts';
import type { Tx } from '#platform';
import type { CaseRecord } from '../domain/case/case.js';

/** A record as a case rests on it, and whose it is. */
export type KnownRecord = CaseRecord & { subjectId: string; type: string };

/** Credit records as the records service tells of them. */
@Injectable()
export class Records {
  /** A record that was withdrawn stays so, whatever older word comes later. */
  async hear(tx: Tx, record: RecordRef, subjectId: string, toldAt: string, withdrawn = false): Promise<void> {
    await tx.query(
      `INSERT INTO record (id, subject_id, type, document_no, decided_on, provider, withdrawn, told_at, severity, published_until, category)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (id) DO UPDATE SET subject_id = excluded.subject_id, type = excluded.type,
         document_no = excluded.document_no, decided_on = excluded.decided_on, provider = excluded.provider,
         severity = excluded.severity, published_until = excluded.published_until, category = excluded.category,
         withdrawn = record.withdrawn OR excluded.withdrawn, told_at = excluded.told_at
       WHERE record.told_at <= excluded.told_at`,
      [
        record.id,
        subjectId,
        record.type,
        record.documentNo,
        record.decidedOn,
        record.provider,
        withdrawn,
        toldAt,
        record.severity,
        record.publishedUntil,
        record.category,
      ],
    );
  }

  /** Their own publication ended with an entry that rested on them, or is as before. */
  async unpublish(tx: Tx, ids: readonly string[], on: string | null): Promise<void> {
    await tx.query('UPDATE record SET unpublished_on = $2 WHERE id = ANY($1::uuid[])', [ids, on]);
  }

  /** Those of the ids that are known, in the order asked. */
  async find(tx: Tx, ids: readonly string[]): Promise<KnownRecord[]> {
    const { rows } = await tx.query<KnownRecord>(
      `SELECT id, type, subject_id AS "subjectId", document_no AS "documentNo", decided_on AS "decidedOn", withdrawn
       FROM record WHERE id = ANY($1::uuid[]) ORDER BY array_position($1::uuid[], id)`,
      [ids],
    );
    return rows;
  }
}
