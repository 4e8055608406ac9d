import type { SubjectRef } from '#contracts';
import type { Actor } from '#platform';
import { demandDuty } from './demand-duty.js';

/** What decides who may see an action, or a task about an incentive. */
export interface Seen {
  subject: Pick<SubjectRef, 'id' | 'code'>;
  executor: string;
  /** the lead unit that was told of it; null while none was */
  escalatedTo: string | null;
  /** the department that brought it about, where that sees it, too */
  broughtAboutBy?: string;
}

/** Operators and auditors. */
export function seesAll({ roles }: Actor): boolean {
  return roles.includes('operator') || roles.includes('auditor');
}

/**
 * Others see what their department executes, brought about or was told of as the lead unit, and a party what is about
 * itself.
 *
 * @param duties the bodies for which the caller acts
 * @throws Refusal `request.other-department`
 */
export function demandSight(actor: Actor, duties: readonly string[], seen: Seen): void {
  const { subject, executor, escalatedTo, broughtAboutBy } = seen;
  // An organisation's login is known by its code, a natural person's by the id of the subject.
  const about = actor.party !== undefined && [subject.code, subject.id].includes(actor.party);
  const concerned = [escalatedTo, broughtAboutBy].some((unit) => unit && duties.includes(unit));
  if (!seesAll(actor) && !about && !concerned) demandDuty(duties, executor);
}
