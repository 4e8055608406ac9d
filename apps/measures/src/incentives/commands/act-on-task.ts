import { Injectable } from '@nestjs/common';
import { publishAll } from '#messaging';
import { type Actor, checkVersion, type Tx } from '#platform';
import { demandDuty } from '../../units/demand-duty.js';
import { incentiveRefusals } from '../domain/refusals.js';
import { decideTask, type TaskCommand } from '../domain/task.js';
import { toldTask } from '../events/outbox.js';
import { type IncentiveTask, TaskStore } from '../store/tasks.js';
import { IncentiveLaw } from './incentive-law.js';
import { TaskClocks } from './task-clocks.js';

/** What an officer of the executing department may do. */
export type TaskOfficerCommand = Extract<
  TaskCommand,
  { type: 'receive' | 'answer' | 'correct-answer' | 'confirm-end' }
>;

/** The executing department acts: receives, answers, corrects, confirms that it gives the benefit no more. */
@Injectable()
export class ActOnTask {
  constructor(
    private readonly law: IncentiveLaw,
    private readonly tasks: TaskStore,
    private readonly clocks: TaskClocks,
  ) {}

  /** @throws Refusal `incentive.*`, `request.other-department`, `request.if-match-stale` */
  async run(
    tx: Tx,
    actor: Actor,
    id: string,
    version: number,
    command: TaskOfficerCommand,
  ): Promise<IncentiveTask> {
    const rules = this.law.today();
    const duties = this.law.dutiesOf(actor);
    const changed = await this.tasks.change(
      tx,
      id,
      (task) => {
        demandDuty(duties, task.executor);
        checkVersion(task.version, version);
        return decideTask(task.incentive.from, task.state, command, rules);
      },
      rules.today,
    );
    if (!changed) throw incentiveRefusals.refusal('incentive.task-not-found', { id });
    await this.clocks.follow(tx, [changed], rules);
    await publishAll(tx, toldTask(changed));
    return changed.task;
  }
}
