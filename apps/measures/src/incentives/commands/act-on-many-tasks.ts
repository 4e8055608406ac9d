import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '#platform';
import { eachForItself, type OneOfMany, type Outcome } from '../../units/each-for-itself.js';
import { ActOnTask, type TaskOfficerCommand } from './act-on-task.js';

/** The same step at many tasks in one request. */
@Injectable()
export class ActOnManyTasks {
  constructor(
    private readonly database: Database,
    private readonly acts: ActOnTask,
  ) {}

  run<Given extends OneOfMany>(
    actor: Actor,
    given: readonly Given[],
    commandOf: (one: Omit<Given, keyof OneOfMany>) => TaskOfficerCommand,
  ): Promise<Outcome[]> {
    return eachForItself(given, ({ id, version, ...said }) =>
      this.database.transaction((tx) => this.acts.run(tx, actor, id, version, commandOf(said))),
    );
  }
}
