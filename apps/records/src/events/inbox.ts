import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  type CaseRef,
  disciplineApplied,
  disciplineLifted,
  disciplineLiftOrdered,
  disciplineNotApplied,
  disciplineOrdered,
  disciplineTermCorrected,
  type EventOf,
  gradeComputed,
  listingCorrected,
  listingEnded,
  listingInForce,
  listingPenaltyPublicationEnded,
  listingPenaltyPublicationResumed,
  listingPublicationEnded,
  listingPublished,
  listingRestored,
  listingSuspended,
  listingTermBegun,
  NO_GRADE_MODEL,
  objectionMarked,
  objectionUnmarked,
  recordObjectionMarked,
  recordObjectionUnmarked,
  recordObjectionUpheld,
  repairFoundFalse,
  repairGranted,
  repairMasked,
  repairResumed,
} from '#contracts';
import { Delivery, Hears, HearsTogether, JointDelivery, publish, publishAll } from '#messaging';
import { actorLine, Clock } from '#platform';
import { CorrectRecord } from '../commands/correct-record.js';
import { tellCorrectionApplied, tellEndApplied } from './outbox.js';
import { type ActionStatus, FILE_PARTS, FileStore } from '../store/file.store.js';
import { type RepairChange, RecordsStore } from '../store/records.store.js';

/**
 * What other services tell of a subject, for its credit file: listed, published, disciplined, graded, and all
 * of it undone. Many events a statement: a regrade of the province tells a grade for each of its subjects.
 */
@Controller()
export class Inbox {
  constructor(
    private readonly file: FileStore,
    private readonly records: RecordsStore,
    private readonly corrections: CorrectRecord,
    private readonly clock: Clock,
  ) {}

  @HearsTogether(listingInForce, { feeds: FILE_PARTS.listings.name })
  async listingsInForce(
    @Payload() events: EventOf<typeof listingInForce>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    await this.file.noteListings(
      tx,
      events.map(({ data: { inForceOn, termEndsOn, decisionNo, ...data }, sequence }) => ({
        ...about({ data, sequence }),
        inForceOn,
        termEndsOn,
        decisionNo,
      })),
    );
  }

  @HearsTogether(listingPublished, { feeds: FILE_PARTS.listings.name })
  async listingsPublished(
    @Payload() events: EventOf<typeof listingPublished>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    await this.file.noteListings(
      tx,
      // Of a term that runs from the publication the end is known only now.
      events.map(({ data: { publishedOn, termEndsOn, ...data }, sequence }) => ({
        ...about({ data, sequence }),
        publishedOn,
        termEndsOn,
      })),
    );
  }

  /** Its last day is known now, though nothing is published. */
  @HearsTogether(listingTermBegun, { feeds: FILE_PARTS.listings.name })
  async listingTermsBegun(
    @Payload() events: EventOf<typeof listingTermBegun>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    await this.file.noteListings(
      tx,
      events.map(({ data: { termEndsOn, ...data }, sequence }) => ({
        ...about({ data, sequence }),
        termEndsOn,
      })),
    );
  }

  /** The file shows the entry no more, and says so: the receipt that its closure waits for. */
  @HearsTogether(listingEnded, { feeds: FILE_PARTS.listings.name })
  async listingsEnded(
    @Payload() events: EventOf<typeof listingEnded>[],
    @Ctx() { tx, rebuilding }: JointDelivery,
  ): Promise<void> {
    await this.file.noteListings(
      tx,
      events.map(({ data: { endedOn, end, ...data }, sequence }) => ({
        ...about({ data, sequence }),
        endedOn,
        endedHow: end,
      })),
    );
    if (rebuilding) return;
    const today = this.clock.today();
    await publishAll(
      tx,
      events.map(({ data }) => tellEndApplied(data, today)),
    );
  }

  @HearsTogether(listingPublicationEnded, { feeds: FILE_PARTS.listings.name })
  async listingPublicationsEnded(
    @Payload() events: EventOf<typeof listingPublicationEnded>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    await this.file.noteListings(
      tx,
      events.map(({ data: { publicationEndedOn, ...data }, sequence }) => ({
        ...about({ data, sequence }),
        publicationEndedOn,
      })),
    );
  }

  @Hears(listingSuspended, { feeds: FILE_PARTS.listings.name })
  async listingSuspended(
    @Payload() event: EventOf<typeof listingSuspended>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.suspendListing(tx, about(event), event.data.suspendedOn);
  }

  @Hears(listingRestored, { feeds: FILE_PARTS.listings.name })
  async listingRestored(
    @Payload() event: EventOf<typeof listingRestored>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.restoreListing(tx, about(event), event.data);
  }

  @Hears(objectionMarked, { feeds: FILE_PARTS.listings.name })
  async objectionMarked(
    @Payload() event: EventOf<typeof objectionMarked>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { objection, markedOn } = event.data;
    await this.file.markListing(tx, about(event), objection.id, markedOn);
  }

  @Hears(objectionUnmarked, { feeds: FILE_PARTS.listings.name })
  async objectionUnmarked(
    @Payload() event: EventOf<typeof objectionUnmarked>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.markListing(tx, about(event), event.data.objection.id, null);
  }

  /** The file reads as corrected, and says so: the receipt that the listing service waits for. */
  @Hears(listingCorrected, { feeds: FILE_PARTS.listings.name })
  async listingCorrected(
    @Payload() event: EventOf<typeof listingCorrected>,
    @Ctx() { tx, rebuilding }: Delivery,
  ): Promise<void> {
    const { data } = event;
    await this.file.correctListing(tx, about(event), data);
    if (!rebuilding) await publish(tx, tellCorrectionApplied(data, this.clock.today()));
  }

  /** Off the list, and the penalty behind the entry off publication with it (order 107 art. 13). */
  @Hears(listingPenaltyPublicationEnded)
  async listingPenaltyPublicationEnded(
    @Payload() event: EventOf<typeof listingPenaltyPublicationEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    const { case: cause, records, endedOn: repairedOn } = event.data;
    await this.#followRepair(event, delivery, { cause, records, to: { repairedOn } });
  }

  @Hears(listingPenaltyPublicationResumed)
  async listingPenaltyPublicationResumed(
    @Payload() event: EventOf<typeof listingPenaltyPublicationResumed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    const { case: cause, records, resumedOn } = event.data;
    await this.#followRepair(event, delivery, { cause, records, to: { resumedOn } });
  }

  /** 终止公示 of a record by credit repair (order 36 art. 3): the public sees it no longer. */
  @Hears(repairGranted)
  async repairGranted(
    @Payload() event: EventOf<typeof repairGranted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    const { repair: cause, grantedOn: repairedOn } = event.data;
    await this.#followRepair(event, delivery, { cause, records: [cause.record], to: { repairedOn } });
  }

  /** 临时屏蔽, 暂停公示: shown to nobody for a time, and not repaired (order 36 art. 19, 20). */
  @Hears(repairMasked)
  async repairMasked(
    @Payload() event: EventOf<typeof repairMasked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    const { repair: cause, maskedOn } = event.data;
    await this.#followRepair(event, delivery, { cause, records: [cause.record], to: { maskedOn } });
  }

  @Hears(repairResumed)
  async repairResumed(
    @Payload() event: EventOf<typeof repairResumed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    const { repair: cause, resumedOn: unmaskedOn } = event.data;
    await this.#followRepair(event, delivery, { cause, records: [cause.record], to: { unmaskedOn } });
  }

  /** The repair is as if it had not been, and that it was asked with false material is shown (order 36 art. 25). */
  @Hears(repairFoundFalse)
  async repairFoundFalse(
    @Payload() event: EventOf<typeof repairFoundFalse>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    const { repair: cause, foundOn: foundFalseOn, shownUntil } = event.data;
    const to = { foundFalseOn, shownUntil };
    await this.#followRepair(event, delivery, { cause, records: [cause.record], to });
  }

  @Hears(recordObjectionMarked)
  async recordObjectionMarked(
    @Payload() { data: { recordObjection, markedOn } }: EventOf<typeof recordObjectionMarked>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.records.markObjection(tx, recordObjection.record.id, recordObjection.id, markedOn);
  }

  @Hears(recordObjectionUnmarked)
  async recordObjectionUnmarked(
    @Payload() { data: { recordObjection } }: EventOf<typeof recordObjectionUnmarked>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.records.markObjection(tx, recordObjection.record.id, recordObjection.id, null);
  }

  @Hears(recordObjectionUpheld)
  async recordObjectionUpheld(
    @Payload() { data }: EventOf<typeof recordObjectionUpheld>,
    @Ctx() { tx, actor }: Delivery,
  ): Promise<void> {
    await this.corrections.run(tx, data, actor);
  }

  @HearsTogether(gradeComputed, { feeds: FILE_PARTS.grades.name })
  async gradesComputed(
    @Payload() events: EventOf<typeof gradeComputed>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    const graded = events.filter(({ data }) => data.model !== NO_GRADE_MODEL);
    await this.file.noteGrades(
      tx,
      graded.map(({ data }) => {
        const { model, modelVersion, grade, gradeClass, score, veto, computedOn } = data;
        return {
          subjectId: data.subject.id,
          model,
          modelVersion,
          grade,
          gradeClass,
          score,
          veto,
          computedOn,
        };
      }),
    );
  }

  @HearsTogether(disciplineOrdered, { feeds: FILE_PARTS.discipline.name })
  disciplinesOrdered(
    @Payload() events: EventOf<typeof disciplineOrdered>[],
    @Ctx() delivery: JointDelivery,
  ): Promise<void> {
    return this.#note(events, delivery, 'ordered');
  }

  @HearsTogether(disciplineApplied, { feeds: FILE_PARTS.discipline.name })
  disciplinesApplied(
    @Payload() events: EventOf<typeof disciplineApplied>[],
    @Ctx() delivery: JointDelivery,
  ): Promise<void> {
    return this.#note(events, delivery, 'applied');
  }

  @HearsTogether(disciplineNotApplied, { feeds: FILE_PARTS.discipline.name })
  disciplinesNotApplied(
    @Payload() events: EventOf<typeof disciplineNotApplied>[],
    @Ctx() delivery: JointDelivery,
  ): Promise<void> {
    return this.#note(events, delivery, 'not-applied');
  }

  @HearsTogether(disciplineLiftOrdered, { feeds: FILE_PARTS.discipline.name })
  disciplineLiftsOrdered(
    @Payload() events: EventOf<typeof disciplineLiftOrdered>[],
    @Ctx() delivery: JointDelivery,
  ): Promise<void> {
    return this.#note(events, delivery, 'lift-ordered');
  }

  @HearsTogether(disciplineTermCorrected, { feeds: FILE_PARTS.discipline.name })
  async disciplineTermsCorrected(
    @Payload() events: EventOf<typeof disciplineTermCorrected>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    await this.file.correctActionTerms(
      tx,
      events.map(({ data }) => data.action),
    );
  }

  @HearsTogether(disciplineLifted, { feeds: FILE_PARTS.discipline.name })
  disciplinesLifted(
    @Payload() events: EventOf<typeof disciplineLifted>[],
    @Ctx() delivery: JointDelivery,
  ): Promise<void> {
    return this.#note(events, delivery, 'lifted');
  }

  async #followRepair(
    { sequence }: { sequence: string },
    { tx, actor }: Delivery,
    change: { cause: { id: string }; records: readonly { id: string }[]; to: RepairChange },
  ): Promise<void> {
    const by = { cause: change.cause.id, actor: actorLine(actor), at: this.clock.now() };
    for (const { id: recordId } of change.records)
      await this.records.followRepair(tx, { recordId, sequence: Number(sequence) }, change.to, by);
  }

  #note(
    events: readonly { data: Pick<EventOf<typeof disciplineOrdered>['data'], 'subject' | 'action'> }[],
    { tx }: JointDelivery,
    status: ActionStatus,
  ): Promise<void> {
    return this.file.noteActions(
      tx,
      events.map(({ data }) => ({ subjectId: data.subject.id, action: data.action })),
      status,
    );
  }
}

function about({ data, sequence }: Placed): { case: CaseRef; subjectId: string; sequence: number } {
  return { case: data.case, subjectId: data.subject.id, sequence: Number(sequence) };
}

interface Placed {
  data: Pick<EventOf<typeof listingPublished>['data'], 'case' | 'subject'>;
  /** place among the events of the subject, a number as text */
  sequence: string;
}
