import { Injectable } from '@nestjs/common';
import type { DataOf, subjectChanged, SubjectRef } from '#contracts';
import type { Tx } from '#platform';
import { IncentivesStore } from '../../incentives/store/incentives.store.js';
import { TaskStore } from '../../incentives/store/tasks.js';
import { ActionStore } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { SubjectChanges } from '../store/subject-changes.js';
import { lockSubject } from '../store/subject-lock.js';

/**
 * A subject is called otherwise, or is somewhere else: everything about it is shown, found and counted so from now on.
 * Who executes stays as it was ordered (docs/decisions, 37).
 */
@Injectable()
export class FollowSubject {
  constructor(
    private readonly changes: SubjectChanges,
    private readonly cases: CaseStore,
    private readonly actions: ActionStore,
    private readonly incentives: IncentivesStore,
    private readonly tasks: TaskStore,
  ) {}

  async changed(tx: Tx, { subject }: DataOf<typeof subjectChanged>, sequence: number): Promise<void> {
    await lockSubject(tx, subject.id);
    await this.#show(tx, await this.changes.note(tx, subject, sequence));
  }

  /**
   * An entry was corrected to a name of which records has not told us yet: the two topics overtake each other, and who
   * confirms the correction must read so. A name that it told is old or stands already.
   */
  async namedInListing(tx: Tx, subject: SubjectRef): Promise<void> {
    await lockSubject(tx, subject.id);
    if (!(await this.changes.toldName(tx, subject))) await this.#show(tx, subject);
  }

  async #show(tx: Tx, now: SubjectRef): Promise<void> {
    await this.cases.show(tx, now);
    await this.actions.show(tx, now);
    await this.incentives.show(tx, now);
    await this.tasks.show(tx, now);
  }
}
