import { Injectable } from '@nestjs/common';
import type { ActionRef } from '#contracts';
import type { Queryable, Tx } from '#platform';
import type { Consequences } from '../domain/closure.js';
import type { Receipt } from '../domain/receipt.js';

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
       ON CONFLICT (case_id, kind, ref) DO NOTHING`,
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
       ON CONFLICT (case_id, kind, ref) DO NOTHING`,
      [JSON.stringify(receipts)],
    );
  }

  async of(db: Queryable, caseId: string): Promise<Consequences> {
    const actions = await db.query<{ id: string; executor: string; title: string }>(
      'SELECT id, executor, title FROM case_action WHERE case_id = $1 ORDER BY id',
      [caseId],
    );
    const orders = await db.query<{ actions: number }>('SELECT actions FROM case_orders WHERE case_id = $1', [
      caseId,
    ]);
    const receipts = await db.query<Omit<Receipt, 'at'> & { at: Date }>(
      'SELECT kind, ref, by, at, event_id AS "eventId" FROM case_receipt WHERE case_id = $1 ORDER BY at, kind, ref',
      [caseId],
    );
    return {
      actionsOrdered: orders.rows[0]?.actions ?? null,
      actions: actions.rows,
      receipts: receipts.rows.map((receipt) => ({ ...receipt, at: receipt.at.toISOString() })),
    };
  }
}
