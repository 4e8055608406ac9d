import { Injectable } from '@nestjs/common';
import { type Actor, actorLine, Clock, currentContext, Database, traceIdOf } from '#platform';
import { subjectRefusals } from '../domain/subject-refusals.js';
import { AccessLogStore } from '../store/access-log.store.js';

/**
 * Looking at a natural person: the purpose is demanded, and the look is committed to the log before anything
 * is read for the answer. An answer that fails after that leaves a line too much, never one too few.
 */
@Injectable()
export class LookLog {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: AccessLogStore,
  ) {}

  /**
   * @param subjectId null for a list of persons
   * @throws Refusal `subject.purpose-missing`
   */
  async note(
    actor: Actor,
    purpose: string | undefined,
    what: string,
    subjectId: string | null,
  ): Promise<void> {
    if (!purpose) throw subjectRefusals.refusal('subject.purpose-missing');
    const line = {
      at: this.clock.now(),
      actor: actorLine(actor),
      actor_name: actor.name,
      department: actor.department ?? null,
      subject_id: subjectId,
      what,
      purpose,
      trace_id: traceIdOf(currentContext()?.traceparent ?? ''),
    };
    await this.db.transaction((tx) => this.log.add(tx, line));
  }
}
