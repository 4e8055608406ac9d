import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  listingCorrected,
  listingEnded,
  listingInForce,
  listingRestored,
  listingSuspended,
  objectionMarked,
  objectionUnmarked,
} from '#contracts';
import type { EventOf } from '#contracts';
import { Hears } from '#messaging';
import type { Delivery } from '#messaging';
import { FollowGrounds } from '../../incentives/commands/follow-grounds.js';
import { FollowEntry } from '../commands/follow-entry.js';
import { OrderActions } from '../commands/order-actions.js';
import { OrderLifts } from '../commands/order-lifts.js';
import { HeardOrder } from '../store/heard-order.js';

/** What the discipline loop hears, in the order of the story. */
@Controller()
export class DisciplineInbox {
  constructor(
    private readonly orderActions: OrderActions,
    private readonly orderLifts: OrderLifts,
    private readonly grounds: FollowGrounds,
    private readonly entries: FollowEntry,
    private readonly order: HeardOrder,
  ) {}

  @Hears(listingInForce)
  async listingInForce(
    @Payload() event: EventOf<typeof listingInForce>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    const stands = await this.orderActions.run(delivery.tx, event.data);
    await this.grounds.listed(delivery.tx, event.data.subject, event.data.case, stands);
  }

  @Hears(listingEnded)
  async listingEnded(
    @Payload() event: EventOf<typeof listingEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.order.inOrder(delivery.tx, event, async () => {
      await this.orderLifts.run(delivery.tx, event.data);
      await this.grounds.listed(delivery.tx, event.data.subject, event.data.case, false);
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
      await this.orderActions.again(delivery.tx, event.data);
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
    await this.entries.corrected(delivery.tx, event.data);
  }
}
