import { Injectable } from '@nestjs/common';
import type { PageRequest, Queryable, Tx } from '#platform';
import type { Clue } from '../domain/clue/clue.js';
import type { ClueStatus } from '../domain/clue/lifecycle.js';
import { clueRefusals } from '../domain/clue/clue-refusals.js';
import { shellRefusals } from '../refusals.js';
import { isUuid } from './uuid.js';

export interface VersionedClue {
  clue: Clue;
  version: number;
}

interface ClueRow {
  version: number;
  state: Clue;
}

@Injectable()
export class Clues {
  async insert(tx: Tx, clue: Clue): Promise<VersionedClue> {
    await tx.query(
      'INSERT INTO clue (id, version, department, status, received_on, state) VALUES ($1, 1, $2, $3, $4, $5)',
      [clue.id, clue.department, clue.status, clue.receivedOn, JSON.stringify(clue)],
    );
    return { clue, version: 1 };
  }

  /** @throws Refusal `clue.not-found` */
  async read(db: Queryable, id: string, lock = false): Promise<VersionedClue> {
    if (!isUuid(id)) throw clueRefusals.refusal('clue.not-found', { id });
    const sql = `SELECT version, state FROM clue WHERE id = $1${lock ? ' FOR UPDATE' : ''}`;
    const { rows } = await db.query<ClueRow>(sql, [id]);
    if (!rows[0]) throw clueRefusals.refusal('clue.not-found', { id });
    return { clue: rows[0].state, version: rows[0].version };
  }

  /** The row was locked when it was read. */
  async update(tx: Tx, clue: Clue, version: number): Promise<VersionedClue> {
    await tx.query('UPDATE clue SET version = $2 + 1, status = $3, state = $4 WHERE id = $1', [
      clue.id,
      version,
      clue.status,
      JSON.stringify(clue),
    ]);
    return { clue, version: version + 1 };
  }

  /** Newest first; one more than the page. */
  async list(
    db: Queryable,
    filter: { department: string | null; status: ClueStatus | null },
    page: PageRequest,
  ): Promise<VersionedClue[]> {
    const [after] = page.after ?? [];
    if (after !== undefined && !isUuid(after)) throw shellRefusals.refusal('listing.cursor-invalid');
    const { rows } = await db.query<ClueRow>(
      `SELECT version, state FROM clue
       WHERE ($1::text IS NULL OR department = $1) AND ($2::text IS NULL OR status = $2)
         AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [filter.department, filter.status, after ?? null, page.limit + 1],
    );
    return rows.map(({ state, version }) => ({ clue: state, version }));
  }
}
