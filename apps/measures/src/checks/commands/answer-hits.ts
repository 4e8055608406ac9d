import { Injectable } from '@nestjs/common';
import { Refusal, type RefusalFacts } from '#kernel';
import { type Actor, Database } from '#platform';
import type { HitReply } from '../domain/hit-answer.js';
import { AnswerHit } from './answer-hit.js';

export interface HitReplyOfMany extends HitReply {
  action: string;
}

/** What came of one answer of many. */
export type HitOutcome =
  | { action: string; outcome: 'answered'; result: 'applied' | 'not-applied' }
  | { action: string; outcome: 'refused'; code: string; zh: string; en: string; facts: RefusalFacts };

/** Answers to many hits of one check: each stands or is refused for itself, in the order given. */
@Injectable()
export class AnswerHits {
  constructor(
    private readonly database: Database,
    private readonly answers: AnswerHit,
  ) {}

  async run(actor: Actor, checkId: string, replies: readonly HitReplyOfMany[]): Promise<HitOutcome[]> {
    const outcomes: HitOutcome[] = [];
    for (const { action, ...reply } of replies) outcomes.push(await this.#one(actor, checkId, action, reply));
    return outcomes;
  }

  async #one(actor: Actor, checkId: string, action: string, reply: HitReply): Promise<HitOutcome> {
    try {
      const { answer } = await this.database.transaction((tx) =>
        this.answers.run(tx, actor, checkId, action, reply),
      );
      return { action, outcome: 'answered', result: answer!.result };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, zh, en, facts } = error;
      return { action, outcome: 'refused', code, zh, en, facts };
    }
  }
}
