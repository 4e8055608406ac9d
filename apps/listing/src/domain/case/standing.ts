import { Refusal } from '#kernel';
import { type ListingCase, partyOf, type Subject } from './case.js';
import type { Action, Circumstances } from './commands.js';
import { guard } from './guard.js';
import { type ActingRole, type Actor, LIFECYCLE, type Step, stepOf, stepsOf } from './lifecycle.js';
import {
  demandEnterprise,
  demandRemovalOpen,
  demandSiteRepairOpen,
  type KnownAgainst,
} from '../repair/request.js';
import type { Rules } from '../rules/rules.js';

/** A login, as far as the table asks. */
export interface Login {
  id: string;
  roles: readonly string[];
  department?: string | undefined;
  party?: string | undefined;
}

/** What the table needs to know of a case to say whose turn it is. */
export interface Seat {
  department: string;
  superior: string | null;
  subject: Pick<Subject, 'id' | 'code'>;
}

/** Whether a login may act by a row of the table, and if not what it lacks. */
export type Standing =
  | { may: true; as: ActingRole }
  | { may: false; lacks: 'role'; roles: ActingRole[] }
  | { may: false; lacks: 'department'; owner: string | null }
  | { may: false; lacks: 'party' };

/** The one place where the lifecycle table's column "who" is read. */
export function standingFor(
  action: Action,
  status: ListingCase['status'],
  login: Login,
  seat: Seat,
): Standing {
  const step = stepOf(status, action);
  return standingOf(step ? [step] : stepsOf(action), login, seat);
}

function standingOf(steps: readonly Step[], login: Login, seat: Seat): Standing {
  const actors = steps.flatMap((step) => (typeof step.who === 'string' ? [] : [...step.who]));
  const held = actors.filter((actor) => login.roles.includes(actor.role));
  if (held.length === 0)
    return { may: false, lacks: 'role', roles: [...new Set(actors.map((actor) => actor.role))] };
  const fitting = held.find((actor) => sits(actor, login, seat));
  if (fitting) return { may: true, as: fitting.role };
  const unit = held.find((actor) => actor.of !== 'party');
  if (!unit) return { may: false, lacks: 'party' };
  return { may: false, lacks: 'department', owner: unit.of === 'superior' ? seat.superior : seat.department };
}

function sits(actor: Actor, login: Login, seat: Seat): boolean {
  switch (actor.of) {
    case 'owner':
      return login.department === seat.department;
    case 'superior':
      return seat.superior !== null && login.department === seat.superior;
    case 'party':
      return login.party !== undefined && login.party === partyOf(seat.subject);
    default:
      return actor.of satisfies never;
  }
}

/** One action of the table for a case as it stands. */
export interface PossibleAction {
  action: Action;
  to: readonly string[];
  allowed: boolean;
  /** Why not, with the cure. */
  refusal?: Refusal;
}

/**
 * What this login may do now, from the lifecycle table: actions of its role and unit, with the reason where
 * a condition does not hold yet or a request comes too early. Actions of other people are left out, and so are
 * those on what is not there.
 *
 * @param known what the register knows against a request for repair
 */
export function possibleActions(
  state: ListingCase,
  rules: Rules,
  circumstances: Circumstances,
  login: Login,
  known: KnownAgainst = NOTHING_KNOWN,
): PossibleAction[] {
  const seat = {
    department: state.department,
    superior: circumstances.owner.superior,
    subject: state.subject,
  };
  const steps = LIFECYCLE.filter((step) => step.from === state.status && typeof step.who !== 'string');
  return steps
    .filter((step) => standingOf([step], login, seat).may)
    .map((step): PossibleAction => {
      const { action, to } = step;
      try {
        guard(action, { state, rules, circumstances });
        demandOpen(action, state, rules, known, circumstances);
        return { action, to, allowed: true };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { action, to, allowed: false, refusal: error };
      }
    })
    .filter(({ refusal }) => !refusal || !NOTHING_THERE.has(refusal.code));
}

const NOTHING_KNOWN: KnownAgainst = { bars: [], repairBars: [] };

/** What a request for repair would be refused for whatever it says. */
function demandOpen(
  action: Action,
  state: ListingCase,
  rules: Rules,
  known: KnownAgainst,
  { today }: Circumstances,
): void {
  if (action === 'repair-request' && (state.status === 'in-force' || state.status === 'suspended'))
    demandRemovalOpen(state, rules, known, today);
  if (action === 'suspension-request') demandEnterprise(state);
  if (action === 'site-repair-request') demandSiteRepairOpen(state, known.repairBars, today);
}

/** No request, no changed basis, nothing granted, nothing shown: there is nothing to act on. */
const NOTHING_THERE: ReadonlySet<string> = new Set([
  'listing.no-request',
  'listing.basis-not-questioned',
  'listing.repair-none-granted',
  'listing.not-lifted-for-plan',
  'listing.not-stayed',
  'listing.site-not-shown',
]);
