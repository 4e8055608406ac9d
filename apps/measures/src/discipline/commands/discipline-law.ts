import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import type { AnswerRules } from '../domain/action.js';
import { answerRulesOn, type DatedReason, type LawOfAnswers, reasonsOn } from '../domain/law-of-answers.js';

export const LAW_OF_ANSWERS = Symbol('LAW_OF_ANSWERS');

/** The dated law and defaults as they stand on the clock's today. */
@Injectable()
export class DisciplineLaw {
  constructor(
    private readonly clock: Clock,
    @Inject(LAW_OF_ANSWERS) private readonly law: LawOfAnswers,
  ) {}

  today(): AnswerRules {
    return answerRulesOn(this.law, this.clock.today());
  }

  reasons(): DatedReason[] {
    return reasonsOn(this.law, this.clock.today());
  }
}
