import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { DataOf, listingInForce } from '#contracts';
import { scheduleAll, type NewDeadline } from '#deadlines';
import { endOfDay } from '#kernel';
import { publishAll } from '#messaging';
import type { Tx } from '#platform';
import { ordered } from '../domain/action.js';
import { actionsFor } from '../domain/allowed-actions.js';
import { onInForce } from '../domain/case-standing.js';
import { toldCompleted, toldOrdered } from '../events/outbox.js';
import { ActionStore, type DisciplineAction } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { RuleBookStore } from '../store/rule-book.store.js';
import { lockSubject } from '../store/subject-lock.js';
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
        state: ordered(rules),
      })),
    );
    await scheduleAll(
      tx,
      actions.flatMap((action) => clocksOf(action, listing)),
    );
    await publishAll(tx, [
      ...actions.map(toldOrdered),
      toldCompleted(listing.case, listing.subject, 'ordered', actions.length),
    ]);
  }
}

/** The day for the answer; and the end of the measure's own term where that comes before the listing's. */
function clocksOf({ id, state, until }: DisciplineAction, { termEndsOn }: InForce): NewDeadline[] {
  const clocks: NewDeadline[] = [];
  if (state.status === 'ordered')
    clocks.push({ kind: 'discipline.answer', ref: id, dueAt: endOfDay(state.answerDue) });
  if (until !== null && (termEndsOn === null || until < termEndsOn)) {
    clocks.push({ kind: 'discipline.own-term', ref: id, dueAt: endOfDay(until) });
  }
  return clocks;
}
