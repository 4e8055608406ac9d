import type { Actor, Role } from '#platform';
import { subjectRefusals } from '../domain/subject-refusals.js';
import type { SubjectRow } from '../store/subject.row.js';

/**
 * Who reads credit files: those whose work needs them, across departments (ordinance art. 22), and a party
 * its own. Operators keep the machine and lead units report on measures; neither needs to know whose file it is.
 */
export const READERS: Role[] = [
  'department-system',
  'handler',
  'reviewer',
  'approver',
  'secrecy-reviewer',
  'discipline-officer',
  'evaluator',
  'auditor',
];

/** @throws Refusal `subject.not-own` for a party that asks for another subject */
export function mayReadSubject(actor: Actor, subject: Pick<SubjectRow, 'code'>): void {
  if (actor.roles.some((role) => READERS.includes(role))) return;
  if (!actor.party || actor.party !== subject.code) throw subjectRefusals.refusal('subject.not-own');
}
