import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { prepared, type Tx } from '#platform';
import type { Standing } from '../domain/case-standing.js';
import { subjectNow } from './subject-changes.js';

/** A listing as this service knows it. */
export interface DisciplineCase {
  standing: Exclude<Standing, 'unknown'>;
  inForceOn: LocalDate | null;
}

export interface CaseAbout {
  case: CaseRef;
  subject: SubjectRef;
}

/** A listing that came into force, with rule and executor of every action that is ordered now. */
export interface BegunCase {
  listing: CaseAbout & { inForceOn: LocalDate; termEndsOn: LocalDate | null; toldAs?: SubjectRef };
  /** the day whose rules ordered them: of effect, or of restoration where nothing was heard before it */
  rulesOn: LocalDate;
  expected: readonly { rule: string; executor: string }[];
}

/** The first of the objections that are open, whether they were heard before the listing or after it. */
const objectionSince = (caseId: string): string =>
  `SELECT min(o.since) FROM discipline_objection o WHERE o.case_id = ${caseId}`;

const BEGIN_CASES = prepared(
  `INSERT INTO discipline_case
     (case_id, subject_id, subject_code, standing, list_type, serious, department, in_force_on, rules_on, term_ends_on,
      expected, case_ref, subject_ref, told_as, objection_since)
   SELECT case_id, subject_id, subject_code, 'live', list_type, serious, department, in_force_on, rules_on, term_ends_on,
          expected, case_ref, subject_ref, told_as, (${objectionSince('g.case_id')})
   FROM jsonb_to_recordset($1) AS g (
     case_id uuid, subject_id uuid, subject_code text, list_type text, serious boolean, department text, in_force_on date,
     rules_on date, term_ends_on date, expected jsonb, case_ref jsonb, subject_ref jsonb, told_as jsonb)`,
);

const TERM_NEWS = prepared(
  `SELECT g."caseId" AS id FROM jsonb_to_recordset($1) AS g ("caseId" uuid, "termEndsOn" date)
   LEFT JOIN discipline_case c ON c.case_id = g."caseId"
   WHERE c.case_id IS NULL OR c.term_ends_on IS DISTINCT FROM g."termEndsOn"`,
);

const END_CASES = prepared(
  `UPDATE discipline_case c SET standing = 'ended', ended_on = g.ended_on, ending = g.ending
   FROM unnest($1::uuid[], $2::text[], $3::date[]) AS g (case_id, ending, ended_on) WHERE c.case_id = g.case_id`,
);

@Injectable()
export class CaseStore {
  async standingOf(tx: Tx, caseId: string): Promise<Standing> {
    const { rows } = await tx.query<{ standing: Standing }>(
      'SELECT standing FROM discipline_case WHERE case_id = $1',
      [caseId],
    );
    return rows[0]?.standing ?? 'unknown';
  }

  /** Of many cases; one that is not known is not among them. */
  async standingsOf(tx: Tx, caseIds: readonly string[]): Promise<Map<string, Standing>> {
    const { rows } = await tx.query<{ case_id: string; standing: Standing }>(
      'SELECT case_id, standing FROM discipline_case WHERE case_id = ANY($1)',
      [caseIds],
    );
    return new Map(rows.map(({ case_id, standing }) => [case_id, standing]));
  }

  /** Listings that came into force, in one statement. */
  async begin(tx: Tx, begun: readonly BegunCase[]): Promise<void> {
    if (begun.length === 0) return;
    await tx.query(BEGIN_CASES, [
      JSON.stringify(
        begun.map(({ listing, rulesOn, expected }) => ({
          case_id: listing.case.id,
          subject_id: listing.subject.id,
          subject_code: listing.subject.code,
          list_type: listing.case.listType,
          serious: listing.case.serious,
          department: listing.case.department,
          in_force_on: listing.inForceOn,
          rules_on: rulesOn,
          term_ends_on: listing.termEndsOn,
          expected,
          case_ref: listing.case,
          subject_ref: listing.subject,
          told_as: listing.toldAs ?? null,
        })),
      ),
    ]);
  }

  /** The beginning of a case whose end or provisional lifting was heard before it. */
  async beginUnseen(
    tx: Tx,
    caseId: string,
    listing: { inForceOn: LocalDate; termEndsOn: LocalDate | null },
  ): Promise<void> {
    await tx.query(
      `UPDATE discipline_case
       SET standing = replace(standing, '-unseen', ''), in_force_on = $2, term_ends_on = $3 WHERE case_id = $1`,
      [caseId, listing.inForceOn, listing.termEndsOn],
    );
  }

  /** The listing stands again: its actions are those of the next round, by the rules of that day. @returns the round */
  async restore(
    tx: Tx,
    about: CaseAbout & { toldAs?: SubjectRef },
    {
      restoredOn,
      inForceOn,
      termEndsOn,
    }: { restoredOn: LocalDate; inForceOn: LocalDate; termEndsOn: LocalDate | null },
    expected: readonly { rule: string; executor: string }[],
  ): Promise<number> {
    const { rows } = await tx.query<{ round: number }>(
      `UPDATE discipline_case SET standing = 'live', round = round + 1, ended_on = NULL, ending = NULL,
         term_ends_on = $2, expected = $3, case_ref = $4, subject_ref = $5, told_as = $8, rules_on = $6,
         in_force_on = coalesce(in_force_on, $7)
       WHERE case_id = $1 RETURNING round`,
      [
        about.case.id,
        termEndsOn,
        JSON.stringify(expected),
        JSON.stringify(about.case),
        JSON.stringify(about.subject),
        restoredOn,
        inForceOn,
        about.toldAs ? JSON.stringify(about.toldAs) : null,
      ],
    );
    return rows[0]!.round;
  }

  /** The subject has another name or division: every case shows it, and keeps by which one its measures were ordered. */
  async show(tx: Tx, subject: SubjectRef): Promise<void> {
    await tx.query(
      `UPDATE discipline_case SET subject_ref = $2, told_as = nullif(coalesce(told_as, subject_ref), $2)
       WHERE subject_id = $1 AND subject_ref <> $2`,
      [subject.id, JSON.stringify(subject)],
    );
  }

  async suspend(tx: Tx, caseId: string): Promise<void> {
    await tx.query(
      `UPDATE discipline_case SET standing = 'suspended', ended_on = NULL, ending = NULL WHERE case_id = $1`,
      [caseId],
    );
  }

  /**
   * The mark of open objections: it goes with the last of them. It is remembered, too, of an entry that is not known here
   * yet, and of an objection that was settled before its mark was heard.
   *
   * @param since null: this objection is settled
   */
  async mark(tx: Tx, caseId: string, objectionId: string, since: LocalDate | null): Promise<void> {
    await tx.query(
      `INSERT INTO discipline_objection AS o (case_id, objection_id, since) VALUES ($1, $2, $3)
       ON CONFLICT (case_id, objection_id) DO UPDATE
       SET since = CASE WHEN o.since IS NULL THEN NULL ELSE excluded.since END`,
      [caseId, objectionId, since],
    );
    await tx.query(
      `UPDATE discipline_case c SET objection_since = (${objectionSince('c.case_id')}) WHERE case_id = $1`,
      [caseId],
    );
  }

  /** @returns the cases whose term is not known here as told; also those that are not known at all */
  async termNews(
    tx: Tx,
    told: readonly { caseId: string; termEndsOn: LocalDate | null }[],
  ): Promise<Set<string>> {
    const { rows } = await tx.query<{ id: string }>(TERM_NEWS, [JSON.stringify(told)]);
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * The entry as it was corrected.
   *
   * @param sequence of the correction: a restoration that was told after it has its own term
   * @returns whether the correction counts
   */
  async correct(tx: Tx, about: CaseRef, termEndsOn: LocalDate | null, sequence: number): Promise<boolean> {
    const { rowCount } = await tx.query(
      'UPDATE discipline_case SET case_ref = $2, term_ends_on = $3 WHERE case_id = $1 AND sequence < $4',
      [about.id, JSON.stringify(about), termEndsOn, sequence],
    );
    return rowCount > 0;
  }

  /** Listings that ended, in one statement; each once. */
  async end(tx: Tx, ended: readonly { caseId: string; ending: string; endedOn: LocalDate }[]): Promise<void> {
    if (ended.length === 0) return;
    await tx.query(END_CASES, [
      ended.map(({ caseId }) => caseId),
      ended.map(({ ending }) => ending),
      ended.map(({ endedOn }) => endedOn),
    ]);
  }

  /** null: it was lifted provisionally, and not ended. */
  async rememberUnseen(
    tx: Tx,
    about: CaseAbout,
    end: { ending: string; endedOn: LocalDate } | null,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO discipline_case
         (case_id, subject_id, subject_code, standing, list_type, serious, department, ended_on, ending, case_ref, subject_ref,
          told_as, objection_since)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce((${subjectNow('$2')}), $11),
         nullif($11::jsonb, coalesce((${subjectNow('$2')}), $11)), (${objectionSince('$1')}))
       ON CONFLICT (case_id) DO UPDATE
       SET standing = excluded.standing, ended_on = excluded.ended_on, ending = excluded.ending`,
      [
        about.case.id,
        about.subject.id,
        about.subject.code,
        end ? 'ended-unseen' : 'suspended-unseen',
        about.case.listType,
        about.case.serious,
        about.case.department,
        end?.endedOn ?? null,
        end?.ending ?? null,
        JSON.stringify(about.case),
        JSON.stringify(about.subject),
      ],
    );
  }

  /**
   * A live listing, from the day whose rules ordered what stands.
   *
   * @throws Error when it is not live: the caller holds the subject's lock
   */
  async live(tx: Tx, caseId: string): Promise<{ listing: LiveCase; round: number }> {
    const { rows } = await tx.query<LiveCase & { round: number }>(
      `SELECT case_ref AS "case", subject_ref AS subject, coalesce(told_as, subject_ref) AS "toldAs",
              rules_on AS "inForceOn", term_ends_on AS "termEndsOn", round
       FROM discipline_case WHERE case_id = $1 AND standing = 'live'`,
      [caseId],
    );
    if (!rows[0]) throw new Error(`case ${caseId} is not live`);
    const { round, ...listing } = rows[0];
    return { listing, round };
  }
}

export interface LiveCase extends CaseAbout {
  /** the subject as it was when its measures were ordered */
  toldAs: SubjectRef;
  inForceOn: LocalDate;
  termEndsOn: LocalDate | null;
}
