import { Injectable } from '@nestjs/common';
import { Refusal, type RefusalFacts } from '#kernel';
import { type Actor, Database } from '#platform';
import type { TaskAnswerGiven } from '../domain/task.js';
import { ActOnTask } from './act-on-task.js';

export interface TaskAnswerOfMany extends TaskAnswerGiven {
  id: string;
  version: number;
}

/** What came of one answer of many. */
export type TaskAnswerOutcome =
  | { id: string; outcome: 'answered'; version: number; status: string }
  | { id: string; outcome: 'refused'; code: string; zh: string; en: string; facts: RefusalFacts };

/** Answers to many incentives in one request: each stands or is refused for itself, in the order given. */
@Injectable()
export class AnswerTasks {
  constructor(
    private readonly database: Database,
    private readonly acts: ActOnTask,
  ) {}

  async run(actor: Actor, answers: readonly TaskAnswerOfMany[]): Promise<TaskAnswerOutcome[]> {
    const outcomes: TaskAnswerOutcome[] = [];
    for (const { id, version, ...answer } of answers)
      outcomes.push(await this.#one(actor, id, version, answer));
    return outcomes;
  }

  async #one(actor: Actor, id: string, version: number, answer: TaskAnswerGiven): Promise<TaskAnswerOutcome> {
    try {
      const task = await this.database.transaction((tx) =>
        this.acts.run(tx, actor, id, version, { type: 'answer', ...answer }),
      );
      return { id, outcome: 'answered', version: task.version, status: task.state.status };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, zh, en, facts } = error;
      return { id, outcome: 'refused', code, zh, en, facts };
    }
  }
}
