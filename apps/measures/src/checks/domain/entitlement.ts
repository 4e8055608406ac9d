import type { LocalDate } from '#kernel';
import type { Basis } from '../../incentives/domain/incentive.js';
import { executes } from './line.js';

/*
 * What a subject is entitled to in an approval, apart from what binds it there: the incentives that its grade or an honour
 * brings in this kind of business (ordinance art. 26). They give and never limit, so nothing is to be answered for them
 * here; each department that gives one answers its own task.
 */

/** An incentive that the subject has. */
export interface StandingIncentive {
  id: string;
  incentive: string;
  title: string;
  fields: readonly string[];
  executors: readonly string[];
  /** what its departments answered, by unit */
  answers: Readonly<Record<string, 'applied' | 'not-applied'>>;
  basis: readonly Basis[];
  ground: { kind: 'grade' | 'honour'; text: string };
  from: LocalDate;
  until: LocalDate | null;
}

/** A department that gives an incentive, and what it answered; null while it has not. */
export interface Giver {
  unit: string;
  answer: 'applied' | 'not-applied' | null;
}

export interface Entitlement extends Omit<StandingIncentive, 'fields' | 'executors' | 'answers'> {
  givers: Giver[];
  /** the asking department gives it itself, or belongs to the line of a body that does */
  yours: boolean;
}

/** The incentives of one subject, where it has any here. */
export interface SubjectEntitlements {
  subject: string;
  incentives: Entitlement[];
}

/**
 * What the subject is entitled to in the business asked about, today. Nothing while it stands on a list of the seriously
 * dishonest, and nothing that every department has answered it does not give.
 */
export function entitlementsFor(
  incentives: readonly StandingIncentive[],
  listings: readonly { serious: boolean }[],
  { field, department }: { field: string; department: string },
  today: LocalDate,
): Entitlement[] {
  if (listings.some(({ serious }) => serious)) return [];
  return incentives
    .filter(({ fields, from, until }) => fields.includes(field) && standsOn(from, until, today))
    .map(({ fields: _, executors, answers, ...incentive }) => ({
      ...incentive,
      givers: executors.map((unit) => ({ unit, answer: answers[unit] ?? null })),
      yours: executors.some((unit) => executes(department, unit)),
    }))
    .filter(({ givers }) => givers.some(({ answer }) => answer !== 'not-applied'));
}

function standsOn(from: LocalDate, until: LocalDate | null, today: LocalDate): boolean {
  return from <= today && (until === null || today <= until);
}
