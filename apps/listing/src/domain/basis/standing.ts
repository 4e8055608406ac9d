import type { ListingCase } from '../case/case.js';

/**
 * Whether anything carries the case still: it was not revoked or taken off as wrong, while it stood or after it had
 * ended, and some record or document of its basis is left (ordinance art. 38). Nothing comes back that does not stand.
 */
export function stands(state: ListingCase): boolean {
  if ('end' in state && (state.end.kind === 'revoked' || state.end.kind === 'corrected')) return false;
  const site = 'entry' in state ? state.entry.site : null;
  if (site?.status === 'ended' && site.how === 'undone') return false;
  return state.documents.length > 0 || state.records.some(({ withdrawn }) => !withdrawn);
}
