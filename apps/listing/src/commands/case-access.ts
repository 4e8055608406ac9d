import { type Actor, requestRefusals } from '#platform';
import { hearingOf, type ListingCase, partyOf } from '../domain/case/case.js';
import type { Action } from '../domain/case/commands.js';
import type { ActingRole } from '../domain/case/lifecycle.js';
import { standingFor } from '../domain/case/standing.js';
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

/** The deciding unit, the level above it and auditors read who acted and how; to all others it acts as a department. */
export function isInside({ department, roles }: Actor, deciding: string, superior: string | null): boolean {
  if (roles.includes('auditor')) return true;
  return department !== undefined && [deciding, superior].includes(department);
}

/**
 * The deciding unit and the one above it see the whole case, auditors too. The party sees its own from the
 * day on which it was told of it: before the notice a case is nobody's but the unit's, so that to the party it
 * is not there. Every other unit sees what was decided, since it must act on it; so does an operator, who
 * keeps the platform running and has no part in a procedure.
 *
 * @throws Refusal `request.other-department`, `listing.not-your-case`, `listing.not-found`
 */
export function sightOf(state: ListingCase, actor: Actor, superior: string | null): Sight {
  if (isInside(actor, state.department, superior)) return 'whole';
  if (actor.party !== undefined) {
    if (actor.party !== partyOf(state.subject)) throw shellRefusals.refusal('listing.not-your-case');
    if (!toldToParty(state)) throw shellRefusals.refusal('listing.not-found', { id: state.id });
    return 'party';
  }
  if ('decision' in state && (actor.department || actor.roles.includes('operator'))) return 'decided';
  throw requestRefusals.refusal('request.other-department', { owner: state.department });
}

function toldToParty(state: ListingCase): boolean {
  return 'decision' in state || hearingOf(state).notice !== null;
}
