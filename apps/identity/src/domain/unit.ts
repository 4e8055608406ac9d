import type { LocalDate } from '#kernel';

/** A body as its logins and tokens need it. */
export interface Unit {
  id: string;
  name: string;
  seedName: string | null;
  kind: string;
  level: string;
  /** GB/T 2260, six digits */
  region: string;
  successor?: string;
}

/** Stands on `day`: both ends belong to it, and an open end holds for ever. */
export function standsOn(
  unit: { validFrom: LocalDate | null; validTo: LocalDate | null },
  day: LocalDate,
): boolean {
  return (unit.validFrom === null || unit.validFrom <= day) && (unit.validTo === null || day <= unit.validTo);
}

/** The unit and those that took its tasks over, one after the other. */
export function withSuccessors(units: ReadonlyMap<string, Unit>, id: string): Unit[] {
  const line: Unit[] = [];
  for (let unit = units.get(id); unit && !line.includes(unit); unit = units.get(unit.successor ?? '')) {
    line.push(unit);
  }
  return line;
}
