import { addDays, type LocalDate } from '#kernel';
import type { EndKind, ListingCase } from '../case/case.js';
import type { Fact } from '../case/facts.js';
import type { ListRules, Rules } from '../rules/rules.js';
import { openOnSite, type SiteState } from './entry.js';
import { type SiteLaw, siteLawOn } from './site-law.js';
import { siteFollowsListEnd, type SitePublication, sitePublicationOf } from './site-publication.js';

/**
 * With its publication the entry is shown on 信用中国 too, by the rule of the day of the document. An entry that stands
 * again after a false application is published again while the site shows it already, for the three years of order
 * 36 art. 25: these stay. What was over by its own time is not begun once more.
 */
export function startSite(state: ListingCase, rules: Rules, today: LocalDate): Fact[] {
  if (!('decision' in state) || !state.serious) return [];
  if (openOnSite(state.entry.site)) return [];
  const site = plannedSite(state, rules.list, rules.sites);
  const last = site?.endsOn ?? null;
  const over = last !== null && last < today;
  return site && !over ? [{ type: 'site-publication-started', site }] : [];
}

/** How long 信用中国 shows a serious entry once it is published, by the rule of the day of its document. */
export function plannedSite(
  { decision, subject }: Extract<ListingCase, { decision: unknown }>,
  { siteShowsPersons: personsShown = false }: Pick<ListRules, 'siteShowsPersons'>,
  sites: readonly SiteLaw[],
): SitePublication | null {
  const { decidedOn: documentOn } = decision;
  const law = siteLawOn(sites, documentOn);
  const finding = { kinds: ['serious' as const], documentOn, subjectKind: subject.kind, personsShown };
  return law && sitePublicationOf(law, finding);
}

/** 最长公示期限届满: it stops by itself, from the day after its last. */
export function endSite(state: ListingCase, today: LocalDate): Fact[] {
  const site = 'entry' in state ? state.entry.site : null;
  if (!openOnSite(site) || site.endsOn === null || today <= site.endsOn) return [];
  return [{ type: 'site-publication-ended', on: addDays(site.endsOn, 1), how: 'longest-period' }];
}

/**
 * 临时屏蔽: while a plan is carried out the entry is masked on 信用中国, too, and comes back when the plan failed
 * (恢复其原有违法失信信息公示状态, order 36 art. 20), for what is left of its time.
 */
export function maskSite(state: ListingCase, on: LocalDate): Fact[] {
  const site = 'entry' in state ? state.entry.site : null;
  return site?.status === 'shown' ? [{ type: 'site-publication-masked', on }] : [];
}

/** What was over meanwhile by its own time does not come back. */
export function unmaskSite(state: ListingCase, on: LocalDate): Fact[] {
  const site = 'entry' in state ? state.entry.site : null;
  if (site?.status !== 'masked') return [];
  const over = endSite(state, on);
  return over.length > 0 ? over : [{ type: 'site-publication-resumed', on }];
}

/** 信用中国 may be asked to show it no longer while it does, and while it would but for what lifts the entry. */
export function askableOnSite(state: ListingCase): SiteState | null {
  const site = 'entry' in state ? state.entry.site : null;
  const masked = site?.status === 'masked' && state.status === 'suspended';
  return masked || site?.status === 'shown' ? site : null;
}

/** The ground of an end by which the plan of a bankrupt enterprise was carried out. */
export const PLAN_COMPLETED = 'bankruptcy-plan-completed';

/**
 * What the end of the listing means for 信用中国: undone, it goes at once; repaired for good when a bankruptcy plan was
 * carried out (order 36 art. 20); else not before its own shortest time.
 */
export function siteAtEnd(
  state: ListingCase,
  kind: EndKind,
  endedOn: LocalDate,
  ground: string | null = null,
): Fact[] {
  const site = 'entry' in state ? state.entry.site : null;
  if (!openOnSite(site)) return [];
  const undone = kind === 'revoked' || kind === 'corrected';
  if (undone) return [{ type: 'site-publication-ended', on: endedOn, how: 'undone' }];
  if (ground === PLAN_COMPLETED) return [{ type: 'site-publication-ended', on: endedOn, how: 'repaired' }];
  if (!siteFollowsListEnd(site, endedOn)) return [];
  return [{ type: 'site-publication-ended', on: endedOn, how: 'followed-list' }];
}
