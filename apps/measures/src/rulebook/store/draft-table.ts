import type { Queryable, Tx } from '#platform';
import type { DraftState } from '../domain/rule-draft.js';

/** What every draft has, whatever is drafted. */
export interface AnyDraft {
  id: string;
  state: DraftState;
}

/** A table of drafts: a row each, settled once, listed newest first. */
export abstract class DraftTable<D extends AnyDraft> {
  readonly #select: string;

  /** @param columns as the draft names them */
  protected constructor(
    private readonly table: string,
    columns: string,
  ) {
    this.#select = `SELECT ${columns} FROM ${table}`;
  }

  async find(db: Queryable, id: string): Promise<D | undefined> {
    const { rows } = await db.query<D>(`${this.#select} WHERE id = $1`, [id]);
    return rows[0];
  }

  /** Locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<D | undefined> {
    const { rows } = await tx.query<D>(`${this.#select} WHERE id = $1 FOR UPDATE`, [id]);
    return rows[0];
  }

  async settle(tx: Tx, id: string, state: DraftState): Promise<void> {
    await tx.query(`UPDATE ${this.table} SET status = $2, state = $3 WHERE id = $1`, [
      id,
      state.status,
      JSON.stringify(state),
    ]);
  }

  /** Newest first. */
  async list(db: Queryable, status: string | null, before: string | null, limit: number): Promise<D[]> {
    const { rows } = await db.query<D>(
      `${this.#select} WHERE ($1::text IS NULL OR status = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [status, before, limit],
    );
    return rows;
  }
}
