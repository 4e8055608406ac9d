export interface QueryResult<R> {
  rows: R[];
  rowCount: number;
}

/** Anything that answers SQL: a transaction, or the pool for single statements. */
export interface Queryable {
  query<R extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly unknown[],
  ): Promise<QueryResult<R>>;
}

/**
 * An open transaction, the visible first parameter of every store method.
 * `afterCommit` runs its function only when the commit has been confirmed (pokes, never effects).
 */
export interface Tx extends Queryable {
  afterCommit(work: () => void): void;
}
