import { ChoiceField, type Page, pageOf, pageRequest, PageQuery, type Queryable, TextField } from '#platform';
import { UUID } from '../../discipline/http/requests.js';
import type { AnyDraft, DraftTable } from '../store/draft-table.js';

export class RejectionBody {
  @TextField({ max: 2000, description: 'why it is not published', example: '依据不足' })
  reason!: string;
}

export class DraftsQuery extends PageQuery {
  @ChoiceField({
    values: ['draft', 'published', 'rejected'],
    optional: true,
    description: 'drafts in one status',
  })
  status?: string;
}

/** The drafts that are asked for, newest first. */
export async function pageOfDrafts<D extends AnyDraft>(
  db: Queryable,
  drafts: DraftTable<D>,
  query: DraftsQuery,
): Promise<Page<D>> {
  const page = pageRequest(query, UUID);
  const found = await drafts.list(db, query.status ?? null, page.after?.[0] ?? null, page.limit + 1);
  return pageOf(found, page, ({ id }) => [id]);
}
