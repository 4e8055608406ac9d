import { Injectable } from '@nestjs/common';
import type { DataOf, listingEnded } from '#contracts';
import { publishAll } from '#messaging';
import type { Tx } from '#platform';
import { decide } from '../domain/action.js';
import { onEnded } from '../domain/case-standing.js';
import { toldChanged, toldCompleted } from '../events/outbox.js';
import { ActionStore } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { lockSubject } from '../store/subject-lock.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';

type Ended = DataOf<typeof listingEnded>;

/** A listing ended, in whatever way: nothing of it may stand a day longer (order 36; ordinance art. 40). */
@Injectable()
export class OrderLifts {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly cases: CaseStore,
    private readonly actions: ActionStore,
    private readonly clocks: ActionClocks,
  ) {}

  async run(tx: Tx, ended: Ended): Promise<void> {
    await lockSubject(tx, ended.subject.id);
    switch (onEnded(await this.cases.standingOf(tx, ended.case.id))) {
      case 'repeat':
        return;
      case 'remember':
        await this.cases.endUnseen(tx, ended, ended.end, ended.endedOn);
        await publishAll(tx, [toldCompleted(ended.case, ended.subject, 'lifted', 0)]);
        return;
      case 'lift':
        await this.#lift(tx, ended);
    }
  }

  async #lift(tx: Tx, ended: Ended): Promise<void> {
    const rules = this.law.today();
    await this.cases.end(tx, ended.case.id, ended.end, ended.endedOn);
    const changes = await this.actions.changeOpen(
      tx,
      ended.case.id,
      (action) => decide(action, action.state, { type: 'order-lift', end: ended.end }, rules),
      rules.today,
    );
    await this.clocks.follow(tx, changes, rules);
    const { all, unlifted } = await this.actions.countOf(tx, ended.case.id);
    await publishAll(tx, [
      ...changes.flatMap(toldChanged),
      ...(unlifted === 0 ? [toldCompleted(ended.case, ended.subject, 'lifted', all)] : []),
    ]);
  }
}
