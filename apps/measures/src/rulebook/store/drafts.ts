import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';
import type { DisciplineRule } from '#seeds';
import { type AnyDraft, DraftTable } from './draft-table.js';

export interface RuleDraft extends AnyDraft {
  content: DisciplineRule;
}

@Injectable()
export class Drafts extends DraftTable<RuleDraft> {
  constructor() {
    super('rule_draft', 'id, content, state');
  }

  async add(tx: Tx, { id, content, state }: RuleDraft): Promise<void> {
    await tx.query(
      `INSERT INTO rule_draft (id, rule, valid_from, content, status, state) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, content.id, content.validFrom, JSON.stringify(content), state.status, JSON.stringify(state)],
    );
  }
}

/** Versions that were published by hand, to be laid over those of the release. */
export async function publishedRules(db: Queryable): Promise<DisciplineRule[]> {
  const { rows } = await db.query<{ content: DisciplineRule }>(
    `SELECT content FROM rule_draft WHERE status = 'published' ORDER BY rule, valid_from`,
  );
  return rows.map(({ content }) => content);
}
