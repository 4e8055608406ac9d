import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import { cancel, type Deadline, OnDeadline, schedule } from '#deadlines';
import { startOfDay } from '#kernel';
import { publish } from '#messaging';
import { Clock, newId, type Tx } from '#platform';
import { gradeOf } from '../domain/grade-of.js';
import { toldGrade } from '../events/outbox.js';
import { type Cause, type ComputedGrade, GradeStore } from '../store/grade.store.js';
import { InputStore } from '../store/input.store.js';
import { ModelStore } from '../store/model.store.js';

/** The clock that runs until a record becomes too old to count. */
export const DECAY = 'grading.decay';

@Injectable()
export class Regrade {
  constructor(
    private readonly clock: Clock,
    private readonly models: ModelStore,
    private readonly inputs: InputStore,
    private readonly grades: GradeStore,
  ) {}

  /**
   * Computes the grade of a subject whose row this transaction holds, keeps it, tells it, and sets the clock
   * to the day on which it changes by itself.
   *
   * @returns false where no model grades that kind of subject
   */
  async run(tx: Tx, subject: SubjectRef, cause: Cause): Promise<boolean> {
    const computedOn = this.clock.today();
    const model = await this.models.forKind(subject.kind, computedOn);
    if (!model) return false;
    const result = gradeOf(model, await this.inputs.inputsOf(tx, subject.id), computedOn);
    const computed: ComputedGrade = {
      id: newId(),
      modelId: model.id,
      modelVersion: model.version,
      result,
      cause,
      computedOn,
    };
    const previous = await this.grades.keep(tx, subject.id, computed);
    if (result.nextChangeOn) {
      await schedule(tx, { kind: DECAY, ref: subject.id, dueAt: startOfDay(result.nextChangeOn) });
    } else await cancel(tx, DECAY, subject.id);
    await publish(tx, toldGrade(subject, model, computed, previous));
    return true;
  }

  /** A record became too old, or a decision's day came: the grade changes without any event. */
  @OnDeadline(DECAY)
  async dayCame({ ref }: Deadline, tx: Tx): Promise<void> {
    const subject = await this.inputs.lockSubject(tx, ref);
    if (subject) await this.run(tx, subject, { eventId: newId(), type: DECAY, caseId: null });
  }
}
