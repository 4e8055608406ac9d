import { addDays, type LocalDate } from '#kernel';
import { ruleRefusals } from './refusals.js';

/*
 * How a rule of discipline changes without a release: one person of the lead unit drafts a version, another publishes
 * it (ordinance art. 6 gives the lists to the lead unit, 国办发〔2020〕49号 closes them). It holds from a day to come;
 * whatever was ordered before keeps the version under which it was ordered.
 */

export interface Hand {
  id: string;
  name: string;
  on: LocalDate;
}

export type DraftState =
  | { status: 'draft'; drafted: Hand }
  | { status: 'published'; drafted: Hand; published: Hand }
  | { status: 'rejected'; drafted: Hand; rejected: Hand; reason: string };

/** What of a rule the draft's rules ask about. */
export interface VersionedRule {
  id: string;
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
}

/** @throws Refusal `rules.draft-settled`, `rules.second-person`, `rules.backdated` */
export function publishDraft(state: DraftState, rule: VersionedRule, by: Hand): DraftState {
  const { drafted } = openDraft(state);
  if (drafted.id === by.id) throw ruleRefusals.refusal('rules.second-person');
  notBackdated(rule, by.on);
  return { status: 'published', drafted, published: by };
}

/** @throws Refusal `rules.draft-settled` */
export function rejectDraft(state: DraftState, by: Hand, reason: string): DraftState {
  return { status: 'rejected', drafted: openDraft(state).drafted, rejected: by, reason };
}

function openDraft(state: DraftState): Extract<DraftState, { status: 'draft' }> {
  if (state.status !== 'draft') throw ruleRefusals.refusal('rules.draft-settled', { status: state.status });
  return state;
}

/** @throws Refusal `rules.backdated` */
export function notBackdated({ validFrom }: VersionedRule, today: LocalDate): void {
  if (validFrom === null || validFrom <= today)
    throw ruleRefusals.refusal('rules.backdated', { validFrom, today }, 'validFrom');
}

/**
 * Lays published versions over the rules as they stand: the version before ends the day before the new one begins,
 * and versions that would have begun later give way.
 */
export function withPublished<R extends VersionedRule>(rules: readonly R[], published: readonly R[]): R[] {
  return [...published]
    .sort((a, b) => order(a.validFrom, b.validFrom))
    .reduce<R[]>(
      (standing, version) => {
        const from = version.validFrom!;
        const kept = standing
          .filter((rule) => rule.id !== version.id || rule.validFrom === null || rule.validFrom < from)
          .map((rule) =>
            rule.id === version.id && (rule.validTo === null || rule.validTo >= from)
              ? { ...rule, validTo: addDays(from, -1) }
              : rule,
          );
        return [...kept, version];
      },
      [...rules],
    );
}

/** The first version of the same rule that a draft would run into, told by its first day; undefined where there is none. */
export function runsInto(
  rules: readonly VersionedRule[],
  { id, validFrom, validTo }: VersionedRule,
): LocalDate | undefined {
  return rules
    .filter((rule) => rule.id === id && rule.validFrom !== null && rule.validFrom > validFrom!)
    .map((rule) => rule.validFrom!)
    .sort()
    .find((from) => validTo === null || from <= validTo);
}

/** What the caller may do with a draft: whoever wrote it does not publish it. */
export function mayDo(state: DraftState, who: string): ('publication' | 'rejection')[] {
  if (state.status !== 'draft') return [];
  return state.drafted.id === who ? ['rejection'] : ['publication', 'rejection'];
}

export interface Difference {
  field: string;
  before: unknown;
  after: unknown;
}

/** Field by field what a version changes; every field where there was no version before. */
export function differencesBetween(before: object | undefined, after: object): Difference[] {
  const old = (before ?? {}) as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => textOf(old[field]) !== textOf(now[field]))
    .map((field) => ({ field, before: old[field] ?? null, after: now[field] ?? null }));
}

/** Independent of the order of keys, which the database does not keep. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function order(a: LocalDate | null, b: LocalDate | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
