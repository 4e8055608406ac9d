import type { LocalDate } from '#kernel';
import type { Urging } from '../ending/receipt.js';
import type { Rules } from '../rules/rules.js';
import { removalDueFrom } from '../term/time-limits.js';
import { objectionRefusals } from './refusals.js';

/*
 * 相关惩戒措施到期未解除: an appeal because measures were not lifted though the term is over (联合惩戒办法 art. 14). Checked like
 * one against the finding; where it is right the units that have not lifted are named and urged, and have the days of the
 * list for it (art. 16: ten working days).
 */

/**
 * Whom a decision names: at least one unit where the appeal is right, and nobody otherwise. Banks and telecom operators
 * lift what no order of this platform brought, so a unit needs no action here to be named.
 *
 * @throws Refusal `objection.unlifted-needed`, `objection.unlifted-without-need`, `objection.unlifted-unknown`
 */
export function checkUnlifted(
  unlifted: readonly string[],
  { upheld, isUnit }: { upheld: boolean; isUnit: (unit: string) => boolean },
): void {
  if (upheld !== unlifted.length > 0)
    throw objectionRefusals.refusal(
      upheld ? 'objection.unlifted-needed' : 'objection.unlifted-without-need',
      {},
      'unlifted',
    );
  const unknown = unlifted.findIndex((unit) => !isUnit(unit));
  if (unknown === -1) return;
  const facts = { unit: unlifted[unknown]! };
  throw objectionRefusals.refusal('objection.unlifted-unknown', facts, `unlifted[${unknown}]`);
}

/** The urgings that a decision brings, each unit once; without a day where the calendar of that year is not loaded. */
export function urgingsOf(
  { objectionId, unlifted }: { objectionId: string; unlifted: readonly string[] },
  rules: Rules,
  today: LocalDate,
): Urging[] {
  const liftBy = removalDueFrom(rules, today, rules.list.removal);
  return [...new Set(unlifted)].map((unit) => ({ objectionId, unit, on: today, liftBy, answer: null }));
}
