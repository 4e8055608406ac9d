import { Injectable } from '@nestjs/common';
import type {
  CaseRef,
  DataOf,
  listingCorrected,
  listingPublished,
  listingTermBegun,
  objectionMarked,
  objectionUnmarked,
  SubjectRef,
} from '#contracts';
import type { LocalDate } from '#kernel';
import { publish } from '#messaging';
import { Clock, type Tx } from '#platform';
import { toldCorrected } from '../events/outbox.js';
import { CaseStore } from '../store/case.store.js';
import { Corrections } from '../store/corrections.js';
import { lockSubject } from '../store/subject-lock.js';
import { FollowSubject } from './follow-subject.js';
import { OrderActions } from './order-actions.js';

/** Every action shows how its entry stands: objected to, or corrected (ordinance art. 39). */
@Injectable()
export class FollowEntry {
  constructor(
    private readonly clock: Clock,
    private readonly cases: CaseStore,
    private readonly orders: OrderActions,
    private readonly corrections: Corrections,
    private readonly subjects: FollowSubject,
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

  /** Most terms are known when an entry is published, or is not: one look for all of them. */
  async termsTold(
    tx: Tx,
    events: readonly {
      sequence: string;
      data: DataOf<typeof listingPublished> | DataOf<typeof listingTermBegun>;
    }[],
  ): Promise<void> {
    const news = await this.cases.termNews(
      tx,
      events.map(({ data }) => ({ caseId: data.case.id, termEndsOn: data.termEndsOn })),
    );
    for (const event of events) if (news.has(event.data.case.id)) await this.#entry(tx, event);
  }

  /** The receipt says that nothing here reads otherwise any more. */
  async corrected(tx: Tx, event: { sequence: string; data: DataOf<typeof listingCorrected> }): Promise<void> {
    await this.#entry(tx, event);
    const { subject, changes } = event.data;
    if (changes.some(({ field }) => field === 'subjectName')) await this.subjects.namedInListing(tx, subject);
    await publish(tx, toldCorrected(event.data, this.clock.today()));
  }

  /** The entry as it reads now, and what follows from its term. */
  async #entry(
    tx: Tx,
    event: { sequence: string; data: { case: CaseRef; subject: SubjectRef; termEndsOn: LocalDate | null } },
  ): Promise<void> {
    const { case: about, subject, termEndsOn } = event.data;
    await lockSubject(tx, subject.id);
    const latest = await this.corrections.note(tx, event);
    if (latest && (await this.cases.correct(tx, about, termEndsOn, Number(event.sequence))))
      await this.orders.followTerm(tx, about.id);
  }
}
