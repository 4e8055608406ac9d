import { Injectable } from '@nestjs/common';
import type { DataOf, listingCorrected, objectionMarked, objectionUnmarked } from '#contracts';
import { publish } from '#messaging';
import { Clock, type Tx } from '#platform';
import { toldCorrected } from '../events/outbox.js';
import { CaseStore } from '../store/case.store.js';
import { Corrections } from '../store/corrections.js';
import { lockSubject } from '../store/subject-lock.js';
import { OrderActions } from './order-actions.js';

/** Every action shows how its entry stands: objected to, or corrected (ordinance art. 39). */
@Injectable()
export class FollowEntry {
  constructor(
    private readonly clock: Clock,
    private readonly cases: CaseStore,
    private readonly orders: OrderActions,
    private readonly corrections: Corrections,
  ) {}

  async marked(tx: Tx, marked: DataOf<typeof objectionMarked>): Promise<void> {
    const { case: about, subject, objection, markedOn } = marked;
    await lockSubject(tx, subject.id);
    await this.cases.mark(tx, about.id, objection.id, markedOn);
  }

  async unmarked(tx: Tx, unmarked: DataOf<typeof objectionUnmarked>): Promise<void> {
    const { case: about, subject, objection } = unmarked;
    await lockSubject(tx, subject.id);
    await this.cases.mark(tx, about.id, objection.id, null);
  }

  /** The receipt says that nothing here reads otherwise any more. */
  async corrected(
    tx: Tx,
    event: { sequence: string; data: DataOf<typeof listingCorrected> },
  ): Promise<void> {
    const { case: about, subject, termEndsOn } = event.data;
    await lockSubject(tx, subject.id);
    const latest = await this.corrections.note(tx, event);
    if (latest && (await this.cases.correct(tx, about, termEndsOn, Number(event.sequence))))
      await this.orders.followTerm(tx, about.id);
    await publish(tx, toldCorrected(event.data, this.clock.today()));
  }
}
