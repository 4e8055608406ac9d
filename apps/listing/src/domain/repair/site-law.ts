import type { LocalDate, Period } from '#kernel';
import type { SiteFalseMaterialRule } from './false-application.js';
import type { MaterialLaw } from './handed-in.js';
import type { SiteRule } from './site-publication.js';

export interface SiteClock {
  code: string;
  period: Period;
  extension: Period | null;
  /** `false`: from memory; nobody is held to it but 信用中国 itself. */
  confirmed: true | 'text' | false;
}

/** A credit-repair rule of 信用中国 between two days: periods, clocks, consequences. */
export interface SiteLaw extends SiteRule, MaterialLaw {
  validTo: LocalDate | null;
  conditions: readonly string[];
  clocks: readonly SiteClock[];
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

export function siteClock(law: SiteLaw | null, code: string): SiteClock | null {
  return law?.clocks.find((clock) => clock.code === code) ?? null;
}

/**
 * 认定单位's general days for an application for repair (order 36 art. 16): three working days to accept or refuse,
 * seven to answer, ten more where it is complex. For lists whose own rule names none.
 */
export function generalClocks(law: SiteLaw | null): { accept: SiteClock; decide: SiteClock } | null {
  const [accept, decide] = [siteClock(law, 'accept'), siteClock(law, 'decide')];
  if (!accept || !decide || !accept.confirmed || !decide.confirmed) return null;
  return { accept, decide };
}

/** @throws Error when the seeds do not hold the clock: they are checked at start */
export function ordinanceClock(laws: readonly OrdinanceLaw[], code: string): Period {
  const clock = laws.find((one) => one.code === code);
  if (!clock) throw new Error(`the clock ${code} of the ordinance is not loaded`);
  return clock.period;
}
