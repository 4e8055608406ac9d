import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';
import type { DisciplineRule } from '#seeds';
import type { DraftState } from '../domain/rule-draft.js';

export interface RuleDraft {
  id: string;
  content: DisciplineRule;
  state: DraftState;
}

@Injectable()
export class Drafts {
  async add(tx: Tx, { id, content, state }: RuleDraft): Promise<void> {
    await tx.query(
      `INSERT INTO rule_draft (id, rule, valid_from, content, status, state) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, content.id, content.validFrom, JSON.stringify(content), state.status, JSON.stringify(state)],
    );
  }

  async find(db: Queryable, id: string): Promise<RuleDraft | undefined> {
    const { rows } = await db.query<RuleDraft>('SELECT id, content, state FROM rule_draft WHERE id = $1', [
      id,
    ]);
    return rows[0];
  }

  /** Locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<RuleDraft | undefined> {
    const { rows } = await tx.query<RuleDraft>(
      'SELECT id, content, state FROM rule_draft WHERE id = $1 FOR UPDATE',
      [id],
    );
    return rows[0];
  }

  async settle(tx: Tx, id: string, state: DraftState): Promise<void> {
    await tx.query('UPDATE rule_draft SET status = $2, state = $3 WHERE id = $1', [
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
  ): Promise<RuleDraft[]> {
    const { rows } = await db.query<RuleDraft>(
      `SELECT id, content, state FROM rule_draft
       WHERE ($1::text IS NULL OR status = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [status, before, limit],
    );
    return rows;
  }
}

/** Versions that were published by hand, to be laid over those of the release. */
export async function publishedRules(db: Queryable): Promise<DisciplineRule[]> {
  const { rows } = await db.query<{ content: DisciplineRule }>(
    `SELECT content FROM rule_draft WHERE status = 'published' ORDER BY rule, valid_from`,
  );
  return rows.map(({ content }) => content);
}
