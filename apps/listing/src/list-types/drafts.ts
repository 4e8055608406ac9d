import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';
import type { ListTypeVersion } from '#seeds';
import { type ListTypeDraft, listTypeRefusals } from '../domain/rules/list-type-draft.js';
import { isUuid } from '../store/uuid.js';

export type Draft = ListTypeDraft<ListTypeVersion>;

export interface VersionedDraft {
  draft: Draft;
  version: number;
}

interface DraftRow {
  version: number;
  state: Draft;
}

@Injectable()
export class Drafts {
  async insert(tx: Tx, draft: Draft): Promise<VersionedDraft> {
    await tx.query(
      'INSERT INTO list_type_draft (id, version, key, status, state) VALUES ($1, 1, $2, $3, $4)',
      [draft.id, draft.key, draft.status, JSON.stringify(draft)],
    );
    return { draft, version: 1 };
  }

  /** @throws Refusal `list-type.draft-not-found` */
  async read(db: Queryable, id: string, lock = false): Promise<VersionedDraft> {
    if (!isUuid(id)) throw listTypeRefusals.refusal('list-type.draft-not-found', { id });
    const sql = `SELECT version, state FROM list_type_draft WHERE id = $1${lock ? ' FOR UPDATE' : ''}`;
    const { rows } = await db.query<DraftRow>(sql, [id]);
    if (!rows[0]) throw listTypeRefusals.refusal('list-type.draft-not-found', { id });
    return { draft: rows[0].state, version: rows[0].version };
  }

  /** The row was locked when it was read. */
  async update(tx: Tx, draft: Draft, version: number): Promise<VersionedDraft> {
    await tx.query('UPDATE list_type_draft SET version = $2 + 1, status = $3, state = $4 WHERE id = $1', [
      draft.id,
      version,
      draft.status,
      JSON.stringify(draft),
    ]);
    return { draft, version: version + 1 };
  }

  async all(db: Queryable): Promise<VersionedDraft[]> {
    const { rows } = await db.query<DraftRow>(
      'SELECT version, state FROM list_type_draft ORDER BY id DESC LIMIT 200',
    );
    return rows.map(({ state, version }) => ({ draft: state, version }));
  }
}
