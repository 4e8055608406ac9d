import { Injectable } from '@nestjs/common';
import { cancel } from '#deadlines';
import type { LocalDate } from '#kernel';
import { publishAll } from '#messaging';
import { type Actor, checkVersion, ownedBy, type Tx } from '#platform';
import { decide } from '../domain/action.js';
import { disciplineRefusals } from '../domain/refusals.js';
import { toldChanged, toldCompleted } from '../events/outbox.js';
import { ActionStore, type DisciplineAction } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { DisciplineLaw } from './discipline-law.js';

/** The executing department confirms that nothing of the measure stands; with the last one the case is complete. */
@Injectable()
export class ConfirmLift {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly cases: CaseStore,
    private readonly actions: ActionStore,
  ) {}

  /** @throws Refusal `discipline.*`, `request.other-department`, `request.if-match-stale` */
  async run(
    tx: Tx,
    actor: Actor,
    id: string,
    version: number,
    lift: { on: LocalDate; note: string },
  ): Promise<DisciplineAction> {
    const rules = this.law.today();
    const changed = await this.actions.change(
      tx,
      id,
      (action) => {
        ownedBy(actor, action.executor);
        checkVersion(action.version, version);
        return decide(action, action.state, { type: 'confirm-lift', ...lift }, rules);
      },
      rules.today,
    );
    if (!changed) throw disciplineRefusals.refusal('discipline.action-not-found', { id });
    await cancel(tx, 'discipline.lift', id);
    const { case: caseRef, subject } = changed.action;
    const { all, unlifted } = await this.actions.countOf(tx, caseRef.id);
    // A measure whose own term was over may be lifted while its listing lives: then the case is not complete.
    const complete = unlifted === 0 && (await this.cases.standingOf(tx, caseRef.id)) === 'ended';
    await publishAll(tx, [
      ...toldChanged(changed),
      ...(complete ? [toldCompleted(caseRef, subject, 'lifted', all)] : []),
    ]);
    return changed.action;
  }
}
