import type { PageRequest } from '#platform';
import type { Status } from '../domain/case/case.js';
import { FINAL } from '../domain/case/lifecycle.js';
import { shellRefusals } from '../refusals.js';
import { isUuid } from './uuid.js';

export interface CaseFilter {
  listType?: string | undefined;
  status?: Status | undefined;
  department?: string | undefined;
  /** id or code */
  subject?: string | undefined;
  /**
   * Whose cases the caller may see: a party its own from the notice on, a unit its own, those below it, and all
   * that were decided.
   */
  visibleTo: { party: string } | { departments: string[] } | 'all';
}

/** Open cases: the indexes of worklists hold these alone. */
export const OPEN = `c.status NOT IN (${FINAL.map((status) => `'${status}'`).join(', ')})`;

/**
 * The page of a filter, newest first, as what follows `FROM listing_case c JOIN subject s`; one more than the page,
 * so that the caller sees whether there is another. Only the conditions that were asked stand in it, and whose
 * cases they are is told by their subjects' ids: joined to every case, a party's few would be sought among all.
 *
 * @throws Refusal `listing.cursor-invalid`
 */
export function listed(filter: CaseFilter, page: PageRequest): { sql: string; values: unknown[] } {
  const { listType, status, department, subject, visibleTo } = filter;
  const [after] = page.after ?? [];
  if (after !== undefined && !isUuid(after)) throw shellRefusals.refusal('listing.cursor-invalid');
  const values: unknown[] = [];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const of = (idOrCode: string): string =>
    isUuid(idOrCode)
      ? `c.subject_id = ${value(idOrCode)}::uuid`
      : `c.subject_id = ANY (ARRAY(SELECT id FROM subject WHERE code = ${value(idOrCode)}))`;
  const where: string[] = ['true'];
  if (listType !== undefined) where.push(`c.list_type = ${value(listType)}`);
  if (status !== undefined) where.push(`c.status = ${value(status)}`);
  // Said twice for the planner: cases of an open stage are few beside those that are over.
  if (status !== undefined && !FINAL.includes(status)) where.push(OPEN);
  if (department !== undefined) where.push(`c.department = ${value(department)}`);
  if (subject !== undefined) where.push(of(subject));
  if (visibleTo !== 'all' && 'party' in visibleTo) {
    where.push(
      of(visibleTo.party),
      "(c.decided_on IS NOT NULL OR jsonb_typeof(c.state->'notice') = 'object')",
    );
    // A party that has a code logs in by it, another by its id.
    if (isUuid(visibleTo.party)) where.push('s.code IS NULL');
  }
  if (visibleTo !== 'all' && 'departments' in visibleTo)
    where.push(`(c.department = ANY(${value(visibleTo.departments)}::text[]) OR c.decided_on IS NOT NULL)`);
  if (after !== undefined) where.push(`c.id < ${value(after)}::uuid`);
  return { sql: `WHERE ${where.join(' AND ')} ORDER BY c.id DESC LIMIT ${value(page.limit + 1)}`, values };
}
