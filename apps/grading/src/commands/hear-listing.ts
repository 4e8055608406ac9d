import { Injectable } from '@nestjs/common';
import type { CaseRef, DataOf, listingCorrected, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { publish } from '#messaging';
import { Clock, type Tx } from '#platform';
import { toldCorrected, toldNotGraded } from '../events/outbox.js';
import { InputStore } from '../store/input.store.js';
import { Regrade } from './regrade.js';

export interface HeardListing {
  eventId: string;
  type: string;
  sequence: number;
  subject: SubjectRef;
  about: CaseRef;
  on: LocalDate;
}

/**
 * A listing began or ended. Each is answered exactly once by a `grade.computed` that names the case: the
 * listing service counts it as its receipt, also for subjects that no model grades.
 */
@Injectable()
export class HearListing {
  constructor(
    private readonly clock: Clock,
    private readonly inputs: InputStore,
    private readonly regrade: Regrade,
  ) {}

  async began(tx: Tx, heard: HeardListing): Promise<void> {
    if (await this.inputs.beginListing(tx, heard.subject, heard.about, heard.on))
      await this.#answer(tx, heard);
  }

  async ended(tx: Tx, heard: HeardListing): Promise<void> {
    if (await this.inputs.endListing(tx, heard.subject, heard.about, heard.on, heard.sequence))
      await this.#answer(tx, heard);
  }

  /** Lifted provisionally, for a bankruptcy plan (order 36 art. 20) or by a stay: the veto goes, the listing is kept. */
  async suspended(tx: Tx, heard: HeardListing): Promise<void> {
    if (await this.inputs.suspendListing(tx, heard.subject, heard.about, heard.on, heard.sequence))
      await this.#answer(tx, heard);
  }

  async restored(tx: Tx, heard: HeardListing): Promise<void> {
    if (await this.inputs.restoreListing(tx, heard.subject, heard.about, heard.on, heard.sequence))
      await this.#answer(tx, heard);
  }

  /**
   * No grade depends on what an entry says beside its list, but each is shown under the name of its subject, of which
   * nothing else is heard until the next record or listing. The receipt says that nothing reads otherwise any more.
   */
  async corrected(tx: Tx, corrected: DataOf<typeof listingCorrected>): Promise<void> {
    const { subject, changes } = corrected;
    if (changes.some(({ field }) => field === 'subjectName')) await this.inputs.rename(tx, subject);
    await publish(tx, toldCorrected(corrected, this.clock.today()));
  }

  async #answer(tx: Tx, { eventId, type, subject, about }: HeardListing): Promise<void> {
    const cause = { eventId, type, caseId: about.id };
    const graded = await this.regrade.run(tx, subject, cause);
    if (!graded) await publish(tx, toldNotGraded(subject, cause, this.clock.today()));
  }
}
