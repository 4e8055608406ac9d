import type { LocalDate, Period } from '#kernel';
import type { SiteFalseMaterialRule } from './false-application.js';
import type { SiteRule } from './site-publication.js';

/** A credit-repair rule of 信用中国 between two days: periods, clocks, consequences. */
export interface SiteLaw extends SiteRule {
  validTo: LocalDate | null;
  conditions: readonly string[];
  clocks: readonly { code: string; period: Period; extension: Period | null }[];
  falseMaterial: SiteFalseMaterialRule | null;
}

/** A clock of the provincial ordinance. */
export interface OrdinanceLaw {
  code: string;
  period: Period;
}

export function siteLawOn(laws: readonly SiteLaw[], day: LocalDate): SiteLaw | null {
  return (
    laws.find((law) => (law.validFrom ?? '') <= day && (law.validTo === null || law.validTo >= day)) ?? null
  );
}

export function siteClock(
  law: SiteLaw | null,
  code: string,
): { period: Period; extension: Period | null } | null {
  return law?.clocks.find((clock) => clock.code === code) ?? null;
}

/** @throws Error when the seeds do not hold the clock: they are checked at start */
export function ordinanceClock(laws: readonly OrdinanceLaw[], code: string): Period {
  const clock = laws.find((one) => one.code === code);
  if (!clock) throw new Error(`the clock ${code} of the ordinance is not loaded`);
  return clock.period;
}
