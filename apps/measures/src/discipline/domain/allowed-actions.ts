import { compareDates, type LocalDate, periodEnd, type SubjectKind } from '#kernel';
import { disciplineRefusals } from './refusals.js';
import {
  type Basis,
  type CatalogueEntry,
  type DisciplineRule,
  type ExecutingUnit,
  type MeasureClass,
  type OwnTerm,
  type PersonOfEntity,
  validOn,
} from './rule.js';

/** What of a listing decides which measures the law allows. */
export interface ListingInForce {
  listType: string;
  conductKind: string;
  subjectKind: SubjectKind;
  /** GB/T 2260 division of the subject */
  region: string;
  inForceOn: LocalDate;
  /** last day on the list; null = until the duty is performed */
  termEndsOn: LocalDate | null;
}

/** Why a rule does not reach a listing; the first that holds, in this order. */
export type NotReached =
  | 'other-list'
  | 'other-conduct'
  | 'other-subject-kind'
  | 'rule-not-valid-then'
  | 'reference-only'
  | 'not-in-catalogue-then'
  | 'class-c';

/** One measure that one department must apply or consider. */
export interface AllowedAction {
  rule: string;
  measure: string;
  title: string;
  class: Exclude<MeasureClass, 'C'>;
  mode: 'required' | 'considered';
  /** kinds of business in whose checks it shows */
  fields: readonly string[];
  executor: string;
  basis: readonly Basis[];
  from: LocalDate;
  until: LocalDate | null;
  /** of a measure that the law itself lets run on after the listing; null of every other */
  ownTerm: OwnTerm | null;
  /**
   * In what capacity persons of the listed organisation are bound, who are so instead of it (企业信息公示暂行条例 art. 18:
   * its legal representative holds no such office elsewhere); empty: whoever is listed is bound.
   */
  reaches: readonly PersonOfEntity[];
}

const NOBODY_ELSE: readonly PersonOfEntity[] = [];

export interface RuleBook {
  rules: readonly DisciplineRule[];
  catalogue: ReadonlyMap<string, CatalogueEntry>;
  units: ReadonlyMap<string, ExecutingUnit>;
}

/**
 * Exactly the actions that the rules allow on the day the listing came into force: a catalogue entry and a
 * list rule for this list, conduct and kind of subject, both valid that day, and nothing else (国办发〔2020〕
 * 49号; ordinance art. 30, 51: discipline outside the list is unlawful).
 *
 * @returns sorted by rule and executor, each pair once
 * @throws Refusal `discipline.executor-gone` where a rule names a body that ended without successor
 */
export function actionsFor(listing: ListingInForce, book: RuleBook): AllowedAction[] {
  const actions = new Map<string, AllowedAction>();
  for (const rule of book.rules) {
    const entry = book.catalogue.get(rule.measure);
    if (notReached(rule, entry, listing) !== null || !entry) continue;
    for (const named of namedBy(rule, listing, book.units)) {
      const executor = executorOn(named, listing.inForceOn, book.units);
      actions.set(`${rule.id} ${executor}`, actionOf(rule, entry, executor, listing));
    }
  }
  return [...actions.values()].sort((a, b) => order(a.rule, b.rule) || order(a.executor, b.executor));
}

/** null = the rule reaches the listing. */
export function notReached(
  rule: DisciplineRule,
  entry: CatalogueEntry | undefined,
  listing: ListingInForce,
): NotReached | null {
  if (rule.list !== listing.listType) return 'other-list';
  if (rule.conductKinds && !rule.conductKinds.includes(listing.conductKind)) return 'other-conduct';
  // A company's listing never puts a person's measure on it, nor on its staff (domain facts: 责任人 only by rule).
  if (!rule.subjectKinds.includes(listing.subjectKind)) return 'other-subject-kind';
  if (!validOn(rule, listing.inForceOn)) return 'rule-not-valid-then';
  if (rule.mode === 'reference') return 'reference-only';
  if (!entry || !validOn(entry, listing.inForceOn)) return 'not-in-catalogue-then';
  if (entry.class === 'C') return 'class-c';
  return null;
}

function actionOf(
  rule: DisciplineRule,
  entry: CatalogueEntry,
  executor: string,
  listing: ListingInForce,
): AllowedAction {
  return {
    rule: rule.id,
    measure: rule.measure,
    title: rule.titleZh,
    class: entry.class as AllowedAction['class'],
    mode: rule.mode as AllowedAction['mode'],
    fields: rule.fields,
    executor,
    basis: rule.basis,
    from: listing.inForceOn,
    until: untilOf(rule, listing),
    ownTerm: rule.ends === 'later' ? (rule.ownTerm ?? null) : null,
    reaches: (listing.subjectKind !== 'natural-person' && rule.reaches) || NOBODY_ELSE,
  };
}

/**
 * No action outlives the listing that ordered it, and none its own legal term: the earlier day ends it. A ban that the
 * law itself or the penalty decision imposes (食品安全法 art. 135, 安全生产法 art. 113) goes on by that, and not by this
 * action: the department answers with its decision (`ownTerm`).
 */
export function untilOf(rule: DisciplineRule, { inForceOn, termEndsOn }: ListingInForce): LocalDate | null {
  if (rule.term === 'with-listing') return termEndsOn;
  return earlier(periodEnd(inForceOn, rule.term), termEndsOn);
}

/**
 * The last day of what was ordered, once the term of its listing was corrected: what the rules give a listing of that
 * term (`lawful`), so a term of the measure's own stays what it was. Where the book does not order it any more it
 * ends with the listing at the latest.
 */
export function correctedUntil(
  ordered: Pick<AllowedAction, 'rule' | 'executor' | 'until'>,
  lawful: readonly AllowedAction[],
  termEndsOn: LocalDate | null,
): LocalDate | null {
  const same = lawful.find(({ rule, executor }) => rule === ordered.rule && executor === ordered.executor);
  return same ? same.until : earlier(ordered.until, termEndsOn);
}

/** null = no end. */
function earlier(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  if (a === null || b === null) return a ?? b;
  return compareDates(a, b) < 0 ? a : b;
}

/**
 * The units that a rule names, by name or by their line where the subject is: of each line the department of its county,
 * else of its city or prefecture, else the provincial one. Nobody of another province has a department here.
 */
export function namedBy(
  { executors }: Pick<DisciplineRule, 'executors'>,
  { region, inForceOn }: Pick<ListingInForce, 'region' | 'inForceOn'>,
  units: RuleBook['units'],
): string[] {
  const city = `${region.slice(0, 4)}00`;
  const places = [`county.${region}`, `city.${city}`, `prefecture.${city}`];
  const local = (executors.ofSubjectsCity ?? []).map((line) => {
    const near = places.map((place) => `hlj.${place}.${line}`);
    const standing = near.find((id) => {
      const unit = units.get(id);
      return unit !== undefined && validOn(unit, inForceOn);
    });
    return standing ?? `hlj.${line}`;
  });
  return [...executors.units, ...local];
}

/** The named body, or whoever followed it (合并、更名): the register decides by the day. */
export function executorOn(named: string, day: LocalDate, units: RuleBook['units']): string {
  const passed = new Set<string>();
  for (
    let unit = units.get(named);
    unit && !passed.has(unit.id);
    unit = unit.successor ? units.get(unit.successor) : undefined
  ) {
    if (validOn(unit, day)) return unit.id;
    passed.add(unit.id);
  }
  throw disciplineRefusals.refusal('discipline.executor-gone', { executor: named, day });
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
