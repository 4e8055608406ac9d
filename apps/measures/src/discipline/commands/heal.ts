import { Injectable } from '@nestjs/common';
import { publishAll } from '#messaging';
import { type Actor, actorLine, Database, type Tx } from '#platform';
import { type Command, decide } from '../domain/action.js';
import { toldChanged } from '../events/outbox.js';
import { type Disagreement, Reconcile, type WrongAction } from '../queries/reconcile.js';
import { ActionStore } from '../store/action.store.js';
import { lockSubject } from '../store/subject-lock.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';
import { OrderActions } from './order-actions.js';

/**
 * What was done about one disagreement. `gone`: by then there was none any more; `not-allowed`: the rules do not order
 * it any more; `failed`: it could not be put right, `error` says why; `waits`: an event must come first.
 */
export type Healed =
  | (WrongAction & { outcome: Mended | 'gone' })
  | (WrongAction & { outcome: 'failed'; error: string })
  | (Exclude<Disagreement, WrongAction> & { outcome: 'waits' });
type Mended = 'lift-ordered' | 'ordered' | 'reordered' | 'not-allowed';

/** The end under which an action without a listing is lifted. */
const RECONCILED = 'reconciled';

/**
 * Heals what reconciliation finds: an action that stands without its listing, or without having been ordered by it, is
 * ordered to be lifted; one that a live listing misses is ordered, one that was lifted under it stands again. Each in a transaction of its own, looked at
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

  /** Each for itself: one that fails keeps nobody behind it. */
  async run(actor: Actor): Promise<Healed[]> {
    const healed: Healed[] = [];
    for (const found of await this.reconcile.wrong(this.database, null)) {
      try {
        const outcome = await this.database.transaction((tx) => this.#heal(tx, found, actor));
        healed.push({ ...found, outcome });
      } catch (error) {
        healed.push({ ...found, outcome: 'failed', error: (error as Error).message });
      }
    }
    const unsure = await this.reconcile.unsure(this.database);
    return [...healed, ...unsure.map((found) => ({ ...found, outcome: 'waits' as const }))];
  }

  async #heal(tx: Tx, found: WrongAction, actor: Actor): Promise<Mended | 'gone'> {
    await lockSubject(tx, found.subjectId);
    const still = await this.reconcile.wrong(tx, found.caseId);
    if (!still.some((each) => sameDisagreement(each, found))) return 'gone';
    const outcome = await this.#mend(tx, found);
    // What stays as it is, is found again by every round: one row says so.
    await tx.query(
      `INSERT INTO discipline_healing (kind, case_id, rule, executor, action_id, outcome, by_actor)
       SELECT $1, $2, $3, $4, $5, $6, $7
       WHERE $6 <> 'not-allowed' OR NOT EXISTS (
         SELECT FROM discipline_healing
         WHERE kind = $1 AND case_id = $2 AND rule = $3 AND executor = $4 AND outcome = $6)`,
      [found.kind, found.caseId, found.rule, found.executor, found.actionId, outcome, actorLine(actor)],
    );
    return outcome;
  }

  async #mend(tx: Tx, found: WrongAction): Promise<Mended> {
    if (found.kind !== 'listing-without-action') {
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

function sameDisagreement(a: WrongAction, b: WrongAction): boolean {
  return a.kind === b.kind && a.rule === b.rule && a.executor === b.executor && a.actionId === b.actionId;
}
