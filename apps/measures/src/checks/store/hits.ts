import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import type { Queryable, Tx } from '#platform';
import type { HitAnswer } from '../domain/hit-answer.js';
import type { OpenHitOfCheck } from '../domain/late-hits.js';

/** A hit of a check with what its action says. */
export interface StoredHit {
  checkId: string;
  nth: number;
  actionId: string;
  department: string;
  subject: string;
  field: string;
  item: string;
  reference: string | null;
  rule: string;
  title: string;
  mode: 'required' | 'considered';
  executor: string;
  askedOn: LocalDate;
  dueOn: LocalDate;
  overdue: boolean;
  answer: HitAnswer | null;
  answeredOn: LocalDate | null;
  /** the lead unit that was told that it is late */
  escalated: { to: string; on: LocalDate } | null;
}

const SELECT_HIT = `
  SELECT h.check_id AS "checkId", h.nth, h.action_id AS "actionId", h.department, k.subject, h.field, k.item,
         k.reference, a.rule, a.content ->> 'title' AS title, a.mode, a.executor, k.asked_on AS "askedOn",
         h.due_on AS "dueOn", h.overdue, h.answer, h.answered_on AS "answeredOn",
         CASE WHEN h.escalated_to IS NOT NULL
              THEN jsonb_build_object('to', h.escalated_to, 'on', h.escalated_on) END AS escalated
  FROM discipline_hit h JOIN discipline_check k ON k.id = h.check_id AND k.nth = h.nth
  JOIN discipline_action a ON a.id = h.action_id`;

@Injectable()
export class Hits {
  async ofCheck(db: Queryable, checkId: string): Promise<StoredHit[]> {
    const { rows } = await db.query<StoredHit>(
      `${SELECT_HIT} WHERE h.check_id = $1 ORDER BY h.nth, a.rule, a.executor`,
      [checkId],
    );
    return rows;
  }

  /** Locked until the transaction ends. */
  async lock(tx: Tx, checkId: string, actionId: string): Promise<StoredHit[]> {
    const { rows } = await tx.query<StoredHit>(
      `${SELECT_HIT} WHERE h.check_id = $1 AND h.action_id = $2 ORDER BY h.nth FOR UPDATE OF h`,
      [checkId, actionId],
    );
    return rows;
  }

  async answer(tx: Tx, hit: StoredHit, answer: HitAnswer, on: LocalDate, by: string): Promise<void> {
    await tx.query(
      `UPDATE discipline_hit SET answer = $4, answered_on = $5, answered_by = $6
       WHERE check_id = $1 AND nth = $2 AND action_id = $3`,
      [hit.checkId, hit.nth, hit.actionId, JSON.stringify(answer), on, by],
    );
  }

  async openOf(tx: Tx, checkId: string): Promise<number> {
    const { rows } = await tx.query<{ open: number }>(
      'SELECT count(*) AS open FROM discipline_hit WHERE check_id = $1 AND answer IS NULL',
      [checkId],
    );
    return rows[0]!.open;
  }

  async markOverdue(tx: Tx, checkId: string): Promise<void> {
    await tx.query('UPDATE discipline_hit SET overdue = true WHERE check_id = $1 AND answer IS NULL', [
      checkId,
    ]);
  }

  async markEscalated(tx: Tx, checkId: string, to: string, on: LocalDate): Promise<void> {
    await tx.query(
      `UPDATE discipline_hit SET escalated_to = $2, escalated_on = $3 WHERE check_id = $1 AND answer IS NULL`,
      [checkId, to, on],
    );
  }

  /** What of a check is not answered, each with its subject as events name it. */
  async openFor(tx: Tx, checkId: string): Promise<OpenHitOfCheck[]> {
    const { rows } = await tx.query<OpenHitOfCheck>(
      `SELECT h.check_id AS "checkId", h.department, h.field, k.item, k.reference, k.asked_on AS "askedOn",
              h.due_on AS "dueOn", h.action_id AS "actionId", a.rule, a.content ->> 'title' AS title,
              c.subject_ref AS subject
       FROM discipline_hit h JOIN discipline_check k ON k.id = h.check_id AND k.nth = h.nth
       JOIN discipline_action a ON a.id = h.action_id JOIN discipline_case c USING (case_id)
       WHERE h.check_id = $1 AND h.answer IS NULL ORDER BY h.nth, a.rule, a.executor`,
      [checkId],
    );
    return rows;
  }

  /** Hits of a department, and those that were escalated to it, by the day they are due, then by check. */
  async list(
    db: Queryable,
    filter: {
      /** bodies for which the caller acts; null = of all */
      departments: readonly string[] | null;
      open: boolean | null;
      overdue: boolean | null;
      escalated: boolean | null;
    },
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<StoredHit[]> {
    const { rows } = await db.query<StoredHit>(
      `${SELECT_HIT}
       WHERE ($1::text[] IS NULL OR h.department = ANY($1) OR h.escalated_to = ANY($1))
         AND ($9::boolean IS NULL OR (h.escalated_to IS NOT NULL) = $9) AND ($2::boolean IS NULL OR (h.answer IS NULL) = $2)
         AND ($3::boolean IS NULL OR h.overdue = $3)
         AND ($4::date IS NULL OR (h.due_on, h.check_id, h.nth, h.action_id) > ($4::date, $5::uuid, $6::smallint, $7::uuid))
       ORDER BY h.due_on, h.check_id, h.nth, h.action_id LIMIT $8`,
      [
        filter.departments,
        filter.open,
        filter.overdue,
        after?.[0] ?? null,
        after?.[1] ?? null,
        after?.[2] ?? null,
        after?.[3] ?? null,
        limit,
        filter.escalated,
      ],
    );
    return rows;
  }
}
