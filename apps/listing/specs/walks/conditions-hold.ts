import { Refusal } from '#kernel';
import { CONDITIONS } from '../../src/domain/case/conditions.js';
import type { Step } from '../../src/domain/case/lifecycle.js';
import type { Person } from '../story.js';
import type { World } from './world.js';

/** Whether the table would let this person take that step now, as far as it asks. */
export function conditionsHold(world: World, at: number, { conditions = [] }: Step, who: Person): boolean {
  const look = {
    state: world.cases[at]!.state,
    rules: world.rules(at),
    circumstances: world.circumstances(who),
  };
  try {
    for (const condition of conditions) CONDITIONS[condition](look);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
