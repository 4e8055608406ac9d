import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Clock, Database, type Queryable } from '#platform';
import { OPEN } from '../domain/lifecycle.js';

export const DISAGREEMENT_KINDS = [
  'action-without-listing',
  'action-not-ordered',
  'listing-without-action',
  'listing-past-its-term',
  'listing-unheard',
] as const;
export type DisagreementKind = (typeof DISAGREEMENT_KINDS)[number];

/** Where the actions do not follow from what this service knows of the listing: it can put that right itself. */
export interface WrongAction {
  kind: 'action-without-listing' | 'action-not-ordered' | 'listing-without-action';
  caseId: string;
  subjectId: string;
  rule: string;
  executor: string;
  /** absent where there is no action */
  actionId: string | null;
  status: string | null;
}

/**
 * Where this service may not know how the listing stands: `listing-past-its-term`, its last day is over and no end of
 * it was heard; `listing-unheard`, events of its subject wait behind a dead letter. Nothing can be put right here:
 * the end, or the letter, must come.
 */
export interface UnsureListing {
  kind: 'listing-past-its-term' | 'listing-unheard';
  /** null: nothing live is known of the subject, so what waits may be a listing that orders measures */
  caseId: string | null;
  subjectId: string;
  /** of a listing past its term */
  termEndsOn: LocalDate | null;
  /** of one that is unheard: the dead letter that its events wait behind */
  letter: string | null;
}

/** A place where actions and listings do not agree, or may not; there must be none. */
export type Disagreement = WrongAction | UnsureListing;

/**
 * Both directions of "live action ⇔ live listing that orders it", from the rows as they are: an action that stands
 * although its listing ended, or although its listing never ordered it (discipline outside the list, ordinance art.
 * 51), and an ordered measure of a live listing that is missing or lifted. (A measure whose own term was over is
 * lifted by law while its listing lives.)
 */
const WRONG = `
  SELECT * FROM (
  SELECT 'action-without-listing' AS kind, a.case_id AS "caseId", a.subject_id AS "subjectId", a.rule, a.executor,
         a.id AS "actionId", a.status
  FROM discipline_action a JOIN discipline_case c USING (case_id)
  WHERE a.status = ANY($1) AND c.standing <> 'live'
  UNION ALL
  SELECT 'action-not-ordered', a.case_id, a.subject_id, a.rule, a.executor, a.id, a.status
  FROM discipline_action a JOIN discipline_case c USING (case_id)
  WHERE a.status = ANY($1) AND c.standing = 'live' AND (a.round <> c.round OR NOT EXISTS (
    SELECT FROM jsonb_to_recordset(c.expected) AS e (rule text, executor text)
    WHERE e.rule = a.rule AND e.executor = a.executor))
  UNION ALL
  SELECT 'listing-without-action', c.case_id, c.subject_id, e.rule, e.executor, a.id, a.status
  FROM discipline_case c
  CROSS JOIN LATERAL jsonb_to_recordset(c.expected) AS e (rule text, executor text)
  LEFT JOIN discipline_action a ON a.case_id = c.case_id AND a.round = c.round AND a.rule = e.rule AND a.executor = e.executor
  WHERE c.standing = 'live'
    AND (a.id IS NULL OR NOT a.status = ANY($1) AND a.state -> 'lift' ->> 'end' <> 'own-term')
  ) AS found WHERE ($2::uuid IS NULL OR "caseId" = $2) ORDER BY "caseId", rule, executor`;

/** What the rows alone cannot show: the same handlers wrote cases and actions, and both miss what was not heard. */
const UNSURE = `
  SELECT 'listing-past-its-term' AS kind, case_id AS "caseId", subject_id AS "subjectId", term_ends_on AS "termEndsOn",
         NULL::uuid AS letter
  FROM discipline_case WHERE standing = 'live' AND term_ends_on < $1
  UNION ALL
  SELECT 'listing-unheard', c.case_id, p.key::uuid, NULL, p.blocked_by
  FROM messaging.position p
  LEFT JOIN discipline_case c ON c.subject_id::text = p.key AND c.standing = 'live'
  WHERE p.consumer = 'measures' AND p.topic = 'listings' AND p.blocked_by IS NOT NULL
  ORDER BY "subjectId", "caseId", kind`;

@Injectable()
export class Reconcile {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What can be put right here, of one case or of all. */
  async wrong(db: Queryable, caseId: string | null): Promise<WrongAction[]> {
    const { rows } = await db.query<WrongAction>(WRONG, [OPEN, caseId]);
    return rows;
  }

  async unsure(db: Queryable): Promise<UnsureListing[]> {
    const { rows } = await db.query<UnsureListing>(UNSURE, [this.clock.today()]);
    return rows;
  }

  async run(): Promise<{
    checkedAt: string;
    live: { listings: number; actions: number };
    disagreements: Disagreement[];
  }> {
    const disagreements = [...(await this.wrong(this.database, null)), ...(await this.unsure(this.database))];
    const live = await this.database.query<{ listings: number; actions: number }>(
      `SELECT (SELECT count(*) FROM discipline_case WHERE standing = 'live') AS listings,
              (SELECT count(*) FROM discipline_action WHERE status = ANY($1)) AS actions`,
      [OPEN],
    );
    return { checkedAt: this.clock.now().toISOString(), live: live.rows[0]!, disagreements };
  }
}
