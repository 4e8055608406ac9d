import { Refusal } from '#kernel';
import { CONDITIONS, type ObjectionLook } from './decide.js';
import {
  OBJECTION_LIFECYCLE,
  type ObjectionAction,
  type ObjectionActor,
  type ObjectionStep,
} from './lifecycle.js';
import type { Objection } from './objection.js';

/** Where a login sits towards an objection: in the finding unit, the one above, a helping one, or as the party. */
export type Seats = Readonly<Record<ObjectionActor['of'], boolean>>;

/** One action of the table for an objection as it stands. */
export interface PossibleObjectionAction {
  action: ObjectionAction;
  to: readonly string[];
  allowed: boolean;
  /** Why not, with the cure. */
  refusal?: Refusal;
}

/** The actor of a row as whom a login may act; undefined where role or seat do not fit. */
export function fittingActor(
  step: ObjectionStep,
  roles: readonly string[],
  seats: Seats,
): ObjectionActor | undefined {
  return typeof step.who === 'string'
    ? undefined
    : step.who.find(({ role, of }) => roles.includes(role) && seats[of]);
}

/**
 * What a login may do now, from the table: actions of its role and unit, with the reason where a condition does
 * not hold yet. Actions of other people are left out, as with a case.
 */
export function possibleObjectionActions(
  objection: Objection,
  look: ObjectionLook,
  login: { roles: readonly string[]; seats: Seats },
): PossibleObjectionAction[] {
  return OBJECTION_LIFECYCLE.filter(
    (step) => step.from === objection.status && fittingActor(step, login.roles, login.seats),
  ).map(({ action, to, conditions = [] }) => {
    try {
      for (const condition of conditions) CONDITIONS[condition](objection, look);
      return { action, to, allowed: true };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { action, to, allowed: false, refusal: error };
    }
  });
}
