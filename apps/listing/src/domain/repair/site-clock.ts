import { addDays, type LocalDate } from '#kernel';
import type { EndKind, ListingCase } from '../case.js';
import type { Fact } from '../facts.js';
import type { Rules } from '../rules.js';
import { siteLawOn } from './site-law.js';
import { siteFollowsListEnd, sitePublicationOf } from './site-publication.js';

/**
 * With its publication the entry is shown on 信用中国 too, by the rule of the day of the document. An entry that stands
 * again after a false application is published again while the site shows it already, for the three years of order
 * 36 art. 25: these stay. What was over by its own time is not begun once more.
 */
export function startSite(state: ListingCase, rules: Rules, today: LocalDate): Fact[] {
  if (!('decision' in state) || !state.serious) return [];
  if (state.entry.site?.status === 'shown') return [];
  const { decidedOn: documentOn } = state.decision;
  const law = siteLawOn(rules.sites, documentOn);
  const { siteShowsPersons: personsShown = false } = rules.list;
  const finding = { kinds: ['serious' as const], documentOn, subjectKind: state.subject.kind, personsShown };
  const site = law && sitePublicationOf(law, finding);
  const last = site?.endsOn ?? null;
  const over = last !== null && last < today;
  return site && !over ? [{ type: 'site-publication-started', site }] : [];
}

/** 最长公示期限届满: it stops by itself, from the day after its last. */
export function endSite(state: ListingCase, today: LocalDate): Fact[] {
  const site = 'entry' in state ? state.entry.site : null;
  if (site?.status !== 'shown' || site.endsOn === null || today <= site.endsOn) return [];
  return [{ type: 'site-publication-ended', on: addDays(site.endsOn, 1), how: 'longest-period' }];
}

/** What the end of the listing means for 信用中国: undone, it goes at once; else not before its own shortest time. */
export function siteAtEnd(state: ListingCase, kind: EndKind, endedOn: LocalDate): Fact[] {
  const site = 'entry' in state ? state.entry.site : null;
  if (site?.status !== 'shown') return [];
  const undone = kind === 'revoked' || kind === 'corrected';
  if (undone) return [{ type: 'site-publication-ended', on: endedOn, how: 'undone' }];
  if (!siteFollowsListEnd(site, endedOn)) return [];
  return [{ type: 'site-publication-ended', on: endedOn, how: 'followed-list' }];
}
