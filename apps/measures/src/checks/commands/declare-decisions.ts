import { Injectable } from '@nestjs/common';
import { type Actor, actorLine, checkVersion, Clock, type Tx } from '#platform';
import { type Declaration, demandCorrection, demandDeclarable, type Month } from '../domain/declaration.js';
import { checkRefusals } from '../domain/refusals.js';
import { Declarations } from '../store/declarations.js';

export interface Said {
  field: string;
  month: Month;
  decisions: number;
}

/** A department says how many decisions of a kind it took in a month that is over, and corrects what it said. */
@Injectable()
export class DeclareDecisions {
  constructor(
    private readonly clock: Clock,
    private readonly store: Declarations,
  ) {}

  /** @throws Refusal `check.department-missing`, `check.declared-already`, and what cannot be said at all */
  async first(tx: Tx, actor: Actor, said: Said): Promise<Declaration> {
    const declaration = this.#by(actor, said, 1, null);
    if (!(await this.store.add(tx, declaration)))
      throw checkRefusals.refusal('check.declared-already', { month: said.month, field: said.field });
    return declaration;
  }

  /** @throws Refusal `check.not-declared`, `check.nothing-corrected`, `request.if-match-stale`, as with the first */
  async correct(
    tx: Tx,
    actor: Actor,
    version: number,
    { why, ...said }: Said & { why: string },
  ): Promise<Declaration> {
    const corrected = this.#by(actor, said, version + 1, why);
    const last = await this.store.last(tx, corrected);
    if (!last) throw checkRefusals.refusal('check.not-declared', { month: said.month, field: said.field });
    checkVersion(last.version, version);
    demandCorrection(last, said.decisions);
    // Nobody can have been faster and be seen only now, but by the same number of the version.
    if (!(await this.store.add(tx, corrected))) checkVersion(version + 1, version);
    return corrected;
  }

  #by(actor: Actor, { field, month, decisions }: Said, version: number, why: string | null): Declaration {
    if (!actor.department) throw checkRefusals.refusal('check.department-missing');
    const today = this.clock.today();
    return {
      department: actor.department,
      field: demandDeclarable(field, month, today),
      month,
      version,
      decisions,
      why,
      declaredBy: actorLine(actor),
      declaredOn: today,
    };
  }
}
