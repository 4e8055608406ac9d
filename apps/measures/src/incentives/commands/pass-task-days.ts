import { Injectable } from '@nestjs/common';
import { type Deadline, OnDeadline } from '#deadlines';
import { publishAll } from '#messaging';
import type { Tx } from '#platform';
import { decideTask, isTaskOverdue, type TaskCommand } from '../domain/task.js';
import { type TaskAct, taskStepOf } from '../domain/task-lifecycle.js';
import { toldTask } from '../events/outbox.js';
import { TaskStore } from '../store/tasks.js';
import { IncentiveLaw } from './incentive-law.js';
import { TaskClocks } from './task-clocks.js';

/** What the clocks of incentives bring about. A clock that ran down beside the act that stops it does nothing. */
@Injectable()
export class PassTaskDays {
  constructor(
    private readonly law: IncentiveLaw,
    private readonly tasks: TaskStore,
    private readonly clocks: TaskClocks,
  ) {}

  @OnDeadline('incentive.reminder')
  async reminder({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'remind', { type: 'remind' });
  }

  @OnDeadline('incentive.answer')
  async answerDay({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'pass-answer-day', { type: 'pass-day', missed: 'answer' });
  }

  @OnDeadline('incentive.end')
  async endDay({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'pass-end-day', { type: 'pass-day', missed: 'end' });
  }

  /** Long after its day: the lead unit is told who owes what. */
  @OnDeadline('incentive.escalation')
  async escalation({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.#pass(tx, ref, 'escalate', { type: 'escalate' });
  }

  async #pass(tx: Tx, id: string, act: TaskAct, command: TaskCommand): Promise<void> {
    const rules = this.law.today();
    const changed = await this.tasks.change(
      tx,
      id,
      ({ state, incentive }) => {
        const passed =
          !taskStepOf(state.status, act) || (command.type === 'pass-day' && isTaskOverdue(state));
        return passed ? [] : decideTask(incentive.from, state, command, rules);
      },
      rules.today,
    );
    if (!changed) return;
    await this.clocks.follow(tx, [changed], rules);
    await publishAll(tx, toldTask(changed));
  }
}
