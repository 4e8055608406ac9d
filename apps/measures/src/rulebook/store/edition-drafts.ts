import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';
import type { GivenEdition } from '../edition-shape.js';
import { type AnyDraft, DraftTable } from './draft-table.js';

export interface EditionDraft extends AnyDraft {
  content: GivenEdition & { validTo: string };
  replaces: string | null;
}

@Injectable()
export class EditionDrafts extends DraftTable<EditionDraft> {
  constructor() {
    super('catalogue_draft', 'id, content, replaces, state');
  }

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
