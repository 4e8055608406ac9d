import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type PageRequest, type Queryable, SETTINGS, type Tx } from '#platform';
import type { NotificationSettings } from '../settings.js';

export interface WebhookRow {
  id: string;
  department: string;
  url: string;
  types: string[] | null;
  created_at: Date;
}

export interface DeliveryRow {
  id: string;
  webhook_id: string;
  event_id: string;
  event_type: string;
  state: 'pending' | 'delivered' | 'failed' | 'cancelled';
  attempts: number;
  due_at: Date;
  last_status: number | null;
  last_error: string | null;
  created_at: Date;
  finished_at: Date | null;
}

/** A delivery that this worker alone may attempt now, with all it needs. */
export interface ClaimedDelivery {
  id: string;
  event_id: string;
  event_type: string;
  subject_id: string;
  case_id: string | null;
  envelope: string;
  attempts: number;
  webhook_id: string;
  url: string;
  secret: Buffer;
}

/** Longer than an attempt may take, so that a claim never runs out under a living worker. */
const CLAIM_SECONDS = 20;

@Injectable()
export class Webhooks {
  readonly #key: Buffer;

  constructor(@Inject(SETTINGS) settings: NotificationSettings) {
    this.#key = createHash('sha256').update(settings.NOTIFICATIONS_KEY_SECRET).digest();
  }

  async add(tx: Tx, webhook: WebhookRow, secret: Buffer): Promise<void> {
    await tx.query(
      'INSERT INTO webhook (id, department, url, secret, types, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [webhook.id, webhook.department, webhook.url, this.#seal(secret), webhook.types, webhook.created_at],
    );
  }

  /** Live subscriptions of a unit. */
  async countOf(db: Queryable, department: string): Promise<number> {
    const { rows } = await db.query<{ count: number }>(
      'SELECT count(*) FROM webhook WHERE department = $1 AND ended_at IS NULL',
      [department],
    );
    return rows[0]!.count;
  }

  async secretOf(db: Queryable, id: string): Promise<Buffer> {
    const { rows } = await db.query<{ secret: Buffer }>('SELECT secret FROM webhook WHERE id = $1', [id]);
    return this.#open(rows[0]!.secret);
  }

  async listOf(db: Queryable, department: string): Promise<WebhookRow[]> {
    const { rows } = await db.query<WebhookRow>(
      'SELECT id, department, url, types, created_at FROM webhook WHERE department = $1 AND ended_at IS NULL ORDER BY id LIMIT 200',
      [department],
    );
    return rows;
  }

  /** Ends the subscription; deliveries still waiting are cancelled with it. */
  async end(tx: Tx, department: string, id: string, at: Date): Promise<boolean> {
    const ended = await tx.query(
      'UPDATE webhook SET ended_at = $3 WHERE id = $1 AND department = $2 AND ended_at IS NULL',
      [id, department, at],
    );
    if (ended.rowCount === 0) return false;
    await tx.query(
      `UPDATE delivery SET state = 'cancelled', finished_at = now() WHERE webhook_id = $1 AND state = 'pending'`,
      [id],
    );
    return true;
  }

  /**
   * One delivery per live subscription that wants this type and whose unit may read the event; returns the ids of
   * the new ones.
   */
  async fanOut(
    tx: Tx,
    event: {
      id: string;
      type: string;
      subject: string;
      caseId: string | null;
      envelope: string;
      /** units that may read it; null: all */
      onlyTo: readonly string[] | null;
    },
  ): Promise<string[]> {
    const { rows } = await tx.query<{ id: string }>(
      `INSERT INTO delivery (id, webhook_id, event_id, event_type, subject_id, case_id, envelope)
       SELECT gen_random_uuid(), id, $1, $2, $3, $4, $5 FROM webhook
       WHERE ended_at IS NULL AND (types IS NULL OR $2 = ANY (types)) AND ($6::text[] IS NULL OR department = ANY ($6))
       ON CONFLICT (webhook_id, event_id) DO NOTHING RETURNING id`,
      [event.id, event.type, event.subject, event.caseId, event.envelope, event.onlyTo],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes a due delivery for this worker; undefined when another has it, or it is over. */
  async claim(db: Queryable, id: string): Promise<ClaimedDelivery | undefined> {
    const { rows } = await db.query<ClaimedDelivery>(
      `UPDATE delivery d SET attempts = attempts + 1, claimed_until = now() + make_interval(secs => $2)
       FROM webhook w
       WHERE d.id = $1 AND w.id = d.webhook_id AND d.state = 'pending' AND d.due_at <= now()
         AND (d.claimed_until IS NULL OR d.claimed_until < now())
       RETURNING d.id, d.event_id, d.event_type, d.subject_id, d.case_id, d.envelope, d.attempts, d.webhook_id, w.url, w.secret`,
      [id, CLAIM_SECONDS],
    );
    const row = rows[0];
    return row && { ...row, secret: this.#open(row.secret) };
  }

  async delivered(tx: Tx, id: string, status: number): Promise<void> {
    await tx.query(
      `UPDATE delivery SET state = 'delivered', last_status = $2, last_error = NULL, claimed_until = NULL, finished_at = now() WHERE id = $1`,
      [id, status],
    );
  }

  async retryLater(
    tx: Tx,
    id: string,
    fault: { status: number | null; error: string },
    seconds: number,
  ): Promise<void> {
    await tx.query(
      `UPDATE delivery SET last_status = $2, last_error = $3, claimed_until = NULL, due_at = now() + make_interval(secs => $4) WHERE id = $1`,
      [id, fault.status, fault.error, seconds],
    );
  }

  async failed(tx: Tx, id: string, fault: { status: number | null; error: string }): Promise<void> {
    await tx.query(
      `UPDATE delivery SET state = 'failed', last_status = $2, last_error = $3, claimed_until = NULL, finished_at = now() WHERE id = $1`,
      [id, fault.status, fault.error],
    );
  }

  /** Due deliveries that nobody works on: their job was lost with Redis, or with a worker. */
  async unattended(db: Queryable, limit: number): Promise<{ id: string; attempts: number }[]> {
    const { rows } = await db.query<{ id: string; attempts: number }>(
      `SELECT id, attempts FROM delivery
       WHERE state = 'pending' AND due_at < now() - interval '1 second' AND (claimed_until IS NULL OR claimed_until < now())
       ORDER BY due_at LIMIT $1`,
      [limit],
    );
    return rows;
  }

  async deliveriesOf(
    db: Queryable,
    department: string,
    webhookId: string,
    page: PageRequest,
  ): Promise<DeliveryRow[] | undefined> {
    const owned = await db.query('SELECT 1 FROM webhook WHERE id = $1 AND department = $2', [
      webhookId,
      department,
    ]);
    if (owned.rowCount === 0) return undefined;
    const { rows } = await db.query<DeliveryRow>(
      `SELECT id, webhook_id, event_id, event_type, state, attempts, due_at, last_status, last_error, created_at, finished_at
       FROM delivery WHERE webhook_id = $1
         AND ($2::timestamptz IS NULL OR (date_trunc('milliseconds', created_at), id) < ($2, $3::uuid))
       ORDER BY date_trunc('milliseconds', created_at) DESC, id DESC LIMIT $4`,
      [webhookId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
    );
    return rows;
  }

  #seal(secret: Buffer): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  #open(sealed: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  }
}
