import { Injectable } from '@nestjs/common';
import { cancel } from '#deadlines';
import type { LocalDate } from '#kernel';
import { publishAll } from '#messaging';
import { type Actor, checkVersion, ownedBy, type Tx } from '#platform';
import { decide } from '../domain/action.js';
import { disciplineRefusals } from '../domain/refusals.js';
import { toldChanged } from '../events/outbox.js';
import { ActionStore, type DisciplineAction } from '../store/action.store.js';
import { DisciplineLaw } from './discipline-law.js';

export interface Answer {
  result: 'applied' | 'not-applied';
  on: LocalDate;
  reason?: string;
  note: string;
}

/** The executing department says what it did with the measure. */
@Injectable()
export class AnswerAction {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly actions: ActionStore,
  ) {}

  /** @throws Refusal `discipline.*`, `request.other-department`, `request.if-match-stale` */
  async run(tx: Tx, actor: Actor, id: string, version: number, answer: Answer): Promise<DisciplineAction> {
    const rules = this.law.today();
    const changed = await this.actions.change(
      tx,
      id,
      (action) => {
        ownedBy(actor, action.executor);
        checkVersion(action.version, version);
        return decide(action, action.state, { type: 'answer', ...answer }, rules);
      },
      rules.today,
    );
    if (!changed) throw disciplineRefusals.refusal('discipline.action-not-found', { id });
    await cancel(tx, 'discipline.answer', id);
    await publishAll(tx, toldChanged(changed));
    return changed.action;
  }
}
