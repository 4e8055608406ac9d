import { Injectable } from '@nestjs/common';
import type { CaseRef, DataOf, listingEnded, listingSuspended, SubjectRef } from '#contracts';
import { publishAll } from '#messaging';
import type { Tx } from '#platform';
import { decide } from '../domain/action.js';
import { onEnded, onSuspended } from '../domain/case-standing.js';
import { toldChanged, toldCompleted } from '../events/outbox.js';
import { ActionStore } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { lockSubject } from '../store/subject-lock.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';
import { Refer } from './refer.js';

type Ended = DataOf<typeof listingEnded>;
type Suspended = DataOf<typeof listingSuspended>;

/** A listing ended, in whatever way: nothing of it may stand a day longer (order 36; ordinance art. 40). */
@Injectable()
export class OrderLifts {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly cases: CaseStore,
    private readonly actions: ActionStore,
    private readonly clocks: ActionClocks,
    private readonly refer: Refer,
  ) {}

  async run(tx: Tx, ended: Ended): Promise<void> {
    await lockSubject(tx, ended.subject.id);
    switch (onEnded(await this.cases.standingOf(tx, ended.case.id))) {
      case 'repeat':
        return;
      case 'remember':
        await this.cases.rememberUnseen(tx, ended, { ending: ended.end, endedOn: ended.endedOn });
        await publishAll(tx, [toldCompleted(ended.case, ended.subject, 'lifted', 0)]);
        return;
      case 'lift':
        await this.cases.end(tx, ended.case.id, ended.end, ended.endedOn);
        await this.#lift(tx, ended, ended.end);
    }
  }

  /** Provisionally, for an approved bankruptcy plan (order 36 art. 20): lifted and confirmed like at an end. */
  async suspend(tx: Tx, suspended: Suspended): Promise<void> {
    await lockSubject(tx, suspended.subject.id);
    switch (onSuspended(await this.cases.standingOf(tx, suspended.case.id))) {
      case 'repeat':
        return;
      case 'remember':
        return this.cases.rememberUnseen(tx, suspended, null);
      case 'lift':
        await this.cases.suspend(tx, suspended.case.id);
        await this.#lift(tx, suspended, 'suspended');
    }
  }

  async #lift(tx: Tx, about: { case: CaseRef; subject: SubjectRef }, end: string): Promise<void> {
    const rules = this.law.today();
    const changes = await this.actions.changeOpen(
      tx,
      about.case.id,
      (action) => decide(action, action.state, { type: 'order-lift', end }, rules),
      rules.today,
    );
    await this.clocks.follow(tx, changes, rules);
    await this.refer.end(tx, about, end);
    const { all, unlifted } = await this.actions.countOf(tx, about.case.id);
    await publishAll(tx, [
      ...changes.flatMap(toldChanged),
      ...(unlifted === 0 ? [toldCompleted(about.case, about.subject, 'lifted', all)] : []),
    ]);
  }
}
