import { addDays, type LocalDate } from '#kernel';
import { type Difference, differencesBetween, type VersionedRule, withPublished } from './rule-draft.js';

/*
 * 清单的版次: the closed lists change by whole editions, each from a day to a day. An entry of an edition may
 * follow one of the edition before it: then the rules that ordered that measure order its follower from the first day
 * on. Rules whose measure has no follower end with the edition that is replaced. What was ordered stays as it was ordered.
 */

/** The closed lists: 全国失信惩戒措施基础清单, the province's 失信惩戒措施补充清单, and its 失信约束措施, which are no discipline. */
export const EDITION_PARTS = ['national', 'supplement', 'constraint'] as const;
export type EditionPart = (typeof EDITION_PARTS)[number];

export interface CatalogueRow {
  id: string;
  edition: string;
  /** id of the entry of an earlier edition whose place it takes */
  follows?: string;
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
}

export interface Edition<E extends CatalogueRow> {
  part: EditionPart;
  edition: string;
  validFrom: LocalDate;
  /** last day; an edition always has one */
  validTo: LocalDate;
  /** edition that would still be valid and ends the day before; null where the one before has ended by itself */
  replaces: string | null;
  entries: readonly E[];
}

interface OrderingRule extends VersionedRule {
  measure: string;
}

/** The closed lists, each with its editions, and the rules that point at them. */
export type EditionedLaw<E extends CatalogueRow, R extends OrderingRule> = Readonly<
  Record<EditionPart, readonly E[]>
> & { rules: readonly R[] };

/** What was published by hand, in any order. */
export interface Published<E extends CatalogueRow, R extends OrderingRule> {
  editions: readonly Edition<E>[];
  rules: readonly R[];
}

/** Lays published editions and versions of rules over the law of the release, in the order of their first days. */
export function withEditions<E extends CatalogueRow, R extends OrderingRule>(
  law: EditionedLaw<E, R>,
  { editions, rules }: Published<E, R>,
): EditionedLaw<E, R> {
  const steps = [
    ...editions.map((edition) => ({ from: edition.validFrom, edition })),
    ...rules.map((rule) => ({ from: rule.validFrom!, rule })),
  ].sort((a, b) => order(a.from, b.from) || Number('rule' in a) - Number('rule' in b));
  const followers = new Map<string, string>();
  return steps.reduce<EditionedLaw<E, R>>((standing, step) => {
    if ('edition' in step) {
      for (const { id, follows } of step.edition.entries) if (follows) followers.set(follows, id);
      return layEdition(standing, step.edition);
    }
    const measure = latest(step.rule.measure, followers);
    return { ...standing, rules: withPublished(standing.rules, [{ ...step.rule, measure }]) };
  }, law);
}

function layEdition<E extends CatalogueRow, R extends OrderingRule>(
  law: EditionedLaw<E, R>,
  { part, validFrom, replaces, entries }: Edition<E>,
): EditionedLaw<E, R> {
  const lastDay = addDays(validFrom, -1);
  const followers = new Map(entries.flatMap(({ id, follows }) => (follows ? [[follows, id] as const] : [])));
  const replaced = new Set(law[part].filter(({ edition }) => edition === replaces).map(({ id }) => id));
  const closed = law[part].map((entry) =>
    replaced.has(entry.id) ? { ...entry, validTo: earlier(entry.validTo, lastDay) } : entry,
  );
  const rules = law.rules.flatMap((rule) => {
    const follower = followers.get(rule.measure);
    const over = rule.validTo !== null && rule.validTo < validFrom;
    if (over || (follower === undefined && !replaced.has(rule.measure))) return [rule];
    const later = rule.validFrom !== null && rule.validFrom >= validFrom;
    const before = later ? [] : [{ ...rule, validTo: lastDay }];
    const next = { ...rule, ...(later ? {} : { validFrom }), ...(follower && { measure: follower }) };
    return follower === undefined ? before : [...before, next];
  });
  return { ...law, [part]: [...closed, ...entries], rules };
}

/** Editions of a part that would be valid at the same time as this one, but for the one that it replaces. */
export function overlapping<E extends CatalogueRow>(
  standing: readonly E[],
  { edition, replaces, validFrom, validTo }: Omit<Edition<E>, 'entries' | 'part'>,
): string[] {
  const found = standing.filter(
    (entry) =>
      entry.edition !== edition &&
      (entry.edition !== replaces || (entry.validFrom !== null && entry.validFrom >= validFrom)) &&
      (entry.validFrom === null || entry.validFrom <= validTo) &&
      (entry.validTo === null || entry.validTo >= validFrom),
  );
  return [...new Set(found.map((entry) => entry.edition))].sort();
}

/** What an edition changes: entries without a place in the other one, entries field by field, rules that move or end. */
export interface EditionDifferences {
  added: string[];
  dropped: string[];
  changed: { entry: string; follows: string; changes: Difference[] }[];
  rules: { rule: string; from: string; to: string | null }[];
}

/** Fields that say where an entry stands, and not what it says. */
const PLACE = ['id', 'edition', 'number', 'follows', 'validFrom', 'validTo'];

export function differencesOfEdition<E extends CatalogueRow, R extends OrderingRule>(
  law: EditionedLaw<E, R>,
  { part, validFrom, replaces, entries }: Edition<E>,
): EditionDifferences {
  const before = new Map(law[part].map((entry) => [entry.id, entry]));
  const followed = new Map(entries.flatMap(({ id, follows }) => (follows ? [[follows, id] as const] : [])));
  const gone = law[part].filter(({ id, edition }) => edition === replaces && !followed.has(id));
  const touched = new Set([...followed.keys(), ...gone.map(({ id }) => id)]);
  const moving = law.rules.filter(
    ({ measure, validTo }) => touched.has(measure) && (validTo === null || validTo >= validFrom),
  );
  return {
    added: entries.filter(({ follows }) => !follows).map(({ id }) => id),
    dropped: gone.map(({ id }) => id),
    changed: entries.flatMap((entry) => {
      const old = entry.follows ? before.get(entry.follows) : undefined;
      if (!old) return [];
      const changes = differencesBetween(old, entry).filter(({ field }) => !PLACE.includes(field));
      return changes.length > 0 ? [{ entry: entry.id, follows: old.id, changes }] : [];
    }),
    rules: moving.map(({ id, measure }) => ({ rule: id, from: measure, to: followed.get(measure) ?? null })),
  };
}

function latest(measure: string, followers: ReadonlyMap<string, string>): string {
  const passed = new Set<string>();
  let now = measure;
  while (followers.has(now) && !passed.has(now)) {
    passed.add(now);
    now = followers.get(now)!;
  }
  return now;
}

function earlier(a: LocalDate | null, b: LocalDate): LocalDate {
  return a !== null && a < b ? a : b;
}

function order(a: LocalDate, b: LocalDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
