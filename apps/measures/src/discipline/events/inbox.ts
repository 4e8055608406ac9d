import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  listingCorrected,
  listingEnded,
  listingInForce,
  listingPublished,
  listingRestored,
  listingSuspended,
  listingTermBegun,
  objectionMarked,
  objectionUnmarked,
  subjectChanged,
} from '#contracts';
import type { EventOf } from '#contracts';
import { Delivery, Hears, HearsTogether, JointDelivery } from '#messaging';
import { FollowGrounds } from '../../incentives/commands/follow-grounds.js';
import { FollowEntry } from '../commands/follow-entry.js';
import { FollowSubject } from '../commands/follow-subject.js';
import { OrderActions } from '../commands/order-actions.js';
import { OrderLifts } from '../commands/order-lifts.js';
import { Corrections } from '../store/corrections.js';
import { HeardOrder } from '../store/heard-order.js';

/** What the discipline loop hears, in the order of the story. */
@Controller()
export class DisciplineInbox {
  constructor(
    private readonly orderActions: OrderActions,
    private readonly orderLifts: OrderLifts,
    private readonly grounds: FollowGrounds,
    private readonly entries: FollowEntry,
    private readonly subjects: FollowSubject,
    private readonly order: HeardOrder,
    private readonly corrections: Corrections,
  ) {}

  /** Many at a time: a bulk of decisions is ordered by a handful of statements. */
  @HearsTogether(listingInForce)
  async listingsInForce(
    @Payload() heard: EventOf<typeof listingInForce>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    const events = await this.corrections.asCorrected(tx, heard);
    const stands = await this.orderActions.together(tx, events);
    await this.grounds.listedTogether(
      tx,
      events.map((cause, nth) => ({
        cause,
        subject: cause.data.subject,
        listing: cause.data.case,
        stands: stands[nth]!,
      })),
    );
  }

  /** A term that runs from the publication (the tax list) is told with it; every other one is known by then. */
  @HearsTogether(listingPublished)
  async listingsPublished(
    @Payload() events: EventOf<typeof listingPublished>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    await this.entries.termsTold(tx, events);
  }

  /** As with the publication, and without one. */
  @HearsTogether(listingTermBegun)
  async listingTermsBegun(
    @Payload() events: EventOf<typeof listingTermBegun>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    await this.entries.termsTold(tx, events);
  }

  @HearsTogether(listingEnded)
  async listingsEnded(
    @Payload() events: EventOf<typeof listingEnded>[],
    @Ctx() { tx }: JointDelivery,
  ): Promise<void> {
    await this.order.allInOrder(tx, events, async (standing) => {
      await this.orderLifts.together(tx, standing);
      await this.grounds.listedTogether(
        tx,
        standing.map((cause) => ({
          cause,
          subject: cause.data.subject,
          listing: cause.data.case,
          stands: false,
        })),
      );
    });
  }

  @Hears(listingSuspended)
  async listingSuspended(
    @Payload() event: EventOf<typeof listingSuspended>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.order.inOrder(delivery.tx, event, async () => {
      await this.orderLifts.suspend(delivery.tx, event.data);
      await this.grounds.listed(delivery.tx, event.data.subject, event.data.case, false);
    });
  }

  @Hears(listingRestored)
  async listingRestored(
    @Payload() event: EventOf<typeof listingRestored>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.order.inOrder(delivery.tx, event, async () => {
      const [restored] = await this.corrections.asCorrected(delivery.tx, [event]);
      await this.orderActions.again(delivery.tx, restored!.data);
      await this.grounds.listed(delivery.tx, event.data.subject, event.data.case, true);
    });
  }

  @Hears(objectionMarked)
  async objectionMarked(
    @Payload() event: EventOf<typeof objectionMarked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.entries.marked(delivery.tx, event.data);
  }

  @Hears(objectionUnmarked)
  async objectionUnmarked(
    @Payload() event: EventOf<typeof objectionUnmarked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.entries.unmarked(delivery.tx, event.data);
  }

  @Hears(listingCorrected)
  async listingCorrected(
    @Payload() event: EventOf<typeof listingCorrected>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.entries.corrected(delivery.tx, event);
  }

  @Hears(subjectChanged)
  async subjectChanged(
    @Payload() { data, sequence }: EventOf<typeof subjectChanged>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.subjects.changed(tx, data, Number(sequence));
  }
}
