import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { DataOf, listingInForce, listingRestored } from '#contracts';
import { publishAll } from '#messaging';
import type { Tx } from '#platform';
import { decide, ordered } from '../domain/action.js';
import { actionsFor, type AllowedAction, correctedUntil } from '../domain/allowed-actions.js';
import { onInForce, onRestored } from '../domain/case-standing.js';
import { toldCompleted, toldOrdered } from '../events/outbox.js';
import { ActionStore } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { RuleBookStore } from '../store/rule-book.store.js';
import { lockSubject } from '../store/subject-lock.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';

type InForce = Omit<DataOf<typeof listingInForce>, 'decisionNo'>;
type Restored = DataOf<typeof listingRestored>;

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

  /** @returns whether the listing stands now: an event that comes late may find it lifted or ended */
  async run(tx: Tx, listing: InForce): Promise<boolean> {
    await lockSubject(tx, listing.subject.id);
    const standing = await this.cases.standingOf(tx, listing.case.id);
    switch (onInForce(standing)) {
      case 'repeat':
        return standing === 'live';
      case 'order-nothing':
        await this.cases.beginUnseen(tx, listing.case.id, listing);
        await publishAll(tx, [toldCompleted(listing.case, listing.subject, 'ordered', 0)]);
        return false;
      case 'order':
        await this.#order(tx, listing);
        return true;
    }
  }

  /**
   * A listing that was lifted provisionally, or left the list on false material, stands again: its measures are
   * ordered anew from that day, by the rules of that day. What was lifted stays lifted in its own row.
   */
  async again(tx: Tx, restored: Restored): Promise<void> {
    await lockSubject(tx, restored.subject.id);
    const listing = { ...restored, inForceOn: restored.restoredOn };
    switch (onRestored(await this.cases.standingOf(tx, restored.case.id))) {
      case 'repeat':
        return;
      case 'order-first':
        return this.#order(tx, listing);
      case 'order-again': {
        const allowed = await this.#allowed(tx, listing);
        const round = await this.cases.restore(tx, listing, restored, keysOf(allowed));
        await this.#orderAll(tx, listing, allowed, round);
      }
    }
  }

  /**
   * One action that a live listing misses, as its rules stood when it came into force, or was restored.
   *
   * @returns false where those rules do not order it
   */
  async missing(tx: Tx, caseId: string, key: { rule: string; executor: string }): Promise<boolean> {
    const { listing, round } = await this.cases.live(tx, caseId);
    const allowed = (await this.#allowed(tx, listing)).filter(
      ({ rule, executor }) => rule === key.rule && executor === key.executor,
    );
    if (allowed.length > 0) await this.#orderAll(tx, listing, allowed, round);
    return allowed.length > 0;
  }

  /**
   * The term of a listing was corrected: each measure ends as the rules that ordered it say of the corrected term.
   * What is being lifted already keeps the term that it had.
   */
  async followTerm(tx: Tx, caseId: string): Promise<void> {
    if ((await this.cases.standingOf(tx, caseId)) !== 'live') return;
    const { listing } = await this.cases.live(tx, caseId);
    const lawful = await this.#allowed(tx, listing);
    const rules = this.law.today();
    const changes = await this.actions.changeOpen(
      tx,
      caseId,
      (action) => {
        const until = correctedUntil(action, lawful, listing.termEndsOn);
        return until === action.until
          ? []
          : decide(action, action.state, { type: 'correct-term', until }, rules);
      },
      rules.today,
    );
    await this.clocks.follow(tx, changes, rules);
  }

  async #order(tx: Tx, listing: InForce): Promise<void> {
    const allowed = await this.#allowed(tx, listing);
    await this.cases.begin(tx, listing, listing, keysOf(allowed));
    await this.#orderAll(tx, listing, allowed, 1);
  }

  async #allowed(tx: Tx, listing: InForce): Promise<AllowedAction[]> {
    const { listType, conductKind } = listing.case;
    const { kind: subjectKind, region } = listing.subject;
    const about = { ...listing, listType, conductKind, subjectKind, region };
    return actionsFor(about, await this.book.read(tx, listType));
  }

  async #orderAll(tx: Tx, listing: InForce, allowed: readonly AllowedAction[], round: number): Promise<void> {
    const rules = this.law.today();
    const actions = await this.actions.order(
      tx,
      allowed.map((action) => ({
        ...action,
        id: uuidv7(),
        version: 1,
        orderedOn: rules.today,
        case: listing.case,
        subject: listing.subject,
        round,
        objectionSince: null,
        listingUntil: listing.termEndsOn,
        state: ordered(rules),
      })),
    );
    await this.clocks.begin(tx, actions, rules);
    // The count is that of the whole case: what was lifted before is a receipt, too.
    const { all } = await this.actions.countOf(tx, listing.case.id);
    await publishAll(tx, [
      ...actions.map(toldOrdered),
      toldCompleted(listing.case, listing.subject, 'ordered', all),
    ]);
  }
}

function keysOf(allowed: readonly AllowedAction[]): { rule: string; executor: string }[] {
  return allowed.map(({ rule, executor }) => ({ rule, executor }));
}
