import { Inject, Injectable } from '@nestjs/common';
import { type Actor, Clock } from '#platform';
import { dutiesOf } from '../../units/domain/acting.js';
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

  /** The bodies for which the caller's department acts: itself, and those that it followed. */
  dutiesOf({ department }: Actor): string[] {
    return dutiesOf(department, this.law.units);
  }

  reasons(): DatedReason[] {
    return reasonsOn(this.law, this.clock.today());
  }
}
