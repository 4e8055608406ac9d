import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';

/** What everyone who holds the code may see: that the end is proven, of which entry, by which document, and whether it still is. */
export interface Certificate {
  code: string;
  listName: string;
  subjectName: string;
  department: string;
  decisionNo: string;
  /** Null where the entry was restored afterwards. */
  endedOn: string | null;
  closedOn: string | null;
  /** The day of the paper. */
  issuedOn: string;
  /** The case is closed still, and this is its last certificate. */
  stands: boolean;
  /** An appeal found since that a unit had not lifted, and it has not answered yet (联合惩戒办法 art. 14, 16). */
  urged: boolean;
  documentNo: string;
  receipts: number;
  contentSha256: string;
  caseId: string;
  documentId: string;
}

/** Certificates of closure by their code. */
@Injectable()
export class Certificates {
  async insert(tx: Tx, of: { code: string; caseId: string; documentId: string }): Promise<void> {
    await tx.query('INSERT INTO closure_certificate (code, case_id, document_id) VALUES ($1, $2, $3)', [
      of.code,
      of.caseId,
      of.documentId,
    ]);
  }

  async find(db: Queryable, code: string): Promise<Certificate | undefined> {
    const { rows } = await db.query<Certificate>(
      `SELECT k.code, c.state->>'listName' AS "listName", s.name AS "subjectName", c.department,
         c.state->'decision'->>'no' AS "decisionNo", c.state->'end'->>'endedOn' AS "endedOn",
         c.state->>'closedOn' AS "closedOn", d.issued_on AS "issuedOn",
         c.status = 'closed' AND NOT EXISTS (
           SELECT FROM document later WHERE later.case_id = c.id AND later.kind = d.kind
             AND later.version > d.version) AS stands,
         jsonb_path_exists(c.state, '$.end.urged[*] ? (@.answer == null)') AS urged, d.no AS "documentNo", d.content_sha256 AS "contentSha256",
         (SELECT count(*) FROM case_receipt r WHERE r.case_id = c.id) AS receipts,
         c.id AS "caseId", d.id AS "documentId"
       FROM closure_certificate k JOIN document d ON d.id = k.document_id
       JOIN listing_case c ON c.id = k.case_id JOIN subject s ON s.id = c.subject_id
       WHERE k.code = $1`,
      [code],
    );
    return rows[0];
  }
}
