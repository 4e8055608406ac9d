import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';
import type { Hand } from '../domain/case/case.js';
import type { RepairAim, RepairRequest, Verification } from '../domain/repair/entry.js';
import type { HandedIn } from '../domain/repair/handed-in.js';
import type { Fact } from '../domain/case/facts.js';

export type RepairStatus =
  | 'requested'
  | 'accepted'
  | 'verified'
  | 'not-accepted'
  | 'refused'
  | 'granted'
  | 'withdrawn'
  | 'lapsed'
  | 'found-false';

/** A request for repair, as it came and as it was answered. */
export interface Repair {
  id: string;
  caseId: string;
  aim: RepairAim;
  status: RepairStatus;
  requestedOn: string;
  rulesVersion: string;
  correctedOn: string;
  statement: string;
  materials: string[];
  handedIn: HandedIn | null;
  requestedBy: Hand;
  acceptanceDue: string | null;
  acceptedOn: string | null;
  verification: Verification | null;
  decisionDue: string | null;
  answeredOn: string | null;
  answer: string | null;
  answeredBy: Hand | null;
}

const READ = `SELECT id, case_id AS "caseId", request->>'aim' AS aim, status, requested_on AS "requestedOn", rules_version AS "rulesVersion",
  request->>'correctedOn' AS "correctedOn", request->>'statement' AS statement, request->'materials' AS materials, request->'handedIn' AS "handedIn",
  request->'requestedBy' AS "requestedBy", request->>'acceptanceDue' AS "acceptanceDue", accepted_on AS "acceptedOn", request->'verification' AS verification,
  decision_due AS "decisionDue", answered_on AS "answeredOn", answer, answered_by AS "answeredBy" FROM repair`;

/** Requests for early removal of a case, the open one and the earlier ones. */
@Injectable()
export class Repairs {
  /** Follows the facts of a change; the case itself holds only the request that is open. */
  async follow(tx: Tx, changes: readonly { id: string; facts: readonly Fact[] }[]): Promise<void> {
    for (const { id, facts } of changes) await this.#follow(tx, id, facts);
    const over = changes.flatMap(({ id, facts }) =>
      facts.flatMap((fact) => {
        if (fact.type === 'ended') {
          const undone = fact.end.kind === 'revoked' || fact.end.kind === 'corrected';
          return { id, on: fact.end.endedOn, what: undone ? 'all' : 'list' };
        }
        return fact.type === 'site-publication-ended' ? { id, on: fact.on, what: 'site' } : [];
      }),
    );
    if (over.length === 0) return;
    // Ended in another way than was asked: of the list nothing is left to decide, or of 信用中国, or of both.
    await tx.query(
      `UPDATE repair r SET status = 'lapsed', answered_on = e."on"
       FROM unnest($1::uuid[], $2::date[], $3::text[]) AS e (id, "on", what)
       WHERE r.case_id = e.id AND r.status IN ('requested', 'accepted', 'verified')
         AND (e.what = 'all' OR (e.what = 'site') = (r.request->>'aim' = 'site'))`,
      [over.map(({ id }) => id), over.map(({ on }) => on), over.map(({ what }) => what)],
    );
  }

  async #follow(tx: Tx, caseId: string, facts: readonly Fact[]): Promise<void> {
    for (const fact of facts) {
      switch (fact.type) {
        case 'removal-requested': {
          const { id, requestedOn, rulesVersion, decisionDue } = fact.request;
          await tx.query(
            `INSERT INTO repair (id, case_id, status, requested_on, rules_version, request, decision_due)
             VALUES ($1, $2, 'requested', $3, $4, $5, $6)`,
            [id, caseId, requestedOn, rulesVersion, JSON.stringify(fact.request), decisionDue],
          );
          break;
        }
        case 'removal-reopened':
          await tx.query(
            `UPDATE repair SET status = $2, request = $3, decision_due = $4, answered_on = NULL, answer = NULL,
               answered_by = NULL WHERE id = $1`,
            [fact.request.id, fact.request.status, JSON.stringify(fact.request), fact.request.decisionDue],
          );
          break;
        case 'removal-supplemented':
          await tx.query(`UPDATE repair SET request = jsonb_set(request, '{handedIn}', $2) WHERE id = $1`, [
            fact.requestId,
            JSON.stringify(fact.handedIn),
          ]);
          break;
        case 'removal-days-set':
          await tx.query(
            `UPDATE repair SET request = jsonb_set(request, '{acceptanceDue}', coalesce(to_jsonb($2::text), 'null')), decision_due = $3 WHERE id = $1`,
            [fact.requestId, fact.acceptanceDue, fact.decisionDue],
          );
          break;
        case 'removal-accepted':
          await tx.query(
            `UPDATE repair SET status = 'accepted', accepted_on = $2, decision_due = $3 WHERE id = $1`,
            [fact.requestId, fact.on, fact.decisionDue],
          );
          break;
        case 'removal-verified':
          await tx.query(
            `UPDATE repair SET status = 'verified', request = jsonb_set(request, '{verification}', $2),
               decision_due = coalesce($3, decision_due) WHERE id = $1`,
            [fact.requestId, JSON.stringify(fact.verification), fact.decisionDue ?? null],
          );
          break;
        case 'removal-extended':
          await tx.query('UPDATE repair SET decision_due = $2 WHERE id = $1', [
            fact.requestId,
            fact.decisionDue,
          ]);
          break;
        case 'removal-withdrawn':
          await this.#answer(tx, 'withdrawn', { ...fact, reasons: '申请人撤回' });
          break;
        case 'found-false':
          await tx.query(`UPDATE repair SET status = 'found-false' WHERE id = $1`, [fact.found.requestId]);
          break;
        case 'removal-not-accepted':
          await this.#answer(tx, 'not-accepted', fact);
          break;
        case 'removal-refused':
          await this.#answer(tx, 'refused', fact);
          break;
        case 'removal-granted':
          await this.#answer(tx, 'granted', fact);
          break;
        default:
      }
    }
  }

  async #answer(
    tx: Tx,
    status: Repair['status'],
    fact: { requestId: string; on: string; reasons: string; by: Hand },
  ): Promise<void> {
    await tx.query(
      'UPDATE repair SET status = $2, answered_on = $3, answer = $4, answered_by = $5 WHERE id = $1',
      [fact.requestId, status, fact.on, fact.reasons, JSON.stringify(fact.by)],
    );
  }

  /** A request as it was asked, for an answer that is set aside. */
  async asked(
    db: Queryable,
    id: string,
  ): Promise<(RepairRequest & { caseId: string; answer: string }) | undefined> {
    const { rows } = await db.query<{ request: RepairRequest; status: string; caseId: string }>(
      'SELECT request, status, case_id AS "caseId" FROM repair WHERE id = $1',
      [id],
    );
    const [row] = rows;
    return row && { ...row.request, caseId: row.caseId, answer: row.status };
  }

  async ofCase(db: Queryable, caseId: string): Promise<Repair[]> {
    const { rows } = await db.query<Repair>(`${READ} WHERE case_id = $1 ORDER BY id`, [caseId]);
    return rows;
  }
}
