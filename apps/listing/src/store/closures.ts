import { Injectable } from '@nestjs/common';
import type { ActionRef } from '#contracts';
import type { Queryable, Tx } from '#platform';
import type { Consequences } from '../domain/ending/closure.js';
import type { Receipt } from '../domain/ending/receipt.js';

/** What followed from a listing, and what of it is undone: actions, orders, receipts. */
@Injectable()
export class Closures {
  /** Either event about an action brings it here; the other then finds it. */
  async hearAction(tx: Tx, action: ActionRef): Promise<void> {
    await tx.query(
      `INSERT INTO case_action (id, case_id, executor, rule, title) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING`,
      [action.id, action.caseId, action.executor, action.rule, action.title],
    );
  }

  async hearOrders(tx: Tx, caseId: string, actions: number): Promise<void> {
    await tx.query(
      `INSERT INTO case_orders (case_id, actions) VALUES ($1, $2) ON CONFLICT (case_id) DO UPDATE SET actions = excluded.actions`,
      [caseId, actions],
    );
  }

  /** The first receipt for a thing counts; a second telling by another channel changes nothing. */
  async addReceipt(tx: Tx, caseId: string, receipt: Receipt): Promise<void> {
    await tx.query(
      `INSERT INTO case_receipt (case_id, kind, ref, by, at, event_id) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (case_id, kind, ref, past) DO NOTHING`,
      [caseId, receipt.kind, receipt.ref, receipt.by, receipt.at, receipt.eventId],
    );
  }

  /** Our own, of many cases at once. */
  async addReceipts(tx: Tx, receipts: readonly (Receipt & { caseId: string })[]): Promise<void> {
    if (receipts.length === 0) return;
    await tx.query(
      `INSERT INTO case_receipt (case_id, kind, ref, by, at, event_id)
       SELECT "caseId", kind, ref, by, at, "eventId" FROM jsonb_to_recordset($1)
         AS r ("caseId" uuid, kind text, ref text, by text, at timestamptz, "eventId" uuid)
       ON CONFLICT (case_id, kind, ref, past) DO NOTHING`,
      [JSON.stringify(receipts)],
    );
  }

  /**
   * The listing stands again: what showed its end is kept behind, and how many actions there are is known anew when
   * they are ordered. A lift stays the receipt of its action.
   */
  async reopen(tx: Tx, caseId: string): Promise<void> {
    await tx.query(
      `UPDATE case_receipt SET past = past + (SELECT max(past) + 1 FROM case_receipt WHERE case_id = $1)
       WHERE case_id = $1 AND kind <> 'discipline-lifted'`,
      [caseId],
    );
    await tx.query('DELETE FROM case_orders WHERE case_id = $1', [caseId]);
  }

  async of(db: Queryable, caseId: string): Promise<KnownConsequences> {
    return (await this.ofAll(db, [caseId])).get(caseId)!;
  }

  /** Of many cases, each with an entry. */
  async ofAll(db: Queryable, caseIds: readonly string[]): Promise<Map<string, KnownConsequences>> {
    const known = new Map<string, KnownConsequences>(
      caseIds.map((id) => [id, { actionsOrdered: null, actions: [], receipts: [] }]),
    );
    const actions = await db.query<{ caseId: string; id: string; executor: string; title: string }>(
      'SELECT case_id AS "caseId", id, executor, title FROM case_action WHERE case_id = ANY($1::uuid[]) ORDER BY id',
      [caseIds],
    );
    for (const { caseId, ...action } of actions.rows) known.get(caseId)!.actions.push(action);
    const orders = await db.query<{ caseId: string; actions: number }>(
      'SELECT case_id AS "caseId", actions FROM case_orders WHERE case_id = ANY($1::uuid[])',
      [caseIds],
    );
    for (const { caseId, actions: ordered } of orders.rows) known.get(caseId)!.actionsOrdered = ordered;
    const receipts = await db.query<Omit<Receipt, 'at'> & { caseId: string; at: Date }>(
      `SELECT case_id AS "caseId", kind, ref, by, at, event_id AS "eventId" FROM case_receipt
       WHERE case_id = ANY($1::uuid[]) AND (past = 0 OR kind = 'discipline-lifted') ORDER BY at, kind, ref`,
      [caseIds],
    );
    for (const { caseId, at, ...receipt } of receipts.rows)
      known.get(caseId)!.receipts.push({ ...receipt, at: at.toISOString() });
    return known;
  }
}

/** With the titles of the actions, for whoever reads them. */
interface KnownConsequences extends Consequences {
  actions: { id: string; executor: string; title: string }[];
  receipts: Receipt[];
}
