import type { LocalDate } from '#kernel';
import { executorOn, namedBy } from '../../discipline/domain/allowed-actions.js';
import type { ExecutingUnit } from '../../discipline/domain/rule.js';

/*
 * Incentives (守信激励): benefits that a grade or an honour brings. They give and never limit (ordinance art. 25, 26),
 * and whoever is on a list of the seriously dishonest has none (domain facts: taken off honours and red lists).
 */

export interface Basis {
  instrument: string;
  number?: string;
  article?: string;
}

export interface IncentiveRule {
  id: string;
  zh: string;
  fields: readonly string[];
  /** grades of one model that bring it; letters mean nothing across models */
  grades: { model: string; of: readonly string[] } | null;
  honours: boolean;
  /** units by name, and lines: of each the department of the subject's city, else the provincial one */
  executors: { units: readonly string[]; ofSubjectsCity?: readonly string[] };
  basis: readonly Basis[];
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
}

/** What of a subject can bring it an incentive, or keep it from one. */
export interface Grounds {
  grade: { model: string; grade: string } | null;
  /** document numbers of honours by record */
  honours: Readonly<Record<string, string>>;
  /** numbers of the live cases that put it on a list of the seriously dishonest, by case */
  seriousCases: Readonly<Record<string, string>>;
}

export interface Ground {
  kind: 'grade' | 'honour';
  text: string;
}

/** An incentive that a subject may have, and what brings it. */
export interface Entitlement {
  rule: IncentiveRule;
  ground: Ground;
}

/** An incentive that the subject has. */
export interface Held {
  id: string;
  incentive: string;
}

export type Why = 'ground-lost' | 'serious-list' | 'rule-ended';

export interface Changes {
  grant: Entitlement[];
  withdraw: { held: Held; why: Why; caseId: string | null }[];
}

/** Everything that the grounds bring today; nothing while the subject is on a serious list. */
export function entitled(grounds: Grounds, rules: readonly IncentiveRule[], today: LocalDate): Entitlement[] {
  if (Object.keys(grounds.seriousCases).length > 0) return [];
  return rules
    .filter((rule) => validOn(rule, today))
    .flatMap((rule) => {
      const ground = groundFor(rule, grounds);
      return ground ? [{ rule, ground }] : [];
    });
}

/** What is to be granted and what withdrawn, so that the subject has exactly what its grounds bring. */
export function changesOf(
  held: readonly Held[],
  grounds: Grounds,
  rules: readonly IncentiveRule[],
  today: LocalDate,
): Changes {
  const due = entitled(grounds, rules, today);
  const has = new Set(held.map(({ incentive }) => incentive));
  const keeps = new Set(due.map(({ rule }) => rule.id));
  return {
    grant: due.filter(({ rule }) => !has.has(rule.id)),
    withdraw: held
      .filter(({ incentive }) => !keeps.has(incentive))
      .map((each) => ({ held: each, ...whyLost(each, grounds, rules, today) })),
  };
}

/**
 * Who gives it to a subject of that region, each once, as the register of units has them that day.
 *
 * @throws Refusal `discipline.executor-gone` where the rule names a body that ended without successor
 */
export function giversOf(
  { executors }: IncentiveRule,
  region: string,
  today: LocalDate,
  units: ReadonlyMap<string, ExecutingUnit>,
): string[] {
  const named = namedBy({ executors }, { region, inForceOn: today }, units);
  return [...new Set(named.map((unit) => executorOn(unit, today, units)))];
}

function groundFor({ grades, honours }: IncentiveRule, grounds: Grounds): Ground | undefined {
  const { grade } = grounds;
  if (grades && grade && grade.model === grades.model && grades.of.includes(grade.grade))
    return { kind: 'grade', text: `${grade.grade} (${grade.model})` };
  const [honour] = Object.values(grounds.honours).sort();
  return honours && honour !== undefined ? { kind: 'honour', text: honour } : undefined;
}

function whyLost(
  { incentive }: Held,
  { seriousCases }: Grounds,
  rules: readonly IncentiveRule[],
  today: LocalDate,
): { why: Why; caseId: string | null } {
  const [caseId] = Object.keys(seriousCases).sort();
  if (caseId !== undefined) return { why: 'serious-list', caseId };
  const stands = rules.some((rule) => rule.id === incentive && validOn(rule, today));
  return { why: stands ? 'ground-lost' : 'rule-ended', caseId: null };
}

function validOn({ validFrom, validTo }: IncentiveRule, day: LocalDate): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}
