import { deadline, type LocalDate, type SubjectKind, whereKnown, type WorkingCalendar } from '#kernel';
import { siteClock, type SiteLaw, siteLawOn } from '../repair/site-law.js';
import { type DishonestyKind, type SitePublication, sitePublicationOf } from '../repair/site-publication.js';
import type { RecordRepairAim } from './repair.js';

/** Credit-repair rules of one sector, all versions. */
export interface SectorLaw extends SiteLaw {
  sector: string;
  /** false: its publication goes on through review and suit, unless execution is stopped (order 36 art. 19). */
  reviewSuspendsPublication?: boolean | null;
  /** 处罚类别 that are published to the longest day. */
  noEarlyRepair?: { categories: readonly string[] };
}

/** What the law knows of the repair of records, with the working days by which its clocks are counted. */
export interface RecordRepairRules {
  laws: readonly SectorLaw[];
  calendar: WorkingCalendar;
  /** Words of the conditions, by code. */
  conditionTexts: Readonly<Record<string, string>>;
}

const GENERAL = 'general';

/**
 * The rule by which a request is handled: of the day of the request, in market regulation order 107, else the
 * general one (order 36 art. 5 lets sectors have their own, art. 14 (4) what their rules ask beside).
 *
 * @returns null before there was a rule
 */
export function procedureOn(
  { laws }: RecordRepairRules,
  department: string,
  day: LocalDate,
): SectorLaw | null {
  const own = laws.filter(({ sector }) => sector === sectorOf(department));
  return (siteLawOn(own, day) ?? siteLawOn(ofSector(laws, GENERAL), day)) as SectorLaw | null;
}

/** What must be handed in is said by the general rule (order 36 art. 15, 20), whatever else a sector asks (art. 15 (3)). */
export function materialLawOn({ laws }: RecordRepairRules, day: LocalDate): SiteLaw | null {
  return siteLawOn(ofSector(laws, GENERAL), day);
}

/** The sector whose own repair rule binds a unit, by its line of work. */
function sectorOf(department: string): string {
  return department.split('.').at(-1) === 'market-regulation' ? 'SAMR' : GENERAL;
}

function ofSector(laws: readonly SectorLaw[], name: string): SectorLaw[] {
  return laws.filter(({ sector }) => sector === name);
}

/**
 * Shortest and longest publication of a record by the general rule of the day of its document: no rule has a
 * transition clause for older ones. A document older than every rule is judged by the earliest, as the record was
 * when it was taken.
 *
 * @returns null where nothing of it is shown (轻微, natural persons)
 */
export function publicationOf(
  { laws }: RecordRepairRules,
  record: { decidedOn: LocalDate; kind: DishonestyKind },
  subjectKind: SubjectKind,
): SitePublication | null {
  const general = ofSector(laws, GENERAL);
  const earliest = [...general].sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1))[0];
  const law = siteLawOn(general, record.decidedOn) ?? earliest;
  if (!law) return null;
  const kinds = [kindUnder(law, record.kind)];
  return sitePublicationOf(law, { kinds, documentOn: record.decidedOn, subjectKind });
}

/**
 * Order 58 knew no grave penalty: what it left to another rule, without periods of its own, are entries of lists. A
 * penalty that the later rule calls grave had the periods of every other penalty.
 */
function kindUnder({ kinds }: SiteLaw, kind: DishonestyKind): DishonestyKind {
  const periods = kinds.find((one) => one.kind === kind);
  const ofLists = periods?.published === true && periods.min === null && periods.max === null;
  return ofLists ? 'general' : kind;
}

/** By when a request of that day must be accepted and decided: the latest days that they can be. */
export function clocksOfRequest(
  rules: RecordRepairRules,
  department: string,
  day: LocalDate,
): { acceptanceDue: LocalDate | null; decisionDue: LocalDate | null } {
  const law = procedureOn(rules, department, day);
  const [accept, decide] = [siteClock(law, 'accept'), siteClock(law, 'decide')];
  const acceptanceDue = accept && whereKnown(() => deadline(rules.calendar, day, accept.period));
  return {
    acceptanceDue,
    // Counted from the last day for acceptance.
    decisionDue: decide && whereKnown(() => deadline(rules.calendar, acceptanceDue ?? day, decide.period)),
  };
}

/** The general rule by which a record is masked on that day, or null where it says nothing of it. */
export function maskingLawOn(
  { laws }: RecordRepairRules,
  aim: RecordRepairAim,
  day: LocalDate,
): SectorLaw | null {
  const law = siteLawOn(ofSector(laws, GENERAL), day) as SectorLaw | null;
  const says = aim === 'plan' ? siteClock(law, 'bankruptcy') : (law?.reviewSuspendsPublication ?? null);
  return says === null ? null : law;
}

/** Ten working days from the application of whoever carries out a plan (art. 20); for a stay none are named. */
export function maskingDue(rules: RecordRepairRules, aim: RecordRepairAim, day: LocalDate): LocalDate | null {
  if (aim !== 'plan') return null;
  const clock = siteClock(maskingLawOn(rules, aim, day), 'bankruptcy');
  return clock && whereKnown(() => deadline(rules.calendar, day, clock.period));
}

/** The kind of penalty that the rule lets nobody repair early, where the record is one; null where it may be. */
export function barredCategory(law: SectorLaw | null, category: string | null): string | null {
  return law?.noEarlyRepair?.categories.find((one) => category?.includes(one)) ?? null;
}
