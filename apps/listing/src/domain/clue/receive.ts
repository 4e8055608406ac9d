import { deadline, type LocalDate } from '#kernel';
import type { Hand } from '../hand.js';
import type { Clue } from './clue.js';
import { clueRefusals } from './clue-refusals.js';
import { type ClueLaw, type ClueRule, type ClueSource, GENERAL } from './rule.js';

export interface ClueTold {
  id: string;
  kind: string;
  source: ClueSource;
  content: string;
  about: string;
  department: string;
  receivedOn: LocalDate;
}

/**
 * A clue is handed in. Its kind tells whether clocks run, by the rule of the day of receipt.
 *
 * @throws Refusal `clue.kind-unknown`, `clue.kind-not-in-force`, `clue.received-ahead`, `calendar.year-unknown`
 */
export function receiveClue(
  told: ClueTold,
  law: ClueLaw,
  { today, actor }: { today: LocalDate; actor: Hand },
): Clue {
  const { receivedOn, source } = told;
  if (receivedOn > today) throw clueRefusals.refusal('clue.received-ahead', { today }, 'receivedOn');
  const rule = ruleOn(told.kind, law, receivedOn);
  const clocks: Clue['clocks'] = !rule
    ? []
    : mustBeAccepted({ rule, source })
      ? due('acceptance', rule.acceptance?.period)
      : due('result', rule.result?.from === 'handling' ? rule.result.period : null);
  return {
    ...told,
    rule,
    receivedBy: actor,
    acceptance: null,
    forwarding: null,
    extensions: [],
    pressed: [],
    clocks,
    overdue: [],
    status: 'received',
  };

  function due(clock: 'acceptance' | 'result', period: Parameters<typeof deadline>[2] | null | undefined) {
    return period ? [{ clock, dueOn: deadline(law.calendar, receivedOn, period) }] : [];
  }
}

/** Whether a clue of this source is first accepted or not, by the rule under which it was handed in. */
export function mustBeAccepted({ rule, source }: Pick<Clue, 'rule' | 'source'>): boolean {
  return rule?.acceptance?.sources.includes(source) === true;
}

function ruleOn(kind: string, { rules }: ClueLaw, day: LocalDate): ClueRule | null {
  if (kind === GENERAL) return null;
  const versions = rules.filter((rule) => rule.kind === kind);
  if (versions.length === 0) {
    const kinds = [GENERAL, ...new Set(rules.map((rule) => rule.kind))].join(', ');
    const kindsZh = ['一般线索', ...new Set(rules.map((rule) => rule.zh))].join('、');
    throw clueRefusals.refusal('clue.kind-unknown', { kind, kinds, kindsZh }, 'kind');
  }
  const found = versions.find(
    ({ validFrom, validTo }) =>
      (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo),
  );
  if (!found) {
    const facts = { kind, kindZh: versions[0]!.zh, day };
    throw clueRefusals.refusal('clue.kind-not-in-force', facts, 'kind');
  }
  const { zh, acceptance, forwarding, result, pressing = false, cite } = found;
  return { kind, zh, acceptance, forwarding, result, ...(pressing ? { pressing } : {}), cite };
}
