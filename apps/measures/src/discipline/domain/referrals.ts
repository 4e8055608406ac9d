import type { LocalDate } from '#kernel';
import {
  executorOn,
  type ListingInForce,
  namedBy,
  notReached,
  type RuleBook,
  untilOf,
} from './allowed-actions.js';
import { type Basis, validOn } from './rule.js';

/** What a listing passes on to bodies that decide for themselves: lenders, insurers, credit bureaus (class C). */
export interface Referral {
  rule: string;
  measure: string;
  title: string;
  receivers: readonly string[];
  basis: readonly Basis[];
  from: LocalDate;
  until: LocalDate | null;
}

/**
 * What the rules of mode `reference` pass on of a listing on the day it came into force: by the same conditions as an
 * action, and never ordered (国办发〔2020〕49号: non-public bodies decide themselves).
 *
 * @returns sorted by rule, each once
 * @throws Refusal `discipline.executor-gone` where a rule names a body that ended without successor
 */
export function referralsFor(listing: ListingInForce, book: RuleBook): Referral[] {
  const { inForceOn } = listing;
  const receiversOf = (rule: RuleBook['rules'][number]): string[] => [
    ...new Set(namedBy(rule, listing, book.units).map((named) => executorOn(named, inForceOn, book.units))),
  ];
  return book.rules
    .filter((rule) => {
      const entry = book.catalogue.get(rule.measure);
      return notReached(rule, entry, listing) === 'reference-only' && entry && validOn(entry, inForceOn);
    })
    .map((rule) => ({
      rule: rule.id,
      measure: rule.measure,
      title: rule.titleZh,
      receivers: receiversOf(rule).sort(),
      basis: rule.basis,
      from: inForceOn,
      until: untilOf(rule, listing),
    }))
    .sort((a, b) => (a.rule < b.rule ? -1 : 1));
}
