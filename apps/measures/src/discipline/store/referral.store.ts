import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Queryable, Tx } from '#platform';
import type { Referral } from '../domain/referrals.js';

/** A referral with the case and subject that it is about. */
export interface StoredReferral extends Referral {
  id: string;
  case: CaseRef;
  subject: SubjectRef;
  /** 1, and one more each time that its listing was restored */
  round: number;
  endedOn: LocalDate | null;
  ending: string | null;
}

/** Every read of a referral begins so; `WHERE` follows. */
export const SELECT_REFERRAL = `
  SELECT r.id, r.round, r.rule, r.measure, r.content ->> 'title' AS title, r.receivers, r.content -> 'basis' AS basis,
         r.begins_on AS "from", r.until, r.ended_on AS "endedOn", r.ending, c.case_ref AS "case",
         c.subject_ref AS subject
  FROM discipline_referral r JOIN discipline_case c USING (case_id)`;

@Injectable()
export class ReferralStore {
  /**
   * In one statement, each at most once however often the event comes.
   *
   * @returns those that were not there yet
   */
  async begin(tx: Tx, referrals: readonly StoredReferral[]): Promise<StoredReferral[]> {
    if (referrals.length === 0) return [];
    const { rows } = await tx.query<{ id: string }>(
      `INSERT INTO discipline_referral
         (id, case_id, round, subject_id, rule, measure, receivers, begins_on, until, content)
       SELECT id, case_id, round, subject_id, rule, measure, receivers, begins_on, until, content
       FROM jsonb_to_recordset($1) AS g (
         id uuid, case_id uuid, round integer, subject_id uuid, rule text, measure text, receivers text[],
         begins_on date, until date, content jsonb)
       ON CONFLICT (case_id, round, rule) DO NOTHING RETURNING id`,
      [JSON.stringify(referrals.map(newRow))],
    );
    const inserted = new Set(rows.map(({ id }) => id));
    return referrals.filter(({ id }) => inserted.has(id));
  }

  /** Of listings that end together, in one statement. @returns those that stood until now */
  async end(
    tx: Tx,
    ends: readonly { caseId: string; ending: string }[],
    on: LocalDate,
  ): Promise<StoredReferral[]> {
    if (ends.length === 0) return [];
    const { rows } = await tx.query<{ id: string }>(
      `UPDATE discipline_referral r SET ended_on = $3, ending = g.ending
       FROM unnest($1::uuid[], $2::text[]) AS g (case_id, ending)
       WHERE r.case_id = g.case_id AND r.ended_on IS NULL RETURNING r.id`,
      [ends.map(({ caseId }) => caseId), ends.map(({ ending }) => ending), on],
    );
    if (rows.length === 0) return [];
    const ended = await tx.query<StoredReferral>(
      `${SELECT_REFERRAL} WHERE r.id = ANY ($1::uuid[]) ORDER BY r.rule`,
      [rows.map(({ id }) => id)],
    );
    return ended.rows;
  }

  /** The term of the listing was corrected: those that stand end as the rules say of the corrected one. */
  async correctTerm(tx: Tx, caseId: string, lawful: readonly Referral[]): Promise<void> {
    if (lawful.length === 0) return;
    await tx.query(
      `UPDATE discipline_referral r SET until = g.until
       FROM jsonb_to_recordset($2) AS g (rule text, until date)
       WHERE r.case_id = $1 AND r.rule = g.rule AND r.ended_on IS NULL AND r.until IS DISTINCT FROM g.until`,
      [caseId, JSON.stringify(lawful.map(({ rule, until }) => ({ rule, until })))],
    );
  }
}

/** Those of subjects that stand, the oldest first. */
export async function standingReferrals(
  db: Queryable,
  subjects: readonly string[],
): Promise<StoredReferral[]> {
  const { rows } = await db.query<StoredReferral>(
    `${SELECT_REFERRAL} WHERE r.subject_id = ANY ($1::uuid[]) AND r.ended_on IS NULL ORDER BY r.begins_on, r.id`,
    [subjects],
  );
  return rows;
}

function newRow(referral: StoredReferral): object {
  const { id, round, rule, measure, receivers, from, until, title, basis } = referral;
  return {
    id,
    case_id: referral.case.id,
    round,
    subject_id: referral.subject.id,
    rule,
    measure,
    receivers,
    begins_on: from,
    until,
    content: { title, basis },
  };
}
