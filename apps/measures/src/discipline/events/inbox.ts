import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { listingEnded, listingInForce } from '#contracts';
import type { EventOf } from '#contracts';
import { Hears } from '#messaging';
import type { Delivery } from '#messaging';
import { FollowGrounds } from '../../incentives/commands/follow-grounds.js';
import { OrderActions } from '../commands/order-actions.js';
import { OrderLifts } from '../commands/order-lifts.js';

/** What the discipline loop hears, in the order of the story. */
@Controller()
export class DisciplineInbox {
  constructor(
    private readonly orderActions: OrderActions,
    private readonly orderLifts: OrderLifts,
    private readonly grounds: FollowGrounds,
  ) {}

  @Hears(listingInForce)
  async listingInForce(
    @Payload() event: EventOf<typeof listingInForce>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.orderActions.run(delivery.tx, event.data);
    await this.grounds.listed(delivery.tx, event.data.subject, event.data.case, true);
  }

  @Hears(listingEnded)
  async listingEnded(
    @Payload() event: EventOf<typeof listingEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.orderLifts.run(delivery.tx, event.data);
    await this.grounds.listed(delivery.tx, event.data.subject, event.data.case, false);
  }
}
