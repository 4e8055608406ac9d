import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';
import type { DraftState } from '../domain/rule-draft.js';
import type { GivenEdition } from '../edition-shape.js';

export interface EditionDraft {
  id: string;
  content: GivenEdition & { validTo: string };
  replaces: string | null;
  state: DraftState;
}

const SELECT = 'SELECT id, content, replaces, state FROM catalogue_draft';

@Injectable()
export class EditionDrafts {
  async add(tx: Tx, { id, content, replaces, state }: EditionDraft): Promise<void> {
    await tx.query(
      `INSERT INTO catalogue_draft (id, part, edition, valid_from, replaces, content, status, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        content.part,
        content.edition,
        content.validFrom,
        replaces,
        JSON.stringify(content),
        state.status,
        JSON.stringify(state),
      ],
    );
  }

  async find(db: Queryable, id: string): Promise<EditionDraft | undefined> {
    const { rows } = await db.query<EditionDraft>(`${SELECT} WHERE id = $1`, [id]);
    return rows[0];
  }

  /** Locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<EditionDraft | undefined> {
    const { rows } = await tx.query<EditionDraft>(`${SELECT} WHERE id = $1 FOR UPDATE`, [id]);
    return rows[0];
  }

  async settle(tx: Tx, id: string, state: DraftState): Promise<void> {
    await tx.query('UPDATE catalogue_draft SET status = $2, state = $3 WHERE id = $1', [
      id,
      state.status,
      JSON.stringify(state),
    ]);
  }

  /** Newest first. */
  async list(
    db: Queryable,
    status: string | null,
    before: string | null,
    limit: number,
  ): Promise<EditionDraft[]> {
    const { rows } = await db.query<EditionDraft>(
      `${SELECT} WHERE ($1::text IS NULL OR status = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [status, before, limit],
    );
    return rows;
  }
}

/** Editions that were published by hand, to be laid over those of the release. */
export async function publishedEditions(
  db: Queryable,
): Promise<Pick<EditionDraft, 'content' | 'replaces'>[]> {
  const { rows } = await db.query<Pick<EditionDraft, 'content' | 'replaces'>>(
    `SELECT content, replaces FROM catalogue_draft WHERE status = 'published' ORDER BY valid_from, part`,
  );
  return rows;
}
