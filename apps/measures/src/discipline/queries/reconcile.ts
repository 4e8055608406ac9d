import { Injectable } from '@nestjs/common';
import { Clock, Database, type Queryable } from '#platform';
import { OPEN } from '../domain/lifecycle.js';

/** A place where actions and listings do not agree; there must be none. */
export interface Disagreement {
  kind: 'action-without-listing' | 'listing-without-action';
  caseId: string;
  subjectId: string;
  rule: string;
  executor: string;
  /** absent where there is no action */
  actionId: string | null;
  status: string | null;
}

/**
 * Both directions of "live action ⇔ live listing", from the rows as they are: an action that stands although
 * its listing ended, and an ordered measure of a live listing that is missing or lifted. (A measure whose own
 * term was over is lifted by law while its listing lives.)
 */
const DISAGREEMENTS = `
  SELECT * FROM (
  SELECT 'action-without-listing' AS kind, a.case_id AS "caseId", a.subject_id AS "subjectId", a.rule, a.executor,
         a.id AS "actionId", a.status
  FROM discipline_action a JOIN discipline_case c USING (case_id)
  WHERE a.status = ANY($1) AND c.standing <> 'live'
  UNION ALL
  SELECT 'listing-without-action', c.case_id, c.subject_id, e.rule, e.executor, a.id, a.status
  FROM discipline_case c
  CROSS JOIN LATERAL jsonb_to_recordset(c.expected) AS e (rule text, executor text)
  LEFT JOIN discipline_action a ON a.case_id = c.case_id AND a.round = c.round AND a.rule = e.rule AND a.executor = e.executor
  WHERE c.standing = 'live'
    AND (a.id IS NULL OR NOT a.status = ANY($1) AND a.state -> 'lift' ->> 'end' <> 'own-term')
  ) AS found WHERE ($2::uuid IS NULL OR "caseId" = $2) ORDER BY "caseId", rule, executor`;

@Injectable()
export class Reconcile {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Of one case, or of all. */
  async of(db: Queryable, caseId: string | null): Promise<Disagreement[]> {
    const { rows } = await db.query<Disagreement>(DISAGREEMENTS, [OPEN, caseId]);
    return rows;
  }

  async run(): Promise<{
    checkedAt: string;
    live: { listings: number; actions: number };
    disagreements: Disagreement[];
  }> {
    const rows = await this.of(this.database, null);
    const live = await this.database.query<{ listings: number; actions: number }>(
      `SELECT (SELECT count(*) FROM discipline_case WHERE standing = 'live') AS listings,
              (SELECT count(*) FROM discipline_action WHERE status = ANY($1)) AS actions`,
      [OPEN],
    );
    return { checkedAt: this.clock.now().toISOString(), live: live.rows[0]!, disagreements: rows };
  }
}
