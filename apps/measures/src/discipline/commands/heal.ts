import { Injectable } from '@nestjs/common';
import { publishAll } from '#messaging';
import { type Actor, actorLine, Database, type Tx } from '#platform';
import { type Command, decide } from '../domain/action.js';
import { toldChanged } from '../events/outbox.js';
import { type Disagreement, Reconcile } from '../queries/reconcile.js';
import { ActionStore } from '../store/action.store.js';
import { lockSubject } from '../store/subject-lock.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';
import { OrderActions } from './order-actions.js';

/** What was done about one disagreement; `gone`: by then there was none any more. */
export interface Healed extends Disagreement {
  outcome: 'lift-ordered' | 'ordered' | 'reordered' | 'gone' | 'not-allowed';
}

/** The end under which an action without a listing is lifted. */
const RECONCILED = 'reconciled';

/**
 * Heals what reconciliation finds: an action that stands without its listing is ordered to be lifted; one that a live
 * listing misses is ordered, one that was lifted under it stands again. Each in a transaction of its own, looked at
 * anew under the subject's lock, with a trace in the action's history and in `discipline_healing`. No command of the
 * service brings such a state about; a backup that is restored, or a hand in the database, can.
 */
@Injectable()
export class Heal {
  constructor(
    private readonly database: Database,
    private readonly law: DisciplineLaw,
    private readonly reconcile: Reconcile,
    private readonly actions: ActionStore,
    private readonly clocks: ActionClocks,
    private readonly orders: OrderActions,
  ) {}

  async run(actor: Actor): Promise<Healed[]> {
    const healed: Healed[] = [];
    for (const found of await this.reconcile.of(this.database, null)) {
      const outcome = await this.database.transaction((tx) => this.#heal(tx, found, actor));
      healed.push({ ...found, outcome });
    }
    return healed;
  }

  async #heal(tx: Tx, found: Disagreement, actor: Actor): Promise<Healed['outcome']> {
    await lockSubject(tx, found.subjectId);
    const still = await this.reconcile.of(tx, found.caseId);
    if (!still.some((each) => sameDisagreement(each, found))) return 'gone';
    const outcome = await this.#mend(tx, found);
    await tx.query(
      `INSERT INTO discipline_healing (kind, case_id, rule, executor, action_id, outcome, by_actor)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [found.kind, found.caseId, found.rule, found.executor, found.actionId, outcome, actorLine(actor)],
    );
    return outcome;
  }

  async #mend(tx: Tx, found: Disagreement): Promise<Healed['outcome']> {
    if (found.kind === 'action-without-listing') {
      await this.#act(tx, found.actionId!, { type: 'order-lift', end: RECONCILED });
      return 'lift-ordered';
    }
    if (found.actionId !== null) {
      await this.#act(tx, found.actionId, { type: 'reorder' });
      return 'reordered';
    }
    return (await this.orders.missing(tx, found.caseId, found)) ? 'ordered' : 'not-allowed';
  }

  async #act(tx: Tx, id: string, command: Command): Promise<void> {
    const rules = this.law.today();
    const changed = await this.actions.change(
      tx,
      id,
      (action) => decide(action, action.state, command, rules),
      rules.today,
    );
    if (!changed) throw new Error(`action ${id} is gone`);
    await this.clocks.follow(tx, [changed], rules);
    await publishAll(tx, toldChanged(changed));
  }
}

function sameDisagreement(a: Disagreement, b: Disagreement): boolean {
  return a.kind === b.kind && a.rule === b.rule && a.executor === b.executor && a.actionId === b.actionId;
}
