import { compareDates, type LocalDate } from '#kernel';
import type { ListingCase } from '../../../src/domain/case/case.js';
import type { Fact, FactOf, FactType } from '../../../src/domain/case/facts.js';
import type { Objection } from '../../../src/domain/objection/objection.js';
import type { Done, Walked, World } from '../world.js';

/** What a law looks at: one case of the world after one step. */
export interface Look {
  world: World;
  at: number;
  /** undefined: it was opened just now. */
  was: Walked | undefined;
  is: Walked;
  state: ListingCase;
  did: Done;
  /** Facts of this case that came of the step. */
  facts: readonly Fact[];
  /** Objections to this entry that are open. */
  open: readonly Objection[];
}

export interface Law {
  name: string;
  /** Where it stands; `house`: no text says it for every list. */
  article: string;
  /** @returns what is wrong, in words */
  check: (look: Look) => string | false | null | undefined;
}

export class LawBroken extends Error {
  constructor(
    readonly law: Pick<Law, 'name' | 'article'>,
    what: string,
    world: World,
  ) {
    super(`${law.name} (${law.article}): ${what}\n  ${world.path.join('\n  ')}`);
  }
}

export const before = (one: LocalDate, other: LocalDate): boolean => compareDates(one, other) < 0;
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
export const factsOf = <T extends FactType>(facts: readonly Fact[], type: T): FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => fact.type === type);
