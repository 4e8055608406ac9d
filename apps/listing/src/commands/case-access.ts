import { type Actor, requestRefusals } from '#platform';
import { type ListingCase, partyOf } from '../domain/case.js';
import type { Action } from '../domain/commands.js';
import type { ActingRole } from '../domain/lifecycle.js';
import { standingFor } from '../domain/standing.js';
import { shellRefusals } from '../refusals.js';

/**
 * The lifecycle table's column "who", as HTTP refusals.
 *
 * @returns the role in which the actor acts
 * @throws Refusal `request.role-missing`, `request.other-department`, `listing.not-your-case`
 */
export function demandStanding(
  action: Action,
  state: ListingCase,
  actor: Actor,
  superior: string | null,
): ActingRole {
  const { department, subject } = state;
  const standing = standingFor(action, state.status, actor, { department, superior, subject });
  if (standing.may) return standing.as;
  switch (standing.lacks) {
    case 'role':
      throw requestRefusals.refusal('request.role-missing', { roles: standing.roles.join(', ') });
    case 'department':
      throw requestRefusals.refusal('request.other-department', { owner: standing.owner });
    case 'party':
      throw shellRefusals.refusal('listing.not-your-case');
    default:
      return standing satisfies never;
  }
}

/** How much of a case somebody sees. */
export type Sight = 'whole' | 'party' | 'decided';

/**
 * The deciding unit and the one above it see the whole case, operators and auditors too; the party sees its
 * own; every other unit sees what was decided, since it must act on it.
 *
 * @throws Refusal `request.other-department`, `listing.not-your-case`
 */
export function sightOf(state: ListingCase, actor: Actor, superior: string | null): Sight {
  const across = actor.roles.includes('auditor') || actor.roles.includes('operator');
  if (across || (actor.department && [state.department, superior].includes(actor.department))) return 'whole';
  if (actor.party !== undefined) {
    if (actor.party === partyOf(state.subject)) return 'party';
    throw shellRefusals.refusal('listing.not-your-case');
  }
  if (actor.department && 'decision' in state) return 'decided';
  throw requestRefusals.refusal('request.other-department', { owner: state.department });
}
