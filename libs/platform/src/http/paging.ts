import { defineRefusals } from '#kernel';
import { storable } from './body.js';
import { IntegerField, TextField } from './fields.js';

const pagingRefusals = defineRefusals({
  'request.cursor-invalid': {
    kind: 'malformed',
    zh: '分页游标无效',
    en: 'The cursor is not one of this list.',
    cureZh: '原样使用上一页返回的 next',
    cureEn: 'Use next of the previous page as it was.',
  },
});

/** `?limit=50&after=…` of every list. */
export class PageQuery {
  @IntegerField({
    min: 1,
    max: 200,
    optional: true,
    description: 'rows of a page, 50 when absent',
    example: 50,
  })
  limit?: number;

  @TextField({ max: 400, optional: true, description: '`next` of the page before' })
  after?: string;
}

export interface PageRequest {
  limit: number;
  /** values of the sort key of the last row seen */
  after?: string[];
}

export interface Page<T> {
  items: T[];
  /** cursor of the next page; absent on the last one */
  next?: string;
}

/** The form that one value of a sort key must have; a RegExp is one. */
export interface CursorPart {
  test(part: string): boolean;
}

/** An instant as pages write it. The digits alone may name a day that PostgreSQL refuses, such as 31 February. */
export const INSTANT_PART: CursorPart = {
  test(part) {
    const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(part) ? new Date(part) : undefined;
    return instant !== undefined && !Number.isNaN(instant.getTime()) && instant.toISOString() === part;
  },
};

/**
 * Reads the query; a cursor is the base64url of the sort key, opaque to the caller.
 *
 * @param parts the form of each value of the sort key: where a value is no plain text to the database (an id, a
 *   number), a cursor of another list must be refused here, or it would fail there
 */
export function pageRequest(query: PageQuery, ...parts: CursorPart[]): PageRequest {
  if (!query.after) return { limit: query.limit ?? 50 };
  try {
    const after: unknown = JSON.parse(Buffer.from(query.after, 'base64url').toString('utf8'));
    const fits =
      Array.isArray(after) &&
      after.every(
        (part, index) => typeof part === 'string' && storable(part) && (parts[index]?.test(part) ?? true),
      );
    if (fits && after.length >= parts.length) return { limit: query.limit ?? 50, after: after as string[] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw pagingRefusals.refusal('request.cursor-invalid');
}

/** Cuts a page out of `limit + 1` rows; `keyOf` gives the sort key of a row. */
export function pageOf<T>(rows: T[], request: PageRequest, keyOf: (row: T) => string[]): Page<T> {
  const items = rows.slice(0, request.limit);
  const last = items.at(-1);
  if (rows.length <= request.limit || !last) return { items };
  return { items, next: Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') };
}
