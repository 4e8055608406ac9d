import { compareDates, type LocalDate, type Period, periodEnd, type SubjectKind } from '#kernel';
import { onceFull } from './eligibility.js';

/*
 * 信用中国's publication of a piece of dishonesty, which has a clock of its own beside the term of the list
 * (信用修复管理办法 art. 12): a serious entry stays up for at least one year there, while the wage and tax
 * lists let go after six months.
 */

/** 轻微, 一般, 严重 in the sense of order 36 art. 7–10. */
export type DishonestyKind = 'minor' | 'general' | 'serious';

export interface SiteKind {
  kind: DishonestyKind;
  /** `exceptionally`: in principle not shown (轻微). */
  published: boolean | 'exceptionally';
  /** Shortest publication, before which repair cannot be asked. */
  min: Period | null;
  /** Publication stops by itself at its end; null = the rule fixes none. */
  max: Period | null;
}

/** One credit-repair rule between two days. */
export interface SiteRule {
  id: string;
  validFrom: LocalDate | null;
  kinds: readonly SiteKind[];
  /** false: natural persons are in principle not shown on 信用中国 (order 36 art. 12); null: nothing said. */
  naturalPersonsPublished: boolean | null;
}

/** What the document that found the dishonesty says. */
export interface Finding {
  /** All kinds that stand in one document. */
  kinds: readonly DishonestyKind[];
  documentOn: LocalDate;
  subjectKind: SubjectKind;
  /** A rule of its own has natural persons shown (联合惩戒办法 art. 8): they are not “in principle”. */
  personsShown?: boolean;
  /** A penalty with a term of its own (a ban) stays up until that term ends. */
  ownTermEndsOn?: LocalDate | null;
}

export interface SitePublication {
  /** Rule by which the periods are counted, for the life of the publication. */
  rule: string;
  kind: DishonestyKind;
  /** The day of the document, from which both periods run. */
  from: LocalDate;
  /** First day on which repair may be asked: the one after the shortest period (最短公示期届满后, order 36 art. 12). */
  repairableFrom: LocalDate;
  /** Last day by itself; null where the rule leaves the end to the list (order 58). */
  endsOn: LocalDate | null;
}

const GRAVITY: readonly DishonestyKind[] = ['minor', 'general', 'serious'];

/**
 * The site's two limits for a finding, by the rule of its day; of several kinds in one document the gravest,
 * which has the longest periods.
 *
 * @returns null where nothing of it is shown on the site
 */
export function sitePublicationOf(rule: SiteRule, finding: Finding): SitePublication | null {
  const person = finding.subjectKind === 'natural-person' && finding.personsShown !== true;
  if (person && rule.naturalPersonsPublished === false) return null;
  const kind = [...finding.kinds].sort((a, b) => GRAVITY.indexOf(b) - GRAVITY.indexOf(a))[0];
  const periods = rule.kinds.find((one) => one.kind === kind);
  if (!kind || periods?.published !== true) return null;
  const from = finding.documentOn;
  const longest = periods.max && periodEnd(from, periods.max);
  return {
    rule: rule.id,
    kind,
    from,
    repairableFrom: periods.min ? onceFull(from, periods.min) : from,
    endsOn: laterOf(longest, finding.ownTermEndsOn ?? null),
  };
}

function laterOf(longest: LocalDate | null, ownEnd: LocalDate | null): LocalDate | null {
  if (longest === null || ownEnd === null) return longest;
  return compareDates(ownEnd, longest) > 0 ? ownEnd : longest;
}

/**
 * 信用中国 after the sector let go: by order 36 its own shortest period must be over first; an older rule
 * without periods simply follows the list.
 */
export function siteFollowsListEnd(site: SitePublication, endedOn: LocalDate): boolean {
  return compareDates(endedOn, site.repairableFrom) >= 0;
}
