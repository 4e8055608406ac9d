import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { DataOf, listingInForce } from '#contracts';
import { publishAll } from '#messaging';
import type { Tx } from '#platform';
import { ordered } from '../domain/action.js';
import { actionsFor } from '../domain/allowed-actions.js';
import { onInForce } from '../domain/case-standing.js';
import { toldCompleted, toldOrdered } from '../events/outbox.js';
import { ActionStore } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { RuleBookStore } from '../store/rule-book.store.js';
import { lockSubject } from '../store/subject-lock.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';

type InForce = DataOf<typeof listingInForce>;

/** A listing came into force: every measure that the rules allow is ordered, once, or nothing where none is allowed. */
@Injectable()
export class OrderActions {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly book: RuleBookStore,
    private readonly cases: CaseStore,
    private readonly actions: ActionStore,
    private readonly clocks: ActionClocks,
  ) {}

  async run(tx: Tx, listing: InForce): Promise<void> {
    await lockSubject(tx, listing.subject.id);
    switch (onInForce(await this.cases.standingOf(tx, listing.case.id))) {
      case 'repeat':
        return;
      case 'order-nothing':
        await this.cases.beginEnded(tx, listing.case.id, listing);
        await publishAll(tx, [toldCompleted(listing.case, listing.subject, 'ordered', 0)]);
        return;
      case 'order':
        await this.#order(tx, listing);
    }
  }

  async #order(tx: Tx, listing: InForce): Promise<void> {
    const rules = this.law.today();
    const allowed = actionsFor(
      {
        ...listing,
        listType: listing.case.listType,
        conductKind: listing.case.conductKind,
        subjectKind: listing.subject.kind,
        region: listing.subject.region,
      },
      await this.book.read(tx, listing.case.listType),
    );
    await this.cases.begin(
      tx,
      listing,
      listing,
      allowed.map(({ rule, executor }) => ({ rule, executor })),
    );
    const actions = await this.actions.order(
      tx,
      allowed.map((action) => ({
        ...action,
        id: uuidv7(),
        version: 1,
        orderedOn: rules.today,
        case: listing.case,
        subject: listing.subject,
        listingUntil: listing.termEndsOn,
        state: ordered(rules),
      })),
    );
    await this.clocks.begin(tx, actions, rules);
    await publishAll(tx, [
      ...actions.map(toldOrdered),
      toldCompleted(listing.case, listing.subject, 'ordered', actions.length),
    ]);
  }
}
