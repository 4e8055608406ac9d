import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type EventOf, repairFoundFalse, repairGranted } from '#contracts';
import { type Delivery, Hears } from '#messaging';
import { FollowCommitments } from '../commands/follow-commitments.js';

/** How the repair of a record went; records themselves are heard by the incentives, which call here, too. */
@Controller()
export class CommitmentsInbox {
  constructor(private readonly commitments: FollowCommitments) {}

  @Hears(repairGranted)
  async repairGranted(
    @Payload() event: EventOf<typeof repairGranted>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.commitments.repaired(tx, event, true);
  }

  @Hears(repairFoundFalse)
  async repairFoundFalse(
    @Payload() event: EventOf<typeof repairFoundFalse>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.commitments.repaired(tx, event, false);
  }
}
