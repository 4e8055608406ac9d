import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '#platform';
import { eachForItself, type Outcome } from '../../units/each-for-itself.js';
import type { TaskAnswerGiven } from '../domain/task.js';
import { ActOnTask } from './act-on-task.js';

export interface TaskAnswerOfMany extends TaskAnswerGiven {
  id: string;
  version: number;
}

/** Answers to many incentives in one request. */
@Injectable()
export class AnswerTasks {
  constructor(
    private readonly database: Database,
    private readonly acts: ActOnTask,
  ) {}

  run(actor: Actor, answers: readonly TaskAnswerOfMany[]): Promise<Outcome[]> {
    return eachForItself(answers, ({ id, version, ...answer }) =>
      this.database.transaction((tx) => this.acts.run(tx, actor, id, version, { type: 'answer', ...answer })),
    );
  }
}
