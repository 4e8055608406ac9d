import { Injectable } from '@nestjs/common';
import type { PageRequest, Queryable, Tx } from '#platform';
import {
  type NewSubjectRow,
  type SealedSubjectRow,
  SUBJECT_COLUMNS,
  type SubjectRow,
} from './subject.row.js';

export interface SubjectSearch {
  name?: string;
  kind?: string;
  region?: string;
}

@Injectable()
export class SubjectsStore {
  /**
   * Registers those that are not known yet and answers all of them, in the order given. Two transactions
   * that bring the same new subject meet on its unique key: the second waits, then finds what the first
   * wrote. Rows go in by one order, so that two such transactions cannot wait for each other.
   *
   * @param newcomers without two of one identity
   */
  async registerMissing(
    tx: Tx,
    newcomers: readonly NewSubjectRow[],
    at: Date,
  ): Promise<{ row: SubjectRow; created: boolean }[]> {
    if (newcomers.length === 0) return [];
    const created = await tx.query<{ id: string }>(
      `INSERT INTO subject (id, kind, code, person_index, sealed_number, sealed_name, name, region, unit, registered_by, registered_at)
       SELECT n.*, $11::timestamptz
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::text[], $10::text[])
         AS n (id, kind, code, person_index, sealed_number, sealed_name, name, region, unit, registered_by)
       ORDER BY n.code, n.person_index
       ON CONFLICT DO NOTHING
       RETURNING id`,
      [
        newcomers.map((row) => row.id),
        newcomers.map((row) => row.kind),
        newcomers.map((row) => row.code),
        newcomers.map((row) => row.person_index),
        newcomers.map((row) => row.sealed_number),
        newcomers.map((row) => row.sealed_name),
        newcomers.map((row) => row.name),
        newcomers.map((row) => row.region),
        newcomers.map((row) => row.unit),
        newcomers.map((row) => row.registered_by),
        at,
      ],
    );
    const isNew = new Set(created.rows.map((row) => row.id));
    const { rows } = await tx.query<SubjectRow & { person_index: Buffer | null }>(
      `SELECT ${SUBJECT_COLUMNS}, person_index FROM subject WHERE code = ANY($1::text[]) OR person_index = ANY($2::bytea[])`,
      [
        newcomers.map((row) => row.code).filter(Boolean),
        newcomers.map((row) => row.person_index).filter(Boolean),
      ],
    );
    const known = new Map(rows.map((row) => [identityKey(row), row]));
    return newcomers.map((newcomer) => {
      const row = known.get(identityKey(newcomer))!;
      return { row, created: isNew.has(row.id) };
    });
  }

  byId(db: Queryable, id: string): Promise<SealedSubjectRow | undefined> {
    return this.#one(db, 'id = $1', id);
  }

  byCode(db: Queryable, code: string): Promise<SealedSubjectRow | undefined> {
    return this.#one(db, 'code = $1', code);
  }

  byPersonIndex(db: Queryable, index: Buffer): Promise<SealedSubjectRow | undefined> {
    return this.#one(db, 'person_index = $1', index);
  }

  async #one(db: Queryable, where: string, value: unknown): Promise<SealedSubjectRow | undefined> {
    const { rows } = await db.query<SealedSubjectRow>(
      `SELECT ${SUBJECT_COLUMNS}, sealed_number, sealed_name FROM subject WHERE ${where}`,
      [value],
    );
    return rows[0];
  }

  async lock(tx: Tx, id: string): Promise<SubjectRow | undefined> {
    const { rows } = await tx.query<SubjectRow>(
      `SELECT ${SUBJECT_COLUMNS} FROM subject WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0];
  }

  /** Keeps what was before in the history. */
  async change(
    tx: Tx,
    before: SubjectRow,
    after: { name: string; sealedName: Buffer | null; region: string },
    by: { reason: string; actor: string; at: Date },
  ): Promise<SubjectRow> {
    await tx.query(
      `INSERT INTO subject_history (subject_id, version, name, region, unit, reason, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [before.id, before.version, before.name, before.region, before.unit, by.reason, by.actor, by.at],
    );
    const { rows } = await tx.query<SubjectRow>(
      `UPDATE subject SET name = $3, sealed_name = coalesce($4, sealed_name), region = $5, version = version + 1
       WHERE id = $1 AND version = $2 RETURNING ${SUBJECT_COLUMNS}`,
      [before.id, before.version, after.name, after.sealedName, after.region],
    );
    return rows[0]!;
  }

  /**
   * By name. Natural persons only when asked for by kind. Chinese names are looked for in their middle, which
   * no plain index serves: the scan is bounded by kind and region.
   */
  async search(db: Queryable, search: SubjectSearch, page: PageRequest): Promise<SubjectRow[]> {
    const [afterName, afterId] = page.after ?? [];
    const { rows } = await db.query<SubjectRow>(
      `SELECT ${SUBJECT_COLUMNS} FROM subject
       WHERE ($1::text IS NULL OR name LIKE '%' || $1 || '%')
         AND CASE WHEN $2::text IS NULL THEN kind <> 'natural-person' ELSE kind = $2 END
         AND ($3::text IS NULL OR region = $3)
         AND ($4::text IS NULL OR (name COLLATE "C", id) > ($4 COLLATE "C", $5::uuid))
       ORDER BY name COLLATE "C", id LIMIT $6`,
      [
        likeText(search.name),
        search.kind ?? null,
        search.region ?? null,
        afterName ?? null,
        afterId ?? null,
        page.limit + 1,
      ],
    );
    return rows;
  }
}

function identityKey(row: { code: string | null; person_index: Buffer | null }): string {
  return row.code ?? row.person_index!.toString('hex');
}

function likeText(text: string | undefined): string | null {
  return text === undefined ? null : text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
