import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#platform';
import { loadSeeds } from '#seeds';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { validOn, type Validity } from '../../discipline/domain/rule.js';
import type { TaskRules } from '../domain/task.js';

/** Why a department may answer that it does not give an incentive. */
export interface IncentiveReasonRow extends Validity {
  code: string;
  zh: string;
  en: string;
}

export const INCENTIVE_REASONS = Symbol('INCENTIVE_REASONS');

/** Read once when the process starts. */
export function seededReasons(): IncentiveReasonRow[] {
  return loadSeeds('incentive-reasons');
}

/** Days as in the discipline loop (defaults of the project: no text fixes either), reasons of their own. */
@Injectable()
export class IncentiveLaw {
  constructor(
    private readonly law: DisciplineLaw,
    @Inject(INCENTIVE_REASONS) private readonly rows: readonly IncentiveReasonRow[],
  ) {}

  today(): TaskRules {
    const { today, calendar, answerWithin, liftWithin, remindBefore, escalateAfter, leadUnit } =
      this.law.today();
    const reasons = this.#reasonsOn(today);
    return {
      today,
      calendar,
      answerWithin,
      endWithin: liftWithin,
      remindBefore,
      escalateAfter,
      leadUnit,
      reasons,
    };
  }

  dutiesOf(actor: Actor): string[] {
    return this.law.dutiesOf(actor);
  }

  reasons(): IncentiveReasonRow[] {
    return this.#reasonsOn(this.law.today().today);
  }

  #reasonsOn(day: string): IncentiveReasonRow[] {
    return this.rows.filter((row) => validOn(row, day));
  }
}
