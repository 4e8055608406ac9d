import { type LocalDate, maskName, type Period, type SubjectKind, type WorkingCalendar } from '#kernel';
import type { CaseFieldRule } from '../procedure/case-field.js';
import type { FindingRule } from '../procedure/finding.js';
import type { RemovalProcedure } from '../repair/eligibility.js';
import type { FalseMaterialRule } from '../repair/false-application.js';
import type { RelistingRule } from '../repair/relisting.js';
import type { OrdinanceLaw, SiteLaw } from '../repair/site-law.js';

/*
 * What the procedure needs to know of a version of a list type. Legal numbers reach the rules as data
 * (seeds, loaded with validity and basis) and stand nowhere in this folder.
 */

export type UnitLevel = 'county' | 'city' | 'province';

/** The event from which the term of a listing runs. `listing` is the day on which the entry takes effect. */
export type TermStart =
  'decision' | 'listing' | 'publication' | 'penalty' | 'service' | 'performance' | 'sentence-end';

export interface LegalBasis {
  instrument: string;
  number?: string;
  article?: string;
}

/** One kind of conduct (列入情形). Absent fields are as the list says; `term: null` = no fixed term. */
export interface ConductRule {
  code: string;
  zh: string;
  article?: string;
  term?: Period | null;
  startsAt?: TermStart;
  publicList?: boolean;
  /** Whether this kind stands on a list of the seriously dishonest, where the list's kinds differ in it. */
  serious?: boolean;
  /** Found as this kind by the decision that grants early removal (order 282 art. 30). */
  lowersTo?: string;
  /** Not published when the debt is paid before publication (order 54 art. 14). */
  heldBackWhenPaid?: boolean;
}

/** In which capacity a natural person is bound with the listed organisation. */
export const CAPACITIES = [
  'legal-representative',
  'main-responsible-person',
  'directly-responsible-manager',
  'other-directly-responsible',
  'actual-responsible-person',
  'responsible-manager',
] as const;
export type Capacity = (typeof CAPACITIES)[number];

export interface BoundPerson {
  capacity: Capacity;
  /** What must show that this person is bound: a judgment, or a law that says so; null: the rule itself binds. */
  evidence: 'judgment' | 'law' | null;
  /** Beside a person of that capacity only with evidence of its own part in the conduct. */
  notBeside?: Capacity;
}

/** A rule of procedure that holds for every list, from a day on. */
export interface ProcedureRule {
  period: Period | null;
  article?: string;
  basis?: LegalBasis[];
}
export const PROCEDURES = [
  'public-notice',
  'hearing-request',
  'hearing-notice',
  'repair-notice',
  'reminder',
  'oversight',
  'stay-in-review',
  'stay-in-suit',
  'letter-reminder',
] as const;
export type Procedure = (typeof PROCEDURES)[number];

export interface StepRules {
  /** 事先告知: notice of reasons, basis and rights before the decision. */
  notice: boolean;
  /** 陈述申辩: time to state a defence. */
  defence: boolean;
  /** A warning in an earlier document takes the place of the notice (court list). */
  riskWarning: boolean;
  /** Levels of the deciding authority that need the consent of the next level up. */
  consentFrom: readonly UnitLevel[];
  /** Corrected and promised before the decision: may be spared. */
  sparing: boolean;
  /** 听证: the party may ask for an oral hearing. */
  hearing: boolean;
  /** Not listed where the party proves that it acted without intent (order 44 art. 12). */
  noIntent?: boolean;
}

export interface DecisionClockRule {
  period: Period | null;
  from:
    | 'notice'
    | 'payment-limit'
    | 'creditor-request'
    | 'review-limits-over'
    | 'penalty'
    | 'acceptance'
    | 'discovery';
  extension: Period | null;
  /** The time of serving the notice by public notice is not counted (order 54 art. 10). */
  publicNoticeNotCounted?: true;
}

export const PUBLISHED_ITEMS = ['reasons', 'basis', 'conduct', 'documents'] as const;
export interface PublishedItem {
  item: (typeof PUBLISHED_ITEMS)[number];
  of: 'everyone' | 'organisations' | 'persons';
}

export interface PublicationRules {
  /** Names of persons in what is published are masked. */
  masked: boolean;
  /** Shown beside what every entry shows, by kind of subject. */
  shows?: readonly PublishedItem[];
  clock: { period: Period } | { dayOfNextMonth: number } | null;
  from: 'decision' | 'service';
  /** 宽限期: the decider may hold publication back that long (court list). */
  grace?: { min: Period; max: Period };
  /**
   * Registered in another province: sent to the authority of the registration by its own day, which publishes (order 44
   * art. 14). Absent: the list does not distinguish.
   */
  elsewhere?: { send: Period; publish: Period };
  /** How long an entry is shown from its publication on; absent: as long as it stands. */
  shownFor?: Period;
}

/** 未影响主要任务 / 影响主要任务、严重负面影响 / 停滞、严重偏离、特别严重负面影响. */
export const GRAVITIES = ['limited', 'serious', 'grave'] as const;
export type Gravity = (typeof GRAVITIES)[number];

export interface TermBand {
  of: 'organisation' | 'person';
  gravity: Gravity;
  /** Longer than that; null: from any length on. */
  over: Period | null;
  /** That long at most, the day included; null: to permanent. */
  upTo: Period | null;
}

export interface TermRules {
  period: Period | null;
  /** By how much the decision may lengthen the term of some kinds of conduct (court list). */
  extra?: { min: Period; max: Period; kinds: readonly string[] };
  startsAt: TermStart;
  untilPerformed: boolean;
  endsOnApplication?: boolean;
  /** A longer ban on business or occupation may be named by the decision: the entry then runs to its end. */
  longerBans?: boolean;
  /** Entries of these kinds end with the ban of the penalty behind them; the law's bounds of such a ban. */
  ownEnd?: { kinds: readonly string[]; min: Period; max: Period };
  /** The terms of which the decision takes one. */
  choices?: readonly Period[];
  /** Bounds, by gravity, of the term that the decision sets. */
  bands?: readonly TermBand[];
  /** Found again within the term: terms add up, all in a row to `longest` at most; null: without a bound. */
  cumulative?: { longest: Period | null };
}

export interface RemovalRules extends RemovalProcedure {
  accept: Period | null;
  decide: Period | null;
  /** Once, for a complex case; null: the rule knows none. */
  extension: Period | null;
  falseMaterial?: FalseMaterialRule;
  /** 减期: a grant makes the term shorter and takes nobody off the list (科学技术活动违规行为调查处理规定 art. 42). */
  shortens?: boolean;
  applicants: 'employer-only' | 'party';
  /** Kinds of conduct that have no early removal (customs: order 282 art. 29 names four of ten grounds). */
  notFor?: readonly string[];
}

/** How an entry leaves that stays until it is performed, cured, or until the party asks. */
export interface DepartureRules {
  /** All must be met. */
  conditions: readonly string[];
  /** Further conditions of single kinds of conduct, by code. */
  conditionsOf?: Readonly<Record<string, readonly string[]>>;
  /** One of them must be named and found: the seven grounds of the court list (法释〔2017〕7号 art. 10). */
  grounds?: readonly string[];
  alternatives?: RemovalProcedure['alternatives'];
  accept: Period | null;
  decide: Period | null;
  /** Once the conditions are verified (核实; order 60 of social organisations). */
  afterVerification: Period | null;
}

export interface ListRules {
  key: string;
  /** First day of validity: the name of the version. */
  version: LocalDate;
  name: string;
  serious: boolean;
  publicList: boolean;
  deciders: { units: readonly string[]; levels: readonly UnitLevel[] };
  subjectKinds: readonly SubjectKind[];
  minorsExcluded: boolean;
  conductKinds: readonly ConductRule[];
  /** What the reviewer must find before an entry. */
  findings?: readonly FindingRule[];
  /** What the decision must have beside its reasons, by kind of subject. */
  fields?: readonly CaseFieldRule[];
  steps: StepRules;
  defence: Period | null;
  verification: Period | null;
  decision: DecisionClockRule | null;
  publication: PublicationRules | null;
  /** The list's own rule has natural persons shown on 信用中国 (telecom fraud). */
  siteShowsPersons?: boolean;
  term: TermRules;
  earlyRemoval: RemovalRules | null;
  onApplication?: DepartureRules;
  removal: Period | null;
  /** 失信惩戒措施提示 in the words of the text; absent where it names no fields. */
  disciplineNotice?: { zh: string; basis: LegalBasis };
  relisting?: readonly RelistingRule[];
  penaltyPublication?: { endsWithEntry: true };
  responsiblePersons: { bound: boolean; who: readonly BoundPerson[] };
  basis: readonly LegalBasis[];
}

/** Everything of the law that a decision may look at. */
export interface Rules {
  /** The version that governs the case: today's until the decision, from then on the one it was decided under. */
  list: ListRules;
  /**
   * The version in force today. The procedure of early removal is that of the day of the request: order 107
   * of market regulation binds from 2025-12-25 on, also for entries that were decided before.
   */
  today: ListRules;
  calendar: WorkingCalendar;
  /** General rules of procedure as in force today; null where none is. */
  procedure: Readonly<Record<Procedure, ProcedureRule | null>>;
  /** General rules of credit repair, of every version: a publication keeps the one of its document. */
  sites: readonly SiteLaw[];
  /** Clocks of the provincial ordinance as in force today. */
  ordinance: readonly OrdinanceLaw[];
  /** Words of the removal conditions by code, for the decision document. */
  conditionTexts: Readonly<Record<string, string>>;
}

/**
 * When the decision binds. An administrative decision takes effect when it is served; the court's decision
 * takes effect when it is made (法释〔2017〕7号), which is the one list with a risk warning.
 */
export function takesEffectOn(list: ListRules): 'decision' | 'service' {
  return list.steps.riskWarning ? 'decision' : 'service';
}

/** Whether something must have been told to the party before a review: a notice, or its lawful substitute. */
export function noticePrescribed(list: ListRules): boolean {
  return list.steps.notice || list.steps.riskWarning;
}

export function conductOf(list: ListRules, code: string): ConductRule | undefined {
  return list.conductKinds.find((kind) => kind.code === code);
}

/** Whether entries of this conduct kind are shown to the public at all. */
export function isPublic(list: ListRules, conductKind: string): boolean {
  return list.publicList && (conductOf(list, conductKind)?.publicList ?? true);
}

/** What is published of a subject of this kind, beside what every entry shows. */
export function publishedItems(
  { publication }: Pick<ListRules, 'publication'>,
  kind: SubjectKind,
): Set<PublishedItem['item']> {
  const its = kind === 'natural-person' ? 'persons' : 'organisations';
  const shown = publication?.shows?.filter(({ of }) => of === 'everyone' || of === its) ?? [];
  return new Set(shown.map(({ item }) => item));
}

/**
 * The name of a subject as everyone may see it: of a natural person masked, where the list has its publication masked
 * (ordinance of Heilongjiang art. 23); where nothing says so it is masked, too.
 */
export function publishedName(
  { publication }: Pick<ListRules, 'publication'>,
  { kind, name }: { kind: SubjectKind; name: string },
): string {
  return kind === 'natural-person' && (publication?.masked ?? true) ? maskName(name) : name;
}

/**
 * Whether entries of this conduct kind stand on a list of the seriously dishonest (国办发〔2020〕49号). The conduct
 * decides where it says so: 失信 of customs and police findings of telecom fraud are on no such list.
 */
export function isSerious(list: ListRules, conductKind: string): boolean {
  return conductOf(list, conductKind)?.serious ?? list.serious;
}

/** The rule of early removal for this conduct kind; null where it has none and waits for the end of its term. */
export function earlyRemovalOf({ earlyRemoval }: ListRules, conductKind: string): RemovalRules | null {
  return earlyRemoval?.notFor?.includes(conductKind) ? null : earlyRemoval;
}

/** Whether an entry of this kind waits for performance, cure or an application rather than for a day. */
export function leavesOnApplication(list: ListRules, conductKind: string): boolean {
  return untilPerformed(list, conductKind) || list.term.endsOnApplication === true;
}

/** Whether the party may ask to leave the list before, or without, the end of a term. */
export function removalProvided(
  { list, today }: Pick<Rules, 'list' | 'today'>,
  conductKind: string,
): boolean {
  return earlyRemovalOf(today, conductKind) !== null || leavesOnApplication(list, conductKind);
}

/** Whether payment before publication keeps entries of this conduct kind unpublished (order 54 art. 14). */
export function heldBackWhenPaid(list: ListRules, conductKind: string): boolean {
  return conductOf(list, conductKind)?.heldBackWhenPaid === true;
}

/** No fixed term: the entry stays until the duty is performed or its ground is gone. */
export function untilPerformed(list: ListRules, conductKind: string): boolean {
  return list.term.untilPerformed || conductOf(list, conductKind)?.term === null;
}
