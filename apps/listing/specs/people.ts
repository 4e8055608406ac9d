import type { Actor, Role } from '#platform';
import type { Person } from './story.js';

/** A login of a unit in one role. */
export function person(role: Role, department: string, id = `${role}.${department}`): Actor {
  return { kind: 'person', id, name: id, department, region: '230000', roles: [role] };
}

export function partyLogin(code: string): Actor {
  return { kind: 'person', id: `party.${code}`, name: 'party', roles: ['party'], party: code };
}

/** The people of one unit. */
export function peopleOf(unit: string) {
  return {
    handler: person('handler', unit),
    reviewer: person('reviewer', unit),
    approver: person('approver', unit),
    secrecy: person('secrecy-reviewer', unit),
  };
}

/** In which role each person of a story acts. */
export const ROLES: Partial<Record<Person, Role>> = {
  handler: 'handler',
  otherHandler: 'handler',
  reviewer: 'reviewer',
  otherReviewer: 'reviewer',
  approver: 'approver',
  otherApprover: 'approver',
  superior: 'approver',
  secrecy: 'secrecy-reviewer',
  party: 'party',
};
