import { compareDates, type LocalDate } from '#kernel';
import { actsFor } from '../../units/domain/acting.js';
import { ledgerRefusals } from './refusals.js';

/** A unit as the ledger needs it. */
export interface LedgerUnit {
  id: string;
  successor: string | null;
  collective: { by: 'members'; members: readonly string[] } | { by: 'designated' } | null;
}

export type Units = ReadonlyMap<string, LedgerUnit>;

/** A measure of the opinion with the units that its bracket names. */
export interface NamedUnits {
  number: number;
  deadline: LocalDate;
  leads: readonly string[];
  responsible: readonly string[];
}

/** The units of one bracket that can report, and the collective names for which nobody is designated yet. */
export interface Reporters {
  units: readonly string[];
  undesignated: readonly string[];
}

/**
 * Takes collective names apart. 各市(地)政府(行署) closes its own circle (13 divisions); 中省直各有关单位 is open,
 * so until somebody is designated nobody reports for it.
 */
export function reportersOf(named: readonly string[], units: Units): Reporters {
  const concrete = new Set<string>();
  const undesignated = new Set<string>();
  const passed = new Set<string>();
  const visit = (id: string): void => {
    if (passed.has(id)) return;
    passed.add(id);
    const collective = units.get(id)?.collective;
    if (!collective) concrete.add(id);
    else if (collective.by === 'members') collective.members.forEach(visit);
    else undesignated.add(id);
  };
  named.forEach(visit);
  return { units: [...concrete], undesignated: [...undesignated] };
}

/** Who answers for a measure: its leads; where the opinion names none (measure 39), the responsible units. */
export function accountable(measure: NamedUnits, units: Units): Reporters {
  return reportersOf(measure.leads.length > 0 ? measure.leads : measure.responsible, units);
}

/**
 * The part in which a department may report on a measure.
 *
 * @throws Refusal `measure.not-named`, `measure.collective-cannot-report`
 */
export function reportingPart(measure: NamedUnits, department: string, units: Units): 'lead' | 'responsible' {
  if (units.get(department)?.collective) {
    throw ledgerRefusals.refusal('measure.collective-cannot-report', { unit: department });
  }
  const holds = (named: readonly string[]): boolean =>
    reportersOf(named, units).units.some((unit) => actsFor(department, unit, units));
  if (holds(measure.leads)) return 'lead';
  if (holds(measure.responsible)) return 'responsible';
  throw ledgerRefusals.refusal('measure.not-named', { unit: department, no: measure.number });
}

export interface LatestReport {
  unit: string;
  percent: number;
}

export interface Standing {
  /** mean of what the accountable units reported last; who has not reported counts 0 */
  percent: number;
  done: boolean;
  overdue: boolean;
}

/** How a measure stands on a day. 「2022年12月底前」 = on or before the last day of the month: overdue from the next day. */
export function standingOn(
  measure: NamedUnits,
  reports: readonly LatestReport[],
  units: Units,
  today: LocalDate,
): Standing {
  const { units: answerable } = accountable(measure, units);
  const percents = answerable.map((unit) => {
    const own = reports.filter((report) => actsFor(report.unit, unit, units)).map((report) => report.percent);
    return Math.max(0, ...own);
  });
  const percent =
    percents.length === 0 ? 0 : Math.floor(percents.reduce((sum, each) => sum + each, 0) / percents.length);
  const done = percents.length > 0 && percents.every((each) => each === 100);
  return { percent, done, overdue: !done && compareDates(today, measure.deadline) > 0 };
}
