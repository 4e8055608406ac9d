import { type LocalDate, periodEnd } from '#kernel';
import { holdsOn, type SeverityRule } from './record-type.js';

/** 轻微, 一般, 严重 (order 36 art. 7–9); `none` for records that tell nothing bad. */
export type Severity = 'none' | 'minor' | 'general' | 'serious';

export interface Classification {
  severity: Severity;
  /** Rule that said so, and under which the period runs; null for `none`. */
  rule: string | null;
  publishedUntil: LocalDate | null;
}

const WEIGHT: Record<Severity, number> = { none: 0, minor: 1, general: 2, serious: 3 };
const NONE: Classification = { severity: 'none', rule: null, publishedUntil: null };

/**
 * How serious a record is and until when it is published, by the rules in force on the day of the document:
 * the period runs from that day (order 36 art. 12). A document with several kinds of penalty takes the most
 * serious one, whose period is the longest. Minor ones are in principle not published,
 * natural persons are not (order 36 art. 7, 12; order 58 says nothing on persons, so neither there).
 *
 * A document older than every rule is judged by the earliest: no rule has a transition clause for it.
 *
 * @param given the end of publication that the provider states (公示截止期): it counts between the shortest
 *   and the longest period, and is moved to the nearer of them otherwise
 */
export function classify(
  rules: readonly SeverityRule[],
  about: { category: string | undefined; decidedOn: LocalDate; person: boolean; given?: LocalDate },
): Classification {
  const inForce = rulesOn(rules, about.decidedOn);
  if (inForce.length === 0) return NONE;
  return kindsOf(about.category ?? '', inForce)
    .map((kind) => byRule(ruleFor(inForce, kind), about))
    .reduce((worst, next) => (outweighs(next, worst) ? next : worst));
}

/**
 * The kinds that one field names. Some kinds have the separator in their own name
 * (没收违法所得、没收非法财物), so those are looked for before the rest is cut.
 */
function kindsOf(category: string, rules: readonly SeverityRule[]): string[] {
  const compound = rules.flatMap((rule) => rule.categories).filter((one) => one.includes('、'));
  const found = compound.filter((one) => category.includes(one));
  const rest = found.reduce((text, one) => text.replace(one, ''), category);
  const kinds = [...found, ...rest.split(/[;；,，、\s]+/).filter((kind) => kind !== '')];
  return kinds.length > 0 ? kinds : [''];
}

function rulesOn(rules: readonly SeverityRule[], day: LocalDate): readonly SeverityRule[] {
  const inForce = rules.filter((rule) => holdsOn(rule, day));
  if (inForce.length > 0) return inForce;
  const earliest = rules.map((rule) => rule.validFrom ?? '').sort()[0];
  return rules.filter((rule) => (rule.validFrom ?? '') === earliest && day < (rule.validFrom ?? ''));
}

/** The rule of the very category, else of its prefix (`其他-`), else the rule for all others (`*`). */
function ruleFor(rules: readonly SeverityRule[], category: string): SeverityRule | undefined {
  const named = rules.find((rule) => rule.categories.includes(category));
  const byPrefix = rules.find((rule) =>
    rule.categories.some((one) => one.endsWith('-') && category.startsWith(one)),
  );
  return named ?? byPrefix ?? rules.find((rule) => rule.categories.includes('*'));
}

function byRule(
  rule: SeverityRule | undefined,
  about: { decidedOn: LocalDate; person: boolean; given?: LocalDate },
): Classification {
  if (!rule) return NONE;
  const { severity, id, published, min, max } = rule;
  if (published !== true || about.person || max === null) return { severity, rule: id, publishedUntil: null };
  const latest = periodEnd(about.decidedOn, max);
  const earliest = min === null ? about.decidedOn : periodEnd(about.decidedOn, min);
  const { given } = about;
  const publishedUntil = given === undefined || given > latest ? latest : given < earliest ? earliest : given;
  return { severity, rule: id, publishedUntil };
}

function outweighs(a: Classification, b: Classification): boolean {
  if (WEIGHT[a.severity] !== WEIGHT[b.severity]) return WEIGHT[a.severity] > WEIGHT[b.severity];
  return (a.publishedUntil ?? '') > (b.publishedUntil ?? '');
}
