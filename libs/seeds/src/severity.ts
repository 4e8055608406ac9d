import type { LocalDate } from '#kernel';
import { validOn } from './basis.js';
import type { SeverityRule } from './record-type.js';

const RANK = { minor: 0, general: 1, serious: 2 } as const;

/** The rule for one category on the day of the decision; a named category beats the fallback '*'. */
export function severityRuleFor(
  rules: readonly SeverityRule[],
  recordType: string,
  category: string,
  day: LocalDate,
): SeverityRule | undefined {
  const valid = rules.filter((rule) => rule.recordType === recordType && validOn(rule, day));
  return (
    valid.find((rule) => rule.categories.includes(category.trim())) ??
    valid.find((rule) => rule.categories.includes('*'))
  );
}

/**
 * The rule for what stands in CF_CFLB, which may name several kinds divided by semicolons: the gravest counts,
 * since the longest period is published (order 36 art. 12).
 */
export function severityRuleOf(
  rules: readonly SeverityRule[],
  recordType: string,
  categories: string,
  day: LocalDate,
): SeverityRule | undefined {
  return categories
    .split(/[;；]/)
    .map((category) => severityRuleFor(rules, recordType, category, day))
    .filter((rule) => rule !== undefined)
    .toSorted((a, b) => RANK[b.severity] - RANK[a.severity])[0];
}
