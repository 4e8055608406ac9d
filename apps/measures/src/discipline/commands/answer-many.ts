import { Injectable } from '@nestjs/common';
import { Refusal, type RefusalFacts } from '#kernel';
import { type Actor, Database } from '#platform';
import type { AnswerGiven } from '../domain/action.js';
import { ActOnAction } from './act-on-action.js';

export interface AnswerOfMany extends AnswerGiven {
  id: string;
  version: number;
}

/** What came of one answer of many. */
export type AnswerOutcome =
  | { id: string; outcome: 'answered'; version: number; status: string }
  | { id: string; outcome: 'refused'; code: string; zh: string; en: string; facts: RefusalFacts };

/** Answers to many actions in one request: each stands or is refused for itself, in the order given. */
@Injectable()
export class AnswerMany {
  constructor(
    private readonly database: Database,
    private readonly acts: ActOnAction,
  ) {}

  async run(actor: Actor, answers: readonly AnswerOfMany[]): Promise<AnswerOutcome[]> {
    const outcomes: AnswerOutcome[] = [];
    for (const { id, version, ...answer } of answers)
      outcomes.push(await this.#one(actor, id, version, answer));
    return outcomes;
  }

  async #one(actor: Actor, id: string, version: number, answer: AnswerGiven): Promise<AnswerOutcome> {
    try {
      const action = await this.database.transaction((tx) =>
        this.acts.run(tx, actor, id, version, { type: 'answer', ...answer }),
      );
      return { id, outcome: 'answered', version: action.version, status: action.state.status };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, zh, en, facts } = error;
      return { id, outcome: 'refused', code, zh, en, facts };
    }
  }
}
