import { Injectable } from '@nestjs/common';
import { type Deadline, OnDeadline } from '#deadlines';
import { publishAll } from '#messaging';
import type { Tx } from '#platform';
import { type Command, decide, isOverdue } from '../domain/action.js';
import { type Act, stepOf } from '../domain/lifecycle.js';
import { toldChanged } from '../events/outbox.js';
import { ActionStore } from '../store/action.store.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';

/** What the legal clocks of the loop bring about. A clock that ran down beside the act that stops it does nothing. */
@Injectable()
export class PassDays {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly actions: ActionStore,
    private readonly clocks: ActionClocks,
  ) {}

  @OnDeadline('discipline.reminder')
  async reminder({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'remind', { type: 'remind' });
  }

  @OnDeadline('discipline.answer')
  async answerDay({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'pass-answer-day', { type: 'pass-day', missed: 'answer' });
  }

  @OnDeadline('discipline.lift')
  async liftDay({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'pass-lift-day', { type: 'pass-day', missed: 'lift' });
  }

  /** Long after its day: the lead unit is told who owes what. */
  @OnDeadline('discipline.escalation')
  async escalation({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'escalate', { type: 'escalate' });
  }

  /** The measure's own legal term is over while the listing goes on: the measure ends, the listing does not. */
  @OnDeadline('discipline.own-term')
  async ownTerm({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'order-lift', { type: 'order-lift', end: 'own-term' });
  }

  async #pass(tx: Tx, id: string, act: Act, command: Command): Promise<void> {
    const rules = this.law.today();
    const changed = await this.actions.change(
      tx,
      id,
      (action) => {
        const passed =
          !stepOf(action.state.status, act) || (command.type === 'pass-day' && isOverdue(action.state));
        return passed ? [] : decide(action, action.state, command, rules);
      },
      rules.today,
    );
    if (!changed) return;
    await this.clocks.follow(tx, [changed], rules);
    await publishAll(tx, toldChanged(changed));
  }
}
