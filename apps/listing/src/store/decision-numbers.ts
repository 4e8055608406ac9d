import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import type { Tx } from '#platform';
import { comparedNumber, yearOfNumber } from '../domain/procedure/decision-number.js';
import { shellRefusals } from '../refusals.js';

/** A decision that is given a number. */
export interface NumberedDecision {
  department: string;
  decidedOn: LocalDate;
  no: string;
  /** The principal's case: one document decides on employer and persons of a file. */
  fileId: string;
}

/** Numbers of decisions as their units gave them; once given, a number stays given. */
@Injectable()
export class DecisionNumbers {
  /**
   * Of two that give one number at once the second waits for the first, and is refused when that is committed.
   *
   * @throws Refusal `listing.decision-no-taken` where the unit gave it to another file in that year
   */
  async take(tx: Tx, { department, decidedOn, no, fileId }: NumberedDecision): Promise<void> {
    const year = yearOfNumber(decidedOn);
    const key = [department, year, comparedNumber(no)];
    const { rowCount } = await tx.query(
      'INSERT INTO decision_number (department, year, no, file_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [...key, fileId],
    );
    if (rowCount === 1) return;
    const { rows } = await tx.query<{ fileId: string; caseNo: string }>(
      `SELECT d.file_id AS "fileId", c.no AS "caseNo" FROM decision_number d JOIN listing_case c ON c.id = d.file_id
       WHERE d.department = $1 AND d.year = $2 AND d.no = $3`,
      key,
    );
    const [given] = rows;
    if (given?.fileId === fileId) return;
    const facts = { decisionNo: no, caseNo: given?.caseNo ?? '—', year };
    throw shellRefusals.refusal('listing.decision-no-taken', facts, 'decisionNo');
  }
}
