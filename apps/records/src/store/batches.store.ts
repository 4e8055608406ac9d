import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';

export interface BatchRow {
  id: string;
  type: string;
  department: string;
  media: string;
  uploaded_by: string;
  attempt: number;
  status: 'running' | 'done' | 'broken-off';
  digest: Buffer | null;
  total: number;
  accepted: number;
  duplicates: number;
  refused: number;
  started_at: Date;
  ended_at: Date | null;
}

/** One fault of one row, with everything that its sender needs to mend it. */
export interface RowError {
  line: number;
  field: string | null;
  code: string;
  reason: string;
  reasonZh: string;
  cure: string;
  cureZh: string;
}

export interface BatchCounts {
  total: number;
  accepted: number;
  duplicates: number;
  refused: number;
}

const COLUMNS = `id, type, department, media, uploaded_by, attempt, status, digest, total, accepted, duplicates, refused, started_at, ended_at`;

@Injectable()
export class BatchesStore {
  async byKey(db: Queryable, uploadedBy: string, key: string): Promise<BatchRow | undefined> {
    const { rows } = await db.query<BatchRow>(
      `SELECT ${COLUMNS} FROM batch WHERE uploaded_by = $1 AND idempotency_key = $2`,
      [uploadedBy, key],
    );
    return rows[0];
  }

  /**
   * Begins an upload, or takes over one of the same key that never ended: its counts start again and its
   * attempt is raised, so that the earlier upload, should it still live, writes no more.
   */
  async begin(
    tx: Tx,
    batch: {
      id: string;
      type: string;
      department: string;
      media: string;
      uploadedBy: string;
      key: string;
      at: Date;
    },
  ): Promise<BatchRow> {
    const { rows } = await tx.query<BatchRow>(
      `INSERT INTO batch AS b (id, type, department, media, uploaded_by, idempotency_key, status, started_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'running', $7)
       ON CONFLICT (uploaded_by, idempotency_key) DO UPDATE
         SET attempt = b.attempt + 1, status = 'running', total = 0, accepted = 0, duplicates = 0, refused = 0,
             started_at = excluded.started_at, ended_at = NULL
         WHERE b.status <> 'done' AND b.type = excluded.type AND b.media = excluded.media
       RETURNING ${COLUMNS}`,
      [batch.id, batch.type, batch.department, batch.media, batch.uploadedBy, batch.key, batch.at],
    );
    const row = rows[0];
    if (row) await tx.query('DELETE FROM batch_error WHERE batch_id = $1', [row.id]);
    return row!;
  }

  /** Adds a chunk's counts and errors in the chunk's own transaction. @returns false when another upload took over */
  async add(
    tx: Tx,
    batch: Pick<BatchRow, 'id' | 'attempt'>,
    counts: BatchCounts,
    errors: readonly RowError[],
  ): Promise<boolean> {
    const updated = await tx.query(
      `UPDATE batch SET total = total + $3, accepted = accepted + $4, duplicates = duplicates + $5, refused = refused + $6
       WHERE id = $1 AND attempt = $2 AND status = 'running'`,
      [batch.id, batch.attempt, counts.total, counts.accepted, counts.duplicates, counts.refused],
    );
    if (updated.rowCount === 0) return false;
    if (errors.length > 0) await this.#addErrors(tx, batch.id, errors);
    return true;
  }

  async #addErrors(tx: Tx, id: string, errors: readonly RowError[]): Promise<void> {
    let place = 0;
    const places = errors.map(
      (error, index) => (place = errors[index - 1]?.line === error.line ? place + 1 : 0),
    );
    await tx.query(
      `INSERT INTO batch_error (batch_id, line, place, field, code, reason, reason_zh, cure, cure_zh)
       SELECT $1, e.* FROM unnest($2::int[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) AS e`,
      [
        id,
        errors.map((error) => error.line),
        places,
        errors.map((error) => error.field),
        errors.map((error) => error.code),
        errors.map((error) => error.reason),
        errors.map((error) => error.reasonZh),
        errors.map((error) => error.cure),
        errors.map((error) => error.cureZh),
      ],
    );
  }

  /** @returns undefined when another upload took over */
  async end(
    db: Queryable,
    batch: Pick<BatchRow, 'id' | 'attempt'>,
    status: 'done' | 'broken-off',
    digest: Buffer | null,
    at: Date,
  ): Promise<BatchRow | undefined> {
    const { rows } = await db.query<BatchRow>(
      `UPDATE batch SET status = $3, digest = $4, ended_at = $5 WHERE id = $1 AND attempt = $2 AND status = 'running' RETURNING ${COLUMNS}`,
      [batch.id, batch.attempt, status, digest, at],
    );
    return rows[0];
  }

  async byId(db: Queryable, id: string): Promise<BatchRow | undefined> {
    const { rows } = await db.query<BatchRow>(`SELECT ${COLUMNS} FROM batch WHERE id = $1`, [id]);
    return rows[0];
  }

  async errors(
    db: Queryable,
    id: string,
    after: { line: number; place: number },
    limit: number,
  ): Promise<(RowError & { place: number })[]> {
    const { rows } = await db.query<RowError & { place: number }>(
      `SELECT line, place, field, code, reason, reason_zh AS "reasonZh", cure, cure_zh AS "cureZh"
       FROM batch_error WHERE batch_id = $1 AND (line, place) > ($2, $3) ORDER BY line, place LIMIT $4`,
      [id, after.line, after.place, limit],
    );
    return rows;
  }
}
