import type { LocalDate } from '#kernel';
import { validOn } from './basis.js';
import type { ListKey, ListTypeVersion, ProcedureRule } from './list-type.js';
import type { Unit } from './unit.js';

/** The version of a list type that is valid on `day`; undefined before its first and after its last. */
export function listTypeOn(
  lists: readonly ListTypeVersion[],
  key: ListKey,
  day: LocalDate,
): ListTypeVersion | undefined {
  return lists.find((list) => list.key === key && validOn(list, day));
}

/** Kinds of conduct whose entries stand on a list of the seriously dishonest (国办发〔2020〕49号), by code. */
export function seriousKinds(list: Pick<ListTypeVersion, 'serious' | 'conductKinds'>): string[] {
  return list.conductKinds.filter((kind) => kind.serious ?? list.serious).map((kind) => kind.code);
}

/** The rules of procedure that hold on `day`, by code; null where none does. */
export function procedureOn(
  rules: readonly ProcedureRule[],
  day: LocalDate,
): Record<ProcedureRule['code'], ProcedureRule | null> {
  const on = (code: ProcedureRule['code']): ProcedureRule | null =>
    rules.find((rule) => rule.code === code && validOn(rule, day)) ?? null;
  return {
    'public-notice': on('public-notice'),
    'hearing-request': on('hearing-request'),
    'hearing-notice': on('hearing-notice'),
    'repair-notice': on('repair-notice'),
    reminder: on('reminder'),
    oversight: on('oversight'),
    'stay-in-review': on('stay-in-review'),
    'stay-in-suit': on('stay-in-suit'),
    'letter-reminder': on('letter-reminder'),
  };
}

/**
 * Units that can report in the place of a collective, collectives inside it resolved; a unit stands for
 * itself. A collective whose words are open gives none: its members are designated case by case.
 */
export function unitsBehind(units: readonly Unit[], id: string): Unit[] {
  const unit = units.find((one) => one.id === id);
  if (unit === undefined) return [];
  if (unit.collective === undefined) return [unit];
  return unit.collective.by === 'members'
    ? unit.collective.members.flatMap((member) => unitsBehind(units, member))
    : [];
}
